"""The list of a plan's indicators: filters, order, numbers of each group, and its file."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.test import Client
from openpyxl.worksheet.worksheet import Worksheet
from pytest_django import DjangoDbBlocker

from dashboards.actions.refresh import refresh
from indicators.models import Indicator
from tasks.models import Plan
from tests.factories import (
    IndicatorFactory,
    JurisdictionFactory,
    MeasureFactory,
    PlanFactory,
    leader,
    office_user,
    reporter,
)
from tests.ledgers import SmallPlan, small_plan
from tests.standing_scene import (
    MARCH,
    SHEET_HEAD,
    Cells,
    Figures,
    as_person,
    counts_of,
    demo_world,
    keys_of,
    lines_of,
    numbers_of,
    page_of,
    row_of,
    rows_of,
    sheet_of,
    text_of,
    texts,
)

pytestmark = pytest.mark.django_db
SUBJECT = re.compile(r'<a class="quiet" href="/indicators/\d+/">([^<]+)</a>')
# Far behind, then behind, the least of what was expected first.
FARTHEST = ["14.1", "10.2", "1.1", "18.1", "9.1", "17.1", "1.3", "3.2", "4.1"]


@pytest.fixture(scope="module")
def plan(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Plan]:
    with django_db_blocker.unblock(), demo_world() as plan:
        yield plan


@pytest.fixture
def office(plan: Plan, client: Client) -> Client:
    return as_person(client, "linxiao")


@pytest.fixture
def small(client: Client) -> SmallPlan:
    made = small_plan()
    client.force_login(office_user(made.place))
    return made


def listed(client: Client, plan: Plan, query: str = "") -> str:
    return page_of(client, f"/plans/{plan.pk}/indicators/{query}")


def packed(client: Client, plan: Plan, query: str = "") -> Worksheet:
    return sheet_of(client, f"/plans/{plan.pk}/indicators/export/{query}")


def packed_lines(client: Client, plan: Plan, query: str = "") -> list[Cells]:
    return lines_of(packed(client, plan, query))


@pytest.mark.parametrize(
    ("query", "left"),
    [
        ("q=抽检量", ["市场监管部门食品抽检量", "农业农村部门农产品监督抽检量"]),
        ("q=采购率 中小学", ["中小学校集中定点采购率"]),
        ("q=没有这样的字", []),
        ("part=4", ["食品生产企业新增HACCP认证", "食品生产企业食品安全责任保险投保率"]),
        ("kind=score", ["公众食品安全满意度"]),
        ("family=flow_ratio", ["农产品监督抽检合格率", "政策性粮食出入库检验率", "不合格食品核查处置率"]),
        ("state=unknown", ["保健食品经营者日常检查覆盖率"]),
        ("state=on_pace&family=cumulate", ["农业农村部门农产品监督抽检量", "“五进”宣传活动"]),
        ("state=behind&part=4&kind=count", ["食品生产企业新增HACCP认证"]),
        ("q=抽检&kind=score", []),
    ],
)
def test_a_filter_leaves(office: Client, plan: Plan, query: str, left: list[str]) -> None:
    assert SUBJECT.findall(listed(office, plan, f"?{query}")) == left


def test_a_unit_finds_what_it_reports(office: Client, plan: Plan) -> None:
    unit = plan.jurisdiction.departments.get(name="白塘镇")
    assert numbers_of(listed(office, plan, f"?unit={unit.pk}")) == ["24.1"]


def test_only_units_that_report_can_be_chosen(office: Client, plan: Plan) -> None:
    page = listed(office, plan)
    assert ">区教体局</option>" in page
    assert ">区财政局</option>" not in page


def test_indicators_stand_in_the_documents_order(office: Client, plan: Plan) -> None:
    order = ("measure__task__number", "measure__position", "position")
    subjects = Indicator.objects.filter(measure__task__plan=plan).order_by(*order).values_list("subject", flat=True)
    assert SUBJECT.findall(listed(office, plan)) == list(subjects)


def test_those_farthest_from_what_was_expected_can_come_first(office: Client, plan: Plan) -> None:
    numbers = numbers_of(listed(office, plan, "?order=progress"))
    assert (numbers[:9], numbers[-1], len(numbers)) == (FARTHEST, "11.1", 26)


def test_the_order_is_kept_by_a_filter(office: Client, plan: Plan) -> None:
    assert numbers_of(listed(office, plan, "?order=progress&part=2&state=behind")) == ["10.2", "9.1"]


def test_each_group_has_its_number(office: Client, plan: Plan) -> None:
    assert counts_of(listed(office, plan)) == {"落后": 9, "在进度": 5, "达标": 11, "无数据": 1}


@pytest.mark.parametrize("query", ["", "q=抽检", "part=2&order=progress", "kind=coverage", "state=met&family=stock"])
def test_each_number_is_that_of_the_rows_behind_its_link(office: Client, plan: Plan, query: str) -> None:
    keys = keys_of(listed(office, plan, f"?{query}"))
    shown = {word: len(rows_of(listed(office, plan, key.query))) for word, key in keys.items()}
    assert shown == {word: key.number for word, key in keys.items()}
    assert len(shown) == 4


@pytest.mark.parametrize(
    ("number", "label", "said"),
    [
        ("9.1", "当前值", "81.8%／≥100% 9÷11个，9月末"),
        ("14.1", "当前值", "3家／≥6家 9月末"),
        ("11.1", "当前值", "无数据／≥100% 9月末"),
        ("9.1", "应达", "90.9%"),
        ("11.1", "应达", "–"),
        ("9.1", "状态", "预警 为应达90.9%的90.0%"),
        ("11.1", "状态", "未到期 已报无数据"),
        ("9.1", "指标", "食用农产品集中交易市场规范化达标率区市场监管局报数"),
        ("24.1", "指标", "包保干部督导完成率青溪镇等6家报数，已报6／6家"),
    ],
)
def test_a_row_says(office: Client, plan: Plan, number: str, label: str, said: str) -> None:
    assert row_of(listed(office, plan), number)[label] == said


def test_a_bar_says_the_same_in_words(office: Client, plan: Plan) -> None:
    assert 'aria-label="66.0%，应达86.5%"' in listed(office, plan, "?q=餐厨")


def test_without_a_figure_there_is_no_bar(office: Client, plan: Plan) -> None:
    assert "<svg" not in listed(office, plan, "?state=unknown").split("<table")[1].split("</table>")[0]


def test_the_page_says_when_it_was_judged(office: Client, plan: Plan) -> None:
    assert re.search(r"指标 ?10月13日\d{1,2}:\d\d汇总", text_of(listed(office, plan)))


def test_nothing_found_says_what_to_do(office: Client, plan: Plan) -> None:
    assert "没有符合条件的指标放宽或去掉上面的条件再看。清除条件" in text_of(listed(office, plan, "?q=没有这样的字"))


def test_a_plan_without_indicators_says_so(client: Client) -> None:
    plan = PlanFactory.create(issued=True)
    client.force_login(office_user(plan.jurisdiction))
    assert "这份计划没有量化指标" in text_of(listed(client, plan))


@pytest.mark.parametrize(
    ("name", "label"),
    [("part", "部分"), ("unit", "报数单位"), ("kind", "类别"), ("family", "汇总方式"), ("state", "状态"),
     ("order", "排序")],
)  # fmt: skip
def test_a_value_that_does_not_exist_is_told_in_a_sentence(
    small: SmallPlan, client: Client, name: str, label: str
) -> None:
    page = listed(client, small.plan, f"?{name}=purple")
    assert f"没有这样的{label}：purple。它可能已经改动，请去掉这个条件。" in text_of(page)
    assert (rows_of(page), counts_of(page)) == ([], {})


def test_a_plan_that_is_not_judged_yet_says_so(small: SmallPlan, client: Client) -> None:
    page = listed(client, small.plan)
    assert texts(rows_of(page), "状态") == ["正在汇总"]
    assert "正在汇总，几秒后刷新即可看到" in text_of(page)


def test_a_draft_waits_for_nothing(client: Client) -> None:
    made = small_plan(issued=False)
    client.force_login(office_user(made.place))
    page = listed(client, made.plan)
    assert (texts(rows_of(page), "状态"), counts_of(page)) == (["未印发"], {})
    assert "尚未印发，印发以后才计算状态和进度" in text_of(page)
    assert "正在汇总" not in page


@pytest.mark.parametrize("end", ["", "export/"])
def test_a_draft_is_the_offices_alone(client: Client, end: str) -> None:
    made = small_plan(issued=False)
    for person, status in ((office_user(made.place), 200), (leader(made.place), 404), (reporter(made.education), 404)):
        client.force_login(person)
        assert client.get(f"/plans/{made.plan.pk}/indicators/{end}").status_code == status


@pytest.mark.parametrize("end", ["", "export/"])
def test_a_plan_of_another_place_does_not_exist(small: SmallPlan, client: Client, end: str) -> None:
    client.force_login(office_user(JurisdictionFactory.create()))
    assert client.get(f"/plans/{small.plan.pk}/indicators/{end}").status_code == 404


def test_the_entry_leads_to_the_current_plan(office: Client, plan: Plan) -> None:
    assert office.get("/indicators/")["Location"] == f"/plans/{plan.pk}/indicators/"


def test_the_entry_leads_to_the_ledger_where_there_is_no_plan(client: Client) -> None:
    client.force_login(office_user(JurisdictionFactory.create()))
    assert client.get("/indicators/")["Location"] == "/ledger/"


def test_many_are_shown_in_pages(small: SmallPlan, client: Client) -> None:
    IndicatorFactory.create_batch(60, measure=small.third)
    first, second = (listed(client, small.plan, query) for query in ("", "?page=2"))
    assert (len(rows_of(first)), len(rows_of(second))) == (50, 11)
    assert "61个指标" in text_of(second)


# The file


@pytest.mark.parametrize(
    "query",
    [
        "",
        "?order=progress",
        "?state=behind&order=progress",
        "?part=5&q=抽检",
        "?kind=coverage&family=stock",
        "?q=无此字",
    ],
)
def test_it_holds_the_same_indicators_in_the_same_order(office: Client, plan: Plan, query: str) -> None:
    said = [f"{line['状态']} {line['原因']}" for line in packed_lines(office, plan, query)]
    page = listed(office, plan, query)
    assert [line["指标"] for line in packed_lines(office, plan, query)] == SUBJECT.findall(page)
    assert said == texts(rows_of(page), "状态")


def test_a_line_has_all_that_the_list_says(office: Client, plan: Plan) -> None:
    (line,) = packed_lines(office, plan, "?q=市场监管部门食品抽检量&kind=sampling&part=5&state=behind")
    assert list(line.values()) == [
        "五、强化科技支撑，提升保障能力", "18.1", "市场监管部门食品抽检量", "≥3.2批次/千人", "2.08批次/千人",
        "1010批次÷48.6万人", "9月末", "2.40批次/千人", "86.6%", "预警", "为应达2.40批次/千人的86.6%",
        "区市场监管局", "逐期累计",
    ]  # fmt: skip


def test_all_units_that_report_are_named(office: Client, plan: Plan) -> None:
    (line,) = packed_lines(office, plan, "?q=包保干部")
    assert line["报数单位"] == "青溪镇、禾丰镇、白塘镇、城关街道、柳园街道、东湖街道"


def test_the_note_says_filter_and_freshness(office: Client, plan: Plan) -> None:
    note = str(packed(office, plan, "?state=behind")["A2"].value)
    assert "筛选：状态：落后；9个指标，共26个。状态和指标10月13日" in note


def test_all_pages_are_in_it(small: SmallPlan, client: Client) -> None:
    IndicatorFactory.create_batch(60, measure=small.third)
    assert len(packed_lines(client, small.plan, "?page=2")) == 61


def test_a_subject_that_looks_like_a_formula_is_text(small: SmallPlan, client: Client) -> None:
    IndicatorFactory.create(measure=MeasureFactory.create(task=small.third.task), subject="=1+1", unit="@家")
    cells = [cell for row in packed(client, small.plan).iter_rows(min_row=SHEET_HEAD + 1) for cell in row]
    assert [cell.data_type for cell in cells if cell.value == "=1+1"] == ["s"]


def test_a_figure_of_exactly_nought_is_told(client: Client) -> None:
    scene = Figures("区教体局")
    scene.give("区教体局", MARCH, "0", "130")
    refresh([scene.plan.pk])
    client.force_login(scene.office)
    (line,) = packed_lines(client, scene.plan)
    assert (line["当前值"], line["算式"]) == ("0%", "0÷130")


def test_a_filter_that_is_not_understood_is_refused(small: SmallPlan, client: Client) -> None:
    response = client.get(f"/plans/{small.plan.pk}/indicators/export/?state=purple")
    assert (response.status_code, "没有这样的状态：purple" in response.content.decode()) == (400, True)
