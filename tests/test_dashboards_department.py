"""What one unit owes."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from pytest_django import Settings

from dashboards.owed import asks
from tasks.models import Assignment, Plan, ReportingRule
from tests.factories import (
    AssignmentFactory,
    DepartmentFactory,
    JurisdictionFactory,
    MeasureFactory,
    PlanFactory,
    ReportingRuleFactory,
    approver,
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
def unit(made: SmallPlan, client: Client) -> Client:
    client.force_login(reporter(made.education))
    return client


def page_of(client: Client, made: SmallPlan, query: str = "") -> str:
    response = client.get(f"/departments/{made.education.pk}/duties/{query}")
    assert response.status_code == 200
    return response.content.decode()


def test_roles_that_answer_stand_first(unit: Client, made: SmallPlan) -> None:
    AssignmentFactory.create(measure=made.second, department=made.education, role=Assignment.Role.SUPPORT)
    AssignmentFactory.create(measure=made.third, department=made.education, role=Assignment.Role.RESPONSIBLE)
    roles = unit.get(f"/departments/{made.education.pk}/duties/").context["roles"]
    assert [(role.label, role.count, role.answers) for role in roles] == [
        ("牵头", 1, True),
        ("负责", 1, True),
        ("配合", 1, False),
    ]


def test_a_target_that_the_unit_reports_says_so(unit: Client, made: SmallPlan) -> None:
    assert "本单位报数</p>" in page_of(unit, made)


def test_a_target_that_another_unit_reports_does_not(client: Client, made: SmallPlan) -> None:
    client.force_login(reporter(made.market))
    assert "本单位报数</p>" not in client.get(f"/departments/{made.market.pk}/duties/").content.decode()


def test_a_duty_to_report_is_said_in_words(unit: Client, made: SmallPlan) -> None:
    assert "<p>每季度，10月15日前报区食安办</p>" in page_of(unit, made)


def test_a_duty_without_date_and_recipient_names_the_office(unit: Client, made: SmallPlan) -> None:
    ReportingRuleFactory.create(plan=made.plan, frequency=ReportingRule.Frequency.ANNUAL, recipients="")
    assert "<p>每年，报青禾区食安办</p>" in page_of(unit, made)


def test_the_offices_own_duty_upward_is_not_the_units(unit: Client, made: SmallPlan) -> None:
    ReportingRuleFactory.create(plan=made.plan, direction=ReportingRule.Direction.UPWARD, recipients="市食安办")
    assert "市食安办" not in page_of(unit, made)


def test_a_duty_of_a_task_without_the_unit_is_not_shown(unit: Client, made: SmallPlan) -> None:
    ReportingRuleFactory.create(plan=made.plan, task=made.third.task, recipients="区委")
    assert "报区委" not in page_of(unit, made)


@pytest.mark.parametrize(
    ("owers", "asked"),
    [("", True), ("各成员单位", True), ("牵头单位", True), ("区教体局、区财政局", True), ("区财政局", False)],
)
def test_a_duty_asks_everybody_or_by_name(owers: str, asked: bool) -> None:
    assert asks(owers, {"区教体局", "区教育局"}) is asked


@pytest.mark.parametrize(
    ("today", "words"),
    [("2026-06-26", "还有2个工作日"), ("2026-06-30", "今天到期"), ("2026-07-01", "期限已过")],
)
def test_a_deadline_says_how_near_it_is(
    unit: Client, made: SmallPlan, settings: Settings, today: str, words: str
) -> None:
    AssignmentFactory.create(measure=made.third, department=made.education)
    settings.CLOCK_DATE = date.fromisoformat(today)
    assert words in page_of(unit, made)


def test_many_measures_of_a_role_lead_on_to_the_ledger(unit: Client, made: SmallPlan) -> None:
    for measure in MeasureFactory.create_batch(51, task=made.first.task):
        AssignmentFactory.create(measure=measure, department=made.education)
    page = page_of(unit, made)
    assert "看全部52项" in page
    assert f'href="/plans/{made.plan.pk}/ledger/?unit={made.education.pk}&amp;role=lead"' in page


def test_an_ended_assignment_is_not_owed(unit: Client, made: SmallPlan) -> None:
    made.first.assignments.update(ended_on="2026-05-01")
    assert "没有承担的任务" in page_of(unit, made)


def test_draft_and_closed_plans_are_not_owed(unit: Client, made: SmallPlan) -> None:
    for stage in (Plan.Stage.DRAFT, Plan.Stage.CLOSED):
        Plan.objects.filter(pk=made.plan.pk).update(stage=stage)
        assert "没有承担的任务" in page_of(unit, made)


def test_of_several_plans_in_force_one_can_be_chosen(unit: Client, made: SmallPlan) -> None:
    other = PlanFactory.create(jurisdiction=made.place, year=2025, issued=True, title="2025年工作要点")
    AssignmentFactory.create(measure=MeasureFactory.create(task__section__plan=other), department=made.education)
    assert "2026年青禾区" in page_of(unit, made).split("<h1>")[1].split("</div>")[0]
    assert "2025年工作要点，青食安委" in page_of(unit, made, f"?plan={other.pk}")


def test_everybody_of_the_jurisdiction_may_read_it(client: Client, made: SmallPlan) -> None:
    for person in (office_user(made.place), leader(made.place), approver(made.education), reporter(made.market)):
        client.force_login(person)
        assert page_of(client, made)


def test_a_unit_of_another_jurisdiction_does_not_exist(client: Client, made: SmallPlan) -> None:
    elsewhere = JurisdictionFactory.create()
    unit = DepartmentFactory.create(jurisdiction=elsewhere)
    for person in (office_user(elsewhere), leader(elsewhere), reporter(unit)):
        client.force_login(person)
        assert client.get(f"/departments/{made.education.pk}/duties/").status_code == 404
