"""Which plans a change of the round asks to be judged anew. Call it in the transaction of the change.

Only plans in force are asked for: one that is closed keeps the standing it had.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet

from core import outbox
from departments.models import Jurisdiction
from departments.standing import PLACE_TOPIC
from reporting.models import ProgressEntry, ProgressReport, ReportingPeriod
from tasks.models import Measure, Plan
from tasks.standing import mark_stale


def mark_report(report: ProgressReport) -> None:
    """The plans that the form's entries answer for; one query."""
    _mark(ProgressEntry.objects.filter(report=report))


def mark_entries(entries: Iterable[ProgressEntry]) -> None:
    """The plans that these entries answer for; one query."""
    _mark(ProgressEntry.objects.filter(pk__in=[entry.pk for entry in entries]))


def mark_period(period: ReportingPeriod) -> None:
    """The plans that ask for the period; one query."""
    mark_stale(period.plans.filter(stage=Plan.Stage.ISSUED).order_by().values_list("pk", flat=True))


def mark_measure(measure: Measure) -> None:
    """The measure's plan, which comes with it."""
    if measure.task.plan.stage == Plan.Stage.ISSUED:
        mark_stale([measure.task.plan_id])


def mark_place(jurisdiction: Jurisdiction) -> None:
    """All plans in force there: periods have changed."""
    outbox.put(PLACE_TOPIC, jurisdiction.pk)


def _mark(entries: QuerySet[ProgressEntry]) -> None:
    in_force = entries.filter(assignment__measure__task__plan__stage=Plan.Stage.ISSUED).order_by()
    mark_stale(in_force.values_list("assignment__measure__task__plan", flat=True).distinct())
