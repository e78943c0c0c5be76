"""An indicator's figure over all units that report it. Pure, on loaded indicators.

Ratios are Σ numerators ÷ Σ denominators, never the mean of percentages. Batches per thousand are Σ batches ÷ the one
base. Values are added; levels (scores, averages) are not: the unit farthest from the target stands for all.

Missing is not nought: a unit that has said nothing for the date is missing, one without any object (0 ÷ 0 too) or to
which the target does not apply has answered and leaves both sums, one that says 无数据 has nothing to sum.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from indicators.formulas import FALLING, RISING, is_level, is_per_residents, is_ratio, quotient, target_of, value_of
from indicators.models import Indicator, Reading

Absence = Reading.Absence


class Answer(StrEnum):
    """What a unit has said for the date."""

    FIGURE = "figure"
    NO_OBJECT = "no_object"
    NOT_APPLICABLE = "not_applicable"
    NO_DATA = "no_data"
    MISSING = "missing"


SETTLED = (Answer.FIGURE, Answer.NO_OBJECT, Answer.NOT_APPLICABLE)  # nothing is asked any more


@dataclass(frozen=True, slots=True)
class Given:
    """What one department reported as at `as_of`: numerator and denominator, a value, or an absence."""

    department: int
    as_of: date
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    value: Decimal | None = None
    absence: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """One department's share in a total: its last `answer`, and the figure that is in the sum.

    `value` is in the indicator's unit; `carried` says that nothing was settled for the total's date: the figure, if
    any, is an earlier one.
    """

    department: int
    answer: Answer
    figure: Given | None = None
    value: Fraction | None = None
    carried: bool = False


@dataclass(frozen=True, slots=True)
class Total:
    """The figure as at `on`. `value` is in the indicator's unit, None where there is nothing to compute.

    `numerator` and `denominator` are the sums behind it: both of a ratio (the denominator in thousand residents for
    batches per thousand), the numerator alone of added values, none of levels. `parts` has one row a reporter.
    """

    on: date
    value: Fraction | None
    numerator: Decimal | None
    denominator: Decimal | None
    parts: tuple[Part, ...]

    @property
    def reporters(self) -> int:
        return len(self.parts)

    @property
    def answered(self) -> int:
        """Departments of which nothing is asked any more for this date."""
        return sum(not part.carried for part in self.parts)

    @property
    def complete(self) -> bool:
        return self.answered == self.reporters

    @property
    def missing(self) -> tuple[int, ...]:
        return tuple(part.department for part in self.parts if part.carried)


def total_of(
    indicator: Indicator,
    reporters: Sequence[int],
    given: Iterable[Given],
    on: date,
    *,
    thousands: Fraction | None = None,
    at_rest: frozenset[int] = frozenset(),
) -> Total:
    """The total as at `on` of each reporter's latest figure up to then; later ones are passed over.

    `thousands` is the population in thousands that batches per thousand are divided by. Departments `at_rest` are
    asked no more: their last word is not outdated. One that says 无数据 stays in the sum with its figure before that.
    """
    known = [one for one in given if one.as_of <= on]
    words, figures = latest_of(known), latest_of(one for one in known if answer_of(one) is Answer.FIGURE)
    parts = []
    for department in reporters:
        word, figure = words.get(department), figures.get(department)
        answer = answer_of(word)
        used = figure if answer in (Answer.FIGURE, Answer.NO_DATA) else None
        settled = word is not None and answer in SETTLED and (word.as_of == on or department in at_rest)
        parts.append(Part(department, answer, used, _value(indicator, used, thousands), carried=not settled))
    return Total(on, *_sums(indicator, parts, thousands), tuple(parts))


def latest_of(given: Iterable[Given]) -> Mapping[int, Given]:
    """By department its last word."""
    found: dict[int, Given] = {}
    for one in given:
        if one.department not in found or one.as_of > found[one.department].as_of:
            found[one.department] = one
    return found


def answer_of(given: Given | None) -> Answer:
    if given is None:
        return Answer.MISSING
    if given.absence:
        return Answer(given.absence)
    nothing = given.value is None and not given.denominator and not given.numerator
    return Answer.NO_OBJECT if nothing else Answer.FIGURE


def _value(indicator: Indicator, given: Given | None, thousands: Fraction | None) -> Fraction | None:
    if given is None:
        return None
    if not is_per_residents(indicator):
        return value_of(indicator, given)
    return quotient(indicator, given.numerator, thousands) if given.numerator is not None and thousands else None


Sums = tuple[Fraction | None, Decimal | None, Decimal | None]


def _sums(indicator: Indicator, parts: Iterable[Part], thousands: Fraction | None) -> Sums:
    """Value, numerator, denominator."""
    figures = [part.figure for part in parts if part.figure]
    if not figures:
        return None, None, None
    if is_per_residents(indicator):
        return _sum_per_residents(indicator, figures, thousands)
    tops = [one.numerator for one in figures if one.numerator is not None]
    bottoms = [one.denominator for one in figures if one.denominator is not None]
    top, bottom = sum(tops, Decimal(0)), sum(bottoms, Decimal(0))
    if len(tops) == len(bottoms) == len(figures) and bottom:
        return quotient(indicator, top, bottom), top, bottom
    values = [one.value for one in figures if one.value is not None]
    if len(values) == len(figures) and not is_level(indicator) and not is_ratio(indicator):
        added = sum(values, Decimal(0))
        return Fraction(added), added, None
    return _farthest(indicator, parts), None, None


def _sum_per_residents(indicator: Indicator, figures: Sequence[Given], thousands: Fraction | None) -> Sums:
    """The denominators that the units' forms carry are all the same base and are not added."""
    counted = [one.numerator for one in figures if one.numerator is not None]
    if not counted:
        return None, None, None
    batches = sum(counted, Decimal(0))
    if not thousands:
        return None, batches, None
    return quotient(indicator, batches, thousands), batches, Decimal(thousands.numerator) / thousands.denominator


def _farthest(indicator: Indicator, parts: Iterable[Part]) -> Fraction | None:
    values = [part.value for part in parts if part.value is not None]
    if not values:
        return None
    if indicator.comparator in RISING:
        return min(values)
    if indicator.comparator in FALLING:
        return max(values)
    return max(values, key=lambda value: abs(value - target_of(indicator)))


def increments(indicator: Indicator, given: Iterable[Given]) -> dict[tuple[int, date], Given]:
    """What each department added since its last figure: differences of year-to-date figures, the first as it stands.

    Only of figures that add up over the year (CUMULATE, FLOW_RATIO); a figure behind an absence counts from the last
    figure before it. A corrected figure may make a difference negative.
    """
    found: dict[tuple[int, date], Given] = {}
    last: dict[int, Given] = {}
    for one in sorted(given, key=lambda one: one.as_of):
        if indicator.family == Indicator.Family.STOCK or answer_of(one) is not Answer.FIGURE:
            continue
        before = last.get(one.department)
        same_year = before is not None and before.as_of.year == one.as_of.year
        found[one.department, one.as_of] = _less(one, before if same_year else None, indicator)
        last[one.department] = one
    return found


def _less(now: Given, before: Given | None, indicator: Indicator) -> Given:
    if before is None:
        return now
    bottom = now.denominator if is_per_residents(indicator) else _minus(now.denominator, before.denominator)
    return Given(
        now.department, now.as_of, _minus(now.numerator, before.numerator), bottom, _minus(now.value, before.value)
    )


def _minus(now: Decimal | None, before: Decimal | None) -> Decimal | None:
    return now if now is None or before is None else now - before
