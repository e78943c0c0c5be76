"""The units of a measure said in words, role by role. Pure, on rows already loaded."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from departments.models import Department, DepartmentGroup
from tasks.models import Assignment

Role = Assignment.Role
STRENGTH = {role.value: rank for rank, role in enumerate(Role)}  # 0 is the strongest


@dataclass(frozen=True, slots=True)
class Part:
    """One unit's part in a measure; `department` None is a name left open."""

    name: str
    role: str
    position: tuple[int, int]
    group: str = ""


def part_of(department: Department | None, role: str, surface: str, group: DepartmentGroup | None) -> Part:
    if department is None:
        return Part(surface, role, (0, 0))
    return Part(department.name, role, (department.position, department.pk), group.name if group else "")


def parts_of(assignments: Iterable[Assignment]) -> list[Part]:
    """`assignments` with department and group loaded."""
    return [part_of(a.department, a.role, a.surface, a.via_group) for a in assignments]


def roles_in_words(parts: Iterable[Part]) -> dict[str, str]:
    """Each role's label → its units, 各镇（青溪镇、禾丰镇） for a group; empty where a role has none."""
    ordered = sorted(parts, key=lambda part: part.position)
    return {str(role.label): _names([p for p in ordered if p.role == role]) for role in Role}


def _names(parts: list[Part]) -> str:
    groups: dict[str, list[str]] = {}
    for part in parts:
        groups.setdefault(part.group, []).append(part.name)
    alone = groups.pop("", [])
    return "、".join([*alone, *(f"{group}（{'、'.join(names)}）" for group, names in groups.items())])
