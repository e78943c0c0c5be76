"""Figures of several units: Σ ÷ Σ and never the mean, one base per thousand, and what is missing is not nought."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import accumulate
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.models import Indicator
from indicators.population import Base, Bases
from indicators.totals import Given, Total, increments, total_of
from indicators.wording import formula_text, value_text

SPRING, SUMMER, AUTUMN = date(2026, 3, 31), date(2026, 6, 30), date(2026, 9, 30)
NEWCOMER = 99

some = settings(max_examples=60, deadline=None)
tops = st.integers(0, 10_000)
ratios = st.lists(st.tuples(tops, st.integers(1, 10_000)), min_size=1, max_size=8)
answered_without = st.sampled_from(
    [
        Given(NEWCOMER, AUTUMN, absence="no_object"),
        Given(NEWCOMER, AUTUMN, absence="not_applicable"),
        Given(NEWCOMER, AUTUMN, numerator=Decimal(0), denominator=Decimal(0)),
    ]
)


def indicator(**fields: Any) -> Indicator:
    """A pass rate of the year to date."""
    facts = {
        "pk": 7, "subject": "抽检合格率", "comparator": ">=", "value": Decimal(98), "unit": "%", "kind": "pass_rate",
        "family": "flow_ratio", "path": "hold", "numerator_label": "合格数（批次）", "denominator_label": "总数",
    }  # fmt: skip
    return Indicator(**facts | fields)


COUNTED: dict[str, Any] = {"unit": "家", "kind": "count", "family": "cumulate", "path": "climb", "value": Decimal(6)}
POINTS: dict[str, Any] = {"unit": "分", "kind": "score", "family": "stock", "value": Decimal(85)}
RATE = indicator()
COVERAGE = indicator(family="stock", path="climb", numerator_label="已建成学校食堂（所）")
SAMPLED = indicator(unit="批次/千人", kind="sampling", family="cumulate", path="climb", value=Decimal("3.2"))
COUNT, SCORE = indicator(**COUNTED, denominator_label=""), indicator(**POINTS, denominator_label="")


def ratio(department: int, top: object, bottom: object, on: date = AUTUMN) -> Given:
    return Given(department, on, numerator=Decimal(str(top)), denominator=Decimal(str(bottom)))


def single(department: int, value: object, on: date = AUTUMN) -> Given:
    return Given(department, on, value=Decimal(str(value)))


def each(figures: Sequence[tuple[int, int]]) -> list[Given]:
    """One ratio a department, counted from 1."""
    return [ratio(place, top, bottom) for place, (top, bottom) in enumerate(figures, 1)]


def total(judged: Indicator, *given_figures: Given, units: Sequence[int] = (), **terms: Any) -> Total:
    """As at the end of September, of the units that have given something and of `units`."""
    reporters = list(dict.fromkeys([*(one.department for one in given_figures), *units]))
    return total_of(judged, reporters, given_figures, AUTUMN, **terms)


# --- ratios


def test_one_of_one_and_none_of_99_are_one_percent() -> None:
    assert total(RATE, ratio(1, 1, 1), ratio(2, 0, 99)).value == 1


@some
@given(ratios)
def test_a_ratio_is_the_sum_above_by_the_sum_below(figures: list[tuple[int, int]]) -> None:
    found = total(RATE, *each(figures))
    assert found.value == Fraction(100 * sum(top for top, _ in figures), sum(bottom for _, bottom in figures))


@some
@given(ratios)
def test_a_total_lies_between_the_least_and_the_greatest_part(figures: list[tuple[int, int]]) -> None:
    found = total(RATE, *each(figures))
    parts = [part.value for part in found.parts if part.value is not None]
    assert found.value is not None
    assert min(parts) <= found.value <= max(parts)


@some
@given(ratios, st.randoms(use_true_random=False))
def test_the_order_of_units_does_not_matter(figures: list[tuple[int, int]], chance: Any) -> None:
    given_figures = each(figures)
    shuffled = chance.sample(given_figures, len(given_figures))
    assert total(RATE, *shuffled).value == total(RATE, *given_figures).value


@some
@given(ratios, answered_without, st.sampled_from([RATE, SAMPLED]))
def test_a_unit_without_object_changes_neither_sums_nor_completeness(
    figures: list[tuple[int, int]], newcomer: Given, judged: Indicator
) -> None:
    alone = total(judged, *each(figures), thousands=Fraction(486))
    joined = total(judged, *each(figures), newcomer, thousands=Fraction(486))
    assert joined.complete
    assert (joined.value, joined.numerator, joined.denominator) == (alone.value, alone.numerator, alone.denominator)


@some
@given(ratios)
def test_a_missing_unit_leaves_the_value_and_takes_the_completeness(figures: list[tuple[int, int]]) -> None:
    found = total(RATE, *each(figures), units=[NEWCOMER])
    assert (found.value, found.complete, found.missing) == (total(RATE, *each(figures)).value, False, (NEWCOMER,))


def test_no_data_is_not_nought() -> None:
    silent = total(RATE, ratio(1, 9, 10), Given(2, AUTUMN, absence="no_data"))
    nought = total(RATE, ratio(1, 9, 10), ratio(2, 0, 10))
    assert [silent.value, nought.value] == [90, 45]


def test_a_unit_that_says_no_data_is_missing() -> None:
    assert total(RATE, ratio(1, 9, 10), Given(2, AUTUMN, absence="no_data")).missing == (2,)


def test_a_unit_that_says_no_data_stays_in_the_sum_with_its_last_figure() -> None:
    found = total(RATE, ratio(1, 9, 10), ratio(2, 0, 10, SUMMER), Given(2, AUTUMN, absence="no_data"))
    assert (found.value, found.complete) == (Fraction(45), False)


def test_a_unit_that_has_no_object_any_more_leaves_both_sums() -> None:
    found = total(RATE, ratio(1, 9, 10), ratio(2, 0, 10, SUMMER), Given(2, AUTUMN, absence="no_object"))
    assert (found.value, found.complete) == (Fraction(90), True)


def test_where_nobody_has_an_object_there_is_no_value() -> None:
    found = total(RATE, ratio(1, 0, 0), Given(2, AUTUMN, absence="no_object"))
    assert (found.value, found.complete) == (None, True)


# --- which figure of a unit


def test_a_later_figure_takes_the_place_of_an_earlier_one() -> None:
    assert total(RATE, ratio(1, 1, 10, SUMMER), ratio(1, 9, 10)).value == 90


def test_a_figure_after_the_date_is_passed_over() -> None:
    given_figures = [ratio(1, 1, 10, SUMMER), ratio(1, 9, 10)]
    assert total_of(RATE, [1], given_figures, SUMMER).value == 10


def test_an_earlier_figure_stays_in_the_sum_and_its_unit_is_missing() -> None:
    found = total(RATE, ratio(1, 9, 10), ratio(2, 1, 10, SUMMER))
    assert (found.value, found.missing, found.answered, found.reporters) == (Fraction(50), (2,), 1, 2)


def test_the_last_figure_of_a_unit_at_rest_is_not_outdated() -> None:
    assert total(RATE, ratio(1, 9, 10), ratio(2, 1, 10, SUMMER), at_rest=frozenset({2})).complete


def test_a_unit_at_rest_that_never_gave_a_figure_is_missing() -> None:
    assert not total(RATE, ratio(1, 9, 10), units=[2], at_rest=frozenset({2})).complete


def test_figures_of_units_that_do_not_report_are_not_summed() -> None:
    assert total_of(RATE, [1], [ratio(1, 9, 10), ratio(2, 0, 10)], AUTUMN).value == 90


# --- per thousand residents


@some
@given(st.lists(st.tuples(tops, st.integers(1, 10**6)), min_size=1, max_size=8), st.integers(1, 10**8))
def test_batches_are_summed_over_one_base_whatever_the_forms_carry(
    figures: list[tuple[int, int]], residents: int
) -> None:
    found = total(SAMPLED, *each(figures), thousands=Fraction(residents, 1000))
    assert found.value == Fraction(1000 * sum(top for top, _ in figures), residents)


def test_without_a_population_there_are_batches_and_no_value() -> None:
    found = total(SAMPLED, ratio(1, 600, 486), ratio(2, 410, 486))
    assert (found.value, found.numerator) == (None, Decimal(1010))


def test_another_base_divides_the_same_batches() -> None:
    batches = ratio(1, 1010, 486)
    values = [total(SAMPLED, batches, thousands=Fraction(base)).value for base in (486, 505)]
    assert values == [Fraction(1010, 486), 2]


def test_a_switched_base_holds_from_its_day_on() -> None:
    first, second = Base(486_000, "公报", date(2025, 12, 31)), Base(490_000, "公报", date(2026, 6, 30))
    bases = Bases([(date.min, first), (AUTUMN, second)])
    assert [bases.on(day) for day in (SUMMER, date(2026, 9, 29), AUTUMN)] == [first, first, second]


def test_a_base_says_its_source_and_its_date() -> None:
    base = Base(486_000, "青禾区统计公报", date(2025, 12, 31))
    assert base.words == "常住人口48.6万人，截至2025年12月31日，青禾区统计公报"


# --- values and levels


@some
@given(st.lists(tops, min_size=1, max_size=8))
def test_counts_are_added(values: list[int]) -> None:
    assert total(COUNT, *(single(place, value) for place, value in enumerate(values))).value == sum(values)


@some
@given(st.lists(tops, min_size=1, max_size=8), answered_without)
def test_a_unit_without_object_is_not_counted_as_nought(values: list[int], newcomer: Given) -> None:
    levels = [single(place, value) for place, value in enumerate(values)]
    assert total(SCORE, *levels, newcomer).value == min(values)


@pytest.mark.parametrize(("comparator", "value"), [(">=", 80), (">", 80), ("<=", 97), ("<", 97), ("=", 97)])
def test_of_levels_the_unit_farthest_from_the_target_stands_for_all(comparator: str, value: int) -> None:
    judged = indicator(**POINTS, denominator_label="", comparator=comparator)
    assert total(judged, single(1, 80), single(2, 97), single(3, 90)).value == value


# --- increments


@some
@given(st.lists(st.tuples(tops, tops), min_size=1, max_size=6))
def test_increments_sum_back_to_the_year_to_date(steps: list[tuple[int, int]]) -> None:
    upper, lower = (list(accumulate(column)) for column in zip(*steps, strict=True))
    ends = [date(2026, month, 28) for month in range(1, len(steps) + 1)]
    figures = [ratio(1, top, bottom + 1, on) for top, bottom, on in zip(upper, lower, ends, strict=True)]
    added = increments(RATE, figures).values()
    assert sum(one.numerator or 0 for one in added) == upper[-1]
    assert sum(one.denominator or 0 for one in added) == lower[-1] + 1


@some
@given(st.lists(st.integers(-100, 10_000), min_size=1, max_size=6), st.randoms(use_true_random=False))
def test_increments_sum_back_in_whatever_order_and_after_corrections(values: list[int], chance: Any) -> None:
    figures = [single(1, value, date(2026, month, 28)) for month, value in enumerate(values, 1)]
    added = increments(COUNT, chance.sample(figures, len(figures))).values()
    assert sum(one.value or 0 for one in added) == values[-1]


def test_the_first_increment_of_a_unit_is_its_first_figure() -> None:
    found = increments(COUNT, [single(1, 3, SPRING), single(2, 4, SUMMER), single(1, 5, SUMMER)])
    assert {key: one.value for key, one in found.items()} == {(1, SPRING): 3, (2, SUMMER): 4, (1, SUMMER): 2}


def test_an_increment_reaches_back_over_an_absence() -> None:
    found = increments(COUNT, [single(1, 3, SPRING), Given(1, SUMMER, absence="no_data"), single(1, 5)])
    assert {key: one.value for key, one in found.items()} == {(1, SPRING): 3, (1, AUTUMN): 2}


def test_a_new_year_begins_at_nought() -> None:
    last_year = single(1, 30, date(2025, 12, 31))
    assert increments(COUNT, [last_year, single(1, 3, SPRING)])[1, SPRING].value == 3


def test_the_base_of_an_increment_per_thousand_is_the_whole_population() -> None:
    found = increments(SAMPLED, [ratio(1, 655, 486, SUMMER), ratio(1, 1010, 486)])[1, AUTUMN]
    assert [found.numerator, found.denominator] == [355, 486]


def test_what_stands_as_at_a_date_has_no_increments() -> None:
    assert increments(SCORE, [single(1, 80, SUMMER), single(1, 90)]) == {}


# --- in words


def test_a_ratio_is_written_with_its_sums() -> None:
    found = total(COVERAGE, ratio(1, 60, 70), ratio(2, 52, 60))
    assert (formula_text(COVERAGE, found), value_text(COVERAGE, found)) == ("112÷130所", "86.2%")


def test_batches_are_written_over_the_base_of_the_date() -> None:
    found = total(SAMPLED, ratio(1, 600, 486), ratio(2, 410, 486), thousands=Fraction(486))
    assert (formula_text(SAMPLED, found), value_text(SAMPLED, found)) == ("1010批次÷48.6万人", "2.08批次/千人")


def test_added_counts_say_of_how_many_units() -> None:
    assert formula_text(COUNT, total(COUNT, single(1, 1), single(2, 2), units=[3])) == "2家合计"


@pytest.mark.parametrize("comparator", [">=", "<=", "="])
def test_levels_say_which_unit_stands_for_all(comparator: str) -> None:
    judged = indicator(**POINTS, denominator_label="", comparator=comparator)
    assert formula_text(judged, total(judged, single(1, 80), single(2, 97), single(3, 90))) == "3家中离目标最远"
