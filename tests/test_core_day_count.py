"""Working days summed once: the same differences as the calendar counts day by day, and nothing outside the stretch."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.calendar import DayCount, WorkCalendar

FIRST, LAST = date(2025, 12, 1), date(2027, 1, 31)
DAY = timedelta(days=1)
FRIDAY, SATURDAY, SUNDAY, MONDAY = (date(2026, 10, day) for day in (9, 10, 11, 12))

few = settings(max_examples=80, deadline=None)
days = st.dates(FIRST, LAST)
works = st.dictionaries(days, st.booleans(), max_size=60)


def plain_weeks() -> DayCount:
    return DayCount.over(WorkCalendar(), FIRST, LAST)


def test_the_last_day_counts_and_the_first_does_not() -> None:
    assert plain_weeks().between(FRIDAY, MONDAY) == 1


def test_a_week_end_alone_has_no_working_day() -> None:
    assert plain_weeks().between(FRIDAY, SUNDAY) == 0


def test_a_made_up_saturday_counts() -> None:
    made_up = DayCount.over(WorkCalendar({SATURDAY: True}), FIRST, LAST)
    assert made_up.between(FRIDAY, SUNDAY) == 1


def test_a_holiday_on_a_monday_does_not_count() -> None:
    holiday = DayCount.over(WorkCalendar({MONDAY: False}), FIRST, LAST)
    assert holiday.between(FRIDAY, MONDAY) == 0


def test_backwards_the_count_is_negative() -> None:
    assert plain_weeks().between(MONDAY, FRIDAY) == -1


def test_the_whole_stretch_counts_all_but_its_first_day() -> None:
    week = DayCount.over(WorkCalendar(), date(2026, 10, 5), date(2026, 10, 11))
    assert week.between(date(2026, 10, 5), date(2026, 10, 11)) == 4


@pytest.mark.parametrize("outside", [FIRST - DAY, LAST + DAY])
def test_a_day_outside_of_the_stretch_is_refused(outside: date) -> None:
    count = plain_weeks()
    with pytest.raises(IndexError):
        count.between(outside, MONDAY)


@few
@given(works, days, days)
def test_it_counts_as_the_calendar_does_day_by_day(known: dict[date, bool], start: date, end: date) -> None:
    calendar = WorkCalendar(known)
    assert DayCount.over(calendar, FIRST, LAST).between(start, end) == calendar.working_days_between(start, end)


@few
@given(works, days, days, days)
def test_two_stretches_add_up_to_the_one_that_joins_them(known: dict[date, bool], a: date, b: date, c: date) -> None:
    count = DayCount.over(WorkCalendar(known), FIRST, LAST)
    assert count.between(a, b) + count.between(b, c) == count.between(a, c)


@few
@given(works, days)
def test_no_day_has_passed_on_the_day_itself(known: dict[date, bool], day: date) -> None:
    assert DayCount.over(WorkCalendar(known), FIRST, LAST).between(day, day) == 0


@few
@given(works, st.dates(FIRST + DAY, LAST))
def test_a_single_day_counts_exactly_when_people_work_on_it(known: dict[date, bool], day: date) -> None:
    calendar = WorkCalendar(known)
    assert DayCount.over(calendar, FIRST, LAST).between(day - DAY, day) == int(calendar.is_working_day(day))
