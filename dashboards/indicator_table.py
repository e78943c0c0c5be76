"""An indicator's figures as a table: a row a unit, a column a date, the total below. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from dashboards.indicator_missing import Asked
from departments.models import Department
from indicators.display import plain, result_text, short_day
from indicators.formulas import Family, is_per_residents, value_of
from indicators.models import Indicator
from indicators.totals import Answer, Given, Total, answer_of, increments
from indicators.wording import formula_text, value_text

MISSING, NOT_ASKED = "未报", "不用报"
ABSENCES = {Answer.NO_OBJECT: "无对象", Answer.NOT_APPLICABLE: "不适用", Answer.NO_DATA: "无数据"}


@dataclass(frozen=True, slots=True)
class FigureCell:
    """`value` 86.2% or the word for there being none, `formula` 112÷130, `gain` what was added since the date before;
    `missing` that the unit has said nothing."""

    value: str = ""
    formula: str = ""
    gain: str = ""
    missing: bool = False


@dataclass(frozen=True, slots=True)
class UnitRow:
    name: str
    pk: int
    cells: tuple[FigureCell, ...]


@dataclass(frozen=True, slots=True)
class FigureTable:
    """`hidden` units report too; their numbers are not the person's to read."""

    dates: tuple[str, ...]
    units: tuple[UnitRow, ...]
    totals: tuple[FigureCell, ...]
    hidden: int
    increments: bool


def figure_table(
    indicator: Indicator,
    reporters: Sequence[Department],
    given: Sequence[Given],
    dates: Sequence[date],
    total: Callable[[date], Total],
    asked: Asked,
    readable: frozenset[int] | None,
) -> FigureTable:
    """`asked`: by date the units that it asks."""
    words = {(one.department, one.as_of): one for one in given}
    gains = increments(indicator, given)
    columns = sorted({*dates, *(one.as_of for one in given)})
    shown = [unit for unit in reporters if readable is None or unit.pk in readable]
    rows = tuple(
        UnitRow(
            unit.name,
            unit.pk,
            tuple(
                cell(indicator, words.get((unit.pk, on)), gains.get((unit.pk, on)), unit.pk in asked.get(on, ()))
                for on in columns
            ),
        )
        for unit in shown
    )
    return FigureTable(
        dates=tuple(map(short_day, columns)),
        units=rows,
        totals=tuple(total_cell(indicator, total(on), on in dates) for on in columns) if len(reporters) > 1 else (),
        hidden=len(reporters) - len(shown),
        increments=indicator.family != Family.STOCK,
    )


def cell(indicator: Indicator, given: Given | None, gain: Given | None, asked: bool) -> FigureCell:
    answer = answer_of(given)
    if given is None:
        return FigureCell(MISSING if asked else NOT_ASKED, missing=True)
    if answer is not Answer.FIGURE:
        return FigureCell(ABSENCES[answer])
    value = None if is_per_residents(indicator) else value_of(indicator, given)
    return FigureCell(
        result_text(indicator, value) if value is not None else plain(given.numerator) or "",
        parts_text(indicator, given) if value is not None and given.value is None else "",
        gain_text(indicator, gain),
    )


def parts_text(indicator: Indicator, given: Given) -> str:
    return f"{plain(given.numerator)}÷{plain(given.denominator)}"


def gain_text(indicator: Indicator, gain: Given | None) -> str:
    """355, or of a ratio 190÷200 of the stretch alone."""
    if gain is None:
        return ""
    if gain.value is not None:
        return plain(gain.value) or ""
    if gain.denominator is None or is_per_residents(indicator):
        return plain(gain.numerator) or ""
    return parts_text(indicator, gain)


def total_cell(indicator: Indicator, total: Total, is_date: bool) -> FigureCell:
    if not is_date:
        return FigureCell("–")
    note = "" if total.complete else f"{total.answered}／{total.reporters}家"
    return FigureCell(value_text(indicator, total) or "无数据", formula_text(indicator, total), note)
