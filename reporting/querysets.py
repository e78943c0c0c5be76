"""Intention-named querysets: who sees which periods, forms, entries and closures.

A draft never leaves its unit: the office sees that a form exists and its status, never what stands in it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q

from departments.models import Department, Jurisdiction, Membership

if TYPE_CHECKING:
    from departments.models import User

SENT = ("submitted", "accepted", "returned")  # an entry that the office has had before it
UNITS = ("reporter", "approver")


def served(user: User) -> models.QuerySet[Department]:
    """Units that the person reports or signs for."""
    return Department.objects.filter(memberships__user=user, memberships__role__in=UNITS)


def overseen(user: User) -> models.QuerySet[Jurisdiction]:
    """Whose submitted forms the person reads: as office or leader, there or above; all to an administrator."""
    if user.is_superuser:
        return Jurisdiction.objects.all()
    seats = Membership.objects.filter(user=user, jurisdiction__isnull=False).values("jurisdiction")
    places = Q(pk__in=seats)
    for depth in range(1, 4):
        places |= Q(**{"parent" + "__parent" * (depth - 1) + "__in": seats})
    return Jurisdiction.objects.filter(places)


class PeriodQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: User) -> PeriodQuerySet:
        return self.filter(jurisdiction__in=Jurisdiction.objects.visible_to(user))

    def standing(self) -> PeriodQuerySet:
        """Those that were not cancelled."""
        return self.filter(cancelled=False)

    def with_forms(self) -> PeriodQuerySet:
        """Those that units answer by a form: an upward duty is the office's own."""
        return self.filter(direction="to_office")


class ReportQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: User) -> ReportQuerySet:
        """The unit's own, and for office and leaders those of their jurisdictions, as forms: entries have their own."""
        return self.filter(Q(department__in=served(user)) | Q(period__jurisdiction__in=overseen(user)))

    def of_units(self, user: User) -> ReportQuerySet:
        """Forms of the units that the person serves."""
        return self.filter(department__in=served(user))


class EntryQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: User) -> EntryQuerySet:
        """The own unit's at any time; others' once submitted: to the office and leaders, to units that answer for the
        same measure beside them, and a support's that was told to the lead to that lead."""
        units = served(user)
        own = Q(report__department__in=units)
        ruled = Q(report__period__jurisdiction__in=overseen(user))
        answers = {"assignment__measure__assignments__department__in": units}
        standing = {"assignment__measure__assignments__ended_on__isnull": True}
        shares = Q(
            **answers,
            **standing,
            assignment__measure__assignments__role__in=("lead", "responsible", "shared"),
            assignment__role__in=("lead", "responsible", "shared"),
        )
        told = Q(
            **answers, **standing, told_lead=True, assignment__measure__assignments__role__in=("lead", "responsible")
        )
        sent = Q(pk__in=self.model._default_manager.filter(Q(status__in=SENT) & (shares | told)).values("pk"))
        return self.filter(own | (Q(status__in=SENT) & ruled) | sent)

    def waiting(self) -> EntryQuerySet:
        """待审: submitted and not yet decided."""
        return self.filter(status="submitted")

    def returned(self) -> EntryQuerySet:
        """退回未补."""
        return self.filter(status="returned")

    def with_unit(self) -> EntryQuerySet:
        """Those that the unit may still change."""
        return self.filter(status__in=("open", "returned"))


class ClosureQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: User) -> ClosureQuerySet:
        """The asking unit's and, for everybody who takes part in the measure's plan in that place, approved ones."""
        ruled = Q(measure__task__plan__jurisdiction__in=overseen(user))
        part = Q(measure__assignments__department__in=served(user), state__in=("approved", "reopened"))
        return self.filter(Q(department__in=served(user)) | ruled | part).distinct()

    def asked(self) -> ClosureQuerySet:
        return self.filter(state="requested")
