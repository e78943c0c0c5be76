"""From duties to the periods of a year. Pure: the work calendar and the office's numbers are given.

A duty without a stated time is due `due_days` after its period's end. Duties of one direction that end on the same
day are one period: it keeps the name of the most frequent one, and a stated time goes before a supposed one.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Protocol

from reporting.due_words import DayOfMonth, DaysAfter, coverage_in, due_in

MONTH, QUARTER, HALF, YEAR, ONCE = "month", "quarter", "half", "year", "once"
KIND_OF = {"monthly": MONTH, "quarterly": QUARTER, "half_yearly": HALF, "annual": YEAR, "once": ONCE}
MONTHS_OF = {MONTH: 1, QUARTER: 3, HALF: 6, YEAR: 12, ONCE: 12}
TO_OFFICE, UPWARD = "to_office", "upward"
DAY = timedelta(days=1)
LAST_MONTH_OF_NEXT_YEAR = 3  # what a year's duty states for January to March is of the next year
NUMERALS = "零一二三四五六七八九十"
WEEKEND = ("周六", "周日")


class Workdays(Protocol):
    """What is asked of `core.calendar.WorkCalendar`."""

    def next_working_day(self, day: date) -> date: ...

    def add_working_days(self, day: date, number: int) -> date: ...


@dataclass(frozen=True, slots=True)
class Terms:
    """The office's numbers: days until a report is due, working days from then until it locks."""

    due_days: int = 10
    lock_working_days: int = 10


@dataclass(frozen=True, slots=True)
class Duty:
    """A rule of a plan, or the office's own quarter (`rule` None). `due` is MM-DD or empty; `plan`, `rule` are keys."""

    plan: int
    frequency: str
    issued_on: date
    direction: str = TO_OFFICE
    due: str = ""
    quote: str = ""
    rule: int | None = None


@dataclass(frozen=True, slots=True)
class PlannedPeriod:
    """A period as the rules make it. `stated` says that a duty states its time; `order` is its place in the year."""

    kind: str
    order: int
    direction: str
    start: date
    end: date
    stated_due: date
    due: date
    locks_on: date
    stated: bool
    plans: frozenset[int]
    rules: frozenset[int]


def periods_of_year(year: int, duties: Iterable[Duty], workdays: Workdays, terms: Terms) -> list[PlannedPeriod]:
    """All periods of the year, the earliest first. What ended or fell due before a plan was issued is not of it."""
    groups: dict[tuple[str, str, date], list[tuple[date, PlannedPeriod]]] = {}
    for duty in duties:
        for period in _periods_of(year, duty, workdays, terms):
            if duty.issued_on <= min(period.end, period.due):
                groups.setdefault(_meets(year, period), []).append((duty.issued_on, period))
    return sorted((_joined(same) for same in groups.values()), key=lambda p: (p.due, p.end, p.direction))


def moved(stated: date, due: date) -> str:
    """10月10日为周六，顺延至10月12日; empty where the date stands."""
    if stated == due:
        return ""
    why = WEEKEND[stated.weekday() - 5] if stated.weekday() >= 5 else "节假日"
    return f"{stated.month}月{stated.day}日为{why}，顺延至{due.month}月{due.day}日"


def title_of(kind: str, order: int) -> str:
    """第三季度, 上半年, 9月, 全年工作报告; a single duty has no name of its own."""
    if kind == QUARTER:
        return f"第{NUMERALS[order]}季度"
    if kind == HALF:
        return ("上半年", "下半年")[order - 1]
    return {MONTH: f"{order}月", YEAR: "全年工作报告"}.get(kind, "专项报送")


def lock_date(due: date, workdays: Workdays, terms: Terms) -> date:
    return workdays.add_working_days(due, terms.lock_working_days)


def month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def natural_span(year: int, kind: str, order: int) -> tuple[date, date]:
    """First and last day of the kind's `order`th stretch of the year."""
    months = MONTHS_OF[kind]
    return date(year, (order - 1) * months + 1, 1), month_end(year, order * months)


def _meets(year: int, period: PlannedPeriod) -> tuple[str, str, date]:
    """What makes duties one period: stretches that end together. A year's report that covers less than the year, and
    what is asked once, stand alone."""
    _, last = natural_span(year, period.kind, period.order)
    if period.kind == ONCE or (period.kind == YEAR and period.end != last):
        return period.direction, period.kind, period.end
    return period.direction, "", last


def _periods_of(year: int, duty: Duty, workdays: Workdays, terms: Terms) -> Iterable[PlannedPeriod]:
    kind = KIND_OF[duty.frequency]
    for order in range(1, 12 // MONTHS_OF[kind] + 1):
        start, last = natural_span(year, kind, order)
        stated = _stated_due(duty, last, workdays)
        stated_due = stated or last + terms.due_days * DAY
        due = workdays.next_working_day(stated_due)
        yield PlannedPeriod(
            kind=kind,
            order=order,
            direction=duty.direction,
            start=start,
            end=_end(duty, start, last, stated_due),
            stated_due=stated_due,
            due=due,
            locks_on=lock_date(due, workdays, terms),
            stated=stated is not None,
            plans=frozenset({duty.plan}),
            rules=frozenset() if duty.rule is None else frozenset({duty.rule}),
        )


def _end(duty: Duty, start: date, last: date, stated_due: date) -> date:
    """What is due within its own stretch covers the months before: due on 15 November, to 31 October."""
    said = coverage_in(duty.quote, last.year)
    if said is not None and start <= said <= min(last, stated_due):
        return said
    if stated_due >= last:
        return last
    before = stated_due.replace(day=1) - DAY
    return stated_due if before < start or duty.frequency == "once" else before


def _stated_due(duty: Duty, last: date, workdays: Workdays) -> date | None:
    """The date as the duty states it, for the stretch that ends on `last`."""
    if duty.due:
        return _on_date(duty, last)
    said = due_in(duty.quote)
    if isinstance(said, DaysAfter):
        return workdays.add_working_days(last, said.days) if said.working else last + said.days * DAY
    if isinstance(said, DayOfMonth):
        return _day(last.year, last.month, said.day)
    return None


def _on_date(duty: Duty, last: date) -> date:
    """The stated day of the year; where the duty recurs within it, as many months after each stretch's end."""
    month, day = (int(part) for part in duty.due.split("-"))
    kind = KIND_OF[duty.frequency]
    if kind in (YEAR, ONCE):
        return _day(last.year + (kind == YEAR and month <= LAST_MONTH_OF_NEXT_YEAR), month, day)
    months = last.year * 12 + last.month - 1 + month % MONTHS_OF[kind]
    return _day(months // 12, months % 12 + 1, day)


def _day(year: int, month: int, day: int) -> date:
    """A day past the month's end is its last one."""
    return date(year, month, min(day, calendar.monthrange(year, month)[1]))


def _joined(issued: Sequence[tuple[date, PlannedPeriod]]) -> PlannedPeriod:
    """One period of several, each with the day its plan was issued: the most frequent kind's name, the earliest of the
    stated dates on which all plans were in force."""
    same, in_force = [period for _, period in issued], max(day for day, _ in issued)
    name = min(same, key=lambda p: MONTHS_OF[p.kind])
    first = min((p for p in same if p.due >= in_force), key=lambda p: (not p.stated, p.stated_due))
    return replace(
        first,
        kind=name.kind,
        order=name.order,
        start=name.start if name.start <= first.end else first.start,
        plans=frozenset().union(*(p.plans for p in same)),
        rules=frozenset().union(*(p.rules for p in same)),
    )
