"""A reading laid out as the ledger it will become: parts, tasks, measures with units by role and targets."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Any

from indicators.models import Indicator
from intake.binding import fold
from tasks.models import Assignment

ROLE_ORDER = tuple(Assignment.Role.values)


@dataclass(frozen=True, slots=True)
class PreviewUnit:
    """A unit as the document names it; `settled` once a department or group answers to it."""

    name: str
    settled: bool


@dataclass(frozen=True, slots=True)
class PreviewRole:
    """One role of a measure with its units in order."""

    role: str
    label: str
    units: tuple[PreviewUnit, ...]


@dataclass(frozen=True, slots=True)
class PreviewMeasure:
    """One row: number as 4.2, targets as “subject ≥ 95%”."""

    number: str
    text: str
    roles: tuple[PreviewRole, ...]
    targets: tuple[tuple[str, str], ...]
    due_on: date | None
    due_text: str


@dataclass(frozen=True, slots=True)
class PreviewTask:
    """A task with its measures."""

    label: str
    title: str
    measures: tuple[PreviewMeasure, ...]


@dataclass(frozen=True, slots=True)
class PreviewSection:
    """A part; without label and title where the plan has no parts."""

    label: str
    title: str
    tasks: tuple[PreviewTask, ...]


def preview(reading: Mapping[str, Any], settled: Collection[str]) -> tuple[PreviewSection, ...]:
    """The whole reading; `settled` holds the names that are bound."""
    sections = {s["number"]: s for s in reading["sections"]}
    targets = _targets(reading)
    return tuple(
        PreviewSection(
            label=sections[number]["label"] if number in sections else "",
            title=sections[number]["title"] if number in sections else "",
            tasks=tuple(_task(t, targets, settled) for t in tasks),
        )
        for number, tasks in groupby(reading["tasks"], key=lambda t: t["section"])
    )


def _task(
    task: Mapping[str, Any], targets: Mapping[tuple[int, int], list[tuple[str, str]]], settled: Collection[str]
) -> PreviewTask:
    measures = (
        PreviewMeasure(
            number=f"{task['number']}.{position}",
            text=m["text"],
            roles=_roles(m["assignments"], settled),
            targets=tuple(targets.get((task["number"], position), ())),
            due_on=date.fromisoformat(m["due_on"]) if m["due_on"] else None,
            due_text=m["due_text"],
        )
        for position, m in enumerate(task["measures"], start=1)
    )
    title = "" if repeats(task) else task["title"]
    return PreviewTask(task["label"], title, tuple(measures))


def repeats(task: Mapping[str, Any]) -> bool:
    """Whether the task's title only says its first measure's beginning once more."""
    return bool(task["measures"]) and fold(task["measures"][0]["text"]).startswith(fold(task["title"]))


def _roles(assignments: list[Mapping[str, Any]], settled: Collection[str]) -> tuple[PreviewRole, ...]:
    return tuple(
        PreviewRole(
            role,
            str(Assignment.Role(role).label),
            tuple(PreviewUnit(a["department"], a["department"] in settled) for a in assignments if a["role"] == role),
        )
        for role in ROLE_ORDER
        if any(a["role"] == role for a in assignments)
    )


def _targets(reading: Mapping[str, Any]) -> dict[tuple[int, int], list[tuple[str, str]]]:
    found: dict[tuple[int, int], list[tuple[str, str]]] = {}
    for fact in reading["indicators"]:
        sign = Indicator.Comparator(fact["comparator"]).label
        amount = f"{sign}{Decimal(fact['value']).normalize():f}{fact['unit']}"
        found.setdefault((fact["task"], fact["measure"]), []).append((fact["subject"], amount))
    return found
