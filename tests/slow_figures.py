"""What an indicator's readings come to, worked out once more, one row at a time and without any haste.

An oracle of the fast path, of which it knows nothing: only models, the work calendar and whole-number fractions. What
it must know of the round (whose turn it was, when the measure ends) is asked of a `Turns`. Whether the figure is as it
should be is said in `slow_pace`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Protocol

from departments.models import Department, OfficeSettings, Population
from indicators.models import Indicator, IndicatorReporter, PopulationBase, Reading
from reporting.models import ProgressEntry, ReportingPeriod
from tasks.models import Measure

RISING, FALLING = (">=", ">"), ("<=", "<")
SETTLED = ("figure", "no_object", "not_applicable")


@dataclass(frozen=True, slots=True)
class Turn:
    """A unit's turn to report in one period; without a sent entry it is owed and was not sent."""

    period: ReportingPeriod
    due: date
    entry: ProgressEntry | None


class Turns(Protocol):
    """What an indicator must know of the round."""

    today: date
    settings: OfficeSettings

    def turns_of_unit(self, measure: Measure, department: Department) -> list[Turn]: ...
    def end_of(self, measure: Measure) -> date: ...
    def is_past(self, measure: Measure) -> bool: ...


@dataclass(frozen=True, slots=True)
class Total:
    """The last words up to a date of the units that it asks: who has settled it, who has not, what it comes to."""

    on: date
    settled: list[Department]
    missing: list[Department]
    words: list[str]
    value: Fraction | None


class SlowFigure:
    """One indicator with its reporters and their current readings."""

    def __init__(self, indicator: Indicator, world: Turns) -> None:
        self.indicator, self.world = indicator, world
        self.measure: Measure = indicator.measure
        self.reporters: list[Department] = []
        for row in IndicatorReporter.objects.filter(indicator=indicator):
            self.reporters.append(row.department)
        self.readings: dict[int, list[Reading]] = {}
        for unit in self.reporters:
            own = Reading.objects.filter(indicator=indicator, department=unit, current=True)
            self.readings[unit.pk] = list(own.order_by("as_of"))

    @property
    def is_share(self) -> bool:
        """Σ ÷ Σ of two figures that units give."""
        unit = self.indicator.unit
        written = any(sign in unit for sign in ("%", "％", "‰", "百分点")) or bool(self.indicator.denominator_label)
        return written and not self.is_per_thousand

    @property
    def is_per_thousand(self) -> bool:
        sampled = self.indicator.kind == Indicator.Kind.SAMPLING and "‰" in self.indicator.unit
        return sampled or "千人" in self.indicator.unit

    @property
    def is_level(self) -> bool:
        if self.is_share or self.is_per_thousand:
            return False
        held = self.indicator.family == Indicator.Family.STOCK and self.indicator.path == Indicator.Path.HOLD
        return held or self.indicator.kind == Indicator.Kind.SCORE

    @property
    def cumulates(self) -> bool:
        return self.indicator.family == Indicator.Family.CUMULATE

    def word(self, reading: Reading) -> str:
        if reading.absence:
            return str(reading.absence)
        if self.is_share and not reading.denominator:
            return "no_object"
        if self.is_per_thousand or self.is_share:
            return "no_object" if reading.numerator is None else "figure"
        return "no_object" if reading.value is None else "figure"

    def dates(self) -> list[date]:
        """On which somebody has settled something, the latest first."""
        found: set[date] = set()
        for readings in self.readings.values():
            for reading in readings:
                if self.word(reading) in SETTLED:
                    found.add(reading.as_of)
        return sorted(found, reverse=True)

    def total(self, on: date) -> Total:
        settled, missing, words, counted = [], [], [], []
        for unit in self.reporters:
            until = [each for each in self.readings[unit.pk] if each.as_of <= on]
            if not until and self.came_later(unit, on):
                continue
            word = self.word(until[-1]) if until else "missing"
            words.append(word)
            if word in SETTLED and (until[-1].as_of == on or not self.turns_ending(unit, on)):
                settled.append(unit)
            else:
                missing.append(unit)
            figures = [each for each in until if self.word(each) == "figure"]
            if word in ("figure", "no_data") and figures:
                counted.append(figures[-1])
        return Total(on, settled, missing, words, self.summed(counted, on))

    def came_later(self, unit: Department, on: date) -> bool:
        """It takes part in the measure, but the date did not ask it yet."""
        parts = self.measure.assignments.filter(department=unit, ended_on__isnull=True)
        return parts.exists() and not self.turns_ending(unit, on)

    def turns_ending(self, unit: Department, on: date) -> list[Turn]:
        return [turn for turn in self.world.turns_of_unit(self.measure, unit) if turn.period.end == on]

    def summed(self, figures: Sequence[Reading], on: date) -> Fraction | None:
        if not figures:
            return None
        numerators = sum((Fraction(each.numerator or 0) for each in figures), Fraction(0))
        if self.is_per_thousand:
            residents = self.residents(on)
            return None if residents is None else numerators / Fraction(residents, 1000)
        if self.is_share:
            scale = 1000 if "‰" in self.indicator.unit else 1
            if any(sign in self.indicator.unit for sign in ("%", "％", "百分点")):
                scale = 100
            return numerators * scale / sum((Fraction(each.denominator or 0) for each in figures), Fraction(0))
        values = [Fraction(each.value or 0) for each in figures]
        return self.farthest(values) if self.is_level else sum(values, Fraction(0))

    def farthest(self, values: list[Fraction]) -> Fraction:
        """The unit farthest from the target stands for all."""
        if self.indicator.comparator in RISING:
            return min(values)
        if self.indicator.comparator in FALLING:
            return max(values)
        return max(values, key=lambda value: abs(value - Fraction(self.indicator.value)))

    def residents(self, on: date) -> int | None:
        plan, base = self.measure.task.plan, None
        for row in PopulationBase.objects.filter(plan=plan).order_by("since"):
            if row.since <= on:
                base = row.population
        if base is None:
            known = list(Population.objects.filter(jurisdiction=plan.jurisdiction).order_by("as_of"))
            before = [each for each in known if each.as_of < date(plan.year, 1, 1)]
            base = before[-1] if before else known[0] if known else None
        return base.residents if base else None

    def in_time(self, unit: Department, on: date) -> bool:
        """Whether the unit may still report for the date without being late."""
        today = self.world.today
        for turn in self.turns_ending(unit, on):
            entry = turn.entry
            awaited = entry is None and turn.due >= today
            to_be_mended = entry is not None and entry.status == "returned" and (entry.answer_due or date.min) >= today
            if awaited or to_be_mended or (entry is not None and entry.status == "submitted"):
                return True
        return False

    def chosen(self) -> tuple[Total | None, bool]:
        """The total that counts, and whether its units are still collecting; None while nothing was settled."""
        dates = self.dates()
        for on in dates:
            total = self.total(on)
            if not any(self.in_time(unit, on) for unit in total.missing):
                return total, False
        return (self.total(dates[0]), True) if dates else (None, False)

    def last_asked(self) -> date | None:
        """The latest date of any reading, be it only for saying that there are no data."""
        found = [each.as_of for readings in self.readings.values() for each in readings]
        return max(found, default=None)
