"""How an indicator stands by its total, worked out once more from the rules alone; see `slow_figures`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from core.calendar import working_days_between
from departments.models import Department
from indicators.models import Indicator
from tests.slow_figures import SlowFigure, Total, Turns

RISING, FALLING = (">=", ">"), ("<=", "<")
LIGHTS = {"met": "green", "on_pace": "green", "behind": "amber", "incomplete": "amber", "far_behind": "red"}


@dataclass(frozen=True, slots=True)
class Figure:
    """How one indicator stands. `progress` is the share of what was expected, None where nothing was."""

    as_of: date | None
    state: str
    answered: int
    reporters: int
    value: Fraction | None
    progress: Fraction | None
    missing: list[Department]
    asked: list[Department]

    @property
    def light(self) -> str:
        return LIGHTS.get(self.state, "grey")


def figure_of(indicator: Indicator, world: Turns) -> Figure:
    slow = SlowFigure(indicator, world)
    total, collecting = slow.chosen()
    if total is None:
        return Figure(slow.last_asked(), "no_data", 0, len(slow.reporters), None, None, [], [])
    pace = SlowPace(slow)
    return Figure(
        as_of=total.on,
        state=pace.state(total, collecting=collecting),
        answered=len(total.settled),
        reporters=len(slow.reporters),
        value=total.value,
        progress=None if total.value is None else pace.progress(total.value, total.on),
        missing=total.missing,
        asked=[*total.settled, *total.missing],
    )


class SlowPace:
    def __init__(self, figure: SlowFigure) -> None:
        self.figure, self.indicator, self.world = figure, figure.indicator, figure.world
        self.target, self.comparator = Fraction(self.indicator.value), self.indicator.comparator
        self.end = self.world.end_of(figure.measure)
        self.past = self.world.is_past(figure.measure)
        self.cumulates = self.indicator.family == Indicator.Family.CUMULATE
        self.climbs = not self.cumulates and self.indicator.path == Indicator.Path.CLIMB

    def state(self, total: Total, *, collecting: bool) -> str:
        if total.value is None:
            nothing_to_ask = all(word in ("no_object", "not_applicable") for word in total.words)
            return "not_asked" if nothing_to_ask else "no_data"
        if not total.missing:
            return self.state_of_all(total.value, total.on)
        if collecting:
            return "pending"
        state = self.state_of_all(total.value, total.on)
        return state if self.figure.is_share and state in ("behind", "far_behind") else "incomplete"

    def holds(self, value: Fraction) -> bool:
        answers = {
            ">=": value >= self.target,
            ">": value > self.target,
            "<=": value <= self.target,
            "<": value < self.target,
            "=": value == self.target,
        }
        return answers[self.comparator]

    def state_of_all(self, value: Fraction, on: date) -> str:
        at_end, limit = on >= self.end, self.cumulates and self.comparator in FALLING
        if self.holds(value):
            if at_end or not (self.comparator == "=" or limit):
                return "met"
            if self.past:
                return "incomplete"  # whether it was kept to the end nobody has said
        elif at_end or self.past or limit:
            return "far_behind"  # what adds up never comes below a limit again
        expected = self.expected(on)
        return "pending" if expected is None else self.by_pace(value, expected)

    def expected(self, on: date) -> Fraction | None:
        """None where nothing says what to expect."""
        if on >= self.end or self.past:
            return self.target
        if self.comparator == "=":
            return None
        new_year = date(self.figure.measure.task.plan.year, 1, 1)
        if self.cumulates:
            return self.target * self.share(new_year, on)
        if not self.climbs:
            return self.target
        if self.indicator.baseline is not None:
            start = Fraction(self.indicator.baseline)
            return start + (self.target - start) * self.share(new_year, on)
        return self.expected_from_first(on)

    def expected_from_first(self, on: date) -> Fraction | None:
        """On the line from the year's first figure, of which nothing is expected itself."""
        for first in sorted(self.figure.dates()):
            start = self.figure.total(first).value
            if start is not None:
                return None if first == on else start + (self.target - start) * self.share(first, on)
        return None

    def share(self, since: date, on: date) -> Fraction:
        return Fraction(working_days_between(since, on), working_days_between(since, self.end))

    def by_pace(self, value: Fraction, expected: Fraction) -> str:
        """Without a baseline what was expected is too unsure for red."""
        reached, wanted = (expected, value) if self.comparator in FALLING else (value, expected)
        if reached * 100 >= self.world.settings.behind_percent * wanted:
            return "on_pace" if self.cumulates or self.climbs else "behind"
        far = reached * 100 < self.world.settings.far_behind_percent * wanted
        unsure = self.climbs and self.indicator.baseline is None
        return "far_behind" if far and not unsure else "behind"

    def progress(self, value: Fraction, on: date) -> Fraction | None:
        """All of it where there is nothing to divide by."""
        expected = self.expected(on)
        if expected is None:
            return None
        exceeded = self.comparator in FALLING or (self.comparator == "=" and value > expected)
        reached, wanted = (expected, value) if exceeded else (value, expected)
        return reached / wanted if wanted > 0 else Fraction(1)
