"""Where the population under an indicator's figures has changed, and what they come to on one base. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from indicators.display import amount, plain, short_day
from indicators.formulas import is_per_residents, quotient
from indicators.models import Indicator
from indicators.population import Bases
from indicators.totals import Given, Total

TO_MYRIADS = Decimal(10)  # thousand residents in 万人


def base_notes(
    indicator: Indicator, given: Sequence[Given], dates: Sequence[date], bases: Bases, total: Callable[[date], Total]
) -> tuple[str, ...]:
    """Figures that were entered on another base than they are reckoned on now, and dates between which it changed."""
    if not is_per_residents(indicator):
        return ()
    return (*entered_otherwise(indicator, given, dates, total), *changed_between(indicator, dates, bases, total))


def entered_otherwise(
    indicator: Indicator, given: Sequence[Given], dates: Sequence[date], total: Callable[[date], Total]
) -> Iterator[str]:
    for on in dates:
        now = total(on)
        before = {one.denominator for one in given if one.as_of == on and one.denominator}
        for base in before - {now.denominator}:
            if base and now.numerator is not None and now.denominator:
                value = amount(indicator, quotient(indicator, now.numerator, base))
                said = f"{short_day(on)}的数填报时按{myriads(base)}算，现在按{myriads(now.denominator)}算"
                yield f"{said}；按填报时的基数为{value}"


def changed_between(
    indicator: Indicator, dates: Sequence[date], bases: Bases, total: Callable[[date], Total]
) -> Iterator[str]:
    for earlier, later in pairwise(dates):
        before, after = bases.on(earlier), bases.on(later)
        batches = total(earlier).numerator
        if before and after and before.residents != after.residents and batches is not None:
            value = amount(indicator, quotient(indicator, batches, Fraction(after.residents, 1000)))
            said = f"{short_day(earlier)}按{before.short}、{short_day(later)}起按{after.short}算"
            yield f"{said}；按{after.short}同口径，{short_day(earlier)}为{value}"


def myriads(thousands: Decimal) -> str:
    return f"{plain(thousands / TO_MYRIADS)}万人"
