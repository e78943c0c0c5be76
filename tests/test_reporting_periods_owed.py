"""Who owes what in a period."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from departments.models import Department
from reporting.models import ProgressEntry, ReportingPeriod
from reporting.owed import owed_assignments
from tasks.models import Assignment, Plan
from tests.factories import (
    AssignmentFactory,
    DepartmentAliasFactory,
    DepartmentFactory,
    IndicatorFactory,
    MeasureFactory,
    PlanFactory,
    ReportingRuleFactory,
    TaskFactory,
)
from tests.reporting_factories import ClosureFactory, EntryFactory, PeriodFactory, ReportFactory, make_round

pytestmark = pytest.mark.django_db
Q2 = {"ordinal": 2, "start": date(2026, 4, 1), "end": date(2026, 6, 30)}


@pytest.fixture
def round_() -> tuple[ReportingPeriod, Plan]:
    return make_round()


@pytest.fixture
def period(round_: tuple[ReportingPeriod, Plan]) -> ReportingPeriod:
    return round_[0]


@pytest.fixture
def plan(round_: tuple[ReportingPeriod, Plan]) -> Plan:
    return round_[1]


@pytest.fixture
def unit(period: ReportingPeriod) -> Department:
    return DepartmentFactory.create(jurisdiction=period.jurisdiction)


def assigned(plan: Plan, unit: Department | None, measure: dict[str, Any] | None = None, **fields: Any) -> Assignment:
    made = MeasureFactory.create(task__section__plan=plan, **measure or {})
    return AssignmentFactory.create(measure=made, department=unit, **fields)


def accepted_before(period: ReportingPeriod, assignment: Assignment, state: str) -> None:
    """In the second quarter."""
    before = PeriodFactory.create(jurisdiction=period.jurisdiction, **Q2)
    report = ReportFactory.create(period=before, department=assignment.department, submitted=True)
    EntryFactory.create(report=report, assignment=assignment, status="accepted", state=state)


def owes(period: ReportingPeriod, assignment: Assignment) -> bool:
    return owed_assignments(period).filter(pk=assignment.pk).exists()


@pytest.mark.parametrize("role", Assignment.Role.values)
def test_every_role_owes_an_entry(period: ReportingPeriod, plan: Plan, unit: Department, role: str) -> None:
    assert owes(period, assigned(plan, unit, role=role))


def test_a_name_left_open_owes_nothing(period: ReportingPeriod, plan: Plan) -> None:
    assert not owes(period, assigned(plan, None, surface="相关部门"))


def test_an_ended_assignment_owes_nothing(period: ReportingPeriod, plan: Plan, unit: Department) -> None:
    assert not owes(period, assigned(plan, unit, ended_on=date(2026, 8, 1)))


def test_an_assignment_that_begins_after_the_period_owes_nothing(
    period: ReportingPeriod, plan: Plan, unit: Department
) -> None:
    assert not owes(period, assigned(plan, unit, started_on=date(2026, 10, 9)))


def test_a_plan_issued_after_the_period_owes_nothing(period: ReportingPeriod, unit: Department) -> None:
    late = PlanFactory.create(jurisdiction=period.jurisdiction, issued=True, issued_on=date(2026, 10, 2))
    period.plans.add(late)
    assert not owes(period, assigned(late, unit))


def test_a_plan_that_is_not_of_the_period_owes_nothing(period: ReportingPeriod, unit: Department) -> None:
    other = PlanFactory.create(jurisdiction=period.jurisdiction, issued=True)
    assert not owes(period, assigned(other, unit))


@pytest.mark.parametrize(("state", "owed"), [("approved", False), ("requested", True), ("refused", True)])
def test_only_a_closed_measure_owes_nothing(
    period: ReportingPeriod, plan: Plan, unit: Department, state: str, owed: bool
) -> None:
    assignment = assigned(plan, unit)
    ClosureFactory.create(
        entry=None,
        measure=assignment.measure,
        department=unit,
        state=state,
        reason="现场未完成",
        verified_on=date(2026, 7, 3),
    )
    assert owes(period, assignment) == owed


def test_what_was_accepted_as_done_is_not_asked_again(period: ReportingPeriod, plan: Plan, unit: Department) -> None:
    assignment = assigned(plan, unit)
    accepted_before(period, assignment, "done")
    assert not owes(period, assignment)


def test_what_was_accepted_as_under_way_is_asked_again(period: ReportingPeriod, plan: Plan, unit: Department) -> None:
    assignment = assigned(plan, unit)
    accepted_before(period, assignment, "under_way")
    assert owes(period, assignment)


@pytest.mark.parametrize(("reopened", "owed"), [(datetime(2026, 9, 3, tzinfo=UTC), True), (None, False)])
def test_what_was_done_is_asked_again_after_its_closure_is_taken_back(
    period: ReportingPeriod, plan: Plan, unit: Department, reopened: datetime | None, owed: bool
) -> None:
    assignment = assigned(plan, unit)
    accepted_before(period, assignment, "done")
    ProgressEntry.objects.update(decided_at=datetime(2026, 7, 22, tzinfo=UTC))
    if reopened:
        ClosureFactory.create(
            entry=None,
            measure=assignment.measure,
            department=unit,
            state="reopened",
            reason="回头看没有做到位",
            decided_at=reopened,
        )
    assert owes(period, assignment) == owed


ANNUAL = {"span_start": 20, "span_end": 30, "frequency": "annual", "due": "11-15"}


def test_a_measure_that_only_asks_for_the_annual_report_owes_nothing_in_a_quarter(
    period: ReportingPeriod, plan: Plan, unit: Department
) -> None:
    assignment = assigned(plan, unit, {"due_on": date(2026, 11, 15)})
    ReportingRuleFactory.create(plan=plan, **ANNUAL)
    assert not owes(period, assignment)


def test_the_annual_report_is_owed_in_its_own_period(plan: Plan, unit: Department) -> None:
    assignment = assigned(plan, unit, {"due_on": date(2026, 11, 15)})
    annual = PeriodFactory.create(jurisdiction=plan.jurisdiction, kind="year", ordinal=1)
    annual.plans.add(plan)
    annual.rules.add(ReportingRuleFactory.create(plan=plan, **ANNUAL))
    assert owes(annual, assignment)


def test_a_measure_with_a_target_owes_although_it_asks_for_the_annual_report(
    period: ReportingPeriod, plan: Plan, unit: Department
) -> None:
    assignment = assigned(plan, unit)
    IndicatorFactory.create(measure=assignment.measure)
    ReportingRuleFactory.create(plan=plan, **ANNUAL)
    assert owes(period, assignment)


def test_a_measure_past_its_date_owes_although_it_asks_for_the_annual_report(
    period: ReportingPeriod, plan: Plan, unit: Department
) -> None:
    assignment = assigned(plan, unit, {"due_on": date(2026, 6, 30)})
    ReportingRuleFactory.create(plan=plan, **ANNUAL)
    assert owes(period, assignment)


def test_a_measure_that_asks_for_the_quarter_beside_the_year_owes(
    period: ReportingPeriod, plan: Plan, unit: Department
) -> None:
    assignment = assigned(plan, unit)
    ReportingRuleFactory.create(plan=plan, **ANNUAL)
    ReportingRuleFactory.create(plan=plan, span_start=22, span_end=28, frequency="quarterly")
    assert owes(period, assignment)


def test_a_cancelled_period_owes_nothing(plan: Plan, period: ReportingPeriod, unit: Department) -> None:
    assignment = assigned(plan, unit)
    period.cancelled = True
    assert not owes(period, assignment)


def test_a_duty_upward_owes_no_forms(plan: Plan, period: ReportingPeriod, unit: Department) -> None:
    assignment = assigned(plan, unit)
    period.direction = "upward"
    assert not owes(period, assignment)


def monthly(plan: Plan, owers: str) -> ReportingPeriod:
    month = PeriodFactory.create(jurisdiction=plan.jurisdiction, kind="month", ordinal=9)
    month.plans.add(plan)
    rule = ReportingRuleFactory.create(plan=plan, frequency="monthly", owers=owers, span_start=900, span_end=910)
    month.rules.add(rule)
    return month


@pytest.mark.parametrize(("owers", "owed"), [("各成员单位", True), ("区教育局", True), ("区城管局", False), ("", True)])
def test_a_monthly_duty_asks_the_units_that_it_names(plan: Plan, unit: Department, owers: str, owed: bool) -> None:
    DepartmentAliasFactory.create(department=unit, name="区教育局")
    assert owes(monthly(plan, owers), assigned(plan, unit)) == owed


def single(plan: Plan, **rule: Any) -> ReportingPeriod:
    once = PeriodFactory.create(jurisdiction=plan.jurisdiction, kind="once", ordinal=1)
    once.plans.add(plan)
    once.rules.add(ReportingRuleFactory.create(plan=plan, frequency="once", **rule))
    return once


def test_what_is_asked_once_in_a_measure_is_owed_of_it_alone(plan: Plan, unit: Department) -> None:
    asked = assigned(plan, unit)
    other = assigned(plan, unit, {"span_start": 50, "span_end": 80})
    once = single(plan, span_start=20, span_end=30)
    assert list(owed_assignments(once)) == [asked]
    assert other.measure_id != asked.measure_id


def test_what_is_asked_once_of_a_task_is_owed_of_its_measures(plan: Plan, unit: Department) -> None:
    task = TaskFactory.create(section__plan=plan)
    own = AssignmentFactory.create(measure=MeasureFactory.create(task=task), department=unit)
    assigned(plan, unit)
    assert list(owed_assignments(single(plan, task=task, span_start=900, span_end=910))) == [own]


def test_a_round_added_by_hand_asks_everything(plan: Plan, unit: Department) -> None:
    assignment = assigned(plan, unit)
    by_hand = PeriodFactory.create(jurisdiction=plan.jurisdiction, kind="once", ordinal=2)
    by_hand.plans.add(plan)
    assert owes(by_hand, assignment)
