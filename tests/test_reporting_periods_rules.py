"""Periods of a year from duties: coverage, due dates, joining, what a late plan leaves out."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.calendar import WorkCalendar
from reporting.calendar_rules import (
    HALF,
    KIND_OF,
    MONTH,
    ONCE,
    QUARTER,
    TO_OFFICE,
    UPWARD,
    YEAR,
    Duty,
    PlannedPeriod,
    Terms,
    moved,
    periods_of_year,
    title_of,
)
from reporting.due_words import DayOfMonth, DaysAfter, coverage_in, due_in

ISSUED = date(2026, 3, 20)
WEEKDAYS = WorkCalendar()
FIFTEEN = "各成员单位应当在每季度结束后15日内报告进展"
duties = st.lists(
    st.builds(
        Duty,
        plan=st.integers(1, 3),
        frequency=st.sampled_from(sorted(KIND_OF)),
        issued_on=st.dates(date(2025, 12, 1), date(2026, 12, 31)),
        direction=st.sampled_from((TO_OFFICE, UPWARD)),
        due=st.one_of(st.just(""), st.dates(date(2024, 1, 1), date(2024, 12, 31)).map(lambda day: f"{day:%m-%d}")),
        quote=st.sampled_from(("", FIFTEEN, "次月5日前", "每月25日前", "截至9月30日", "季度终了后8个工作日内")),
        rule=st.one_of(st.none(), st.integers(1, 20)),
    ),
    max_size=8,
)
few = settings(max_examples=40, deadline=None)
terms = st.builds(Terms, due_days=st.integers(0, 60), lock_working_days=st.integers(0, 40))
rest_days = st.dictionaries(st.dates(date(2026, 1, 1), date(2027, 12, 31)), st.booleans(), max_size=40)


def periods(*given_duties: Duty, workdays: WorkCalendar = WEEKDAYS, days: int = 10) -> list[PlannedPeriod]:
    return periods_of_year(2026, given_duties, workdays, Terms(due_days=days))


def own_quarter(issued_on: date = ISSUED) -> Duty:
    return Duty(plan=1, frequency="quarterly", issued_on=issued_on)


def annual(due: str = "", **fields: object) -> Duty:
    return Duty(**{"plan": 1, "frequency": "annual", "issued_on": ISSUED, "due": due, "rule": 9, **fields})  # type: ignore[arg-type]


def test_quarters_are_due_ten_days_after_their_end() -> None:
    assert [p.stated_due for p in periods(own_quarter())] == [
        date(2026, 4, 10),
        date(2026, 7, 10),
        date(2026, 10, 10),
        date(2027, 1, 10),
    ]


def test_days_after_the_end_are_read_from_the_sentence() -> None:
    third = periods(own_quarter(), Duty(1, "quarterly", ISSUED, quote=FIFTEEN, rule=1))[2]
    assert (third.stated_due, third.due, third.rules) == (date(2026, 10, 15), date(2026, 10, 15), frozenset({1}))


def test_due_date_moves_to_the_next_working_day() -> None:
    holidays = WorkCalendar({date(2026, 7, 10): False})
    assert periods(own_quarter(), workdays=holidays)[1].due == date(2026, 7, 13)


def test_working_weekend_day_keeps_the_due_date() -> None:
    made_up = WorkCalendar({date(2026, 10, 10): True})
    assert periods(own_quarter(), workdays=made_up)[2].due == date(2026, 10, 10)


def test_lock_follows_ten_working_days_after_the_due_date() -> None:
    assert periods(own_quarter())[2].locks_on == date(2026, 10, 26)


def test_half_year_is_one_form_with_the_second_quarter() -> None:
    found = periods(own_quarter(), Duty(1, "half_yearly", ISSUED, rule=2))
    assert [(p.kind, p.order, p.rules) for p in found][1::2] == [
        (QUARTER, 2, frozenset({2})),
        (QUARTER, 4, frozenset({2})),
    ]


def test_stated_time_goes_before_a_supposed_one_when_duties_are_joined() -> None:
    found = periods(own_quarter(), Duty(1, "half_yearly", ISSUED, due="07-06", rule=2))
    assert (found[1].stated_due, found[3].stated_due) == (date(2026, 7, 6), date(2027, 1, 6))


def test_earlier_of_two_stated_times_holds() -> None:
    other = Duty(2, "half_yearly", ISSUED, due="07-08", rule=2)
    assert periods(Duty(1, "quarterly", ISSUED, quote=FIFTEEN, rule=1), other)[1].stated_due == date(2026, 7, 8)


def test_month_keeps_its_name_when_a_quarter_ends_with_it() -> None:
    found = periods(own_quarter(date(2026, 1, 1)), Duty(1, "monthly", date(2026, 1, 1), rule=3))
    assert [(p.kind, p.order) for p in found] == [(MONTH, n) for n in range(1, 13)]


def test_annual_report_due_in_november_covers_to_the_end_of_october() -> None:
    (year,) = periods(annual("11-15"))
    assert (year.kind, year.start, year.end) == (YEAR, date(2026, 1, 1), date(2026, 10, 31))
    assert (year.stated_due, year.due) == (date(2026, 11, 15), date(2026, 11, 16))


def test_annual_report_covers_what_its_sentence_says() -> None:
    (year,) = periods(annual("11-15", quote="11月15日前报送1—9月工作总结"))
    assert year.end == date(2026, 9, 30)


def test_annual_report_of_october_does_not_join_the_month() -> None:
    found = periods(Duty(1, "monthly", ISSUED, rule=3), annual("11-15"))
    assert [(p.kind, p.end) for p in found if p.end == date(2026, 10, 31)] == [
        (MONTH, date(2026, 10, 31)),
        (YEAR, date(2026, 10, 31)),
    ]


def test_annual_report_of_january_is_of_the_year_before() -> None:
    (year,) = periods(annual("01-20"))
    assert (year.end, year.stated_due) == (date(2026, 12, 31), date(2027, 1, 20))


def test_annual_report_without_a_date_joins_the_fourth_quarter() -> None:
    last = periods(own_quarter(), annual())[-1]
    assert (last.kind, last.order, last.rules) == (QUARTER, 4, frozenset({9}))


def test_upward_duty_never_joins_a_form() -> None:
    found = periods(annual("12-20"), annual("12-20", direction=UPWARD, rule=4))
    assert [(p.direction, p.rules) for p in found] == [(TO_OFFICE, frozenset({9})), (UPWARD, frozenset({4}))]


def test_what_is_asked_once_stands_alone() -> None:
    found = periods(own_quarter(), Duty(1, "once", ISSUED, due="06-30", rule=5))
    assert [(p.kind, p.due) for p in found][1] == (ONCE, date(2026, 6, 30))


def test_period_that_ended_before_the_plan_was_issued_is_left_out() -> None:
    assert [p.order for p in periods(own_quarter(date(2026, 7, 2)))] == [3, 4]


def test_plan_issued_on_the_last_day_of_the_period_still_owes_it() -> None:
    assert periods(own_quarter(date(2026, 6, 30)))[0].order == 2


def test_each_period_holds_only_the_plans_issued_by_its_end() -> None:
    late = Duty(plan=2, frequency="quarterly", issued_on=date(2026, 8, 1))
    assert [p.plans for p in periods(own_quarter(), late)] == [{1}, {1}, {1, 2}, {1, 2}]


@pytest.mark.parametrize(
    ("quote", "found"),
    [
        (FIFTEEN, DaysAfter(15)),
        ("季度末后10个工作日内报", DaysAfter(10, working=True)),
        ("每半年结束后二十日内报送小结", DaysAfter(20)),
        ("年度终了后30天内报送", DaysAfter(30)),
        ("次月5日前报送", DaysAfter(5)),
        ("于下季度首月十五日前报送", DaysAfter(15)),
        ("每月五日前报送上月情况", DaysAfter(5)),
        ("每月25日前报送", DayOfMonth(25)),
        ("每季度末月20日前报送", DayOfMonth(20)),
        ("每季度报送一次", None),
    ],
)
def test_due_is_read_from_the_words(quote: str, found: object) -> None:
    assert due_in(quote) == found


@pytest.mark.parametrize(
    ("quote", "last"),
    [
        ("报送截至9月30日的情况", date(2026, 9, 30)),
        ("报送截至10月底的情况", date(2026, 10, 31)),
        ("报送1-10月总结", date(2026, 10, 31)),
        ("报送前三季度情况", date(2026, 9, 30)),
        ("报送全年总结", None),
        ("报送截至13月1日的情况", None),
    ],
)
def test_coverage_is_read_from_the_words(quote: str, last: date | None) -> None:
    assert coverage_in(quote, 2026) == last


def test_move_is_told_in_words() -> None:
    assert moved(date(2026, 10, 10), date(2026, 10, 12)) == "10月10日为周六，顺延至10月12日"


def test_move_from_a_holiday_names_it_so() -> None:
    assert moved(date(2026, 10, 1), date(2026, 10, 8)) == "10月1日为节假日，顺延至10月8日"


def test_nothing_is_told_of_a_date_that_stands() -> None:
    assert moved(date(2026, 10, 15), date(2026, 10, 15)) == ""


@pytest.mark.parametrize(
    ("kind", "order", "title"),
    [
        (QUARTER, 3, "第三季度"),
        (HALF, 2, "下半年"),
        (MONTH, 9, "9月"),
        (YEAR, 1, "全年工作报告"),
        (ONCE, 1, "专项报送"),
    ],
)
def test_periods_have_their_names(kind: str, order: int, title: str) -> None:
    assert title_of(kind, order) == title


@few
@given(duties, rest_days, terms)
def test_every_period_is_due_on_a_working_day_not_before_its_stated_date(
    given_duties: list[Duty], works: dict[date, bool], office: Terms
) -> None:
    workdays = WorkCalendar(works)
    for period in periods_of_year(2026, given_duties, workdays, office):
        assert period.stated_due <= period.due
        assert workdays.is_working_day(period.due)


@few
@given(duties, terms)
def test_every_period_runs_forward_and_locks_after_it_is_due(given_duties: list[Duty], office: Terms) -> None:
    for period in periods_of_year(2026, given_duties, WEEKDAYS, office):
        assert period.start <= period.end <= period.due <= period.locks_on


@few
@given(duties, terms)
def test_no_plan_owes_what_was_due_before_it_was_issued(given_duties: list[Duty], office: Terms) -> None:
    first = {plan: min(d.issued_on for d in given_duties if d.plan == plan) for plan in (d.plan for d in given_duties)}
    for period in periods_of_year(2026, given_duties, WEEKDAYS, office):
        assert all(first[plan] <= period.due for plan in period.plans)


@few
@given(duties, terms)
def test_no_two_recurring_periods_have_one_name(given_duties: list[Duty], office: Terms) -> None:
    found = periods_of_year(2026, given_duties, WEEKDAYS, office)
    names = [(p.direction, p.kind, p.order) for p in found if p.kind in (MONTH, QUARTER, HALF)]
    assert len(names) == len(set(names))


@few
@given(duties, terms)
def test_every_rule_still_to_come_is_answered(given_duties: list[Duty], office: Terms) -> None:
    early = [d for d in given_duties if d.issued_on <= date(2026, 1, 1) and d.rule is not None]
    answered = {rule for p in periods_of_year(2026, early, WEEKDAYS, office) for rule in p.rules}
    recurring = {d.rule for d in early if d.frequency != "once" and d.due == ""}
    assert recurring <= answered


@few
@given(duties, terms)
def test_periods_come_in_the_order_of_their_due_dates(given_duties: list[Duty], office: Terms) -> None:
    dues = [p.due for p in periods_of_year(2026, given_duties, WEEKDAYS, office)]
    assert all(earlier <= later for earlier, later in pairwise(dues))


@given(st.dates(date(2026, 1, 1), date(2026, 12, 31)), st.integers(1, 10))
def test_a_move_is_told_exactly_when_the_date_moved(stated: date, days: int) -> None:
    assert moved(stated, stated + timedelta(days=days))


def test_a_joined_period_is_not_due_before_one_of_its_plans_was_issued() -> None:
    early = Duty(plan=1, frequency="monthly", issued_on=date(2025, 12, 1), due="02-01", rule=1)
    late = Duty(plan=2, frequency="monthly", issued_on=date(2026, 1, 30), rule=2)
    joined = [p for p in periods_of_year(2026, [early, late], WEEKDAYS, Terms()) if p.plans == {1, 2}]
    assert joined
    assert all(period.due >= late.issued_on for period in joined)
