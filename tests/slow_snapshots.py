"""What a plan, its parts and its units come to in figures, counted once more from `slow_standings`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from indicators.models import Indicator
from tasks.models import Measure
from tests.slow_standings import SlowPlan

Scope = tuple[str, int | None, int | None]  # scope, section, department
MEASURES = ("measures", "red", "amber", "green", "grey", "claimed", "reviewed", "verified")
COLUMNS = (*MEASURES, "indicators", "met", "on_pace", "behind", "unknown")
GROUPS = {"met": "met", "on_pace": "on_pace", "behind": "behind", "far_behind": "behind", "incomplete": "behind"}


def slow_snapshots(plan: SlowPlan) -> dict[Scope, dict[str, Any]]:
    """The columns of each snapshot, with its light."""
    rows: dict[Scope, dict[str, Any]] = {("plan", None, None): of_measures(plan, plan.all_measures)}
    for section in plan.plan.sections.all():
        measures = [each for each in plan.all_measures if each.task.section_id == section.pk]
        if measures:
            rows["section", section.pk, None] = of_measures(plan, measures)
    for unit in units_of(plan):
        rows["department", None, unit] = of_unit(plan, unit)
    return rows


def units_of(plan: SlowPlan) -> list[int]:
    """Those that take part in a measure or report an indicator."""
    found = {each.department_id for each in plan.assignments() if each.department_id}
    for indicator in plan.indicators():
        found |= {row.department_id for row in indicator.reporters.all()}
    return sorted(found)


def of_measures(plan: SlowPlan, measures: Iterable[Measure]) -> dict[str, Any]:
    counts = Counts(plan)
    for measure in measures:
        stands = plan.measure(measure)
        counts.add(stands.light, stands.claimed, stands.reviewed, stands.verified_on is not None)
        counts.add_indicators(measure.indicators.all())
    return counts.row()


def of_unit(plan: SlowPlan, unit: int) -> dict[str, Any]:
    counts = Counts(plan)
    for assignment in plan.assignments():
        if assignment.department_id == unit:
            stands = plan.assignment(assignment)
            verified = plan.measure(assignment.measure).verified_on is not None
            counts.add(stands.counted_light, stands.claimed, stands.reviewed, verified)
    counts.add_indicators(each for each in plan.indicators() if each.reporters.filter(department=unit).exists())
    return counts.row()


class Counts:
    """The columns of one snapshot."""

    def __init__(self, plan: SlowPlan) -> None:
        self.plan = plan
        self.numbers = dict.fromkeys(COLUMNS, 0)

    def add(self, light: str, claimed: bool, reviewed: bool, verified: bool) -> None:
        """What is verified was reviewed, what was reviewed was claimed."""
        self.numbers["measures"] += 1
        self.numbers[light] += 1
        self.numbers["verified"] += verified
        self.numbers["reviewed"] += reviewed or verified
        self.numbers["claimed"] += claimed or reviewed or verified

    def add_indicators(self, indicators: Iterable[Indicator]) -> None:
        for indicator in indicators:
            self.numbers["indicators"] += 1
            self.numbers[GROUPS.get(self.plan.figure(indicator).state, "unknown")] += 1

    def row(self) -> dict[str, Any]:
        return self.numbers | {"light": self.light()}

    def light(self) -> str:
        """Those that nothing is known of do not count."""
        settings = self.plan.settings
        red, amber, green = (self.numbers[light] for light in ("red", "amber", "green"))
        judged = red + amber + green
        if not judged:
            return "grey"
        if red * 100 >= settings.plan_red_percent * judged:
            return "red"
        return "amber" if (red + amber) * 100 >= settings.plan_amber_percent * judged else "green"
