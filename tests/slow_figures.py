"""How an indicator stands, worked out once more from its readings, one row at a time and without any haste.

An oracle of the fast path, of which it knows nothing: only models, the work calendar and whole-number fractions. The
dates with which it needs help (whose turn it was, when the measure ends) are asked of a `Turns`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Protocol

from core.calendar import working_days_between
from departments.models import Department, OfficeSettings, Population
from indicators.models import Indicator, IndicatorReporter, PopulationBase, Reading
from reporting.models import ProgressEntry, ReportingPeriod
from tasks.models import Measure

RISING, FALLING = (">=", ">"), ("<=", "<")
SETTLED = ("figure", "no_object", "not_applicable")
LIGHTS = {"met": "green", "on_pace": "green", "behind": "amber", "incomplete": "amber", "far_behind": "red"}


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
    """The units' last words up to a date: those that have settled it, those that have not, and what it comes to."""

    on: date
    settled: list[Department]
    missing: list[Department]
    words: list[str]
    value: Fraction | None


@dataclass(frozen=True, slots=True)
class Figure:
    """How one indicator stands."""

    as_of: date | None
    state: str
    answered: int
    reporters: int
    value: Fraction | None
    missing: list[Department]

    @property
    def light(self) -> str:
        return LIGHTS.get(self.state, "grey")


def figure_of(indicator: Indicator, world: Turns) -> Figure:
    return SlowFigure(indicator, world).stand()


class SlowFigure:
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
        return "千人" in self.indicator.unit

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

    def stand(self) -> Figure:
        dates = self.dates()
        if not dates:
            return Figure(self.last_asked(), "no_data", 0, len(self.reporters), None, self.reporters)
        for on in dates:
            total = self.total(on)
            if not any(self.in_time(unit, on) for unit in total.missing):
                return self.judged(total, collecting=False)
        return self.judged(self.total(dates[0]), collecting=True)

    def last_asked(self) -> date | None:
        """The latest date of any reading, be it only for saying that there are no data."""
        found = [each.as_of for readings in self.readings.values() for each in readings]
        return max(found, default=None)

    def judged(self, total: Total, *, collecting: bool) -> Figure:
        state = self.state(total, collecting=collecting)
        return Figure(total.on, state, len(total.settled), len(self.reporters), total.value, total.missing)

    def state(self, total: Total, *, collecting: bool) -> str:
        if total.value is None:
            nothing_to_ask = all(word in ("no_object", "not_applicable") for word in total.words)
            return "not_asked" if nothing_to_ask else "no_data"
        if not total.missing:
            return self.state_of_all(total.value, total.on)
        if collecting:
            return "pending"
        state = self.state_of_all(total.value, total.on)
        return state if self.is_share and state in ("behind", "far_behind") else "incomplete"

    def holds(self, value: Fraction) -> bool:
        target = Fraction(self.indicator.value)
        answers = {
            ">=": value >= target,
            ">": value > target,
            "<=": value <= target,
            "<": value < target,
            "=": value == target,
        }
        return answers[self.indicator.comparator]

    def state_of_all(self, value: Fraction, on: date) -> str:
        at_end, past = on >= self.world.end_of(self.measure), self.world.is_past(self.measure)
        exact, limit = self.indicator.comparator == "=", self.cumulates and self.indicator.comparator in FALLING
        if self.holds(value):
            if at_end or not (exact or limit):
                return "met"
            if past:
                return "incomplete"  # whether it was kept to the end nobody has said
        elif at_end or past or limit:
            return "far_behind"  # what adds up never comes below a limit again
        if exact:
            return "pending"
        expected = self.expected(on)
        return "pending" if expected is None else self.pace(value, expected)

    @property
    def climbs(self) -> bool:
        return not self.cumulates and self.indicator.path == Indicator.Path.CLIMB

    def expected(self, on: date) -> Fraction | None:
        """Before the end; None where nothing says what to expect."""
        target, end = Fraction(self.indicator.value), self.world.end_of(self.measure)
        new_year = date(self.measure.task.plan.year, 1, 1)
        if self.cumulates:
            return target * share(new_year, on, end)
        if not self.climbs:
            return target
        if self.indicator.baseline is not None:
            start = Fraction(self.indicator.baseline)
            return start + (target - start) * share(new_year, on, end)
        for first in sorted(self.dates()):
            start_value = self.total(first).value
            if start_value is not None:
                return None if first == on else start_value + (target - start_value) * share(first, on, end)
        return None

    def pace(self, value: Fraction, expected: Fraction) -> str:
        """Without a baseline what was expected is too unsure for red."""
        falling = self.indicator.comparator in FALLING
        reached, wanted = (expected, value) if falling else (value, expected)
        if reached * 100 >= self.world.settings.behind_percent * wanted:
            return "on_pace" if self.cumulates or self.climbs else "behind"
        far = reached * 100 < self.world.settings.far_behind_percent * wanted
        unsure = self.climbs and self.indicator.baseline is None
        return "far_behind" if far and not unsure else "behind"


def share(since: date, on: date, end: date) -> Fraction:
    return Fraction(working_days_between(since, on), working_days_between(since, end))
