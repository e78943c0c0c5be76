"""One indicator's page: its formula with the numbers put in, pace and outlook, units and dates, and who reads what."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from django.test import Client
from pytest_django import DjangoDbBlocker

from departments.models import Population
from indicators.actions.switch_base import switch_base
from indicators.models import Indicator
from reporting.models import ReportingPeriod
from tasks.models import Plan
from tests.factories import JurisdictionFactory, PopulationFactory, leader, office_user, reporter
from tests.ledgers import small_plan
from tests.reporting_factories import SENT_AT, EntryFactory, ReportFactory
from tests.standing_scene import (
    JUNE,
    SEPTEMBER,
    Figures,
    as_person,
    demo_world,
    facts_of,
    figures_of,
    page_of,
    section_of,
    text_of,
)

pytestmark = pytest.mark.django_db
SAMPLES, SCHOOLS, PATROLS = "市场监管部门食品抽检量", "学校食堂“互联网+明厨亮灶”覆盖率", "包保干部督导完成率"
INSURED = "食品生产企业食品安全责任保险投保率"
OFFICE, LEADER, CITY, MARKET, TOWN, CITY_WORKS = "linxiao", "zhoumin", "lubowen", "fangyiming", "renlei", "luqing"
PER_THOUSAND = {"unit": "批次/千人", "value": "3.2", "kind": "sampling", "family": "cumulate"}
CENSUS = {"residents": 486_000, "source": "统计公报"}
HIDDEN = "各家的数只有共同承担这项措施的单位、食安办和领导能看"


@pytest.fixture(scope="module")
def plan(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Plan]:
    with django_db_blocker.unblock(), demo_world() as plan:
        yield plan


@pytest.fixture
def office(plan: Plan, client: Client) -> Client:
    return as_person(client, OFFICE)


def page_about(client: Client, plan: Plan, subject: str) -> str:
    found = Indicator.objects.get(measure__task__plan=plan, subject=subject)
    return page_of(client, f"/indicators/{found.pk}/")


@pytest.mark.parametrize(
    ("subject", "said"),
    [
        (SAMPLES, "1010批次÷48.6万人 ＝ 2.08批次/千人 截至9月30日"),
        (SCHOOLS, "112÷130所 ＝ 86.2% 截至6月30日"),
        (PATROLS, "539÷1106人次 ＝ 48.7% 截至6月30日"),
        ("食品生产企业新增HACCP认证", "3家 截至9月30日"),
        ("投诉举报平均办理时限", "5.2个工作日 截至9月30日"),
    ],
)
def test_the_numbers_are_put_into_the_formula(office: Client, plan: Plan, subject: str, said: str) -> None:
    assert f"汇总 {said} 目标" in section_of(page_about(office, plan, subject), "now")


@pytest.mark.parametrize(
    ("subject", "term", "said"),
    [
        (SAMPLES, "目标", "≥3.2批次/千人"),
        (SAMPLES, "应达", "2.40批次/千人，现为它的86.6%"),
        (SAMPLES, "怎样算", "到9月30日工作日过了75%，按目标3.20批次/千人折算"),
        (SAMPLES, "往后看", "照此进度12月31日约为2.77批次/千人，达不到目标（前75%的工作日匀速推算）"),
        (SAMPLES, "", "离目标还差546批次，从现在到12月31日还有3个月（含本月），每月需182批次"),
        (PATROLS, "怎样算", "从基数0%到目标100%，工作日过了48.4%"),
        ("农产品监督抽检合格率", "怎样算", "每次都要达到目标"),
        # Past its date: the target itself is due, and no month is left.
        (SCHOOLS, "应达", "100%，现为它的86.2%"),
        (SCHOOLS, "怎样算", "期限8月31日已过，按目标判定"),
        (SCHOOLS, "往后看", "离目标还差18所"),
    ],
)  # fmt: skip
def test_a_line_says(office: Client, plan: Plan, subject: str, term: str, said: str) -> None:
    assert facts_of(page_about(office, plan, subject))[term] == said


def test_the_baseline_has_its_source_and_the_office_may_change_it(office: Client, plan: Plan) -> None:
    said = facts_of(page_about(office, plan, SCHOOLS))["基数"]
    assert said == "年初基数74.6%（区教体局2025年底建设台账，94÷126所） 修改"


def test_without_a_baseline_only_the_office_is_asked_for_one(client: Client, plan: Plan) -> None:
    pages = [page_about(as_person(client, who), plan, "医疗机构食堂“明厨亮灶”覆盖率") for who in (OFFICE, LEADER)]
    assert ["没有填年初基数，到期前最多预警。" in page for page in pages] == [True, False]


def test_units_and_dates_stand_in_a_table(office: Client, plan: Plan) -> None:
    table = figures_of(page_about(office, plan, PATROLS))
    assert table["单位"] == ["3月末", "6月末", "9月末"]
    assert table["青溪镇"] == ["24.8% 52÷210", "49.5% 104÷210", "74.8% 157÷210"]
    assert table["城关街道"] == ["24.7% 46÷186", "49.5% 92÷186", "未报"]
    assert table["合计"][1:] == ["48.7% 539÷1106人次", "57.4% 635÷1106人次2／6家已报，其余按上期"]


def test_what_adds_up_over_the_year_says_what_a_period_brought(office: Client, plan: Plan) -> None:
    assert figures_of(page_about(office, plan, SAMPLES))["区市场监管局"] == ["312", "655本期343", "1010本期355"]


def test_the_ways_of_having_no_figure_are_told_apart(client: Client) -> None:
    scene = Figures("甲局", "乙局", "丙局", "丁局", "戊局")
    scene.ask(SEPTEMBER, date(2026, 10, 15))
    scene.give("甲局", SEPTEMBER, absence="no_object")
    scene.give("乙局", SEPTEMBER, absence="not_applicable", reason="没有学校")
    scene.give("丙局", SEPTEMBER, absence="no_data")
    scene.give("丁局", SEPTEMBER, "0", "130")
    table = figures_of(scene.page(client))
    said = [table[f"{name}局"] for name in "甲乙丙丁戊"]
    assert said == [["无对象"], ["不适用"], ["无数据"], ["0% 0÷130"], ["未报"]]


def test_a_total_is_a_sum_over_a_sum(client: Client) -> None:
    scene = Figures("甲局", "乙局")
    scene.give("甲局", JUNE, "1", "1")
    scene.give("乙局", JUNE, "0", "99")
    page = scene.page(client)
    assert "1÷100 ＝ 1% 截至6月30日" in section_of(page, "now")
    assert figures_of(page)["合计"] == ["1% 1÷100"]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"unit": "分", "value": "85", "kind": "score", "path": "hold"}, "2家中离目标最远 ＝ 84分"),
        ({"unit": "工作日", "value": "85", "comparator": "<=", "path": "hold"}, "2家中离目标最远 ＝ 88个工作日"),
        ({"unit": "家", "value": "85", "kind": "count", "family": "cumulate"}, "2家合计 ＝ 172家"),
    ],
)
def test_values_of_several_units_come_to(client: Client, fields: dict[str, str], said: str) -> None:
    scene = Figures("甲局", "乙局", **fields)
    scene.give("甲局", JUNE, "84")
    scene.give("乙局", JUNE, "88")
    assert said in section_of(scene.page(client), "now")


def test_a_figure_entered_on_another_base_is_flagged_with_its_value_on_that_base(client: Client) -> None:
    scene = Figures("甲局", **PER_THOUSAND)
    PopulationFactory.create(jurisdiction=scene.place, **CENSUS)
    scene.give("甲局", SEPTEMBER, "1010", "483")
    page = scene.page(client)
    assert "1010批次÷48.6万人（基数已变） ＝ 2.08批次/千人" in section_of(page, "now")
    assert facts_of(page)["基数变化"] == "9月末的数填报时按48.3万人算，现在按48.6万人算；按填报时的基数为2.09批次/千人"


def test_a_base_switched_between_two_dates_gives_the_like_for_like_value(client: Client) -> None:
    scene = Figures("甲局", **PER_THOUSAND)
    PopulationFactory.create(jurisdiction=scene.place, **CENSUS)
    newer: Population = PopulationFactory.create(
        jurisdiction=scene.place, year=2027, residents=501_200, as_of=date(2026, 6, 30)
    )
    switch_base(scene.plan, actor=scene.office, population=newer, since=date(2026, 7, 1), reason="年中推算公布")
    scene.give("甲局", JUNE, "655", "486")
    scene.give("甲局", SEPTEMBER, "1010", "501.2")
    assert facts_of(scene.page(client))["基数变化"] == (
        "6月末按48.6万人、9月末起按50.12万人算；按50.12万人同口径，6月末为1.31批次/千人"
    )


def test_the_base_has_its_source_and_one_base_is_not_flagged(office: Client, plan: Plan) -> None:
    facts = facts_of(page_about(office, plan, SAMPLES))
    source = "青禾区2025年国民经济和社会发展统计公报，区统计局2026年3月公布"
    assert facts["分母"] == f"常住人口48.6万人，截至2025年12月31日，{source}"
    assert "基数变化" not in facts


def test_who_has_not_reported_is_named_and_where_it_is(office: Client, plan: Plan) -> None:
    said = section_of(page_about(office, plan, PATROLS), "missing")
    assert re.sub(r"\s", "", said) == "谁还没有报三季度禾丰镇未开始白塘镇填写中城关街道已报，待食安办审核柳园街道未开始"


def test_nobody_reports_it(client: Client) -> None:
    scene = Figures()
    scene.ask(SEPTEMBER, date(2026, 10, 15))
    page = scene.page(client)
    assert section_of(page, "missing") == "谁还没有报三季度 还没有定由哪家单位报数。"
    assert "无数据还没有审核通过的数据。" in section_of(page, "now").replace(" ", "")


def answered(scene: Figures, unit: str, period: ReportingPeriod, state: str, *numbers: str) -> None:
    """The unit's entry of the period, accepted with its figure."""
    form = {"status": "accepted", "first_submitted_at": SENT_AT}
    report = ReportFactory.create(period=period, department=scene.units[unit], **form)
    own = scene.measure.assignments.get(department=scene.units[unit])
    EntryFactory.create(report=report, assignment=own, status="accepted", state=state, decided_at=SENT_AT)
    scene.give(unit, period.end, *numbers)


def test_a_unit_that_was_done_before_is_not_asked_and_not_missing(client: Client) -> None:
    scene = Figures("甲局", "乙局")
    second, third = scene.ask(JUNE, date(2026, 7, 10)), scene.ask(SEPTEMBER, date(2026, 10, 15))
    answered(scene, "甲局", second, "done", "10", "10")
    answered(scene, "乙局", second, "under_way", "10", "30")
    answered(scene, "乙局", third, "under_way", "20", "30")
    page = scene.page(client)
    table = figures_of(page)
    assert (table["甲局"], table["合计"]) == (["100% 10÷10", "不用报"], ["50% 20÷40", "75% 30÷40"])
    assert "三季度该报的都已审核通过。" in section_of(page, "missing")


def test_a_unit_that_came_later_is_not_missing_before(client: Client) -> None:
    scene = Figures("甲局", "乙局")
    scene.measure.assignments.filter(department=scene.units["乙局"]).update(started_on=date(2026, 9, 1))
    for period in (scene.ask(JUNE, date(2026, 7, 10)), scene.ask(SEPTEMBER, date(2026, 10, 15))):
        answered(scene, "甲局", period, "under_way", "10", "30")
    table = figures_of(scene.page(client))
    assert (table["乙局"], table["合计"]) == (["不用报", "未报"], ["33.3% 10÷30", "33.3% 10÷301／2家已报，其余按上期"])


@pytest.mark.parametrize(("subject", "unaccepted"), [("农产品监督抽检合格率", "1176"), (SCHOOLS, "120")])
def test_a_figure_not_accepted_stands_nowhere(office: Client, plan: Plan, subject: str, unaccepted: str) -> None:
    assert unaccepted not in text_of(page_about(office, plan, subject))


def test_a_correction_says_what_stood_there_and_why(office: Client, plan: Plan) -> None:
    page = page_about(office, plan, INSURED)
    said = "7月28日，区市场监管局截至6月30日的数由79÷87更正为49÷87 单位来函说明把意向投保的30家也计入，实际投保49家。"
    assert said in section_of(page, "history")
    assert figures_of(page)["区市场监管局"][1] == "56.3% 49÷87"


def test_a_correction_has_the_date_of_the_office_not_of_greenwich(client: Client) -> None:
    scene = Figures("甲局")
    wrong = scene.give("甲局", JUNE, "79", "87", current=False)
    at = datetime(2026, 10, 12, 23, 30, tzinfo=UTC)
    scene.give("甲局", JUNE, "49", "87", supersedes=wrong, reason="多计30家", recorded_at=at)
    assert "10月13日，甲局截至6月30日的数由79÷87更正为49÷87 多计30家" in section_of(scene.page(client), "history")


def test_the_sentence_that_demands_it_is_marked(office: Client, plan: Plan) -> None:
    page = page_about(office, plan, SAMPLES)
    assert '<mark class="mark-here mark-target">市场监管部门食品抽检量达到3.2批次/千人</mark>' in page
    assert "抽检量，逐期累计，逐步达到" in section_of(page, "source")


def test_the_trend_says_its_points_in_words(office: Client, plan: Plan) -> None:
    said = "3月31日80.2%，6月30日86.2%；目标≥100%"
    assert f"{SCHOOLS}：{said}" in text_of(page_about(office, plan, SCHOOLS))


def test_one_figure_makes_no_trend(client: Client) -> None:
    scene = Figures("甲局")
    scene.give("甲局", JUNE, "1", "2")
    assert "走势" not in text_of(scene.page(client))


def test_a_draft_has_neither_figure_nor_light(client: Client) -> None:
    made = small_plan(issued=False)
    indicator = made.first.indicators.get()
    client.force_login(office_user(made.place))
    page = page_of(client, f"/indicators/{indicator.pk}/")
    assert "计划还没有印发" in text_of(page)
    assert ("正在汇总" in page, "还没有到报送期。" in page) == (False, True)
    for person in (leader(made.place), reporter(made.education), office_user(JurisdictionFactory.create())):
        client.force_login(person)
        assert client.get(f"/indicators/{indicator.pk}/").status_code == 404


@pytest.mark.parametrize(("who", "units"), [
    (OFFICE, 6), (LEADER, 6), (CITY, 6), (TOWN, 6), (CITY_WORKS, 0), (MARKET, 0)
])  # fmt: skip
def test_numbers_are_read_by_those_who_share_the_measure(client: Client, plan: Plan, who: str, units: int) -> None:
    page = page_about(as_person(client, who), plan, PATROLS)
    table = figures_of(page)
    assert len(table.keys() - {"单位", "合计"}) == units
    assert (HIDDEN in page, "还没有审核通过的数。" in page) == (units == 0, False)
    assert "539÷1106人次 ＝ 48.7%" in section_of(page, "now")


def test_a_support_reads_its_own_numbers_alone(client: Client) -> None:
    scene = Figures("甲局", "乙局")
    scene.measure.assignments.filter(department=scene.units["乙局"]).update(role="support")
    scene.give("甲局", JUNE, "79", "87")
    scene.give("乙局", JUNE, "11", "13")
    page = scene.page(client, reporter(scene.units["乙局"]))
    assert (figures_of(page).get("甲局"), figures_of(page)["乙局"]) == (None, ["84.6% 11÷13"])
    assert "另有1家单位报数" in page


def test_others_corrections_are_not_read_and_not_denied(client: Client, plan: Plan) -> None:
    said = section_of(page_about(as_person(client, CITY_WORKS), plan, INSURED), "history")
    assert ("79÷87" in said, "没有您能看的更正。" in said, "没有更正过" in said) == (False, True, False)
