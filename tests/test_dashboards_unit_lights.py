"""A unit's own page and home with lights as they count for it, and what a unit reads on a measure's page."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client
from pytest_django import DjangoDbBlocker

from dashboards.actions.refresh import refresh
from departments.models import Department, User
from reporting.actions.reopen import reopen_report
from reporting.models import AssignmentStanding, Light, ProgressEntry, ProgressReport
from tasks.models import Plan
from tasks.standing import mark_stale
from tests.factories import AssignmentFactory, MeasureFactory, PlanFactory, office_user, reporter
from tests.ledgers import SmallPlan, small_plan
from tests.standing_scene import (
    as_person,
    counts_of,
    demo_world,
    keys_of,
    measure_of,
    numbers_of,
    page_of,
    row_of,
    rows_of,
    section_of,
    text_of,
    texts,
)

pytestmark = pytest.mark.django_db
OFFICE, LEADER, CITY, MARKET, TRADE, FINANCE = "linxiao", "zhoumin", "lubowen", "fangyiming", "jiangmo", "pangke"
TWO_UNITS = "xulan"  # 区委宣传部 and 区文旅局
MARKETS = "城北、白塘2个市场改造未完成。"


@pytest.fixture(scope="module")
def plan(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Plan]:
    with django_db_blocker.unblock(), demo_world() as plan:
        yield plan


@pytest.fixture
def office(plan: Plan, client: Client) -> Client:
    return as_person(client, OFFICE)


@pytest.fixture
def small(client: Client) -> SmallPlan:
    made = small_plan()
    client.force_login(reporter(made.education))
    return made


def unit_named(plan: Plan, name: str) -> Department:
    found: Department = plan.jurisdiction.departments.get(name=name)
    return found


def duties(client: Client, plan: Plan, name: str, query: str = "") -> str:
    return page_of(client, f"/departments/{unit_named(plan, name).pk}/duties/{query}")


def measure_page(client: Client, plan: Plan, number: str) -> str:
    return page_of(client, f"/measures/{measure_of(plan, number).pk}/")


def test_measures_are_counted_by_how_the_unit_does(office: Client, plan: Plan) -> None:
    counts = counts_of(duties(office, plan, "区市场监管局"))
    assert counts == {"滞后": 0, "预警": 5, "正常": 22, "未到期": 2}


@pytest.mark.parametrize(
    ("unit", "number", "state"),
    [
        ("区民政局", "4.1", "预警 养老机构食堂“明厨亮灶”覆盖率为应达50.3%的93.6%"),
        ("区市场监管局", "4.1", "正常 三季度已报，待审"),
        ("区商务局", "9.1", "预警 三季度今日退回，待补"),
        ("禾丰镇", "25.1", "滞后 期限已过5个工作日"),
        ("青溪镇", "25.1", "正常 审核通过 三季度审核为已完成"),
        ("城关街道", "25.1", "正常 自报完成 三季度已报，待审"),
        ("区财政局", "20.1", "正常 核实销号 ✓ 7月24日核实销号"),
        ("区财政局", "26.2", "未到期 全年报告11月16日截止"),
    ],
)
def test_a_fault_counts_where_it_lies(office: Client, plan: Plan, unit: str, number: str, state: str) -> None:
    assert row_of(duties(office, plan, unit), number)["状态"] == state


def test_a_row_says_figure_and_target(office: Client, plan: Plan) -> None:
    said = row_of(duties(office, plan, "区城管局"), "10.2")["指标"]
    assert said == "餐厨废弃物签约收运率66.0%／≥95% 1373÷2080户，9月末 本单位报数"


@pytest.mark.parametrize("query", ["", "?order=light", "?light=amber"])
def test_each_number_is_that_of_the_rows_behind_its_link(office: Client, plan: Plan, query: str) -> None:
    keys = keys_of(duties(office, plan, "区市场监管局", query))
    shown = {word: len(rows_of(duties(office, plan, "区市场监管局", key.query))) for word, key in keys.items()}
    assert shown == {"滞后": 0, "预警": 5, "正常": 22, "未到期": 2}


def test_a_light_leaves_its_measures_by_role(office: Client, plan: Plan) -> None:
    assert numbers_of(duties(office, plan, "区市场监管局", "?light=amber")) == ["3.2", "9.1", "17.1", "1.3", "18.1"]


def test_worse_lights_first_within_each_role(office: Client, plan: Plan) -> None:
    usual, worse = (
        numbers_of(duties(office, plan, "区市场监管局", query), "role-lead") for query in ("", "?order=light")
    )
    behind = ["3.2", "9.1", "17.1"]
    assert worse == behind + [number for number in usual if number not in behind]


def test_the_worst_come_first_also_out_of_many(small: SmallPlan, client: Client) -> None:
    for measure in MeasureFactory.create_batch(60, task=small.first.task):
        AssignmentFactory.create(measure=measure, department=small.education)
    refresh([small.plan.pk])
    last = AssignmentStanding.objects.latest("pk")
    AssignmentStanding.objects.filter(pk=last.pk).update(counted_light=Light.RED)
    rows = rows_of(duties(client, small.plan, "区教体局", "?order=light"))
    assert (len(rows), [row["状态"].split()[0] for row in rows[:2]]) == (50, ["滞后", "未到期"])


def test_nothing_of_a_light_says_so(office: Client, plan: Plan) -> None:
    page = duties(office, plan, "区财政局", "?light=red")
    assert "没有这种状态的措施。" in text_of(page)
    assert counts_of(page)["正常"] == 2


def test_a_light_that_does_not_exist_leaves_all(office: Client, plan: Plan) -> None:
    assert numbers_of(duties(office, plan, "区财政局", "?light=purple")) == numbers_of(duties(office, plan, "区财政局"))


def test_a_unit_that_is_not_judged_yet_says_so(small: SmallPlan, client: Client) -> None:
    page = duties(client, small.plan, "区教体局")
    assert texts(rows_of(page), "状态") == ["正在汇总"]
    assert "正在汇总，几秒后刷新即可看到" in text_of(page)


def test_a_change_that_waits_is_told(office: Client, plan: Plan) -> None:
    mark_stale([plan.pk])
    assert "有新的变动正在计算" in duties(office, plan, "区财政局")


def test_links_keep_the_plan_that_was_chosen(small: SmallPlan, client: Client) -> None:
    other = PlanFactory.create(jurisdiction=small.place, year=2025, issued=True)
    AssignmentFactory.create(measure=MeasureFactory.create(task__section__plan=other), department=small.education)
    page = duties(client, small.plan, "区教体局", f"?plan={other.pk}")
    assert {key.query.startswith(f"?plan={other.pk}&light=") for key in keys_of(page).values()} == {True}


# The unit's home


def home_of(client: Client, unit: Department, query: str = "") -> str:
    return page_of(as_person(client, TWO_UNITS), f"/?unit={unit.pk}{query}")


def test_links_of_the_home_keep_the_unit_that_was_chosen(client: Client, plan: Plan) -> None:
    unit = unit_named(plan, "区文旅局")
    page = home_of(client, unit)
    assert counts_of(page) == {"滞后": 0, "预警": 0, "正常": 4, "未到期": 1}
    assert {key.query.startswith(f"?unit={unit.pk}&light=") for key in keys_of(page).values()} == {True}
    assert f'href="?unit={unit.pk}&amp;order=light"' in page


def test_the_home_shows_what_is_behind_a_link(client: Client, plan: Plan) -> None:
    unit = unit_named(plan, "区文旅局")
    page = home_of(client, unit, "&light=grey")
    assert numbers_of(page) == ["26.2"]
    assert f"<h1>待办2件 <small>{unit.name}" in page


def test_without_a_choice_the_home_is_of_the_first_unit(client: Client, plan: Plan) -> None:
    page = page_of(as_person(client, TWO_UNITS), "/?light=green")
    assert numbers_of(page) == ["22.1", "22.2", "26.1"]


# A measure's page


@pytest.mark.parametrize(
    ("number", "reached"),
    [
        ("10.2", []),
        ("6.2", ["自报完成"]),
        ("6.1", ["自报完成", "审核通过"]),
        ("5.2", ["自报完成", "审核通过", "核实销号"]),
    ],
)
def test_the_states_of_done_are_steps(office: Client, plan: Plan, number: str, reached: list[str]) -> None:
    page = measure_page(office, plan, number)
    assert [word for word in ("自报完成", "审核通过", "核实销号") if f'<li class="reached">{word}' in page] == reached


def test_each_unit_has_its_own_light(office: Client, plan: Plan) -> None:
    rows = rows_of(measure_page(office, plan, "9.1"))
    assert [(row["编号"], row["角色"], row["报送"]) for row in rows] == [
        ("区市场监管局", "牵头", "正常 三季度已审核"),
        ("区农业农村局", "配合", "正常 三季度已审核"),
        ("区商务局", "配合", "预警 三季度今日退回，待补"),
    ]


def test_it_says_since_when_and_how_fresh(office: Client, plan: Plan) -> None:
    said = text_of(measure_page(office, plan, "1.1"))
    assert "滞后 期限已过27个工作日 滞后自9月1日起" in said
    assert "10月13日" in said.split("口径说明")[0].split("核实销号")[1]


def test_a_draft_has_no_state(client: Client) -> None:
    made = small_plan(issued=False)
    client.force_login(office_user(made.place))
    page = page_of(client, f"/measures/{made.first.pk}/")
    assert [word in page for word in ("各单位报送", "审核通过的进展", "汇总")] == [False] * 3


@pytest.mark.parametrize(
    ("username", "reads"),
    [(OFFICE, True), (LEADER, True), (CITY, True), (MARKET, True), (TRADE, False), (FINANCE, False)],
)
def test_accepted_progress_is_read_by_those_who_answer_and_above(
    client: Client, plan: Plan, username: str, reads: bool
) -> None:
    page = measure_page(as_person(client, username), plan, "9.1")
    assert (MARKETS in section_of(page, "progress"), "为应达90.9%的90.0%" in page) == (reads, True)


def test_without_any_part_in_it_nothing_is_read(client: Client, plan: Plan) -> None:
    page = measure_page(as_person(client, FINANCE), plan, "9.1")
    assert "还没有您能看的审核通过的进展。" in section_of(page, "progress")


def test_a_support_reads_its_own_alone(client: Client, plan: Plan) -> None:
    said = section_of(measure_page(as_person(client, TRADE), plan, "9.1"), "progress")
    assert ("区商务局" in said, "区市场监管局" in said, "区农业农村局" in said) == (True, False, False)


def test_a_lead_reads_a_support_that_told_it(client: Client, plan: Plan) -> None:
    own = ProgressEntry.objects.filter(
        assignment__measure=measure_of(plan, "9.1"), report__department__name="区农业农村局"
    )
    said = {}
    for told in (True, False):
        own.update(told_lead=told)
        said[told] = "区农业农村局" in section_of(measure_page(as_person(client, MARKET), plan, "9.1"), "progress")
    assert said == {True: True, False: False}


def unaccepted_on(client: Client, plan: Plan) -> list[str]:
    """Texts that were not accepted and yet stand on their measure's page."""
    entries = ProgressEntry.objects.exclude(done_text="").select_related("assignment__measure__task")
    accepted = set(entries.filter(status="accepted").values_list("done_text", flat=True))
    waiting = [entry for entry in entries.exclude(status="accepted") if entry.done_text not in accepted]
    numbers = {entry.assignment.measure.number for entry in waiting}
    pages = {number: measure_page(client, plan, number) for number in numbers}
    assert len(numbers) > 20
    return [entry.done_text for entry in waiting if entry.done_text in pages[entry.assignment.measure.number]]


@pytest.mark.parametrize("username", [OFFICE, "chenjing"])
def test_what_was_not_accepted_never_stands_there(client: Client, plan: Plan, username: str) -> None:
    assert unaccepted_on(as_person(client, username), plan) == []


@pytest.mark.parametrize("username", [OFFICE, "luqing"])
def test_a_text_that_is_being_written_anew_is_gone_at_once(client: Client, plan: Plan, username: str) -> None:
    entry: ProgressEntry = ProgressEntry.objects.get(
        assignment__measure=measure_of(plan, "10.2"), report__period__ordinal=3, report__department__name="区城管局"
    )
    report = ProgressReport.objects.get(pk=entry.report_id)
    clerk = User.objects.get(username=OFFICE)
    reopen_report(report, actor=clerk, reason="分母有误", version=report.version, entries=[entry.pk])
    ProgressEntry.objects.filter(pk=entry.pk).update(done_text="正在改写，还没有报出。")
    said = section_of(measure_page(as_person(client, username), plan, "10.2"), "progress")
    assert ("正在改写" in said, "新增签约64户" in said, "二季度 区城管局" in said) == (False, False, True)
