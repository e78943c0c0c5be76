"""What one unit's figure comes to: numerator ÷ denominator ＝ result, against the target. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from indicators.display import plain, result_text, target_text
from indicators.formulas import RISING, Path, counted_in, is_met, lacking, value_of
from indicators.models import Indicator
from reporting.entries.content import FigureContent


@dataclass(frozen=True, slots=True)
class Result:
    """`text` 92.3%, `remark` 还差10所，未达标, `met` whether the target is reached."""

    text: str
    remark: str
    met: bool


def result_of(indicator: Indicator, figure: FigureContent) -> Result | None:
    """None where there is nothing to compute: no figure yet, an absence, or a denominator of nought."""
    value = value_of(indicator, figure)
    if value is None:
        return None
    return Result(result_text(indicator, value), remark(indicator, figure, value), is_met(indicator, value))


def remark(indicator: Indicator, figure: FigureContent, value: Fraction) -> str:
    """已达标; 还差10所，未达标 where a fixed amount is climbed; else 目标≥98%，未达标."""
    if is_met(indicator, value):
        return "已达标"
    if indicator.comparator not in RISING or indicator.path != Path.CLIMB:
        return f"目标{target_text(indicator)}，未达标"
    top = figure.numerator if figure.value is None else figure.value
    bottom = Fraction(1) if figure.value is not None else Fraction(figure.denominator or 1)
    return f"还差{lacking(indicator, top or Decimal(0), bottom)}{counted_in(indicator)}，未达标"


def formula_text(indicator: Indicator, figure: FigureContent) -> str:
    """112 ÷ 130 ＝ 86.2%, or the value with its unit; empty where there is nothing to compute."""
    result = result_of(indicator, figure)
    if result is None:
        return ""
    if figure.value is not None:
        return result.text
    return f"{plain(figure.numerator)} ÷ {plain(figure.denominator)} ＝ {result.text}"
