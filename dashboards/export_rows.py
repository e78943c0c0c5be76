"""Measures for the ledger's file: plain rows, a thousand at a time, because objects of a hundred thousand measures with
all that belongs to them take four times as long as writing them down."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import islice
from typing import NamedTuple

from django.db.models import QuerySet

from dashboards.queries import part_label
from departments.models import Department, DepartmentGroup
from indicators.models import Indicator
from reporting.standing.loading import short_title
from tasks.models import Assignment, Measure, Plan

CHUNK = 1000  # measures; two more queries for each chunk


class MeasureRow(NamedTuple):
    """A measure with its task and how it stands (None before it was judged); `section_id` None outside all parts."""

    pk: int
    position: int
    text: str
    due_on: date | None
    due_text: str
    span_start: int
    span_end: int
    task_id: int
    light: str | None
    reason: str | None
    claimed: bool | None
    reviewed: bool | None
    verified_on: date | None
    progress: str | None
    progress_period: int | None
    task_number: int
    task_label: str
    task_title: str
    section_id: int | None


class AssignmentRow(NamedTuple):
    """An active assignment; without `department_id` the name `surface` was left open."""

    measure_id: int
    role: str
    department_id: int | None
    group_id: int | None
    surface: str
    span_start: int
    span_end: int


class TargetRow(NamedTuple):
    """An indicator with its figure as shown; `comparator` is one of `Indicator.Comparator`."""

    measure_id: int
    subject: str
    comparator: str
    value: Decimal
    unit: str
    now: str | None
    formula: str | None
    as_of: date | None


class LedgerRow(NamedTuple):
    """A measure with its assignments and targets, each in the document's order."""

    measure: MeasureRow
    assignments: Sequence[AssignmentRow]
    targets: Sequence[TargetRow]


@dataclass(frozen=True, slots=True)
class Names:
    """What the rows' numbers stand for. `units` are in the customary order; `text` is the plan's source; `readable`
    the measures whose accepted progress the person may read, None all."""

    year: int
    text: str
    parts: Mapping[int | None, str]
    units: Mapping[int, str]
    groups: Mapping[int, str]
    periods: Mapping[int, str]
    readable: frozenset[int] | None


def names_of(plan: Plan, readable: frozenset[int] | None = None) -> Names:
    """Four queries, and one for the source if it is not loaded; a plan names only units of its own place."""
    here = {"jurisdiction": plan.jurisdiction_id}
    units = Department.objects.filter(**here).order_by("position", "pk").values_list("pk", "name")
    return Names(
        year=plan.year,
        text=plan.source.text if plan.source else "",
        parts={None: part_label(None)} | {part.pk: part_label(part) for part in plan.sections.all()},
        units=dict(units),
        groups=dict(DepartmentGroup.objects.filter(**here).values_list("pk", "name")),
        periods={period.pk: short_title(period) for period in plan.reporting_periods.all()},
        readable=readable,
    )


def ledger_rows(measures: QuerySet[Measure]) -> Iterator[LedgerRow]:
    """In the order of `measures`."""
    own = ("pk", "position", "text", "due_on", "due_text", "span_start", "span_end", "task_id")
    standing = ("light", "reason", "claimed", "reviewed", "verified_on", "progress", "progress_period")
    now = [f"standing__{name}" for name in standing]
    of_task = ("task__number", "task__label", "task__title", "task__section_id")
    waiting = map(MeasureRow._make, measures.values_list(*own, *now, *of_task).iterator(chunk_size=CHUNK))
    while some := list(islice(waiting, CHUNK)):
        assignments, targets = assignments_of(some), targets_of(some)
        for measure in some:
            yield LedgerRow(measure, assignments.get(measure.pk, ()), targets.get(measure.pk, ()))


def assignments_of(measures: Sequence[MeasureRow]) -> Mapping[int, Sequence[AssignmentRow]]:
    """Those of each measure; one query."""
    active = Assignment.objects.active().filter(measure__in=[measure.pk for measure in measures])
    columns = ("measure_id", "role", "department_id", "via_group_id", "surface", "span_start", "span_end")
    found: dict[int, list[AssignmentRow]] = defaultdict(list)
    for row in map(AssignmentRow._make, active.order_by("position", "pk").values_list(*columns)):
        found[row.measure_id].append(row)
    return found


def targets_of(measures: Sequence[MeasureRow]) -> Mapping[int, Sequence[TargetRow]]:
    """Those of each measure; one query."""
    targets = Indicator.objects.filter(measure__in=[measure.pk for measure in measures]).order_by("position")
    found: dict[int, list[TargetRow]] = defaultdict(list)
    own, now = ("measure_id", "subject", "comparator", "value", "unit"), ("value", "formula", "as_of")
    for row in map(TargetRow._make, targets.values_list(*own, *(f"standing__{name}" for name in now))):
        found[row.measure_id].append(row)
    return found
