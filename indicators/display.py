"""Figures as they are read: the one place where anything is rounded, half up, with the digits customary for a unit."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

from indicators.formulas import is_met, target_of
from indicators.models import Indicator

FINE_UNITS = ("千人", "万人", "‰")  # rates of a small base: 2.08批次/千人
BARE_COUNTS = ("工作日",)  # said with 个 behind a number
MOST_PLACES = 20  # more than the nearest miss takes with figures of 15 digits


def plain(number: Decimal | None) -> str | None:
    """120, 33.3: without exponent and trailing zeros."""
    return None if number is None else f"{number.normalize():f}"


def places_of(unit: str) -> int:
    """Decimal places: two for rates per thousand, one for all else that is not whole."""
    return 2 if any(word in unit for word in FINE_UNITS) else 1


def rounded(number: Fraction, places: int) -> Decimal:
    """Half up, away from nought, in whole-number arithmetic: 0.25 is 0.3 and -0.25 is -0.3."""
    scaled = abs(number) * 10**places
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Decimal(-whole if number < 0 else whole).scaleb(-places)


def shown(number: Fraction, places: int) -> str:
    """All `places` where something was rounded away, else no more than it takes: 66.0 of 1373 ÷ 2080, but 75."""
    result = rounded(number, places)
    return f"{result:f}" if Fraction(result) != number else plain(result) or "0"


def with_unit(number: str, unit: str) -> str:
    """5.2个工作日, 86.2%."""
    return f"{number}{'个' if unit.startswith(BARE_COUNTS) else ''}{unit}"


def amount(indicator: Indicator, number: Fraction) -> str:
    """86.2%, 2.40批次/千人, 4.5家."""
    places = places_of(indicator.unit)
    fine = places > 1 and Fraction(rounded(number, places)) == number
    return with_unit(f"{rounded(number, places):f}" if fine else shown(number, places), indicator.unit)


def result_text(indicator: Indicator, value: Fraction) -> str:
    """As `amount`, with more places where rounding would say otherwise of the target: 99.96%, not 100.0%."""
    places = places_of(indicator.unit)
    if not _misleads(indicator, value, places):
        return amount(indicator, value)
    while places < MOST_PLACES and _misleads(indicator, value, places):
        places += 1
    return with_unit(shown(value, places), indicator.unit)


def _misleads(indicator: Indicator, value: Fraction, places: int) -> bool:
    """Whether a missed target reads as reached once rounded, as the target itself or as beyond it; or a met one as
    missed."""
    read = Fraction(rounded(value, places))
    met = is_met(indicator, value)
    reads_as_met = is_met(indicator, read) or (read == target_of(indicator) and not met)
    return read != value and reads_as_met != met


def percent(number: Fraction, *, below: int | None = None) -> str:
    """0.919 as 91.9%; with more places where what lies below the percentage would read as reaching it."""
    places = 1
    while below is not None and places < MOST_PLACES and number * 100 < below <= rounded(number * 100, places):
        places += 1
    return f"{shown(number * 100, places)}%"


def target_text(indicator: Indicator) -> str:
    """≥3.2批次/千人."""
    return f"{indicator.get_comparator_display()}{with_unit(plain(indicator.value) or '', indicator.unit)}"


def day_text(on: date) -> str:
    """9月30日."""
    return f"{on.month}月{on.day}日"


def short_day(on: date) -> str:
    """9月末 for the last day of a month, else 9月15日."""
    is_last = date.fromordinal(on.toordinal() + 1).month != on.month
    return f"{on.month}月末" if is_last else day_text(on)
