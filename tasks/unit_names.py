"""Units as people type them: names, aliases and groups of a jurisdiction, parted by 、."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches

from core.errors import BadInput
from departments.models import Department, DepartmentAlias, DepartmentGroup, Jurisdiction
from departments.names import split_names
from tasks.actions.reassign import Added

ALIKE = 0.5


@dataclass(slots=True)
class UnitNames:
    """Every name that stands for a unit in use or for a group with such members, folded."""

    units: dict[str, Department] = field(default_factory=dict)
    groups: dict[str, tuple[DepartmentGroup, list[Department]]] = field(default_factory=dict)

    def added(self, text: str, role: str, *, name: str) -> list[Added]:
        """The parts that the text names, groups as their members; raises `BadInput` (for field `name`)."""
        found: list[Added] = []
        for wanted in split_names(text.replace("，", "、").replace(",", "、")):
            key = fold(wanted)
            if key in self.units:
                found.append(Added(self.units[key], role))
            elif key in self.groups:
                group, members = self.groups[key]
                found += [Added(member, role, group) for member in members]
            else:
                raise BadInput(self._unknown(wanted), field=name)
        return found

    def _unknown(self, wanted: str) -> str:
        near = get_close_matches(fold(wanted), [*self.units, *self.groups], n=2, cutoff=ALIKE)
        names = [self.units[key].name if key in self.units else self.groups[key][0].name for key in near]
        maybe = f"是不是“{'”或“'.join(dict.fromkeys(names))}”？" if names else ""
        return f"没有名为“{wanted}”的在用单位或集合单位。{maybe}新单位请先在“单位”里新增。"


def fold(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).split())


def unit_names(jurisdiction: Jurisdiction) -> UnitNames:
    """Four queries. A unit's own name goes before another's alias."""
    names = UnitNames()
    aliases = DepartmentAlias.objects.filter(jurisdiction=jurisdiction, department__active=True)
    for alias in aliases.select_related("department"):
        names.units[fold(alias.name)] = alias.department
    for unit in Department.objects.filter(jurisdiction=jurisdiction).active():
        names.units[fold(unit.name)] = unit
    for group in DepartmentGroup.objects.filter(jurisdiction=jurisdiction).prefetch_related("members"):
        members = _in_use(group.members.all())
        if members:
            names.groups[fold(group.name)] = (group, members)
    return names


def _in_use(members: Iterable[Department]) -> list[Department]:
    return sorted((unit for unit in members if unit.active), key=lambda unit: (unit.position, unit.pk))
