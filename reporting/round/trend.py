"""A figure's way through the year as an inline SVG: geometry in numbers, words beside it. Pure but for one query."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from indicators.display import places_of, plain, rounded, shown, with_unit
from indicators.formulas import Family, value_of
from indicators.models import Indicator, Reading
from reporting.entries.content import FigureContent
from reporting.entries.words import day
from reporting.models import ProgressReport

LEFT, RIGHT, TOP, BOTTOM = 36, 384, 16, 100
DAYS = 365
Value = tuple[date, Fraction]


@dataclass(frozen=True, slots=True)
class Point:
    """`x`, `y` in the picture, with what is written beside it."""

    x: str
    y: str
    label: str
    value: str
    last: bool


@dataclass(frozen=True, slots=True)
class Trend:
    """`line` and `due` (what was to be expected, may be empty) for polylines; `target_y` where the target lies at the
    end of the year; `words` say the same as text."""

    points: tuple[Point, ...]
    line: str
    due: str
    target: str
    target_y: str
    words: str


def trend_of(indicator: Indicator, report: ProgressReport, figure: FigureContent) -> Trend | None:
    """Accepted readings of the year before the period's end, then the present figure; None below two points."""
    latest = value_of(indicator, figure)
    if latest is None:
        return None
    end = report.period.end
    readings = Reading.objects.filter(
        indicator=indicator,
        department=report.department_id,
        current=True,
        absence="",
        as_of__year=end.year,
        as_of__lt=end,
    ).order_by("as_of")
    values = [(reading.as_of, value_of(indicator, reading)) for reading in readings]
    known = [(on, value) for on, value in values if value is not None]
    return drawn(indicator, [*known, (end, latest)]) if known else None


def drawn(indicator: Indicator, values: Sequence[Value], due: Sequence[Value] = ()) -> Trend:
    """The axis begins at nought for what adds up, else a little below the least value."""
    adds_up = indicator.family == Family.CUMULATE
    everything = [Fraction(indicator.value), *(value for _, value in (*values, *due))]
    floor = Fraction(0) if adds_up else min(everything) - (max(everything) - min(everything)) / 3
    reach = (max(everything) - floor) or Fraction(1)

    def height(value: Fraction) -> str:
        return f"{rounded(BOTTOM - (BOTTOM - TOP) * (value - floor) / reach, 1)}"

    places = places_of(indicator.unit)
    points = tuple(
        Point(across(on), height(value), day(on), shown(value, places), last=on == values[-1][0])
        for on, value in values
    )
    line = " ".join(f"{point.x},{point.y}" for point in points)
    said = "，".join(f"{point.label}{with_unit(point.value, indicator.unit)}" for point in points)
    target = f"{indicator.get_comparator_display()}{plain(indicator.value)}"
    return Trend(
        points,
        f"{LEFT},{BOTTOM} {line}" if adds_up else line,
        " ".join(f"{across(on)},{height(value)}" for on, value in due),
        target,
        height(Fraction(indicator.value)),
        f"{indicator.subject}：{said}；目标{target}{indicator.unit}",
    )


def across(on: date) -> str:
    gone = (on - date(on.year, 1, 1)).days
    return f"{LEFT + (RIGHT - LEFT) * gone / DAYS:.1f}"
