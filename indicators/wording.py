"""An indicator's total said in words. Pure."""

from __future__ import annotations

from decimal import Decimal

from indicators.display import plain, result_text
from indicators.formulas import counted_in, is_per_residents
from indicators.models import Indicator
from indicators.totals import Part, Total

MYRIAD_IN_THOUSANDS = Decimal(10)
CHANGED_BASE = "（基数已变）"


def base_of(part: Part) -> Decimal | None:
    """The population in thousands on which the unit's form reckoned."""
    return part.figure.denominator if part.figure else None


def value_text(indicator: Indicator, total: Total | None) -> str:
    """86.2%; empty where there is nothing to compute."""
    return "" if total is None or total.value is None else result_text(indicator, total.value)


def formula_text(indicator: Indicator, total: Total) -> str:
    """112÷130所, 1010批次÷48.6万人, 6家合计; which unit stands for all where levels are not added."""
    counted = [part for part in total.parts if part.value is not None]
    if is_per_residents(indicator) and total.numerator is not None and total.denominator:
        residents = plain(total.denominator / MYRIAD_IN_THOUSANDS)
        changed = any(base_of(part) not in (None, total.denominator) for part in counted)
        return f"{plain(total.numerator)}{counted_in(indicator)}÷{residents}万人{CHANGED_BASE if changed else ''}"
    if total.numerator is not None and total.denominator is not None:
        return f"{plain(total.numerator)}÷{plain(total.denominator)}{counted_in(indicator)}"
    if len(counted) < 2:
        return ""
    if total.numerator is not None:
        return f"{len(counted)}家合计"
    return f"{len(counted)}家中离目标最远"
