"""The part of the rights table's world that a round leaves: forms sent and accepted, requests, closures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from departments.models import Department
from indicators.models import Reading
from reporting.models import (
    Closure,
    Extension,
    ProgressEntry,
    ProgressReport,
    ReportedFigure,
    ReportingPeriod,
)
from tasks.models import Plan
from tests.reporting_factories import SENT_AT, ClosureFactory, ExtensionFactory, PeriodFactory, make_report


@dataclass(frozen=True, slots=True)
class RoundWorld:
    """All of one unit: `waiting` is to be reviewed, `done` accepted as done with its `figure`."""

    period: ReportingPeriod
    unit: Department
    waiting: ProgressEntry
    accepted: ProgressReport
    done: ProgressEntry
    figure: ReportedFigure
    locked: ProgressReport
    extension: Extension
    requested: Closure
    closed: Closure


def make_round_world(plan: Plan, unit: Department) -> RoundWorld:
    period, before, once = quarter(plan, 2), quarter(plan, 1), quarter(plan, 4)
    sent = make_report(period, unit, plan, 1, submitted=True)
    accepted = make_report(before, unit, plan, 3, submitted=True, status="accepted")
    accepted.entries.update(state=ProgressEntry.State.DONE)
    done, asked, closed = accepted.entries.all()
    extension = ExtensionFactory.create(report=make_report(once, unit, plan, 1))
    return RoundWorld(
        period=period,
        unit=unit,
        waiting=sent.entries.get(),
        accepted=accepted,
        done=done,
        figure=read(done),
        locked=extension.report,
        extension=extension,
        requested=ClosureFactory.create(entry=asked),
        closed=ClosureFactory.create(entry=closed, state=Closure.State.APPROVED, verified_on=date(2026, 4, 20)),
    )


def quarter(plan: Plan, ordinal: int) -> ReportingPeriod:
    """Only its order matters here, not its dates."""
    end = date(2026, 3 * ordinal, 28)
    period = PeriodFactory.create(
        jurisdiction=plan.jurisdiction,
        ordinal=ordinal,
        title=f"2026年第{ordinal}季度",
        end=end,
        start=date(2026, 3 * ordinal - 2, 1),
    )
    period.plans.add(plan)
    return period


def read(entry: ProgressEntry) -> ReportedFigure:
    """The entry's figure with the reading that its acceptance made."""
    figure = entry.figures.get()
    figure.reading = Reading.objects.create(
        indicator=figure.indicator,
        department=entry.report.department,
        as_of=entry.report.period.end,
        numerator=figure.numerator,
        denominator=figure.denominator,
        recorded_at=SENT_AT,
    )
    figure.save()
    return figure
