"""A plan's day in figures, summed from what was judged. Pure but for `write_snapshots`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from core import clock
from dashboards.models import Snapshot
from indicators.judging import State
from reporting.models import Light
from reporting.standing.figures import IndicatorVerdict
from reporting.standing.lights import Limits, light_of_many
from reporting.standing.measures import MeasureVerdict
from reporting.standing.writing import JudgedPlan

Scope = Snapshot.Scope
GROUPS = {
    State.MET: "met",
    State.ON_PACE: "on_pace",
    State.BEHIND: "behind",
    State.FAR_BEHIND: "behind",
    State.INCOMPLETE: "behind",
}
UNKNOWN = "unknown"
COUNTED = (
    "measures",
    *Light.values,
    "claimed",
    "reviewed",
    "verified",
    "indicators",
    "met",
    "on_pace",
    "behind",
    UNKNOWN,
)


@dataclass(slots=True)
class Tally:
    """Counts by the names of `Snapshot`'s columns."""

    counts: Counter[str] = field(default_factory=Counter)

    def add_measure(self, light: str, *, claimed: bool, reviewed: bool, verified: bool) -> None:
        """A closed measure counts as claimed and reviewed, whatever was said since; a reviewed one as claimed."""
        reviewed = reviewed or verified
        self.counts["measures"] += 1
        self.counts[light] += 1
        self.counts["claimed"] += claimed or reviewed
        self.counts["reviewed"] += reviewed
        self.counts["verified"] += verified

    def add_indicator(self, verdict: IndicatorVerdict) -> None:
        self.counts["indicators"] += 1
        self.counts[GROUPS.get(verdict.judgement.state, UNKNOWN)] += 1

    def columns(self, limits: Limits) -> dict[str, Any]:
        found = {name: self.counts[name] for name in COUNTED}
        return {**found, "light": light_of_many(found["red"], found["amber"], found["green"], limits)}


def write_snapshots(judged: Iterable[JudgedPlan]) -> None:
    """Today's snapshots of the plans in place of those of earlier today; two statements for any number of plans."""
    plans = list(judged)
    if not plans:
        return
    today, now = plans[0].facts.today, clock.now()
    rows = [row for plan in plans for row in snapshots_of(plan)]
    for row in rows:
        row.date, row.computed_at = today, now
    Snapshot.objects.filter(plan__in=[plan.facts.pk for plan in plans], date=today).delete()
    Snapshot.objects.bulk_create(rows, batch_size=1000)


def snapshots_of(judged: JudgedPlan) -> Iterator[Snapshot]:
    """The plan, each part with measures, each unit with a part in one."""
    whole, sections, units = Tally(), dict[int, Tally](), dict[int, Tally]()
    for one in judged.measures:
        tallies = [whole]
        if one.facts.section is not None:
            tallies.append(sections.setdefault(one.facts.section, Tally()))
        for tally in tallies:
            count_measure(tally, one)
        count_units(units, one)
    plan, limits = judged.facts.pk, judged.facts.limits
    yield Snapshot(plan_id=plan, scope=Scope.PLAN, **whole.columns(limits))
    for pk, tally in sections.items():
        yield Snapshot(plan_id=plan, scope=Scope.SECTION, section_id=pk, **tally.columns(limits))
    for pk, tally in units.items():
        yield Snapshot(plan_id=plan, scope=Scope.DEPARTMENT, department_id=pk, **tally.columns(limits))


def count_measure(tally: Tally, one: MeasureVerdict) -> None:
    verified = one.facts.verified_on is not None
    tally.add_measure(one.verdict.light, claimed=one.claimed, reviewed=one.reviewed, verified=verified)
    for indicator in one.indicators:
        tally.add_indicator(indicator)


def count_units(units: dict[int, Tally], one: MeasureVerdict) -> None:
    verified = one.facts.verified_on is not None
    for part in one.assignments:
        tally = units.setdefault(part.facts.department, Tally())
        tally.add_measure(part.counted.light, claimed=part.claimed, reviewed=part.reviewed, verified=verified)
    for indicator in one.indicators:
        for department in indicator.reporters:
            units.setdefault(department, Tally()).add_indicator(indicator)
