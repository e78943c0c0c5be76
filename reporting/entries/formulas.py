"""What a figure comes to: numerator ÷ denominator ＝ result, against the target. Pure, on loaded indicators.

Ratios are compared by cross-multiplying decimals, never as floats.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal

from indicators.models import Indicator
from reporting.entries.content import FigureContent, plain

Comparator = Indicator.Comparator
COMPARE: dict[str, Callable[[Decimal, Decimal], bool]] = {
    Comparator.AT_LEAST: operator.ge,
    Comparator.MORE: operator.gt,
    Comparator.AT_MOST: operator.le,
    Comparator.LESS: operator.lt,
    Comparator.EQUAL: operator.eq,
}
RISING = (Comparator.AT_LEAST, Comparator.MORE)
SCALES = {"%": Decimal(100), "％": Decimal(100), "百分点": Decimal(100), "‰": Decimal(1000)}
PER_RESIDENTS = "千人"
COUNTED = re.compile(r"（([^（）]{1,6})）$")
PLACES = (1, 2, 3, 4)
ONE = Decimal(1)


@dataclass(frozen=True, slots=True)
class Result:
    """`text` 92.3%, `remark` 还差10所，未达标, `met` whether the target is reached."""

    text: str
    remark: str
    met: bool


def is_per_residents(indicator: Indicator) -> bool:
    """批次/千人: the unit enters batches alone, the base is the population in force."""
    return PER_RESIDENTS in indicator.unit


def is_share(indicator: Indicator) -> bool:
    """A part of a whole, so that the numerator can not exceed the denominator."""
    return any(sign in indicator.unit for sign in SCALES)


def is_ratio(indicator: Indicator) -> bool:
    """Entered as two figures, not as one value."""
    return is_share(indicator) or is_per_residents(indicator) or bool(indicator.denominator_label)


def scale_of(indicator: Indicator) -> Decimal:
    """By how much a quotient is multiplied to stand in the indicator's unit."""
    return next((scale for sign, scale in SCALES.items() if sign in indicator.unit), ONE)


def target_text(indicator: Indicator) -> str:
    """≥3.2批次/千人."""
    return f"{indicator.get_comparator_display()}{plain(indicator.value)}{indicator.unit}"


def result_of(indicator: Indicator, figure: FigureContent) -> Result | None:
    """None where there is nothing to compute: no figure yet, an absence, or a denominator of nought."""
    pair = pair_of(indicator, figure)
    if pair is None:
        return None
    top, bottom = pair
    met = COMPARE[indicator.comparator](top, indicator.value * bottom)
    return Result(shown(indicator, top / bottom, met=met), remark(indicator, top, bottom, met=met), met)


def pair_of(indicator: Indicator, figure: FigureContent) -> tuple[Decimal, Decimal] | None:
    """Numerator in the indicator's unit, and denominator; a value stands over one."""
    if figure.absence:
        return None
    if figure.value is not None:
        return figure.value, ONE
    if figure.numerator is None or not figure.denominator:
        return None
    return figure.numerator * scale_of(indicator), figure.denominator


def shown(indicator: Indicator, quotient: Decimal, *, met: bool) -> str:
    """One decimal place, more where rounding would hide that the target is missed."""
    for places in PLACES:
        rounded = quotient.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
        if met or rounded != indicator.value:
            break
    return f"{plain(rounded)}{indicator.unit}"


def remark(indicator: Indicator, top: Decimal, bottom: Decimal, *, met: bool) -> str:
    """已达标; 还差10所，未达标 where a fixed amount is climbed; else 目标≥98%，未达标."""
    if met:
        return "已达标"
    if indicator.comparator in RISING and indicator.path == Indicator.Path.CLIMB:
        lacking = (indicator.value * bottom - top) / scale_of(indicator)
        return f"还差{plain(lacking.to_integral_value(ROUND_CEILING))}{counted_in(indicator)}，未达标"
    return f"目标{target_text(indicator)}，未达标"


def counted_in(indicator: Indicator) -> str:
    """所, 家, 批次: the word with which the numerator is counted."""
    if is_per_residents(indicator):
        return indicator.unit.split("/")[0].split("每")[0]
    if not is_ratio(indicator):
        return indicator.unit
    found = COUNTED.search(indicator.numerator_label)
    return found[1] if found else ""


def formula_text(indicator: Indicator, figure: FigureContent) -> str:
    """112 ÷ 130 ＝ 86.2%, or the value with its unit, or the word for the absence."""
    result = result_of(indicator, figure)
    if result is None:
        return ""
    if figure.value is not None:
        return result.text
    return f"{plain(figure.numerator)} ÷ {plain(figure.denominator)} ＝ {result.text}"
