"""A plan in figures: by part and by deadline. Figures of what the plan asks; nothing here says how far it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from dashboards.queries import due, how_many, plan_measures, visible_plans, with_counts
from departments.models import Department, Jurisdiction, User
from indicators.models import Indicator
from intake.models import Import
from tasks.models import Measure, Plan, Section

WAITING = (Import.State.UPLOADED, Import.State.READING, Import.State.READ, Import.State.FAILED)
UNISSUED = (Plan.Stage.DRAFT, Plan.Stage.CONSULTATION)


@dataclass(frozen=True, slots=True)
class Figures:
    """Numbers of measures with a target, with a stated date, with one that is near, with one that is over."""

    with_targets: int
    dated: int
    soon: int
    past: int


def figures(plan: Plan) -> Figures:
    """One query."""
    targets = Q(pk__in=Indicator.objects.values("measure"))
    counted = plan_measures(plan).aggregate(
        with_targets=Count("pk", filter=targets),
        dated=Count("pk", filter=due("dated")),
        soon=Count("pk", filter=due("soon")),
        past=Count("pk", filter=due("past")),
    )
    return Figures(**counted)


def count_by_section(plan: Plan) -> QuerySet[Section]:
    """Parts with `n_tasks`, `n_measures`, `n_targets`, `n_dated` (measures with a stated date)."""
    measures = Measure.objects.all()
    return plan.sections.annotate(
        n_tasks=Count("tasks"),
        n_measures=how_many(measures, "task__section"),
        n_targets=how_many(Indicator.objects.all(), "measure__task__section"),
        n_dated=how_many(measures.filter(due_on__isnull=False), "task__section"),
    )


def units_without_people(jurisdictions: QuerySet[Any]) -> QuerySet[Department]:
    """Active units that have a part in a plan in force or in preparation and nobody who could report for them."""
    served = Department.objects.filter(memberships__user__is_active=True)
    owing = Q(assignments__ended_on__isnull=True) & ~Q(assignments__measure__task__plan__stage=Plan.Stage.CLOSED)
    units = Department.objects.active().filter(owing, jurisdiction__in=jurisdictions, assignments__isnull=False)
    return units.exclude(pk__in=served.values("pk")).distinct().order_by("position", "pk")


def imports_waiting(user: User) -> QuerySet[Import]:
    """The office's imports that are neither confirmed nor abandoned, without their long texts."""
    imports: QuerySet[Import] = Import.objects.visible_to(user).filter(state__in=WAITING)
    return imports.select_related("source").defer("source__text", "reading")


def plans_to_issue(user: User) -> QuerySet[Plan]:
    """Plans of the person's office that are not in force yet, with counts."""
    return with_counts(visible_plans(user)).filter(
        stage__in=UNISSUED, jurisdiction__in=Jurisdiction.objects.run_by(user)
    )
