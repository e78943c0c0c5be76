"""What figures come to in an indicator's unit, and whether that meets the target. Pure, on loaded indicators.

Decimals come in; in between stand exact fractions, so that nothing is rounded before `indicators.display` shows it.
Ratios compare as fractions do, by cross-multiplying; no float is ever made.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from typing import Protocol

from indicators.models import Indicator

Comparator, Kind, Family, Path = Indicator.Comparator, Indicator.Kind, Indicator.Family, Indicator.Path
COMPARE: dict[str, Callable[[Fraction, Fraction], bool]] = {
    Comparator.AT_LEAST: operator.ge,
    Comparator.MORE: operator.gt,
    Comparator.AT_MOST: operator.le,
    Comparator.LESS: operator.lt,
    Comparator.EQUAL: operator.eq,
}
RISING = (Comparator.AT_LEAST, Comparator.MORE)
FALLING = (Comparator.AT_MOST, Comparator.LESS)
SCALES = {"%": 100, "％": 100, "百分点": 100, "‰": 1000}
PER_RESIDENTS, PER_MILLE = "千人", "‰"
BATCHES = "批次"
COUNTED = re.compile(r"（([^（）]{1,6})）$")


class Numbers(Protocol):
    """A ratio, a value, or the word for there being none: a reading, a reported figure, what stands in a form."""

    @property
    def numerator(self) -> Decimal | None: ...
    @property
    def denominator(self) -> Decimal | None: ...
    @property
    def value(self) -> Decimal | None: ...
    @property
    def absence(self) -> str: ...


def is_per_residents(indicator: Indicator) -> bool:
    """批次/千人, and ‰ of sampling: the unit enters batches alone, the base is the population in force."""
    sampled = indicator.kind == Kind.SAMPLING and PER_MILLE in indicator.unit
    return sampled or PER_RESIDENTS in indicator.unit


def is_share(indicator: Indicator) -> bool:
    """A part of a whole, so that the numerator can not exceed the denominator."""
    return not is_per_residents(indicator) and any(sign in indicator.unit for sign in SCALES)


def is_ratio(indicator: Indicator) -> bool:
    """Entered as two figures, not as one value."""
    return is_share(indicator) or is_per_residents(indicator) or bool(indicator.denominator_label)


def is_level(indicator: Indicator) -> bool:
    """A score or an average: the values of several units say nothing when added."""
    held = indicator.family == Family.STOCK and indicator.path == Path.HOLD
    return not is_ratio(indicator) and (held or indicator.kind == Kind.SCORE)


def scale_of(indicator: Indicator) -> int:
    """By how much a quotient is multiplied to stand in the indicator's unit; a base of residents is in thousands."""
    if is_per_residents(indicator):
        return 1
    return next((scale for sign, scale in SCALES.items() if sign in indicator.unit), 1)


def counted_in(indicator: Indicator) -> str:
    """所, 家, 批次: the word with which the numerator is counted; empty where nothing says it."""
    if is_per_residents(indicator):
        return BATCHES if PER_MILLE in indicator.unit else indicator.unit.split("/")[0].split("每")[0]
    if not is_ratio(indicator):
        return indicator.unit
    found = COUNTED.search(indicator.numerator_label)
    return found[1] if found else ""


def quotient(indicator: Indicator, numerator: Decimal, denominator: Decimal | Fraction) -> Fraction:
    """numerator ÷ denominator in the indicator's unit. Raises `ZeroDivisionError` for nought below."""
    return Fraction(numerator) * scale_of(indicator) / Fraction(denominator)


def value_of(indicator: Indicator, figure: Numbers) -> Fraction | None:
    """In the indicator's unit. None where there is nothing to compute: an absence, half a ratio, nought below."""
    if figure.absence:
        return None
    if figure.value is not None:
        return Fraction(figure.value)
    if figure.numerator is None or not figure.denominator:
        return None
    return quotient(indicator, figure.numerator, figure.denominator)


def target_of(indicator: Indicator) -> Fraction:
    return Fraction(indicator.value)


def lacking(indicator: Indicator, numerator: Decimal, denominator: Fraction) -> int:
    """How many more in the numerator reach the target, in whole units; nought or less where it is reached."""
    short = target_of(indicator) * denominator / scale_of(indicator) - Fraction(numerator)
    return floor(short) + 1 if indicator.comparator == Comparator.MORE else ceil(short)


def is_met(indicator: Indicator, value: Fraction) -> bool:
    return COMPARE[indicator.comparator](value, target_of(indicator))
