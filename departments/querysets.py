"""Intention-named querysets: who sees which jurisdictions, departments and people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from departments.models import Jurisdiction, User

LEVELS_BELOW = 3  # province → city → county → town


class JurisdictionQuerySet(models.QuerySet[Any]):
    def run_by(self, user: User) -> JurisdictionQuerySet:
        """Those whose office the person works in: there they may change things."""
        return self.filter(memberships__user=user, memberships__role="office").distinct()

    def visible_to(self, user: User) -> JurisdictionQuerySet:
        """A unit's people see their own; office and leaders also all below theirs; an administrator all."""
        if user.is_superuser:
            return self
        mine = Q(departments__memberships__user=user)
        for depth in range(LEVELS_BELOW + 1):
            mine |= Q(**{"parent__" * depth + "memberships__user": user})
        return self.filter(mine).distinct()


class OfPlaceQuerySet(models.QuerySet[Any]):
    """Of things with a foreign key `jurisdiction`."""

    def visible_to(self, user: User) -> Self:
        """Those of the jurisdictions that the person sees."""
        jurisdictions: Any = self.model._meta.get_field("jurisdiction").related_model
        return self.filter(jurisdiction__in=jurisdictions.objects.visible_to(user))


class DepartmentQuerySet(OfPlaceQuerySet):
    def active(self) -> DepartmentQuerySet:
        return self.filter(active=True)

    def served_by(self, user: User) -> DepartmentQuerySet:
        """Those that the person reports or signs for."""
        return self.filter(memberships__user=user).distinct()


class MembershipQuerySet(models.QuerySet[Any]):
    def of_office(self) -> MembershipQuerySet:
        return self.filter(role="office")

    def in_place(self, jurisdiction: Jurisdiction) -> MembershipQuerySet:
        """Of the jurisdiction itself or of one of its units."""
        return self.filter(Q(jurisdiction=jurisdiction) | Q(department__jurisdiction=jurisdiction))

    def over(self, jurisdiction: Jurisdiction) -> MembershipQuerySet:
        """Of the office or a leader, in the jurisdiction or in one above it."""
        above = Q()
        for depth in range(LEVELS_BELOW + 1):
            above |= Q(**{"jurisdiction" + "__children" * depth: jurisdiction})
        return self.filter(above)
