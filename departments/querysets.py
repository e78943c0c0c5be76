"""Intention-named querysets: who sees which jurisdictions and departments."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from departments.models import User

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


class DepartmentQuerySet(models.QuerySet[Any]):
    def active(self) -> DepartmentQuerySet:
        return self.filter(active=True)

    def served_by(self, user: User) -> DepartmentQuerySet:
        """Those that the person reports or signs for."""
        return self.filter(memberships__user=user).distinct()


class MembershipQuerySet(models.QuerySet[Any]):
    def of_office(self) -> MembershipQuerySet:
        return self.filter(role="office")
