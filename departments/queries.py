"""Questions about places and people that pages ask."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Count, F, Max, Min, Prefetch, Q, QuerySet

from core import clock
from departments.models import Department, DepartmentGroup, Jurisdiction, Membership, OfficeSettings, User

NAMES_IN_LABEL = 2


@dataclass(frozen=True, slots=True)
class Place:
    """Where a person works now: the jurisdiction whose things are shown, and what stands behind the person's name."""

    jurisdiction: Jurisdiction
    label: str

    @property
    def office_name(self) -> str:
        return self.jurisdiction.office_name


def office_settings(jurisdiction: Jurisdiction) -> OfficeSettings:
    """The office's numbers, or an unsaved row of the defaults."""
    stored: OfficeSettings | None = OfficeSettings.objects.filter(jurisdiction=jurisdiction).first()
    return stored or OfficeSettings(jurisdiction=jurisdiction)


def own_jurisdictions(user: User) -> list[Jurisdiction]:
    """Those in which the person has a role, the first role's first."""
    memberships = user.memberships.select_related("jurisdiction", "department__jurisdiction")
    return list(dict.fromkeys(place_of_membership(membership) for membership in memberships))


def place_of_membership(membership: Membership) -> Jurisdiction:
    """The membership's jurisdiction, or that of its department."""
    if membership.department is not None:
        return membership.department.jurisdiction
    if membership.jurisdiction is None:
        raise ValueError(f"membership {membership.pk} has no place")  # a constraint of the table forbids it
    return membership.jurisdiction


def role_place(user: User, chosen: int | None = None) -> Place | None:
    """The `chosen` jurisdiction if the person may see it, else the first own one; None for a person without any."""
    jurisdiction = None
    if chosen is not None:
        jurisdiction = Jurisdiction.objects.visible_to(user).filter(pk=chosen).first()
    if jurisdiction is None:
        own = own_jurisdictions(user)
        jurisdiction = own[0] if own else (Jurisdiction.objects.first() if user.is_superuser else None)
    return Place(jurisdiction, person_label(user)) if jurisdiction else None


def person_label(user: User) -> str:
    """What stands behind a name: 区食安办, 区教体局, 区委宣传部、区文旅局, 青溪镇等3家单位."""
    memberships = list(user.memberships.select_related("jurisdiction", "department"))
    for membership in memberships:
        if membership.jurisdiction:
            office = membership.role == Membership.Role.OFFICE
            return membership.jurisdiction.office_name if office else f"{membership.jurisdiction.name}领导"
    units = list(dict.fromkeys(membership.department.name for membership in memberships if membership.department))
    if not units:
        return "系统管理员" if user.is_superuser else ""
    return "、".join(units) if len(units) <= NAMES_IN_LABEL else f"{units[0]}等{len(units)}家单位"


def units_of(jurisdiction: Jurisdiction) -> QuerySet[Department]:
    """Units in the customary order with aliases, groups and `people`, the number of active persons that serve each."""
    serving = Count("memberships__user", filter=Q(memberships__user__is_active=True), distinct=True)
    units: QuerySet[Department] = Department.objects.filter(jurisdiction=jurisdiction)
    return units.annotate(people=serving).order_by("position", "pk").prefetch_related("aliases", "groups")


def groups_of(jurisdiction: Jurisdiction) -> QuerySet[DepartmentGroup]:
    """Groups with their members in the customary order."""
    groups: QuerySet[DepartmentGroup] = DepartmentGroup.objects.filter(jurisdiction=jurisdiction)
    return groups.prefetch_related(Prefetch("members", Department.objects.order_by("position", "pk")))


def people_of(jurisdiction: Jurisdiction) -> QuerySet[User]:
    """Everybody with a role there, and those without any role whose account was made there.

    The office and leaders stand first, the others in the order of their units.
    """
    here = Q(memberships__jurisdiction=jurisdiction) | Q(memberships__department__jurisdiction=jurisdiction)
    people = User.objects.filter(here | Q(memberships__isnull=True, home=jurisdiction)).distinct()
    of_units = Q(memberships__department__jurisdiction=jurisdiction)
    people = people.annotate(first_unit=Min("memberships__department__position", filter=of_units))
    people = people.order_by(F("first_unit").asc(nulls_first=True), "name", "pk")
    roles = Membership.objects.in_place(jurisdiction).select_related("department", "jurisdiction")
    return people.prefetch_related(Prefetch("memberships", roles, to_attr="roles_here"))


@dataclass(frozen=True, slots=True)
class UnitCounts:
    """How many units are in use, and how many of these nobody reports for."""

    active: int
    unserved: int
    inactive: int


def count_units(jurisdiction: Jurisdiction) -> UnitCounts:
    served = Membership.objects.filter(role="reporter", user__is_active=True, department__isnull=False)
    is_served = Q(pk__in=served.values("department"))
    found = Department.objects.filter(jurisdiction=jurisdiction).aggregate(
        in_use=Count("pk", filter=Q(active=True)),
        unserved=Count("pk", filter=Q(active=True) & ~is_served),
        out_of_use=Count("pk", filter=Q(active=False)),
    )
    return UnitCounts(found["in_use"], found["unserved"], found["out_of_use"])


@dataclass(frozen=True, slots=True)
class PeopleCounts:
    """How many accounts are in use, how many of these nobody has ever used, and how many are out of use."""

    active: int
    new: int
    inactive: int


def count_people(jurisdiction: Jurisdiction) -> PeopleCounts:
    found = people_of(jurisdiction).aggregate(
        active=Count("pk", filter=Q(is_active=True), distinct=True),
        new=Count("pk", filter=Q(is_active=True, last_login__isnull=True), distinct=True),
        inactive=Count("pk", filter=Q(is_active=False), distinct=True),
    )
    return PeopleCounts(**found)


def people_serving(department: Department) -> QuerySet[Membership]:
    """Who reports and signs for a unit, active persons only."""
    return department.memberships.filter(user__is_active=True).select_related("user").order_by("-role", "user__name")


def jurisdictions_of(person: User) -> QuerySet[Jurisdiction]:
    """Where the person has a role; without any, where the account was made."""
    here = Q(memberships__user=person) | Q(departments__memberships__user=person)
    places: QuerySet[Jurisdiction] = Jurisdiction.objects.filter(here).distinct()
    return places if places.exists() else Jurisdiction.objects.filter(pk__in=[person.home_id])


def next_position(jurisdiction: Jurisdiction) -> int:
    """The place behind the last unit; steps of ten leave room for the hand that edits in the admin."""
    last: int | None = Department.objects.filter(jurisdiction=jurisdiction).aggregate(last=Max("position"))["last"]
    return (last or 0) + 10


def locked_usernames(usernames: Iterable[str]) -> set[str]:
    """Those of `usernames` that too many wrong passwords have locked out, from at least one address."""
    since = clock.machine_now() - timedelta(hours=settings.AXES_COOLOFF_TIME)
    attempts = AccessAttempt.objects.filter(
        username__in=list(usernames), failures_since_start__gte=settings.AXES_FAILURE_LIMIT, attempt_time__gte=since
    )
    return set(attempts.values_list("username", flat=True))
