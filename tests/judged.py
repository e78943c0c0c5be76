"""A plan in force whose unit reports its figures, and what is stored of how it stands."""

from __future__ import annotations

from typing import Any

from dashboards.models import Snapshot
from indicators.models import Indicator
from reporting.actions.accept import accept_entry
from reporting.models import AssignmentStanding, IndicatorStanding, MeasureStanding
from tasks.models import Measure
from tests.factories import IndicatorReporterFactory
from tests.reporting_scene import Scene

Rows = list[dict[str, Any]]
TABLES = (MeasureStanding, AssignmentStanding, IndicatorStanding, Snapshot)
PASSING = ("id", "computed_at")


class Judged(Scene):
    """A form of two entries in a plan whose figures its unit reports."""

    def __init__(self) -> None:
        super().__init__()
        for one in Indicator.objects.all():
            IndicatorReporterFactory.create(indicator=one, department=self.unit)

    @property
    def measure(self) -> Measure:
        found: Measure = Measure.objects.select_related("task__plan").get(pk=self.entries[0].assignment.measure_id)
        return found

    @property
    def standing(self) -> MeasureStanding:
        return MeasureStanding.objects.get(measure=self.measure)

    def accept(self, index: int) -> None:
        accept_entry(self.entries[index], actor=self.office, version=1)

    def progress(self) -> list[str]:
        """The accepted texts that the plan's measures show, in their order."""
        return list(MeasureStanding.objects.order_by("pk").values_list("progress", flat=True))

    def texts(self) -> list[str]:
        return [entry.done_text for entry in self.entries]


def stored() -> dict[str, Rows]:
    """Every row of every table as it stands, but for keys and moments."""
    return {
        table.__name__: [
            {name: value for name, value in row.items() if name not in PASSING}
            for row in table._default_manager.order_by("pk").values()
        ]
        for table in TABLES
    }
