"""Which units a period asks: the words of its duties, read against the units' names."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q

from departments.models import Department, DepartmentAlias
from reporting.models import ReportingPeriod

EVERYBODY = ("各", "单位")


def units_asked(period: ReportingPeriod) -> Q:
    """A condition on assignments. The office's own quarter and a period without duties ask everybody; two queries
    where the words have to be read."""
    if period.kind == ReportingPeriod.Kind.QUARTER:
        return Q()
    owers = [rule.owers for rule in period.rules.all()]
    if not owers or any(asks_everybody(words) for words in owers):
        return Q()
    names = _names(period)
    return Q(department__in=[pk for pk, known in names.items() if any(asks(words, known) for words in owers)])


def asks_everybody(owers: str) -> bool:
    """The document's words for who reports name nobody in particular (各成员单位)."""
    return not owers or any(word in owers for word in EVERYBODY)


def asks(owers: str, names: Iterable[str]) -> bool:
    """The words name the unit by one of its names."""
    return any(name in owers for name in names)


def _names(period: ReportingPeriod) -> dict[int, set[str]]:
    """Name and aliases of each unit, by its key."""
    units = Department.objects.filter(jurisdiction=period.jurisdiction_id)
    names = {pk: {name} for pk, name in units.values_list("pk", "name")}
    aliases = DepartmentAlias.objects.filter(jurisdiction=period.jurisdiction_id)
    for pk, name in aliases.values_list("department_id", "name"):
        names[pk].add(name)
    return names
