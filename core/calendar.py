"""Working days: the rows of `WorkDay` first, then Monday to Friday.

The functions each ask the database once. Code that judges many dates loads a `WorkCalendar` once and asks that.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import accumulate

from core import clock
from core.models import WorkDay

DAY = timedelta(days=1)
SATURDAY = 5


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """What is known of a stretch of dates: `works` maps a date to whether people work on it, against its weekday."""

    works: Mapping[date, bool] = field(default_factory=dict)

    def is_working_day(self, day: date) -> bool:
        return self.works.get(day, day.weekday() < SATURDAY)

    def next_working_day(self, day: date) -> date:
        """`day` itself where it is one, else the first after it."""
        while not self.is_working_day(day):
            day += DAY
        return day

    def add_working_days(self, day: date, number: int) -> date:
        """The `number`th working day after `day`, or before it for a negative number; `day` itself for 0."""
        step = DAY if number > 0 else -DAY
        left = abs(number)
        while left:
            day += step
            left -= self.is_working_day(day)
        return day

    def working_days_between(self, start: date, end: date) -> int:
        """How many working days come after `start` up to and with `end`; negative where `end` is the earlier."""
        if end < start:
            return -self.working_days_between(end, start)
        return sum(self.is_working_day(day) for day in _days(start + DAY, end))


@dataclass(frozen=True, slots=True)
class DayCount:
    """Working days of a stretch, summed once, for code that asks for thousands of differences.

    `totals[n]` are the working days from `first` up to and with the `n`th day after it. Outside of the stretch it
    raises `IndexError`.
    """

    first: date
    totals: Sequence[int]

    @classmethod
    def over(cls, calendar: WorkCalendar, first: date, last: date) -> DayCount:
        return cls(first, list(accumulate(int(calendar.is_working_day(day)) for day in _days(first, last))))

    def between(self, start: date, end: date) -> int:
        """As `WorkCalendar.working_days_between`: after `start` up to and with `end`, negative the other way round."""
        return self._until(end) - self._until(start)

    def _until(self, day: date) -> int:
        place = (day - self.first).days
        if place < 0:
            raise IndexError(f"{day} lies before {self.first}")
        return self.totals[place]


def load(since: date = date.min, until: date = date.max) -> WorkCalendar:
    """The calendar of `since` to `until`, both included, by one query; outside of them only weekdays count."""
    rows = WorkDay.objects.filter(date__range=(since, until)).order_by().values_list("date", "kind")
    return WorkCalendar({day: kind == WorkDay.Kind.WORK for day, kind in rows})


def is_working_day(day: date) -> bool:
    return load(day, day).is_working_day(day)


def next_working_day(day: date) -> date:
    return load(since=day).next_working_day(day)


def add_working_days(day: date, number: int) -> date:
    calendar = load(since=day) if number > 0 else load(until=day)
    return calendar.add_working_days(day, number)


def working_days_between(start: date, end: date) -> int:
    return load(min(start, end), max(start, end)).working_days_between(start, end)


def days_left(due: date) -> int:
    """Working days from today until `due`: 0 on the day, negative once it is past by as many."""
    return working_days_between(clock.today(), due)


def calendar_known_until() -> date | None:
    """The last day of the last year that has rows; after it weekends alone count, which the office is told."""
    last = WorkDay.objects.order_by("date").values_list("date", flat=True).last()
    return date(last.year, 12, 31) if last else None


def _days(start: date, end: date) -> Iterator[date]:
    for offset in range((end - start).days + 1):
        yield start + offset * DAY
