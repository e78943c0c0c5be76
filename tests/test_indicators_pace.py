"""What a figure should come to by its date, where it is heading, and how many more it takes."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from chinese_calendar import is_workday
from hypothesis import given, settings
from hypothesis import strategies as st

from core.calendar import DayCount, WorkCalendar
from indicators.display import amount, percent
from indicators.formulas import is_met
from indicators.models import Indicator
from indicators.pace import First, Need, Span, expected_at, forecast, months_between, need, progress
from indicators.totals import Given, Total, total_of

NEW_YEAR, YEAR_END = date(2026, 1, 1), date(2026, 12, 31)
SUMMER, AUTUMN = date(2026, 6, 30), date(2026, 9, 30)
OFFICIAL = WorkCalendar({day: is_workday(day) for day in (NEW_YEAR + timedelta(n) for n in range(365))})
DAYS = DayCount.over(OFFICIAL, date(2025, 1, 1), date(2028, 12, 31))
YEAR = Span(NEW_YEAR, YEAR_END, DAYS)

some = settings(max_examples=60, deadline=None)
dates = st.dates(NEW_YEAR, YEAR_END)
ends = st.dates(date(2026, 1, 5), YEAR_END)
percents = st.integers(0, 1000).map(lambda tenths: Decimal(tenths) / 10)
positive = st.fractions(min_value=Fraction(1, 1000), max_value=1000)


def indicator(**fields: Any) -> Indicator:
    """A coverage that is climbed to 95 %."""
    facts = {
        "pk": 7, "subject": "餐厨废弃物签约收运率", "comparator": ">=", "value": Decimal(95), "unit": "%",
        "kind": "coverage", "family": "stock", "path": "climb", "numerator_label": "已签约（户）",
    }  # fmt: skip
    return Indicator(**facts | fields)


SAMPLED = indicator(unit="批次/千人", kind="sampling", family="cumulate", value=Decimal("3.2"))
COUNT = indicator(unit="家", kind="count", family="cumulate", value=Decimal(6), numerator_label="")
HELD = indicator(kind="pass_rate", family="flow_ratio", path="hold", value=Decimal(98))
CLIMBED = indicator(baseline=Decimal("61.0"))
PATHS = st.sampled_from([SAMPLED, COUNT, HELD, CLIMBED])


def expected(judged: Indicator, on: date, span: Span = YEAR, first: First | None = None) -> Fraction:
    found = expected_at(judged, on, span, first).value
    assert found is not None
    return found


def batches(number: int, on: date = AUTUMN) -> Total:
    figure = Given(1, on, numerator=Decimal(number), denominator=Decimal(486))
    return total_of(SAMPLED, [1], [figure], on, thousands=Fraction(486))


def share(judged: Indicator, top: int, bottom: int, on: date = AUTUMN) -> Total:
    return total_of(judged, [1], [Given(1, on, numerator=Decimal(top), denominator=Decimal(bottom))], on)


def counted(judged: Indicator, value: int, on: date = AUTUMN) -> Total:
    return total_of(judged, [1], [Given(1, on, value=Decimal(value))], on)


# --- the share of the time that is gone


@some
@given(dates, dates, ends)
def test_time_only_goes_on(one: date, other: date, end: date) -> None:
    span = Span(NEW_YEAR, end, DAYS)
    assert 0 <= span.gone(min(one, other)) <= span.gone(max(one, other)) <= 1


def test_working_days_count_and_not_days() -> None:
    assert YEAR.gone(AUTUMN) == Fraction(186, 248)


@pytest.mark.parametrize(("on", "gone"), [(date(2025, 12, 31), 0), (NEW_YEAR, 0), (YEAR_END, 1), (date(2027, 1, 8), 1)])
def test_before_the_year_nothing_is_gone_and_after_it_all(on: date, gone: int) -> None:
    assert YEAR.gone(on) == gone


def test_the_first_working_day_is_gone_on_its_evening() -> None:
    week = Span(date(2026, 1, 5), date(2026, 1, 9), DAYS)
    assert week.gone(date(2026, 1, 5)) == Fraction(1, 5)


# --- what is expected


@some
@given(dates, dates, ends, PATHS)
def test_what_is_expected_never_falls_where_more_is_better(
    one: date, other: date, end: date, judged: Indicator
) -> None:
    span = Span(NEW_YEAR, end, DAYS)
    assert expected(judged, min(one, other), span) <= expected(judged, max(one, other), span)


@some
@given(dates, dates, percents)
def test_what_is_expected_never_rises_on_the_way_down(one: date, other: date, target: Decimal) -> None:
    falling = indicator(comparator="<=", value=target, baseline=Decimal(100))
    assert expected(falling, min(one, other)) >= expected(falling, max(one, other))


@some
@given(ends, st.integers(0, 30), st.one_of(PATHS, st.just(indicator()), st.just(indicator(comparator="="))))
def test_at_the_end_and_after_it_the_target_is_expected(end: date, later: int, judged: Indicator) -> None:
    assert expected(judged, end + timedelta(later), Span(NEW_YEAR, end, DAYS)) == Fraction(judged.value)


def test_on_the_last_day_the_target_is_expected_without_a_baseline_too() -> None:
    found = expected_at(indicator(), YEAR_END, YEAR)
    assert (found.value, found.provisional) == (Fraction(95), False)


@some
@given(dates, percents, percents)
def test_a_climb_stays_between_baseline_and_target(on: date, baseline: Decimal, target: Decimal) -> None:
    found = expected(indicator(baseline=baseline, value=target), on)
    assert min(baseline, target) <= found <= max(baseline, target)


@some
@given(dates)
def test_what_is_held_is_expected_on_each_date(on: date) -> None:
    assert expected(HELD, on) == 98


@some
@given(st.dates(NEW_YEAR, YEAR_END - timedelta(1)), st.sampled_from(["cumulate", "flow_ratio", "stock"]))
def test_nothing_is_expected_of_an_exact_number_before_the_end(on: date, family: str) -> None:
    assert expected_at(indicator(comparator="=", family=family, baseline=Decimal(5)), on, YEAR).value is None


def test_three_quarters_of_the_year_expect_three_quarters_of_the_batches() -> None:
    assert amount(SAMPLED, expected(SAMPLED, AUTUMN)) == "2.40批次/千人"


def test_a_climb_begins_at_its_baseline() -> None:
    assert amount(CLIMBED, expected(CLIMBED, AUTUMN)) == "86.5%"


@pytest.mark.parametrize("first", [None, First(AUTUMN, Fraction(66))])
def test_without_baseline_and_earlier_figure_nothing_is_expected_yet(first: First | None) -> None:
    found = expected_at(indicator(), AUTUMN, YEAR, first)
    assert (found.value, found.provisional) == (None, True)


def test_without_baseline_the_climb_begins_at_the_first_figure() -> None:
    found = expected_at(indicator(), AUTUMN, YEAR, First(SUMMER, Fraction(65)))
    part = Fraction(DAYS.between(SUMMER, AUTUMN), DAYS.between(SUMMER, YEAR_END))
    assert (found.value, found.provisional) == (65 + 30 * part, True)


# --- the share of what was expected


@some
@given(positive, positive)
def test_lower_is_better_inverts_the_share(value: Fraction, awaited: Fraction) -> None:
    rising, falling = progress(COUNT, value, awaited), progress(indicator(comparator="<="), value, awaited)
    assert rising * falling == 1


@some
@given(positive, positive, positive, st.sampled_from([">=", ">"]))
def test_more_is_never_a_smaller_share(value: Fraction, more: Fraction, awaited: Fraction, comparator: str) -> None:
    judged = indicator(comparator=comparator)
    assert progress(judged, value + more, awaited) > progress(judged, value, awaited)


@pytest.mark.parametrize(("comparator", "value", "awaited"), [(">=", 0, 0), (">=", 5, 0), ("<=", 0, 5), ("=", 0, 0)])
def test_where_nothing_is_asked_nothing_is_behind(comparator: str, value: int, awaited: int) -> None:
    assert progress(indicator(comparator=comparator), Fraction(value), Fraction(awaited)) == 1


@pytest.mark.parametrize("comparator", ["<=", "="])
def test_one_case_where_none_may_be_is_nothing_reached(comparator: str) -> None:
    assert progress(indicator(comparator=comparator, value=Decimal(0)), Fraction(1), Fraction(0)) == 0


def test_the_batches_of_the_demo_are_87_percent_of_what_was_expected() -> None:
    assert percent(progress(SAMPLED, Fraction(1010, 486), expected(SAMPLED, AUTUMN))) == "86.6%"


# --- the forecast


@some
@given(st.dates(date(2026, 1, 5), date(2026, 12, 30)), st.sampled_from([SAMPLED, COUNT, CLIMBED]))
def test_what_stands_as_expected_is_heading_for_the_target(on: date, judged: Indicator) -> None:
    found = forecast(judged, expected(judged, on), on, YEAR)
    assert found
    assert (found.value, found.on) == (Fraction(judged.value), YEAR_END)


@some
@given(st.dates(date(2026, 1, 5), date(2026, 12, 30)), percents, percents)
def test_a_forecast_share_is_never_more_than_all_nor_less_than_nothing(
    on: date, value: Decimal, baseline: Decimal
) -> None:
    found = forecast(indicator(baseline=baseline), Fraction(value), on, YEAR)
    assert found
    assert 0 <= found.value <= 100


@pytest.mark.parametrize(
    ("judged", "on"),
    [(HELD, AUTUMN), (indicator(comparator="="), AUTUMN), (indicator(), AUTUMN), (COUNT, YEAR_END), (COUNT, NEW_YEAR)],
)
def test_where_there_is_no_line_there_is_no_forecast(judged: Indicator, on: date) -> None:
    assert forecast(judged, Fraction(50), on, YEAR) is None


def test_a_forecast_says_its_basis() -> None:
    found = forecast(COUNT, Fraction(3), AUTUMN, YEAR)
    assert found
    assert (found.value, found.basis) == (Fraction(4), "前75%的工作日匀速推算")


# --- what is lacking


@some
@given(
    st.integers(0, 3000), dates, ends, st.sampled_from([">=", ">"]), st.integers(1, 60).map(lambda n: Decimal(n) / 10)
)
def test_what_is_lacking_reaches_the_target_and_one_batch_fewer_does_not(
    number: int, on: date, end: date, comparator: str, target: Decimal
) -> None:
    judged = indicator(unit="批次/千人", family="cumulate", comparator=comparator, value=target)
    lacking = need(judged, batches(number, on), end)
    more = lacking.lacking if lacking else 0
    assert is_met(judged, Fraction(number + more, 486))
    assert not more or not is_met(judged, Fraction(number + more - 1, 486))


@some
@given(st.integers(0, 1555), dates, ends)
def test_the_months_left_bring_what_is_lacking_and_with_one_fewer_a_month_do_not(
    number: int, on: date, end: date
) -> None:
    found = need(SAMPLED, batches(number, on), end)
    assert found
    if found.monthly is None:
        assert on >= end
    else:
        assert (found.monthly - 1) * found.months < found.lacking <= found.monthly * found.months


@pytest.mark.parametrize(
    ("judged", "total", "lacking"),
    [
        (SAMPLED, batches(1010), Need(546, 3, "批次")),
        (indicator(value=Decimal(100), numerator_label="已建成（所）"), share(CLIMBED, 112, 130), Need(18, 3, "所")),
        (COUNT, counted(COUNT, 3), Need(3, 3, "家")),
        (CLIMBED, share(CLIMBED, 1373, 2080), Need(603, 3, "户")),
    ],
)
def test_the_demo_says_how_many_more(judged: Indicator, total: Total, lacking: Need) -> None:
    assert need(judged, total, YEAR_END) == lacking


@pytest.mark.parametrize(
    ("judged", "total"),
    [
        (COUNT, counted(COUNT, 6)),
        (HELD, share(HELD, 90, 100)),
        (indicator(comparator="<="), share(CLIMBED, 99, 100)),
        (indicator(comparator="="), share(CLIMBED, 90, 100)),
        (indicator(unit="分", kind="score", path="hold"), counted(indicator(unit="分", kind="score", path="hold"), 80)),
    ],
)
def test_nothing_more_is_asked_where_more_does_not_help(judged: Indicator, total: Total) -> None:
    assert need(judged, total, YEAR_END) is None


@pytest.mark.parametrize(
    ("on", "end", "months"),
    [
        (AUTUMN, YEAR_END, 3),
        (date(2026, 9, 29), YEAR_END, 4),
        (date(2026, 11, 30), YEAR_END, 1),
        (date(2026, 12, 15), YEAR_END, 1),
        (SUMMER, date(2026, 8, 31), 2),
        (YEAR_END, YEAR_END, 0),
        (date(2027, 1, 31), YEAR_END, 0),
    ],
)
def test_a_begun_month_counts_as_a_whole_one(on: date, end: date, months: int) -> None:
    assert months_between(on, end) == months
