"""What figures come to and whether that meets the target, exactly; and how it is rounded to be read."""

from __future__ import annotations

import re
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.display import amount, percent, plain, result_text, rounded, short_day, shown, target_text, with_unit
from indicators.formulas import counted_in, is_level, is_met, is_per_residents, is_ratio, scale_of, target_of, value_of
from indicators.models import Indicator
from indicators.totals import Given

STEP = 10_000  # figures and targets have four decimal places
COMPARATORS = (">=", ">", "<=", "<", "=")
ON = date(2026, 9, 30)

some = settings(max_examples=120, deadline=None)
stored = st.one_of(st.integers(0, 10**7), st.integers(0, 10**15 - 1)).map(lambda steps: Decimal(steps).scaleb(-4))
small = st.integers(0, 200 * STEP).map(lambda steps: Decimal(steps).scaleb(-4))
comparators = st.sampled_from(COMPARATORS)
units = st.sampled_from(("%", "‰", "批次/千人", "家"))


def indicator(**fields: Any) -> Indicator:
    """A coverage of 100 %."""
    facts = {
        "pk": 7, "subject": "学校食堂明厨亮灶覆盖率", "comparator": ">=", "value": Decimal(100), "unit": "%",
        "kind": "coverage", "family": "stock", "path": "climb",
    }  # fmt: skip
    return Indicator(**facts | fields)


def ratio(top: object, bottom: object) -> Given:
    return Given(1, ON, numerator=Decimal(str(top)), denominator=Decimal(str(bottom)))


def single(value: object) -> Given:
    return Given(1, ON, value=Decimal(str(value)))


def steps_of(number: Decimal) -> int:
    return int(number * STEP)


def compared(comparator: str, left: int, right: int) -> bool:
    """By whole numbers and words of our own."""
    answers = {">=": not left < right, ">": right < left, "<=": not right < left, "<": left < right}
    return answers.get(comparator, left == right)


def number_in(text: str) -> Fraction:
    found = re.match(r"-?[\d.]+", text)
    assert found
    return Fraction(found[0])


# --- values and targets


@some
@given(stored, stored.filter(bool), stored, comparators, st.sampled_from([("%", 100), ("‰", 1000)]))
def test_a_ratio_compares_as_its_cross_products_do(
    top: Decimal, bottom: Decimal, target: Decimal, comparator: str, unit: tuple[str, int]
) -> None:
    sign, scale = unit
    judged = indicator(unit=sign, comparator=comparator, value=target)
    value = value_of(judged, Given(1, ON, numerator=top, denominator=bottom))
    assert value is not None
    cross = (steps_of(top) * scale * STEP, steps_of(target) * steps_of(bottom))
    assert is_met(judged, value) is compared(comparator, *cross)


@some
@given(st.integers(1, 10**6), st.integers(1, 100), comparators)
def test_a_ratio_that_equals_the_target_is_neither_more_nor_less(bottom: int, target: int, comparator: str) -> None:
    judged = indicator(value=Decimal(target), comparator=comparator)
    value = value_of(judged, ratio(target * bottom, bottom * 100))
    assert value is not None
    assert is_met(judged, value) is (comparator in (">=", "<=", "="))


def test_a_last_digit_decides_between_figures_of_fifteen() -> None:
    judged = indicator(unit="元", value=Decimal("99999999999.9999"), comparator=">=")
    assert not is_met(judged, Fraction(Decimal("99999999999.9998")))


@pytest.mark.parametrize(("target", "met"), [("33.3333", True), ("33.3334", False)])
def test_a_third_is_not_rounded_before_it_is_judged(target: str, met: bool) -> None:
    judged = indicator(value=Decimal(target))
    value = value_of(judged, ratio(1, 3))
    assert value is not None
    assert is_met(judged, value) is met


@pytest.mark.parametrize(
    "figure",
    [
        Given(1, ON, absence="no_data"),
        Given(1, ON, absence="no_object"),
        Given(1, ON, absence="not_applicable"),
        Given(1, ON, numerator=Decimal(3)),
        Given(1, ON, denominator=Decimal(3)),
        Given(1, ON),
        ratio(0, 0),
    ],
)
def test_where_nothing_can_be_computed_there_is_no_value(figure: Given) -> None:
    assert value_of(indicator(), figure) is None


@pytest.mark.parametrize("figure", [ratio(0, 130), single(0)])
def test_nought_is_a_value(figure: Given) -> None:
    assert value_of(indicator(), figure) == 0


@pytest.mark.parametrize(
    ("unit", "scale"), [("%", 100), ("％", 100), ("个百分点", 100), ("‰", 1000), ("批次/千人", 1), ("家", 1)]
)
def test_a_quotient_stands_in_the_unit_of_its_indicator(unit: str, scale: int) -> None:
    assert scale_of(indicator(unit=unit)) == scale


def test_batches_per_thousand_are_two_figures_and_one_base() -> None:
    sampled = indicator(unit="批次/千人", family="cumulate")
    assert (is_per_residents(sampled), is_ratio(sampled), is_level(sampled)) == (True, True, False)


@pytest.mark.parametrize(
    ("fields", "level"),
    [
        ({"unit": "分", "kind": "score", "path": "hold"}, True),
        ({"unit": "个工作日", "kind": "other", "path": "hold"}, True),
        ({"unit": "家", "kind": "count", "family": "cumulate"}, False),
        ({"unit": "%", "kind": "pass_rate", "family": "flow_ratio", "path": "hold"}, False),
    ],
)
def test_scores_and_averages_are_levels(fields: dict[str, Any], level: bool) -> None:
    assert is_level(indicator(**fields)) is level


@pytest.mark.parametrize(
    ("fields", "word"),
    [
        ({"unit": "批次/千人"}, "批次"),
        ({"unit": "家"}, "家"),
        ({"numerator_label": "已建成学校食堂（所）"}, "所"),
        ({"numerator_label": "合格数"}, ""),
    ],
)
def test_what_is_counted_is_named_by_unit_or_label(fields: dict[str, Any], word: str) -> None:
    assert counted_in(indicator(**fields)) == word


# --- rounding


@some
@given(st.integers(-(10**15), 10**15), st.integers(0, 6), st.integers(0, 4))
def test_halves_go_up_as_decimal_rounds_them(number: int, digits: int, places: int) -> None:
    exact = Decimal(number).scaleb(-digits)
    expected = exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    assert rounded(Fraction(exact), places) == expected


@some
@given(st.fractions(-(10**9), 10**9), st.integers(0, 4))
def test_rounding_moves_a_number_by_half_a_step_at_most(number: Fraction, places: int) -> None:
    assert abs(Fraction(rounded(number, places)) - number) <= Fraction(1, 2 * 10**places)


@pytest.mark.parametrize(
    ("number", "text"), [("0.25", "0.3"), ("-0.25", "-0.3"), ("86.15", "86.2"), ("0.05", "0.1"), ("0.04", "0.0")]
)
def test_a_half_goes_away_from_nought(number: str, text: str) -> None:
    assert shown(Fraction(number), 1) == text


@some
@given(small, st.integers(1, 10**9), st.sampled_from((-1, 1)), comparators, units)
def test_rounding_never_shows_a_missed_target_as_reached(
    target: Decimal, bottom: int, side: int, comparator: str, unit: str
) -> None:
    judged = indicator(unit=unit, value=target, comparator=comparator)
    value = Fraction(target) + Fraction(side, bottom)
    read = number_in(result_text(judged, value))
    assert is_met(judged, value) or not is_met(judged, read)


@some
@given(st.integers(0, 200), st.integers(1, 10**9), st.sampled_from((-1, 1)), comparators, units)
def test_a_near_miss_is_never_read_as_the_target(
    target: int, bottom: int, side: int, comparator: str, unit: str
) -> None:
    judged = indicator(unit=unit, value=Decimal(target), comparator=comparator)
    value = target + Fraction(side, bottom)
    assert is_met(judged, value) or number_in(result_text(judged, value)) != target


@pytest.mark.parametrize(
    ("comparator", "target", "value", "text"),
    [
        (">=", "100", "99.96", "99.96%"),
        (">=", "100", "99.99999", "99.99999%"),
        (">=", "66.66", "66.655", "66.655%"),
        ("<=", "2", "2.04", "2.04%"),
        ("<=", "2.14", "2.1401", "2.1401%"),
        (">", "100", "100", "100%"),
        (">=", "100", "86.1538", "86.2%"),
    ],
)
def test_more_places_are_shown_where_rounding_would_hide_a_miss(
    comparator: str, target: str, value: str, text: str
) -> None:
    assert result_text(indicator(comparator=comparator, value=Decimal(target)), Fraction(value)) == text


# --- digits customary by unit


@pytest.mark.parametrize(
    ("unit", "number", "text"),
    [
        ("%", Fraction(11200, 130), "86.2%"),
        ("%", Fraction(75), "75%"),
        ("%", Fraction(137300, 2080), "66.0%"),
        ("批次/千人", Fraction(1010, 486), "2.08批次/千人"),
        ("批次/千人", Fraction(12, 5), "2.40批次/千人"),
        ("‰", Fraction(1, 2), "0.50‰"),
        ("家", Fraction(9, 2), "4.5家"),
        ("家", Fraction(6), "6家"),
        ("工作日", Fraction(26, 5), "5.2个工作日"),
    ],
)
def test_each_unit_has_its_customary_digits(unit: str, number: Fraction, text: str) -> None:
    assert amount(indicator(unit=unit), number) == text


def test_a_target_is_shown_as_the_document_writes_it() -> None:
    assert target_text(indicator(unit="批次/千人", value=Decimal("3.2000"))) == "≥3.2批次/千人"


@pytest.mark.parametrize(("number", "text"), [("120.0000", "120"), ("33.3000", "33.3"), ("0.0000", "0")])
def test_no_trailing_noughts_are_shown(number: str, text: str) -> None:
    assert plain(Decimal(number)) == text


def test_working_days_are_counted_in_pieces() -> None:
    assert (with_unit("5", "工作日"), with_unit("5", "家")) == ("5个工作日", "5家")


@pytest.mark.parametrize(
    ("share", "text"), [(Fraction(919, 1000), "91.9%"), (Fraction(1), "100%"), (Fraction(0), "0%")]
)
def test_a_share_is_read_as_percent(share: Fraction, text: str) -> None:
    assert percent(share) == text


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (date(2026, 9, 30), "9月末"),
        (date(2026, 2, 28), "2月末"),
        (date(2028, 2, 28), "2月28日"),
        (date(2026, 12, 31), "12月末"),
        (date(2026, 9, 15), "9月15日"),
    ],
)
def test_the_last_day_of_a_month_is_its_end(day: date, text: str) -> None:
    assert short_day(day) == text


@given(stored)
def test_a_target_is_taken_exactly_as_it_is_stored(value: Decimal) -> None:
    assert target_of(indicator(value=value)) == Fraction(steps_of(value), STEP)
