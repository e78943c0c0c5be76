"""The work calendar: rows first, then the weekday; few queries; seeded without touching what people wrote."""

from __future__ import annotations

from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command

from core import calendar
from core.actions.seed_calendar import seed_calendar
from core.models import WorkDay

pytestmark = pytest.mark.django_db
# 2026: 1 to 7 October rest, Saturday 10 October is worked to make up for it.
BEFORE_HOLIDAY, AFTER_HOLIDAY, MAKE_UP = date(2026, 9, 30), date(2026, 10, 8), date(2026, 10, 10)
DEMO_DUE = date(2026, 10, 15)


@pytest.fixture
def seeded() -> None:
    seed_calendar()


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 10, 1), False),
        (MAKE_UP, True),
        (date(2026, 10, 11), False),
        (date(2026, 10, 13), True),
        (date(2031, 10, 1), True),
        (date(2031, 10, 4), False),
    ],
)
def test_a_row_decides_and_else_the_weekday(seeded, day, works):
    assert calendar.is_working_day(day) is works


@pytest.mark.parametrize(
    ("day", "follows"),
    [(date(2026, 10, 1), AFTER_HOLIDAY), (MAKE_UP, MAKE_UP), (date(2026, 10, 11), date(2026, 10, 12))],
)
def test_the_next_working_day_may_be_the_day_itself(seeded, day, follows):
    assert calendar.next_working_day(day) == follows


@pytest.mark.parametrize(
    ("day", "number", "reached"),
    [
        (BEFORE_HOLIDAY, 0, BEFORE_HOLIDAY),
        (BEFORE_HOLIDAY, 1, AFTER_HOLIDAY),
        (BEFORE_HOLIDAY, 3, MAKE_UP),
        (BEFORE_HOLIDAY, 5, date(2026, 10, 13)),
        (DEMO_DUE, -3, date(2026, 10, 12)),
        (DEMO_DUE, -7, BEFORE_HOLIDAY),
    ],
)
def test_working_days_are_added_and_taken_away(seeded, day, number, reached):
    assert calendar.add_working_days(day, number) == reached


@pytest.mark.parametrize(
    ("start", "end", "number"),
    [
        (DEMO_DUE, DEMO_DUE, 0),
        (BEFORE_HOLIDAY, date(2026, 10, 7), 0),
        (BEFORE_HOLIDAY, MAKE_UP, 3),
        (MAKE_UP, BEFORE_HOLIDAY, -3),
        (date(2025, 12, 31), date(2026, 12, 31), 248),
    ],
)
def test_working_days_between_count_the_end_and_not_the_start(seeded, start, end, number):
    assert calendar.working_days_between(start, end) == number


@pytest.mark.parametrize(("today", "left"), [(date(2026, 10, 13), 2), (DEMO_DUE, 0), (date(2026, 10, 19), -2)])
def test_days_left_are_working_days_from_today(seeded, settings, today, left):
    settings.CLOCK_DATE = today
    assert calendar.days_left(DEMO_DUE) == left


def test_a_far_date_costs_one_query(seeded, django_assert_num_queries):
    with django_assert_num_queries(1):
        calendar.add_working_days(date(2026, 1, 1), 200)


def test_a_loaded_calendar_asks_no_more(seeded, django_assert_num_queries):
    year = calendar.load(date(2026, 1, 1), date(2026, 12, 31))
    with django_assert_num_queries(0):
        assert year.working_days_between(date(2026, 1, 1), date(2026, 12, 31)) == 248


def test_seeding_again_adds_nothing(seeded):
    rows = WorkDay.objects.count()
    assert seed_calendar() == 0
    assert WorkDay.objects.count() == rows


def test_seeding_keeps_what_people_wrote():
    WorkDay.objects.create(date=date(2026, 10, 1), kind=WorkDay.Kind.WORK, note="值守")
    seed_calendar()
    kept = WorkDay.objects.get(date=date(2026, 10, 1))
    assert (kept.kind, kept.note) == (WorkDay.Kind.WORK, "值守")


def test_a_make_up_day_says_what_for(seeded):
    assert WorkDay.objects.get(date=MAKE_UP).note == "国庆节调休上班"


def test_the_calendar_knows_how_far_it_reaches(seeded):
    assert calendar.calendar_known_until() == date(2026, 12, 31)


def test_an_empty_calendar_reaches_nowhere():
    assert calendar.calendar_known_until() is None


def test_the_command_tells_what_it_added():
    told = StringIO()
    call_command("seed_calendar", stdout=told)
    assert told.getvalue() == f"新增{WorkDay.objects.count()}天，工作日历已知至2026-12-31。\n"
