"""What the pages of an import ask: the jurisdiction's names, and which of a reading's names are bound."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from departments.models import DepartmentAlias, Jurisdiction
from intake.binding import Bound, Catalogue, Suggestion, Target, bind, suggest
from intake.models import Import

MAPPED = (Import.State.READ, Import.State.CONFIRMED)


@dataclass(frozen=True, slots=True)
class UnboundName:
    """A name that no department answers to: how often it stands in the reading and what it may mean."""

    name: str
    times: int
    group: bool
    open: bool
    suggestions: tuple[Suggestion, ...]


@dataclass(frozen=True, slots=True)
class BoundName:
    """A name with the name of what it binds to."""

    name: str
    times: int
    bound: Bound
    target_name: str


def catalogue_of(jurisdiction: Jurisdiction) -> Catalogue:
    """All active departments', aliases' and groups' names; three queries."""
    departments = jurisdiction.departments.active()
    aliases = DepartmentAlias.objects.filter(jurisdiction=jurisdiction, department__active=True)
    return Catalogue(
        place=jurisdiction.name,
        departments=dict(departments.values_list("name", "pk")),
        aliases=dict(aliases.values_list("name", "department_id")),
        groups=dict(jurisdiction.groups.values_list("name", "pk")),
    )


def named_units(reading: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """The reading's units by name in order of appearance: {name: first assignment that names it}."""
    units: dict[str, dict[str, Any]] = {}
    for assignment in assignments_of(reading):
        units.setdefault(assignment["department"], assignment)
    return units


def assignments_of(reading: Mapping[str, Any]) -> list[dict[str, Any]]:
    """All assignments of a reading in order."""
    return [a for t in reading.get("tasks", []) for m in t["measures"] for a in m["assignments"]]


def reporter_names(reading: Mapping[str, Any]) -> list[str]:
    """The names of those whom the clerk chose to supply figures, each once."""
    return list(dict.fromkeys(n for i in reading["indicators"] for n in i.get("reporters") or ()))


def bindings_of(import_: Import, reading: Mapping[str, Any]) -> tuple[list[BoundName], list[UnboundName]]:
    """The names of a reading (as corrected), parted into those that bind with certainty and those to be settled."""
    units = named_units(reading)
    times = Counter(a["department"] for a in assignments_of(reading))
    catalogue = catalogue_of(import_.source.jurisdiction)
    bound = bind(units, catalogue, import_.open_names)
    targets = _target_names(catalogue)
    return (
        [BoundName(n, times[n], b, targets.get((b.target, b.pk), "")) for n, b in bound.items()],
        [
            UnboundName(name, times[name], first["group"], first["open"], tuple(suggest(name, catalogue)))
            for name, first in units.items()
            if name not in bound
        ],
    )


def _target_names(catalogue: Catalogue) -> dict[tuple[Target, int], str]:
    names = {(Target.DEPARTMENT, pk): name for name, pk in catalogue.departments.items()}
    return names | {(Target.GROUP, pk): name for name, pk in catalogue.groups.items()}


def remembered_layout(import_: Import, proposed: Mapping[str, Any]) -> dict[str, Any] | None:
    """How the place's last ledger with the same heads was read, put on the sheet and row that are proposed."""
    earlier = Import.objects.filter(
        source__jurisdiction=import_.source.jurisdiction, layout__heads=proposed["heads"], state__in=MAPPED
    ).exclude(pk=import_.pk)
    known = earlier.values_list("layout", flat=True).first()
    return dict(proposed) | {"columns": known["columns"]} if known else None
