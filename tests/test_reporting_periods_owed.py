"""Who owes what in a period: assignments, forms with entries and figures."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from departments.models import Department
from reporting.models import ProgressEntry, ProgressReport, ReportedFigure, ReportingPeriod
from reporting.owed import open_period, open_report, owed_assignments, owed_counts, owing_units
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
OPEN_QUERIES = 13
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
        entry=None, measure=assignment.measure, department=unit, state=state, reason="现场未完成",
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


def test_held_figures_are_asked_also_of_what_is_done(period: ReportingPeriod, plan: Plan, unit: Department) -> None:
    assignment = assigned(plan, unit)
    held = IndicatorFactory.create(measure=assignment.measure, path="hold", position=1)
    climbed = IndicatorFactory.create(measure=assignment.measure, path="climb", position=2)
    for indicator in (held, climbed):
        indicator.reporters.create(department=unit)
    accepted_before(period, assignment, "done")
    open_report(period, unit)
    assert list(ReportedFigure.objects.filter(entry__report__period=period).values_list("indicator", flat=True)) == [
        held.pk
    ]


@pytest.mark.parametrize(("reopened", "owed"), [(datetime(2026, 9, 3, tzinfo=UTC), True), (None, False)])
def test_what_was_done_is_asked_again_after_its_closure_is_taken_back(
    period: ReportingPeriod, plan: Plan, unit: Department, reopened: datetime | None, owed: bool
) -> None:
    assignment = assigned(plan, unit)
    accepted_before(period, assignment, "done")
    ProgressEntry.objects.update(decided_at=datetime(2026, 7, 22, tzinfo=UTC))
    if reopened:
        ClosureFactory.create(
            entry=None, measure=assignment.measure, department=unit, state="reopened", reason="回头看没有做到位",
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


def test_a_form_is_opened_once(period: ReportingPeriod, plan: Plan, unit: Department) -> None:
    assigned(plan, unit)
    assert open_report(period, unit) == open_report(period, unit)
    assert ProgressEntry.objects.count() == 1


def test_a_form_has_a_row_for_each_figure_that_the_unit_supplies(
    period: ReportingPeriod, plan: Plan, unit: Department
) -> None:
    measure = assigned(plan, unit).measure
    own, others = (IndicatorFactory.create(measure=measure, position=n) for n in (1, 2))
    own.reporters.create(department=unit)
    others.reporters.create(department=DepartmentFactory.create(jurisdiction=plan.jurisdiction))
    open_report(period, unit)
    assert [figure.indicator for figure in ReportedFigure.objects.all()] == [own]


def test_a_draft_gains_what_an_amendment_adds(period: ReportingPeriod, plan: Plan, unit: Department) -> None:
    report = open_report(period, unit)
    assigned(plan, unit)
    open_report(period, unit)
    assert report.entries.count() == 1


def test_a_page_shown_before_the_amendment_is_told(period: ReportingPeriod, plan: Plan, unit: Department) -> None:
    before = open_report(period, unit).version
    assigned(plan, unit)
    assert open_report(period, unit).version == before + 1


@pytest.mark.parametrize("status", ["submitted", "accepted"])
def test_a_submitted_form_gains_nothing(period: ReportingPeriod, plan: Plan, unit: Department, status: str) -> None:
    report = ReportFactory.create(period=period, department=unit, submitted=True, status=status)
    assigned(plan, unit)
    open_report(period, unit)
    assert report.entries.count() == 0


def test_a_returned_form_gains_nothing(period: ReportingPeriod, plan: Plan, unit: Department) -> None:
    report = ReportFactory.create(period=period, department=unit, submitted=True, status="draft")
    assigned(plan, unit)
    open_report(period, unit)
    assert report.entries.count() == 0


def test_an_untouched_entry_goes_with_its_assignment(period: ReportingPeriod, plan: Plan, unit: Department) -> None:
    assignment = assigned(plan, unit)
    report = open_report(period, unit)
    Assignment.objects.filter(pk=assignment.pk).update(ended_on=date(2026, 10, 1))
    open_report(period, unit)
    assert report.entries.count() == 0


def test_what_somebody_typed_stays_when_the_assignment_ends(
    period: ReportingPeriod, plan: Plan, unit: Department
) -> None:
    assignment = assigned(plan, unit)
    report = open_report(period, unit)
    report.entries.update(done_text="已检查20家。", version=2)
    Assignment.objects.filter(pk=assignment.pk).update(ended_on=date(2026, 10, 1))
    open_report(period, unit)
    assert report.entries.count() == 1


def test_all_forms_of_a_period_are_opened(period: ReportingPeriod, plan: Plan) -> None:
    for unit in DepartmentFactory.create_batch(3, jurisdiction=plan.jurisdiction):
        assigned(plan, unit)
    open_period(period)
    assert ProgressReport.objects.filter(period=period, entries__isnull=False).count() == 3


@pytest.mark.parametrize(("units", "measures"), [(1, 2), (10, 5)])
def test_opening_costs_the_same_for_few_and_many(
    period: ReportingPeriod, plan: Plan, units: int, measures: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for unit in DepartmentFactory.create_batch(units, jurisdiction=plan.jurisdiction):
        for _ in range(measures):
            indicator = IndicatorFactory.create(measure=assigned(plan, unit).measure)
            indicator.reporters.create(department=unit)
    with django_assert_num_queries(OPEN_QUERIES):
        open_period(period)


def test_owed_is_counted_of_units_that_never_looked(period: ReportingPeriod, plan: Plan, unit: Department) -> None:
    for _ in range(3):
        assigned(plan, unit)
    assert owed_counts(period) == {unit.pk: 3}


def test_units_that_owe_are_counted_for_several_periods_at_once(
    period: ReportingPeriod, plan: Plan, unit: Department
) -> None:
    assigned(plan, unit)
    assigned(plan, DepartmentFactory.create(jurisdiction=plan.jurisdiction), started_on=date(2026, 8, 1))
    second = PeriodFactory.create(jurisdiction=plan.jurisdiction, **Q2)
    second.plans.add(plan)
    assert owing_units([period, second]) == {period.pk: 2, second.pk: 1}


def test_periods_without_forms_are_not_counted(period: ReportingPeriod) -> None:
    period.cancelled = True
    assert owing_units([period]) == {}
