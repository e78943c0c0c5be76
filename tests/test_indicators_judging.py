"""Whether an indicator is met, on its way or behind: what may never be green, never red, never met."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from chinese_calendar import is_workday
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from core.calendar import DayCount, WorkCalendar
from indicators.judging import Judgement, PaceLimits, State, Terms, judge
from indicators.models import Indicator
from indicators.pace import First, Span
from indicators.totals import Given, Total, total_of
from reporting.models import Light
from reporting.standing.lights import LIGHT_OF

NEW_YEAR, YEAR_END, DUE = date(2026, 1, 1), date(2026, 12, 31), date(2027, 1, 10)
SUMMER, AUTUMN, TODAY = date(2026, 6, 30), date(2026, 9, 30), date(2026, 10, 13)
OFFICIAL = WorkCalendar({day: is_workday(day) for day in (NEW_YEAR + timedelta(n) for n in range(365))})
SPAN = Span(NEW_YEAR, YEAR_END, DayCount.over(OFFICIAL, date(2025, 1, 1), date(2028, 12, 31)))
TERMS = Terms(SPAN, over_since=DUE, today=TODAY)
FROM_BAD_TO_GOOD = [Light.RED, Light.AMBER, Light.GREEN]
MISSING = 99

some = settings(max_examples=80, deadline=None)
before_the_end = st.dates(NEW_YEAR, YEAR_END - timedelta(1))
any_date = st.dates(NEW_YEAR, YEAR_END)
figures = st.lists(st.tuples(st.integers(0, 400), st.integers(1, 400)), min_size=1, max_size=4)
comparators = st.sampled_from([">=", ">", "<=", "<", "="])
limits = st.tuples(st.integers(1, 100), st.integers(1, 100)).map(lambda two: PaceLimits(max(two), min(two)))
indicators = st.builds(
    lambda comparator, family, path, value, baseline: indicator(
        comparator=comparator, family=family, path=path, value=Decimal(value), baseline=baseline
    ),
    comparators,
    st.sampled_from(["cumulate", "flow_ratio", "stock"]),
    st.sampled_from(["climb", "hold"]),
    st.integers(0, 100),
    st.one_of(st.none(), st.integers(0, 100).map(Decimal)),
)


def indicator(**fields: Any) -> Indicator:
    """A coverage that is climbed to 100 %."""
    facts = {
        "pk": 7, "subject": "学校食堂明厨亮灶覆盖率", "comparator": ">=", "value": Decimal(100), "unit": "%",
        "kind": "coverage", "family": "stock", "path": "climb",
    }  # fmt: skip
    return Indicator(**facts | fields)


COUNTED = indicator(unit="家", kind="count", family="cumulate", value=Decimal(100))
LIMIT = indicator(unit="起", kind="count", family="cumulate", value=Decimal(100), comparator="<=")
EXACT = indicator(unit="家", kind="count", family="cumulate", value=Decimal(100), comparator="=")
HELD = indicator(kind="pass_rate", family="flow_ratio", path="hold", value=Decimal(98))
SAMPLED = indicator(unit="批次/千人", kind="sampling", family="cumulate", value=Decimal("3.2"))


def shares(judged: Indicator, parts: Sequence[tuple[int, int]], on: date = AUTUMN, units: Sequence[int] = ()) -> Total:
    """Of a ratio; `units` report too and have given nothing."""
    given_figures = [Given(n, on, Decimal(top), Decimal(bottom)) for n, (top, bottom) in enumerate(parts)]
    return total_of(judged, [*range(len(parts)), *units], given_figures, on, thousands=Fraction(486))


def counts(judged: Indicator, *values: object, on: date = AUTUMN, units: Sequence[int] = ()) -> Total:
    given_figures = [Given(place, on, value=Decimal(str(value))) for place, value in enumerate(values)]
    return total_of(judged, [*range(len(values)), *units], given_figures, on)


def rate(percent: object, on: date = AUTUMN) -> Total:
    """Of a share by one unit: 97.5."""
    return shares(HELD, [(int(Decimal(str(percent)) * 10), 1000)], on)


def light(found: Judgement) -> Light:
    return LIGHT_OF[found.state]


# --- the demo


@pytest.mark.parametrize(
    ("judged", "total", "state", "reason"),
    [
        (SAMPLED, shares(SAMPLED, [(1010, 486)]), State.BEHIND, "为应达2.40批次/千人的86.6%"),
        (
            indicator(unit="家", kind="count", family="cumulate", value=Decimal(6)),
            counts(COUNTED, 3),
            State.FAR_BEHIND,
            "为应达4.5家的66.7%",
        ),
        (
            indicator(value=Decimal(95), baseline=Decimal("61.0")),
            shares(HELD, [(1373, 2080)]),
            State.FAR_BEHIND,
            "为应达86.5%的76.3%",
        ),
        (HELD, rate("97.2"), State.BEHIND, "97.2%，未达到目标"),
        (HELD, rate("98.0"), State.MET, "指标已达标"),
        (COUNTED, counts(COUNTED, 75), State.ON_PACE, "应达75家，在进度"),
        (LIMIT, counts(LIMIT, 80), State.BEHIND, "80起，超过应控制的75起"),
    ],
)
def test_a_figure_is_judged_with_its_reason(judged: Indicator, total: Total, state: State, reason: str) -> None:
    found = judge(judged, total, TERMS)
    assert (found.state, found.reason) == (state, reason)


@pytest.mark.parametrize(
    ("value", "state"),
    [("71.25", State.ON_PACE), ("71.2499", State.BEHIND), ("60", State.BEHIND), ("59.9999", State.FAR_BEHIND)],
)
def test_95_and_80_percent_of_what_was_expected_divide_the_lights(value: str, state: State) -> None:
    assert judge(COUNTED, counts(COUNTED, value), TERMS).state == state


# --- nothing, or not all


def test_without_any_figure_there_is_no_data() -> None:
    assert judge(COUNTED, None, TERMS).state == State.NO_DATA


@pytest.mark.parametrize("absence", ["no_object", "not_applicable"])
def test_what_concerns_nobody_is_not_asked(absence: str) -> None:
    total = total_of(COUNTED, [1], [Given(1, AUTUMN, absence=absence)], AUTUMN)
    assert judge(COUNTED, total, TERMS).state == State.NOT_ASKED


def test_no_data_is_not_the_same_as_not_asked() -> None:
    total = total_of(COUNTED, [1], [Given(1, AUTUMN, absence="no_data")], AUTUMN)
    assert judge(COUNTED, total, TERMS).state == State.NO_DATA


def test_no_data_is_not_the_same_as_nought() -> None:
    assert judge(COUNTED, counts(COUNTED, 0), TERMS).state == State.FAR_BEHIND


def test_where_nobody_reports_nobody_has_said_that_it_does_not_apply() -> None:
    total = total_of(COUNTED, [], [Given(1, AUTUMN, value=Decimal(80))], AUTUMN)
    assert judge(COUNTED, total, TERMS).state == State.NO_DATA


def test_without_a_population_it_is_said_what_is_wanting() -> None:
    total = total_of(SAMPLED, [1], [Given(1, AUTUMN, Decimal(1010), Decimal(486))], AUTUMN)
    assert judge(SAMPLED, total, TERMS).reason == "没有常住人口，算不出来"


@some
@given(indicators, figures, any_date, st.booleans())
def test_with_a_missing_unit_nothing_is_met_and_nothing_green(
    judged: Indicator, parts: list[tuple[int, int]], on: date, collecting: bool
) -> None:
    found = judge(judged, shares(judged, parts, on, units=[MISSING]), replace(TERMS, collecting=collecting))
    assert found.state != State.MET
    assert light(found) != Light.GREEN


@some
@given(indicators, figures, any_date, st.sampled_from(["no_object", "not_applicable"]))
def test_a_unit_without_object_changes_no_judgement(
    judged: Indicator, parts: list[tuple[int, int]], on: date, absence: str
) -> None:
    alone = shares(judged, parts, on)
    known = [part.figure for part in alone.parts if part.figure]
    joined = total_of(judged, [*range(len(parts)), MISSING], [*known, Given(MISSING, on, absence=absence)], on)
    assert judge(judged, joined, TERMS) == judge(judged, alone, TERMS)


def test_a_sum_that_is_not_complete_says_how_many_have_reported() -> None:
    found = judge(COUNTED, counts(COUNTED, 90, 90, units=[MISSING]), TERMS)
    assert (found.state, found.reason) == (State.INCOMPLETE, "2／3家单位已报数")


@pytest.mark.parametrize(
    ("judged", "total"),
    [(COUNTED, counts(COUNTED, 1, units=[MISSING])), (SAMPLED, shares(SAMPLED, [(9, 486)], units=[MISSING]))],
)
def test_a_sum_that_is_not_complete_is_not_called_behind(judged: Indicator, total: Total) -> None:
    assert judge(judged, total, TERMS).state == State.INCOMPLETE


def test_a_ratio_of_those_that_have_reported_may_be_behind() -> None:
    found = judge(HELD, shares(HELD, [(97, 100)], units=[MISSING]), TERMS)
    assert (found.state, found.reason) == (State.BEHIND, "97%，未达到目标（1／2家单位已报数）")


def test_while_units_may_still_report_nothing_is_judged() -> None:
    found = judge(HELD, shares(HELD, [(1, 100)], units=[MISSING]), replace(TERMS, collecting=True))
    assert found.state == State.PENDING


# --- what only the end decides


@some
@given(before_the_end, st.integers(0, 300), st.sampled_from(["cumulate", "stock"]))
def test_an_exact_number_is_not_judged_before_the_end(on: date, value: int, family: str) -> None:
    exact = indicator(unit="家", kind="count", family=family, comparator="=", baseline=Decimal(5))
    assert judge(exact, counts(exact, value, on=on), TERMS).state == State.PENDING


@some
@given(st.integers(0, 300))
def test_an_exact_number_is_green_at_the_end_only_where_it_is_reached(value: int) -> None:
    found = judge(EXACT, counts(EXACT, value, on=YEAR_END), replace(TERMS, today=date(2027, 1, 5)))
    assert (light(found) == Light.GREEN) is (value == 100)


@pytest.mark.parametrize(
    ("value", "state"),
    [(79, State.FAR_BEHIND), (96, State.FAR_BEHIND), (100, State.MET), (104, State.FAR_BEHIND)],
)
def test_an_exact_number_is_missed_on_both_sides(value: int, state: State) -> None:
    found = judge(EXACT, counts(EXACT, value, on=YEAR_END), replace(TERMS, today=date(2027, 1, 5)))
    assert found.state == state


@some
@given(before_the_end, st.integers(0, 100))
def test_a_limit_on_what_adds_up_is_not_kept_before_the_end(on: date, value: int) -> None:
    assert judge(LIMIT, counts(LIMIT, value, on=on), TERMS).state != State.MET


def test_a_limit_on_what_adds_up_is_kept_at_the_end() -> None:
    assert judge(LIMIT, counts(LIMIT, 100, on=YEAR_END), TERMS).state == State.MET


@some
@given(any_date, st.integers(0, 979))
def test_what_is_to_be_held_and_is_missed_is_never_green(on: date, permille: int) -> None:
    assert light(judge(HELD, rate(Decimal(permille) / 10, on), TERMS)) in (Light.AMBER, Light.RED)


@some
@given(before_the_end, st.dates(NEW_YEAR, DUE), st.integers(0, 400), st.one_of(st.none(), st.integers(0, 400)), limits)
def test_without_a_baseline_nothing_is_red_before_it_is_due(
    on: date, today: date, value: int, first: int | None, office: PaceLimits
) -> None:
    known = None if first is None else First(NEW_YEAR, Fraction(first, 4))
    terms = replace(TERMS, today=today, first=known, limits=office)
    assert judge(indicator(), shares(HELD, [(value, 400)], on), terms).state != State.FAR_BEHIND


# --- past the end


@pytest.mark.parametrize(("today", "state"), [(DUE, State.ON_PACE), (DUE + timedelta(1), State.FAR_BEHIND)])
def test_a_missed_target_is_red_once_its_last_figures_are_due(today: date, state: State) -> None:
    assert judge(COUNTED, counts(COUNTED, 75), replace(TERMS, today=today)).state == state


def test_a_target_that_was_reached_stays_met_after_the_end() -> None:
    assert judge(COUNTED, counts(COUNTED, 100), replace(TERMS, today=date(2027, 3, 1))).state == State.MET


# --- thresholds


@some
@given(indicators, figures, any_date, limits, st.integers(0, 99))
def test_a_higher_threshold_makes_no_light_better(
    judged: Indicator, parts: list[tuple[int, int]], on: date, office: PaceLimits, more: int
) -> None:
    total = shares(judged, parts, on)
    stricter = PaceLimits(min(office.behind + more, 100), min(office.far_behind + more, 100))
    before, after = (judge(judged, total, replace(TERMS, limits=each)) for each in (office, stricter))
    assume(light(before) != Light.GREY)
    assert FROM_BAD_TO_GOOD.index(light(after)) <= FROM_BAD_TO_GOOD.index(light(before))


@some
@given(st.integers(0, 200), st.integers(0, 200), before_the_end, limits)
def test_a_higher_count_never_stands_worse(value: int, more: int, on: date, office: PaceLimits) -> None:
    terms = replace(TERMS, limits=office)
    before, after = (light(judge(COUNTED, counts(COUNTED, n, on=on), terms)) for n in (value, value + more))
    assert FROM_BAD_TO_GOOD.index(before) <= FROM_BAD_TO_GOOD.index(after)


@some
@given(st.integers(0, 200), st.integers(0, 200), any_date, limits)
def test_a_higher_count_never_stands_better_where_lower_is_better(
    value: int, more: int, on: date, office: PaceLimits
) -> None:
    terms = replace(TERMS, limits=office)
    before, after = (light(judge(LIMIT, counts(LIMIT, n, on=on), terms)) for n in (value, value + more))
    assert FROM_BAD_TO_GOOD.index(after) <= FROM_BAD_TO_GOOD.index(before)
