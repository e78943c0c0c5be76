"""Who has reported and whose turn it is: one row a unit, the same queries for 5 units as for 60."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet
from django.utils import timezone

from core import calendar, clock
from core.calendar import WorkCalendar
from departments.models import Department
from reporting.models import Extension, ProgressEntry, ProgressReport, ReportingPeriod
from reporting.owed import owed_counts
from reporting.round.punctuality import Punctuality, punctuality

Status = ProgressEntry.Status


class Turn(StrEnum):
    """Whose turn it is; in the order in which the page shows them."""

    WAITING = "waiting"  # the office reviews
    RETURNED = "returned"  # the unit mends
    MISSING = "missing"  # the unit reports
    ACCEPTED = "accepted"  # nobody's


@dataclass(frozen=True, slots=True)
class Row:
    """One unit's numbers of entries. `days` are working days that the turn has lasted; None before the due date.

    `empty` and `copied` are entries that are in without a text, and with last time's. `answer_due` is the first date
    by which something returned is to be answered. `begun`: the unit has saved something.
    """

    department: Department
    report: ProgressReport | None
    turn: Turn
    accepted: int
    waiting: int
    returned: int
    open: int
    empty: int
    copied: int
    begun: bool
    asks_extension: bool
    days: int | None
    answer_due: date | None
    sent: Punctuality | None
    last: Punctuality | None

    @property
    def total(self) -> int:
        return self.accepted + self.waiting + self.returned + self.open


def round_rows(period: ReportingPeriod) -> list[Row]:
    """In the customary order of the units; six queries and what `owed_counts` takes."""
    owed = owed_counts(period)
    reports = {report.department_id: report for report in counted_reports(period)}
    shown = [pk for pk in reports if pk in owed or reports[pk].first_submitted_at]
    units = Department.objects.filter(pk__in={*owed, *shown}).order_by("position", "pk")
    known = calendar.load(date(period.year, 1, 1), max(clock.today(), date(period.year + 1, 12, 31)))
    last = last_punctuality(period, known)
    return [row(unit, reports.get(unit.pk), owed.get(unit.pk, 0), last.get(unit.pk), period, known) for unit in units]


def counted_reports(period: ReportingPeriod) -> QuerySet[ProgressReport]:
    """The period's forms with the numbers of their entries by status."""

    def how_many(condition: Q) -> Count:
        return Count("entries", filter=condition)

    sent = ~Q(entries__status=Status.OPEN)
    asked = Extension.objects.filter(report=OuterRef("pk"), state=Extension.State.ASKED)
    saved = ProgressEntry.objects.filter(report=OuterRef("pk"), saved_at__isnull=False)
    reports: QuerySet[ProgressReport] = ProgressReport.objects.filter(period=period).annotate(
        n_open=how_many(Q(entries__status=Status.OPEN)),
        n_waiting=how_many(Q(entries__status=Status.SUBMITTED)),
        n_returned=how_many(Q(entries__status=Status.RETURNED)),
        n_accepted=how_many(Q(entries__status=Status.ACCEPTED)),
        n_empty=how_many(sent & Q(entries__done_text="", entries__problems="")),
        n_copied=how_many(sent & Q(entries__same_as_last=True)),
        returned_at=Min("entries__decided_at", filter=Q(entries__status=Status.RETURNED)),
        answer_due=Min("entries__answer_due", filter=Q(entries__status=Status.RETURNED)),
        asks_extension=Exists(asked),
        begun=Exists(saved),
    )
    return reports.order_by()


def last_period(period: ReportingPeriod) -> ReportingPeriod | None:
    """The one before of the same kind."""
    earlier = ReportingPeriod.objects.standing().with_forms()
    found: ReportingPeriod | None = (
        earlier.filter(jurisdiction=period.jurisdiction_id, kind=period.kind, end__lt=period.end)
        .order_by("-end")
        .first()
    )
    return found


def last_punctuality(period: ReportingPeriod, known: WorkCalendar) -> dict[int, Punctuality]:
    """By department, for the period before; without one, nothing."""
    last = last_period(period)
    if last is None:
        return {}
    reports = ProgressReport.objects.filter(period=last).order_by()
    return {report.department_id: punctuality(report, last, known) for report in reports}


def row(
    unit: Department,
    report: ProgressReport | None,
    owed: int,
    last: Punctuality | None,
    period: ReportingPeriod,
    known: WorkCalendar,
) -> Row:
    if report is not None:
        report.period, report.department = period, unit
    numbers = numbers_of(report, owed)
    turn = turn_of(numbers)
    sent = punctuality(report, period, known) if report and report.first_submitted_at else None
    return Row(
        department=unit,
        report=report,
        turn=turn,
        accepted=numbers["accepted"],
        waiting=numbers["waiting"],
        returned=numbers["returned"],
        open=numbers["open"],
        empty=getattr(report, "n_empty", 0),
        copied=getattr(report, "n_copied", 0),
        begun=getattr(report, "begun", False),
        asks_extension=getattr(report, "asks_extension", False),
        days=days_of(turn, report, period, known),
        answer_due=getattr(report, "answer_due", None),
        sent=sent,
        last=last,
    )


def numbers_of(report: ProgressReport | None, owed: int) -> dict[str, int]:
    """A form that was never sent counts what is owed today: it gains what the plan gains."""
    if report is None or report.first_submitted_at is None:
        return {"accepted": 0, "waiting": 0, "returned": 0, "open": owed}
    return {name: getattr(report, f"n_{name}") for name in ("accepted", "waiting", "returned", "open")}


def turn_of(numbers: Mapping[str, int]) -> Turn:
    if numbers["waiting"]:
        return Turn.WAITING
    if numbers["returned"]:
        return Turn.RETURNED
    return Turn.MISSING if numbers["open"] else Turn.ACCEPTED


def days_of(turn: Turn, report: ProgressReport | None, period: ReportingPeriod, known: WorkCalendar) -> int | None:
    """Working days since it came in, since it was returned, or since it was due."""
    if turn == Turn.MISSING:
        until = max(period.due, (report and report.extended_until) or period.due)
        return known.working_days_between(until, clock.today()) if clock.today() > until else None
    moment = {Turn.WAITING: "submitted_at", Turn.RETURNED: "returned_at"}.get(turn)
    since = getattr(report, moment, None) if moment else None
    return known.working_days_between(timezone.localdate(since), clock.today()) if since else None


def of_turn(rows: Iterable[Row], turn: Turn) -> list[Row]:
    return [row for row in rows if row.turn == turn]
