"""Which of an indicator's figures counts today, and how it stands. Pure.

The figure shown is that of the latest date for which all have reported whom that date asked. A later date counts as
soon as nobody can report for it in time any more; until then its units are still collecting.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import groupby

from indicators.display import amount, rounded
from indicators.formulas import target_of
from indicators.judging import Judgement, Terms, judge
from indicators.models import Indicator
from indicators.pace import First, Span, climbs_from_first
from indicators.totals import SETTLED, Total, answer_of, total_of
from indicators.wording import formula_text, value_text
from reporting.standing.facts import IndicatorFacts, MeasureFacts, PlanFacts, Status, Turn
from reporting.standing.lights import LIGHT_OF, Verdict

Turns = Mapping[int, Mapping[date, Sequence[Turn]]]  # by department and the last day of the turns' periods
MOST_PERCENT = Decimal(10) ** 10


@dataclass(frozen=True, slots=True)
class IndicatorVerdict:
    """`total` is None while no unit has given any figure. `span` and `first` are what it was judged by."""

    indicator: Indicator
    total: Total | None
    judgement: Judgement
    span: Span
    first: First | None
    reporters: tuple[int, ...]

    @property
    def verdict(self) -> Verdict:
        return Verdict(LIGHT_OF[self.judgement.state], self.judgement.reason)

    @property
    def value(self) -> str:
        return value_text(self.indicator, self.total)

    @property
    def formula(self) -> str:
        return formula_text(self.indicator, self.total) if self.total and self.total.value is not None else ""

    @property
    def expected(self) -> str:
        said = self.judgement.expected
        return amount(self.indicator, said.value) if said and said.value is not None else ""

    @property
    def progress(self) -> Decimal | None:
        return as_percent(self.judgement.progress)

    @property
    def of_target(self) -> Decimal | None:
        return as_percent(self._share_of_target(self.total.value if self.total else None))

    @property
    def due_of_target(self) -> Decimal | None:
        """The same as the target once the end is reached."""
        said = self.judgement.expected
        return as_percent(self._share_of_target(said.value)) if said else None

    def _share_of_target(self, value: Fraction | None) -> Fraction | None:
        target = target_of(self.indicator)
        return value / target if value is not None and target else None


def as_percent(share: Fraction | None) -> Decimal | None:
    """To one place; what no column holds is cut."""
    return None if share is None else min(rounded(share * 100, 1), MOST_PERCENT)


def judge_indicator(facts: IndicatorFacts, measure: MeasureFacts, plan: PlanFacts) -> IndicatorVerdict:
    turns = {one.department: by_end(one.turns) for one in measure.assignments}
    span = Span(date(plan.year, 1, 1), plan.end_of(measure), plan.days)
    total, collecting = chosen_total(facts, turns, plan)
    first = first_figure(facts, plan) if climbs_from_first(facts.indicator) else None
    terms = Terms(span, plan.over_since(measure), plan.today, plan.limits.pace, first, collecting)
    return IndicatorVerdict(
        facts.indicator, total, judge(facts.indicator, total, terms), span, first, tuple(facts.reporters)
    )


def by_end(turns: Sequence[Turn]) -> Mapping[date, Sequence[Turn]]:
    """Two forms may end on the same day."""
    return {end: tuple(same) for end, same in groupby(turns, key=lambda turn: turn.end)}


def chosen_total(facts: IndicatorFacts, turns: Turns, plan: PlanFacts) -> tuple[Total | None, bool]:
    """The total that counts, and whether its units are still collecting."""
    waiting: Total | None = None
    for on in reversed(dates_of(facts)):
        total = total_at(facts, turns, plan, on)
        if total.complete or not may_still_come(total, turns, plan.today):
            return total, False
        waiting = waiting or total
    if waiting or not facts.given:
        return waiting, waiting is not None
    return total_at(facts, turns, plan, max(one.as_of for one in facts.given)), False


def dates_of(facts: IndicatorFacts) -> list[date]:
    """Dates for which somebody has settled what was asked: given a figure, or said that there is no object."""
    reporters = set(facts.reporters)
    return sorted({g.as_of for g in facts.given if g.department in reporters and answer_of(g) in SETTLED})


def total_at(facts: IndicatorFacts, turns: Turns, plan: PlanFacts, on: date) -> Total:
    """A department that the date did not ask is at rest where its part was done by then, and left out where it came to
    the measure later."""
    at_rest = frozenset(unit for unit in facts.reporters if on not in turns.get(unit, {}))
    heard = {one.department for one in facts.given if one.as_of <= on}
    asked = [unit for unit in facts.reporters if unit not in at_rest or unit in heard or unit not in turns]
    thousands = plan.bases.thousands(on)
    return total_of(facts.indicator, asked, facts.given, on, thousands=thousands, at_rest=at_rest)


def may_still_come(total: Total, turns: Turns, today: date) -> bool:
    """A missing figure is not due yet, waits for the office's review, or may still be mended in time."""
    missing = (turn for unit in total.missing for turn in turns.get(unit, {}).get(total.on, ()))
    return any(_in_time(turn, today) for turn in missing)


def _in_time(turn: Turn, today: date) -> bool:
    if turn.status == Status.RETURNED:
        return turn.answer_due is not None and turn.answer_due >= today
    return turn.status == Status.SUBMITTED or (not turn.sent and turn.due >= today)


def first_figure(facts: IndicatorFacts, plan: PlanFacts) -> First | None:
    """The year's first figure over all who had reported by then."""
    for on in dates_of(facts):
        total = total_of(facts.indicator, facts.reporters, facts.given, on, thousands=plan.bases.thousands(on))
        if total.value is not None:
            return First(on, total.value)
    return None
