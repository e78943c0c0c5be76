"""What a person's units owe and have reported: open forms with the days left, then the history."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Min, Q, QuerySet

from core import calendar, clock
from core.calendar import WorkCalendar
from departments.models import Department, User
from reporting.entries import words
from reporting.models import ProgressReport, ReportingPeriod
from reporting.owed import owed_counts
from reporting.policies import deadline_of, is_locked
from reporting.querysets import served

SOON = 2  # working days
AHEAD = 30  # working days before its date at which a form that nobody has opened is shown


@dataclass(frozen=True, slots=True)
class OpenForm:
    """A form that waits for its unit; `report` is None before the first look. `days` are working days until it is
    due, negative once that is over; `entries` what is owed, `returned` what the office sent back; `locked` that the
    unit must ask for an extension first."""

    department: Department
    period: ReportingPeriod
    report: ProgressReport | None
    entries: int
    returned: int
    days: int
    due: str
    locked: bool

    @property
    def days_words(self) -> str:
        return words.days_left(self.days)

    @property
    def days_gone(self) -> int:
        return -self.days

    @property
    def soon(self) -> bool:
        return self.days <= SOON


@dataclass(frozen=True, slots=True)
class PastForm:
    """A form that was submitted at least once."""

    report: ProgressReport
    sent: str
    on_time: bool


def units_of(user: User) -> list[Department]:
    units: QuerySet[Department] = served(user).distinct().select_related("jurisdiction")
    return list(units.order_by("position", "pk"))


def reports_of(units: Iterable[Department]) -> list[ProgressReport]:
    """With the numbers of entries (`n_entries`) and of those that the office returned (`n_returned`), and the first
    date by which these are to be answered (`answer_due`)."""
    returned = Q(entries__status="returned")
    found = ProgressReport.objects.filter(department__in=list(units), period__cancelled=False)
    counted = found.annotate(
        n_entries=Count("entries"),
        n_returned=Count("entries", filter=returned),
        answer_due=Min("entries__answer_due", filter=returned),
    )
    related = ("period__jurisdiction", "department")
    return list(counted.select_related(*related).order_by("-period__end", "department__position", "pk"))


def open_forms(units: list[Department], reports: list[ProgressReport]) -> list[OpenForm]:
    """Not submitted yet, or returned; the nearest first, what is locked last.

    Three queries, and one for each period not yet looked at.
    """
    known = {(report.period_id, report.department_id): report for report in reports}
    today, dates = clock.today(), calendar.load()
    found = []
    for period in begun_periods(units):
        unseen = any((period.pk, unit.pk) not in known for unit in units)
        counts = owed_counts(period) if unseen else {}
        for unit in (unit for unit in units if unit.jurisdiction_id == period.jurisdiction_id):
            report = known.get((period.pk, unit.pk))
            form = open_form(unit, period, report, counts.get(unit.pk, 0), today, dates)
            found += [form] if waits(form) else []
    return sorted(found, key=lambda form: (form.locked, form.days, form.department.position))


def begun_periods(units: Iterable[Department]) -> list[ReportingPeriod]:
    """Those whose time has begun and that are not locked to all."""
    places = {unit.jurisdiction_id for unit in units}
    standing = ReportingPeriod.objects.standing().with_forms()
    begun = standing.filter(jurisdiction__in=places, start__lte=clock.today(), plans__isnull=False).distinct()
    return list(begun.select_related("jurisdiction").order_by("due", "pk"))


def open_form(
    unit: Department,
    period: ReportingPeriod,
    report: ProgressReport | None,
    owed: int,
    today: date,
    dates: WorkCalendar,
) -> OpenForm:
    due = due_of(report) if report else period.due
    return OpenForm(
        department=unit,
        period=period,
        report=report,
        entries=report.n_entries if report else owed,  # type: ignore[attr-defined]
        returned=report.n_returned if report else 0,  # type: ignore[attr-defined]
        days=dates.working_days_between(today, due),
        due=words.weekday(due),
        locked=is_locked(report) if report else today > period.locks_on,
    )


def due_of(report: ProgressReport) -> date:
    """Of a form with returned entries the day by which they are to be answered."""
    answer: date | None = report.answer_due  # type: ignore[attr-defined]
    return answer or deadline_of(report)


def waits(form: OpenForm) -> bool:
    """Something is owed and lies with the unit."""
    if form.report is None:
        return form.entries > 0 and form.days <= AHEAD
    return form.report.status in (ProgressReport.Status.DRAFT, ProgressReport.Status.SIGNED) and form.entries > 0


def past_forms(reports: Iterable[ProgressReport]) -> list[PastForm]:
    sent = [(report, report.first_submitted_at) for report in reports]
    return [
        PastForm(report, words.day(first), on_time=words.local_date(first) <= deadline_of(report))
        for report, first in sent
        if first
    ]
