"""The periods of a year as a list: covered time, due date with its move, lock, who is in, which duties are answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from core import calendar, clock
from departments.models import Jurisdiction, User
from reporting.calendar_rules import UPWARD, moved
from reporting.models import ReportingPeriod
from reporting.owed import owing_units
from reporting.policies import may_oversee, may_run
from tasks.models import Plan, ReportingRule

WEEKDAYS = "一二三四五六日"


@dataclass(frozen=True, slots=True)
class Numbers:
    """Forms in of the units that owe one."""

    sent: int
    owed: int


@dataclass(frozen=True, slots=True)
class Line:
    """One period. `days` are working days left, negative once it is past; `numbers` None to a unit and for a duty of
    the office's own; `move` tells in words why the due date is not the stated one."""

    period: ReportingPeriod
    upward: bool
    move: str
    days: int
    duties: tuple[ReportingRule, ...]
    numbers: Numbers | None
    verbs: frozenset[str]

    @property
    def weekday(self) -> str:
        return f"周{WEEKDAYS[self.period.due.weekday()]}"


def lines_of(user: User, place: Jurisdiction, year: int) -> list[Line]:
    """In the order of the due dates; the same queries for any number of periods."""
    periods = list(
        ReportingPeriod.objects.filter(jurisdiction=place, year=year)
        .annotate(n_sent=Count("reports", filter=Q(reports__first_submitted_at__isnull=False)))
        .prefetch_related("rules")
        .order_by("due", "end", "pk")
    )
    owed = owing_units(periods) if periods and may_oversee(user, place) else None
    run = bool(may_run(user, place, "管理报送期"))
    today = clock.today()
    known = calendar.load(date(year, 1, 1), max(today, date(year + 1, 12, 31)))
    return [
        Line(
            period=period,
            upward=period.direction == UPWARD,
            move=moved(period.stated_due, period.due),
            days=known.working_days_between(today, period.due),
            duties=tuple(period.rules.all()),
            numbers=numbers_of(period, owed),
            verbs=verbs_of(period, today) if run else frozenset(),
        )
        for period in periods
    ]


def numbers_of(period: ReportingPeriod, owed: dict[int, int] | None) -> Numbers | None:
    if owed is None or period.cancelled or period.direction == UPWARD:
        return None
    sent = getattr(period, "n_sent", 0)
    return Numbers(sent, max(sent, owed.get(period.pk, 0)))


def verbs_of(period: ReportingPeriod, today: date) -> frozenset[str]:
    """What the office may do with it: what is locked keeps its date, what somebody has reported to is not cancelled."""
    if period.cancelled:
        return frozenset({"restore"})
    possible = {"shift": period.locks_on >= today, "cancel": not getattr(period, "n_sent", 0)}
    return frozenset(verb for verb, may in possible.items() if may)


def years_of(place: Jurisdiction) -> list[int]:
    """Years with a period or a plan in force, and the present one; the latest first."""
    planned = Plan.objects.filter(jurisdiction=place, stage=Plan.Stage.ISSUED).order_by()
    kept = ReportingPeriod.objects.filter(jurisdiction=place).order_by()
    known = {*planned.values_list("year", flat=True), *kept.values_list("year", flat=True)}
    return sorted({*known, clock.today().year}, reverse=True)
