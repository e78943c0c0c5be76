"""The ledger's file with lights: what the page shows, row by row, to each reader as much as the page shows them."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.test import Client
from openpyxl.worksheet.worksheet import Worksheet
from pytest_django import DjangoDbBlocker

from dashboards.actions.refresh import refresh
from departments.models import User
from reporting.actions.reopen import reopen_report
from reporting.models import IndicatorStanding, MeasureStanding, ProgressEntry, ProgressReport
from tasks.models import Plan
from tasks.standing import mark_stale
from tests.factories import IndicatorFactory, office_user
from tests.ledgers import small_plan
from tests.standing_scene import (
    SHEET_HEAD,
    Cells,
    as_person,
    demo_world,
    lines_of,
    measure_of,
    numbers_of,
    page_of,
    row_of,
    rows_of,
    sheet_of,
)

pytestmark = pytest.mark.django_db
OFFICE, LEADER, CITY = "linxiao", "zhoumin", "lubowen"
MARKET, TRADE, FINANCE, TOWN = "fangyiming", "jiangmo", "pangke", "renlei"
# Accepted of the lead of 9.1, 区市场监管局; 区商务局 supports it, 区财政局 has no part in it.
MARKETS = "城北、白塘2个市场改造未完成。"


@pytest.fixture(scope="module")
def plan(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Plan]:
    with django_db_blocker.unblock(), demo_world() as plan:
        yield plan


@pytest.fixture
def office(plan: Plan, client: Client) -> Client:
    return as_person(client, OFFICE)


def ledger(client: Client, plan: Plan, query: str = "") -> str:
    return page_of(client, f"/plans/{plan.pk}/ledger/{query}")


def packed(client: Client, plan: Plan, query: str = "") -> Worksheet:
    return sheet_of(client, f"/plans/{plan.pk}/ledger/export/{query}")


def packed_lines(client: Client, plan: Plan, query: str = "") -> list[Cells]:
    return lines_of(packed(client, plan, query))


def line_of(client: Client, plan: Plan, number: str) -> Cells:
    (found,) = [line for line in packed_lines(client, plan, f"?q={number}") if line["编号"] == number]
    return found


@pytest.mark.parametrize(
    "query",
    ["", "?light=red", "?light=fault&order=light", "?done=claimed", "?done=open&part=1&part=5", "?order=light",
     "?order=light&q=学校&page=2", "?light=amber&role=lead&kind=any&order=light", "?light=grey&done=verified"],
)  # fmt: skip
def test_it_holds_the_same_measures_in_the_same_order(office: Client, plan: Plan, query: str) -> None:
    assert [line["编号"] for line in packed_lines(office, plan, query)] == numbers_of(ledger(office, plan, query))


@pytest.mark.parametrize("username", [OFFICE, LEADER, CITY, MARKET, TRADE, FINANCE, TOWN])
def test_each_reader_gets_what_the_page_shows(client: Client, plan: Plan, username: str) -> None:
    as_person(client, username)
    rows, lines = rows_of(ledger(client, plan)), packed_lines(client, plan)
    assert [state_said(line) for line in lines] == [row["状态"] for row in rows]
    assert [line["最近审核通过的进展"] or "–" for line in lines] == [row["进展"] for row in rows]


def state_said(line: Cells) -> str:
    return " ".join(filter(None, (line["状态"], line["完成情况"], line["原因"])))


@pytest.mark.parametrize(
    ("number", "column", "said"),
    [
        ("1.1", "当前值", "86.2%（112÷130所，6月末）"),
        ("11.1", "当前值", "无数据（9月末）"),
        ("14.1", "当前值", "3家（9月末）"),
        ("26.2", "当前值", ""),
        ("3.2", "最近审核通过的进展", "三季度：新增规范化门店5家，禾丰镇进度偏慢。"),
        ("26.2", "最近审核通过的进展", ""),
        ("10.2", "状态", "滞后"),
        ("10.2", "原因", "为应达86.5%的76.3%"),
        ("5.2", "完成情况", "核实销号"),
        ("6.1", "完成情况", "审核通过"),
        ("6.2", "完成情况", "自报完成"),
        ("10.2", "完成情况", ""),
    ],
)
def test_a_column_says(office: Client, plan: Plan, number: str, column: str, said: str) -> None:
    assert line_of(office, plan, number)[column] == said


def test_figures_of_several_targets_bear_their_numbers(office: Client, plan: Plan) -> None:
    line = line_of(office, plan, "18.1")
    assert line["指标"] == "1. 市场监管部门食品抽检量\n2. 农业农村部门农产品监督抽检量"
    assert line["当前值"] == (
        "1. 2.08批次/千人（1010批次÷48.6万人，9月末）\n2. 0.75批次/千人（363批次÷48.6万人，6月末）"
    )


@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
def test_reason_and_figure_that_look_like_formulas_are_text(office: Client, plan: Plan, start: str) -> None:
    measure = measure_of(plan, "10.2")
    MeasureStanding.objects.filter(measure=measure).update(reason=f"{start}1+1")
    IndicatorStanding.objects.filter(indicator__measure=measure).update(value=f"{start}1+1", formula="", as_of=None)
    sheet = packed(office, plan, "?q=10.2")
    found = [cell for cell in sheet[SHEET_HEAD + 1] if cell.value == f"{start}1+1"]
    assert [(cell.data_type, cell.quotePrefix) for cell in found] == [("s", True)] * 2


def test_progress_that_looks_like_a_formula_stands_behind_its_period(office: Client, plan: Plan) -> None:
    MeasureStanding.objects.filter(measure=measure_of(plan, "10.2")).update(progress='=HYPERLINK("http://a.example")')
    (cell,) = [cell for cell in packed(office, plan, "?q=10.2")[SHEET_HEAD + 1] if "HYPERLINK" in str(cell.value)]
    assert (cell.data_type, cell.value) == ("s", '三季度：=HYPERLINK("http://a.example")')


def test_rare_characters_of_progress_are_kept(office: Client, plan: Plan) -> None:
    MeasureStanding.objects.filter(measure=measure_of(plan, "10.2")).update(progress="龘🍚\x01<b>")
    assert line_of(office, plan, "10.2")["最近审核通过的进展"] == "三季度：龘🍚<b>"


@pytest.mark.parametrize(("query", "words"), [
    ("", "全部46项措施。状态和指标10月13日"),
    ("?light=red&order=light", "筛选：状态：滞后；5项措施，共46项。状态和指标10月13日"),
    ("?light=fault&done=open", "筛选：状态：滞后和预警；完成：未完成"),
])  # fmt: skip
def test_the_note_says_what_was_filtered_and_how_fresh_it_is(
    office: Client, plan: Plan, query: str, words: str
) -> None:
    assert words in str(packed(office, plan, query)["A2"].value)


def test_the_note_tells_a_change_that_waits(office: Client, plan: Plan) -> None:
    mark_stale([plan.pk])
    assert "汇总，有新的变动正在计算。" in str(packed(office, plan)["A2"].value)


@pytest.mark.parametrize("query", ["?light=purple", "?done=purple", "?order=purple"])
def test_a_value_that_does_not_exist_is_refused(office: Client, plan: Plan, query: str) -> None:
    response = office.get(f"/plans/{plan.pk}/ledger/export/{query}")
    assert (response.status_code, "：purple" in response.content.decode()) == (400, True)


@pytest.mark.parametrize("issued", [True, False])
def test_what_is_not_judged_has_empty_columns(client: Client, issued: bool) -> None:
    made = small_plan(issued=issued)
    client.force_login(office_user(made.place))
    line = packed_lines(client, made.plan)[0]
    assert [line[name] for name in ("当前值", "最近审核通过的进展", "状态", "原因", "完成情况")] == [""] * 5


def test_a_draft_says_that_there_is_no_progress(client: Client) -> None:
    made = small_plan(issued=False)
    client.force_login(office_user(made.place))
    assert "尚未印发，没有进展。" in str(packed(client, made.plan)["A2"].value)


# Who reads accepted texts on the page and in the file


@pytest.mark.parametrize(
    ("username", "reads"),
    [(OFFICE, True), (LEADER, True), (CITY, True), (MARKET, True), (TRADE, False), (FINANCE, False)],
)
def test_progress_is_read_by_office_leaders_above_and_those_who_answer(
    client: Client, plan: Plan, username: str, reads: bool
) -> None:
    as_person(client, username)
    row, line = row_of(ledger(client, plan), "9.1"), line_of(client, plan, "9.1")
    assert (MARKETS in row["进展"], MARKETS in line["最近审核通过的进展"]) == (reads, reads)


def test_who_may_not_read_it_sees_the_light_and_its_reason(client: Client, plan: Plan) -> None:
    page = ledger(as_person(client, FINANCE), plan)
    assert row_of(page, "9.1")["状态"] == "预警 为应达90.9%的90.0%"


def test_a_unit_that_shares_a_measure_reads_the_others(client: Client, plan: Plan) -> None:
    """区市场监管局 wrote what is shown, 青溪镇 shares the measure."""
    assert "累计检查300户" in row_of(ledger(as_person(client, TOWN), plan), "1.3")["进展"]


def test_a_unit_whose_part_has_ended_reads_no_more(client: Client, plan: Plan) -> None:
    measure_of(plan, "1.3").assignments.filter(department__name="青溪镇").update(ended_on="2026-09-01")
    assert row_of(ledger(as_person(client, TOWN), plan), "1.3")["进展"] == "–"


def unaccepted() -> set[str]:
    """Texts that the office has not accepted, but for what another entry says in the same words."""
    entries = ProgressEntry.objects.exclude(done_text="")
    accepted = set(entries.filter(status="accepted").values_list("done_text", flat=True))
    return set(entries.exclude(status="accepted").values_list("done_text", flat=True)) - accepted


@pytest.mark.parametrize("username", [OFFICE, MARKET, "chenjing"])
def test_what_was_not_accepted_never_stands_here(client: Client, plan: Plan, username: str) -> None:
    as_person(client, username)
    progress = [line["最近审核通过的进展"] for line in packed_lines(client, plan)]
    said = "\n".join([*progress, *(row["进展"] for row in rows_of(ledger(client, plan)))])
    assert len(unaccepted()) > 30
    assert {text for text in unaccepted() if text in said} == set()


@pytest.fixture
def reopened(plan: Plan) -> ProgressEntry:
    """区城管局's accepted third quarter of 10.2, opened again and being written anew."""
    entry: ProgressEntry = ProgressEntry.objects.get(
        assignment__measure=measure_of(plan, "10.2"), report__period__ordinal=3, report__department__name="区城管局"
    )
    report = ProgressReport.objects.get(pk=entry.report_id)
    clerk = User.objects.get(username=OFFICE)
    reopen_report(report, actor=clerk, reason="审计发现分母有误", version=report.version, entries=[entry.pk])
    ProgressEntry.objects.filter(pk=entry.pk).update(done_text="正在改写，还没有报出。")
    return entry


@pytest.mark.parametrize(
    ("judged", "shown"),
    [(False, "三季度：新增签约64户，小餐饮签约意愿低。"), (True, r"二季度：.+")],
    ids=["before it was judged", "after"],
)
@pytest.mark.parametrize("username", [OFFICE, "luqing"])
def test_a_reopened_text_gives_way_to_the_one_accepted_before(
    client: Client, plan: Plan, reopened: ProgressEntry, username: str, judged: bool, shown: str
) -> None:
    if judged:
        refresh([plan.pk])
    as_person(client, username)
    row, line = row_of(ledger(client, plan), "10.2"), line_of(client, plan, "10.2")
    assert re.fullmatch(shown, row["进展"])
    assert row["进展"] == line["最近审核通过的进展"]


def test_a_target_without_a_figure_yet_leaves_the_place_empty(office: Client, plan: Plan) -> None:
    IndicatorFactory.create(measure=measure_of(plan, "10.2"), position=9, subject="新增指标", value=5, unit="家")
    assert line_of(office, plan, "10.2")["当前值"] == "1. 66.0%（1373÷2080户，9月末）\n2. "
