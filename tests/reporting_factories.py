"""Makers of periods, forms, entries and figures for the tests. A third quarter of 2026, due on 15 October."""

# mypy: allow-untyped-calls, allow-untyped-decorators

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from factory.declarations import LazyAttribute, SelfAttribute, Sequence, SubFactory, Trait

from departments.models import Department
from indicators.models import Indicator
from reporting.models import (
    Closure,
    Evidence,
    Extension,
    ProgressEntry,
    ProgressReport,
    ReportedFigure,
    ReportingPeriod,
)
from tasks.models import Plan
from tests.factories import (
    AssignmentFactory,
    DepartmentFactory,
    IndicatorFactory,
    JurisdictionFactory,
    Maker,
    MeasureFactory,
    PlanFactory,
    UserFactory,
)

SENT_AT = datetime(2026, 10, 9, 2, 0, tzinfo=UTC)


class PeriodFactory(Maker[ReportingPeriod]):
    """The third quarter, open on 13 October; `plans` are added by `make_round`."""

    class Meta:
        model = ReportingPeriod

    jurisdiction = SubFactory(JurisdictionFactory)
    year = 2026
    kind = ReportingPeriod.Kind.QUARTER
    ordinal = 3
    title = "2026年第三季度"
    start = date(2026, 7, 1)
    end = date(2026, 9, 30)
    stated_due = date(2026, 10, 15)
    due = date(2026, 10, 15)
    locks_on = date(2026, 10, 29)


class ReportFactory(Maker[ProgressReport]):
    """A draft; `ReportFactory.create(submitted=True)` came in on 9 October."""

    class Meta:
        model = ProgressReport

    class Params:
        submitted = Trait(
            status=ProgressReport.Status.SUBMITTED, opened_at=SENT_AT, first_submitted_at=SENT_AT, submitted_at=SENT_AT
        )

    period = SubFactory(PeriodFactory)
    department = SubFactory(DepartmentFactory, jurisdiction=SelfAttribute("..period.jurisdiction"))


class EntryFactory(Maker[ProgressEntry]):
    """An open entry of a new assignment of the form's unit, filled in; `submitted=True` waits for review."""

    class Meta:
        model = ProgressEntry

    class Params:
        submitted = Trait(status=ProgressEntry.Status.SUBMITTED, report=SubFactory(ReportFactory, submitted=True))

    report = SubFactory(ReportFactory)
    assignment = SubFactory(
        AssignmentFactory,
        measure__task__section__plan__jurisdiction=SelfAttribute("......report.period.jurisdiction"),
        measure__task__section__plan__issued=True,
        department=SelfAttribute("..report.department"),
    )
    state = ProgressEntry.State.UNDER_WAY
    done_text = Sequence(lambda n: f"本季度检查食堂{n + 20}家，发现问题3处，已整改。")
    next_steps = "四季度复查。"


class FigureFactory(Maker[ReportedFigure]):
    """112 of 130, of an indicator of the entry's measure."""

    class Meta:
        model = ReportedFigure

    entry = SubFactory(EntryFactory)
    indicator = SubFactory(IndicatorFactory, measure=SelfAttribute("..entry.assignment.measure"))
    numerator = Decimal(112)
    denominator = Decimal(130)


class EvidenceFactory(Maker[Evidence]):
    class Meta:
        model = Evidence

    entry = SubFactory(EntryFactory)
    sha256 = Sequence(lambda n: f"{n:064x}")
    name = Sequence(lambda n: f"检查记录{n}.pdf")
    kind = "pdf"
    size = 88_000
    file = Sequence(lambda n: f"evidence/2026/10/{n}.pdf")
    uploaded_by = SubFactory(UserFactory)
    uploaded_at = SENT_AT


class ExtensionFactory(Maker[Extension]):
    class Meta:
        model = Extension

    report = SubFactory(ReportFactory)
    until = date(2026, 10, 20)
    reason = "联络员更换，正在核对数据。"
    asked_by = SubFactory(UserFactory)
    asked_at = SENT_AT


class ClosureFactory(Maker[Closure]):
    """A request by the unit of an accepted entry."""

    class Meta:
        model = Closure

    entry = SubFactory(EntryFactory, submitted=True, state=ProgressEntry.State.DONE)
    measure = LazyAttribute(lambda o: o.entry.assignment.measure)
    department = LazyAttribute(lambda o: o.entry.report.department)
    statement = "130所学校食堂全部建成明厨亮灶并接入平台。"
    requested_by = SubFactory(UserFactory)
    requested_at = SENT_AT


def make_report(period: ReportingPeriod, department: Department, plan: Plan, entries: int, **fields: Any) -> Any:
    """A form of the period with as many entries, each with one measure of the plan and one figure.

    `fields` go to the report; submitted reports have submitted entries.
    """
    report = ReportFactory.create(period=period, department=department, **fields)
    status = {"submitted": "submitted", "accepted": "accepted"}.get(report.status, "open")
    for _ in range(entries):
        measure = MeasureFactory.create(task__section__plan=plan)
        assignment = AssignmentFactory.create(measure=measure, department=department)
        entry = EntryFactory.create(report=report, assignment=assignment, status=status)
        indicator: Indicator = IndicatorFactory.create(measure=measure)
        FigureFactory.create(entry=entry, indicator=indicator)
    return report


def make_round(**fields: Any) -> tuple[ReportingPeriod, Plan]:
    """A period with its issued plan."""
    period = PeriodFactory.create(**fields)
    plan = PlanFactory.create(jurisdiction=period.jurisdiction, issued=True)
    period.plans.add(plan)
    return period, plan
