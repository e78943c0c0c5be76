"""Intention-named querysets of plans, measures and assignments."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q

from departments.models import Jurisdiction

if TYPE_CHECKING:
    from departments.models import Department, User


class PlanQuerySet(models.QuerySet[Any]):
    def issued(self) -> PlanQuerySet:
        """In force or closed: what units and leaders see."""
        return self.filter(stage__in=("issued", "closed"))

    def current(self) -> PlanQuerySet:
        """Without the consultation texts that another text has replaced: what lists show."""
        return self.filter(superseded_at__isnull=True)

    def visible_to(self, user: User) -> PlanQuerySet:
        """The office sees its own plans at every stage; all others see issued ones of the jurisdictions they see."""
        issued = Q(stage__in=("issued", "closed"), jurisdiction__in=Jurisdiction.objects.visible_to(user))
        return self.filter(issued | Q(jurisdiction__in=Jurisdiction.objects.run_by(user)))


class MeasureQuerySet(models.QuerySet[Any]):
    def of_plan(self, plan: models.Model) -> MeasureQuerySet:
        return self.filter(task__plan=plan)


class AssignmentQuerySet(models.QuerySet[Any]):
    def active(self) -> AssignmentQuerySet:
        return self.filter(ended_on__isnull=True)

    def owed_by(self, department: Department) -> AssignmentQuerySet:
        """What one unit owes in issued plans."""
        return self.active().filter(department=department, measure__task__plan__stage="issued")
