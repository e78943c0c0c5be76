"""Filters of the lists. They live in the address, so a list can be sent and comes back by the back button."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

from django import forms
from django.core.paginator import Page, Paginator
from django.db.models import Model, Q, QuerySet
from django.http import QueryDict

from departments.models import Department, DepartmentGroup, Jurisdiction, Membership, User
from departments.names import clean_name
from departments.queries import locked_usernames

PAGE_SIZE = 50
M = TypeVar("M", bound=Model)


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter in force: what it says, and the query of the address without it."""

    label: str
    rest: str


class ListFilter(forms.Form):
    """Unknown values filter nothing: an old address still shows a list."""

    q = forms.CharField(required=False, max_length=100)

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        self.query_dict = data

    def value(self, name: str) -> str:
        """The chosen value as text, empty for none and for one that is not offered."""
        self.is_valid()
        return str(self.cleaned_data.get(name) or "")

    @property
    def words(self) -> str:
        return clean_name(self.value("q"))

    def chips(self) -> list[Chip]:
        names = [name for name in self.fields if self.value(name)]
        return [Chip(self._say(name), self._query_without(name)) for name in names]

    @property
    def query(self) -> str:
        """The filters as a query that ends in & or is empty, for paging and export."""
        rest = self._query_without("page")
        return f"{rest}&" if rest else ""

    def page(self, rows: QuerySet[M]) -> Page[M]:
        return Paginator(rows, PAGE_SIZE).get_page(self.query_dict.get("page"))

    def _say(self, name: str) -> str:
        field, value = self.fields[name], self.value(name)
        if isinstance(field, forms.ChoiceField):
            return str(dict(field.choices).get(value, value))  # type: ignore[arg-type]
        return f"含“{value}”"

    def _query_without(self, name: str) -> str:
        rest = self.query_dict.copy()
        rest.pop("page", None)
        rest.pop(name, None)
        return rest.urlencode()


class UnitFilter(ListFilter):
    """By name or alias, group, state."""

    group = forms.ChoiceField(required=False)
    state = forms.ChoiceField(
        required=False,
        choices=[("inactive", "已停用"), ("all", "在用和停用"), ("unserved", "没有联络员")],
    )

    def __init__(self, data: QueryDict, *, jurisdiction: Jurisdiction) -> None:
        super().__init__(data)
        groups = DepartmentGroup.objects.filter(jurisdiction=jurisdiction).values_list("pk", "name")
        self.fields["group"].choices = [(str(pk), name) for pk, name in groups]  # type: ignore[attr-defined]

    def narrow(self, units: QuerySet[Department]) -> QuerySet[Department]:
        if self.words:
            found = Q(name__icontains=self.words) | Q(short_name__icontains=self.words)
            by_alias = Department.objects.filter(aliases__name__icontains=self.words)
            units = units.filter(found | Q(pk__in=by_alias))
        if self.value("group"):
            units = units.filter(pk__in=Department.objects.filter(groups__in=[self.value("group")]))
        return self._narrow_state(units, self.value("state"))

    def _narrow_state(self, units: QuerySet[Department], state: str) -> QuerySet[Department]:
        if state == "all":
            return units
        if state == "unserved":
            served = Membership.objects.filter(role="reporter", user__is_active=True, department__isnull=False)
            return units.filter(active=True).exclude(pk__in=served.values("department"))
        return units.filter(active=state != "inactive")


class PeopleFilter(ListFilter):
    """By name, user name or phone; role; unit; state of the account."""

    role = forms.ChoiceField(required=False, choices=Membership.Role.choices)
    unit = forms.ChoiceField(required=False)
    state = forms.ChoiceField(
        required=False,
        choices=[
            ("inactive", "已停用"),
            ("all", "在用和停用"),
            ("locked", "已锁定"),
            ("new", "从未登录"),
        ],
    )

    def __init__(self, data: QueryDict, *, jurisdiction: Jurisdiction) -> None:
        super().__init__(data)
        units = Department.objects.filter(jurisdiction=jurisdiction).values_list("pk", "name")
        self.fields["unit"].choices = [(str(pk), name) for pk, name in units]  # type: ignore[attr-defined]
        self.jurisdiction = jurisdiction

    def narrow(self, people: QuerySet[User]) -> QuerySet[User]:
        if self.words:
            found = Q(name__icontains=self.words) | Q(username__icontains=self.words) | Q(phone__icontains=self.words)
            people = people.filter(found)
        posts = Membership.objects.in_place(self.jurisdiction)
        if self.value("role"):
            posts = posts.filter(role=self.value("role"))
        if self.value("unit"):
            posts = posts.filter(department=self.value("unit"))
        if self.value("role") or self.value("unit"):
            people = people.filter(pk__in=posts.values("user"))
        return self._narrow_state(people, self.value("state"))

    def _narrow_state(self, people: QuerySet[User], state: str) -> QuerySet[User]:
        if state == "locked":
            return people.filter(username__in=locked_usernames(people.values_list("username", flat=True)))
        if state == "new":
            return people.filter(is_active=True, last_login__isnull=True)
        return people if state == "all" else people.filter(is_active=state != "inactive")
