"""The ledger: who sees which, its filters, its words."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from departments.models import User
from tasks.models import Plan
from tests.factories import (
    AssignmentFactory,
    DepartmentFactory,
    JurisdictionFactory,
    MeasureFactory,
    PlanFactory,
    TaskFactory,
    leader,
    office_user,
    reporter,
)
from tests.ledgers import SmallPlan, small_plan

pytestmark = pytest.mark.django_db


@pytest.fixture
def made() -> SmallPlan:
    return small_plan()


@pytest.fixture
def office(made: SmallPlan, client: Client) -> Client:
    client.force_login(office_user(made.place))
    return client


def page_of(client: Client, query: str = "", **data: Any) -> str:
    response = client.get(f"/ledger/{query}", data)
    assert response.status_code == 200
    return response.content.decode()


def measures_shown(client: Client, **data: Any) -> list[str]:
    """Numbers of the measures on the page."""
    response = client.get("/ledger/", data)
    return [measure.number for measure in response.context["page"].object_list]


def test_the_head_says_what_stands_here_in_figures(office: Client) -> None:
    assert "3月20日印发；2个部分、2项任务、3项措施、4项分工、1个指标，另有1处单位未明确" in page_of(office)


def test_units_stand_behind_their_role(office: Client) -> None:
    page = page_of(office)
    assert '牵头</span>\n</a></dt><dd><span class="party">区教体局' in page
    assert '配合</span>\n</a></dt><dd><span class="party">区市场监管局' in page


def test_a_group_is_one_link_that_names_its_members_in_customary_order(office: Client, made: SmallPlan) -> None:
    assert f'?unit=g{made.towns.pk}" title="青溪镇、禾丰镇">各镇 2家</a>' in page_of(office)


def test_a_name_left_open_is_told_so(office: Client) -> None:
    assert 'title="原文没有写明是哪个单位">相关部门' in page_of(office)


def test_a_target_is_said_with_comparator_and_unit(office: Client) -> None:
    assert '<span class="keep"><b>≥100%</b></span>' in page_of(office)


def test_a_stated_date_and_the_end_of_the_year(office: Client) -> None:
    page = page_of(office)
    assert '<span class="keep">6月30日</span>' in page
    assert '<span class="keep faint">年底</span>' in page


def test_a_date_of_another_year_says_the_year(office: Client, made: SmallPlan) -> None:
    MeasureFactory.create(task=made.first.task, due_on="2027-03-01")
    assert "2027年3月1日" in page_of(office)


def test_parts_say_how_many_measures_the_filter_leaves(office: Client) -> None:
    assert "一、校园食品安全　<small>1项措施</small>" in page_of(office, q="检查")


@pytest.mark.parametrize(
    ("filters", "left"),
    [
        ({}, ["1.1", "1.2", "2.1"]),
        ({"q": "检查"}, ["1.2"]),
        ({"q": "配强队伍"}, ["2.1"]),
        ({"q": "教体"}, ["1.1"]),
        ({"q": "相关部门"}, ["2.1"]),
        ({"q": "1.2"}, ["1.2"]),
        ({"q": "明厨 100"}, ["1.1"]),
        ({"q": "100%"}, ["1.1"]),
        ({"q": "没有这样的字"}, []),
        ({"part": "1"}, ["1.1", "1.2"]),
        ({"part": ["1", "2"]}, ["1.1", "1.2", "2.1"]),
        ({"role": "lead"}, ["1.1"]),
        ({"role": "answers"}, ["1.1", "1.2"]),
        ({"kind": "any"}, ["1.1"]),
        ({"kind": "none"}, ["1.2", "2.1"]),
        ({"kind": "coverage"}, ["1.1"]),
        ({"kind": "score"}, []),
        ({"due": "dated"}, ["2.1"]),
        ({"due": "year_end"}, ["1.1", "1.2"]),
    ],
)
def test_a_filter_leaves(office: Client, filters: dict[str, Any], left: list[str]) -> None:
    assert measures_shown(office, **filters) == left


def test_a_unit_and_a_role_must_meet_in_one_assignment(office: Client, made: SmallPlan) -> None:
    assert measures_shown(office, unit=made.market.pk, role="support") == ["1.1"]
    assert measures_shown(office, unit=made.market.pk, role="lead") == []


def test_a_group_finds_its_measures(office: Client, made: SmallPlan) -> None:
    assert measures_shown(office, unit=f"g{made.towns.pk}") == ["1.2"]


def test_an_ended_assignment_finds_nothing(office: Client, made: SmallPlan) -> None:
    made.first.assignments.filter(department=made.market).update(ended_on="2026-05-01")
    assert measures_shown(office, q="市场监管") == []


@pytest.mark.parametrize(("today", "when", "left"), [
    ("2026-06-30", "past", []),
    ("2026-07-01", "past", ["2.1"]),
    ("2026-06-02", "soon", ["2.1"]),
    ("2026-06-01", "soon", []),
    ("2026-07-01", "soon", []),
])  # fmt: skip
def test_near_and_past_deadlines(office: Client, settings: Settings, today: str, when: str, left: list[str]) -> None:
    settings.CLOCK_DATE = date.fromisoformat(today)
    assert measures_shown(office, due=when) == left


@pytest.mark.parametrize("query", ["?unit=99999", "?part=9", "?part=x", "?role=king", "?kind=x", "?due=x", "?q=%00"])
def test_a_value_that_does_not_exist_shows_nothing_and_says_so(office: Client, query: str) -> None:
    page = page_of(office, query)
    assert "<strong>0项措施</strong>" in page
    assert 'class="notice notice-warning"' in page


def test_a_filter_can_be_taken_off_alone(office: Client) -> None:
    assert 'href="?role=lead&amp;" aria-label="去掉条件：部分：一"' in page_of(office, "?part=1&role=lead&page=2")


def test_nothing_found_says_what_to_do(office: Client) -> None:
    assert "没有符合条件的措施" in page_of(office, q="没有这样的字")


def test_markup_in_the_address_and_in_the_plan_is_shown_as_text(office: Client, made: SmallPlan) -> None:
    made.first.text = "<script>alert(1)</script>龘🍚"
    made.first.save()
    page = page_of(office, "?q=%3Cscript%3E")
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;龘🍚" in page


def test_compact_rows_keep_the_filter(office: Client) -> None:
    page = page_of(office, "?part=1&rows=compact")
    assert 'class="grid stack ledger compact judged"' in page
    assert '<input type="hidden" name="rows" value="compact">' in page


def test_a_plan_without_parts_has_no_part_rows(client: Client) -> None:
    plan = PlanFactory.create(issued=True)
    MeasureFactory.create(task=TaskFactory.create(section=None, plan=plan, number=1))
    client.force_login(office_user(plan.jurisdiction))
    page = page_of(client)
    assert 'class="part"' not in page
    assert "0个部分" not in page


@pytest.mark.parametrize("stage", [Plan.Stage.DRAFT, Plan.Stage.CONSULTATION])
def test_an_unissued_plan_is_the_offices_alone(client: Client, stage: str) -> None:
    made = small_plan(issued=False, stage=stage)
    for person, status in (
        (office_user(made.place), 200),
        (leader(made.place), 404),
        (reporter(made.education), 404),
    ):
        client.force_login(person)
        assert client.get(f"/plans/{made.plan.pk}/ledger/").status_code == status


def test_a_draft_says_so(client: Client) -> None:
    made = small_plan(issued=False)
    client.force_login(office_user(made.place))
    assert "草稿，尚未印发；" in page_of(client)


def test_the_latest_plan_in_force_is_the_current_one(office: Client, made: SmallPlan) -> None:
    PlanFactory.create(jurisdiction=made.place, year=2025, issued=True)
    PlanFactory.create(jurisdiction=made.place, year=2027)
    assert office.get("/ledger/").context["plan"] == made.plan


def test_other_plans_can_be_chosen(office: Client, made: SmallPlan) -> None:
    older = PlanFactory.create(jurisdiction=made.place, year=2025, issued=True, title="2025年工作要点")
    assert f'<a href="/plans/{older.pk}/ledger/">2025年工作要点</a>' in page_of(office)


def foreigners() -> list[User]:
    elsewhere = JurisdictionFactory.create()
    return [office_user(elsewhere), leader(elsewhere), reporter(DepartmentFactory.create(jurisdiction=elsewhere))]


def test_another_jurisdictions_ledger_does_not_exist(client: Client, made: SmallPlan) -> None:
    for person in foreigners():
        client.force_login(person)
        assert client.get(f"/plans/{made.plan.pk}/ledger/").status_code == 404


def test_the_office_above_reads_a_plan_in_force_below(client: Client) -> None:
    city = JurisdictionFactory.create()
    made = small_plan(JurisdictionFactory.create(parent=city))
    client.force_login(office_user(city))
    assert client.get(f"/plans/{made.plan.pk}/ledger/").status_code == 200


def test_without_a_plan_the_page_says_what_to_do(client: Client) -> None:
    client.force_login(office_user(JurisdictionFactory.create()))
    assert "还没有工作计划" in page_of(client)


def test_pages_of_fifty_keep_part_and_task_rows(office: Client, made: SmallPlan) -> None:
    MeasureFactory.create_batch(60, task=made.third.task)
    response = office.get("/ledger/", {"page": 2})
    page = response.content.decode()
    assert len(response.context["page"].object_list) == 13
    assert "二、基层能力　<small>61项措施</small>" in page
    assert "（二）配强队伍" in page
    assert "第2页，共2页" in page


@pytest.mark.parametrize(("number", "shown"), [("0", 2), ("99", 2), ("x", 1), ("-1", 2)])
def test_a_page_that_does_not_exist_is_the_nearest(office: Client, made: SmallPlan, number: str, shown: int) -> None:
    MeasureFactory.create_batch(60, task=made.third.task)
    assert office.get("/ledger/", {"page": number}).context["page"].number == shown


def test_a_long_name_of_a_unit_stands_whole(office: Client, made: SmallPlan) -> None:
    name = "青禾区" + "长" * 90 + "中心"
    unit = DepartmentFactory.create(jurisdiction=made.place, name=name)
    AssignmentFactory.create(measure=made.third, department=unit)
    assert name in page_of(office)


def test_only_reading_is_allowed(office: Client) -> None:
    assert office.post("/ledger/").status_code == 405
