"""Forms of a period: opened once, following the plan until they are submitted, at a fixed number of queries."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from departments.models import Department
from reporting.models import ProgressEntry, ProgressReport, ReportedFigure, ReportingPeriod
from reporting.owed import open_period, open_report, owed_counts, owing_units
from tasks.models import Assignment, Plan
from tests.factories import AssignmentFactory, DepartmentFactory, IndicatorFactory, MeasureFactory
from tests.reporting_factories import EntryFactory, PeriodFactory, ReportFactory, make_round

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
