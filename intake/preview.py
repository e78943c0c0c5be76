"""A reading (as corrected) laid out as the ledger it will become, with the doubts beside its facts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Any

from indicators.models import Indicator
from intake.binding import fold
from intake.corrections.doubts import Doubt
from tasks.models import Assignment

ROLE_ORDER = tuple(Assignment.Role.values)


@dataclass(frozen=True, slots=True)
class PreviewUnit:
    """A unit as the document names it; `target` is what it binds to, empty while unbound."""

    id: str
    name: str
    target: str
    members: int
    open: bool


@dataclass(frozen=True, slots=True)
class PreviewRole:
    """One role of a measure with its units in order."""

    role: str
    label: str
    units: tuple[PreviewUnit, ...]


@dataclass(frozen=True, slots=True)
class PreviewTarget:
    """A target: subject and “≥95%”."""

    id: str
    subject: str
    amount: str


@dataclass(frozen=True, slots=True)
class PreviewMeasure:
    """One row: number as 4.2, and the doubts that lie in it."""

    id: str
    number: str
    text: str
    roles: tuple[PreviewRole, ...]
    targets: tuple[PreviewTarget, ...]
    due_on: date | None
    due_text: str
    corrected: bool
    doubts: tuple[Doubt, ...]

    @property
    def checked(self) -> bool:
        """Whether nothing doubtful is left in it."""
        return all(doubt.settled for doubt in self.doubts)


@dataclass(frozen=True, slots=True)
class PreviewTask:
    """A task with its measures; `shown_title` is empty where it only repeats the first measure."""

    id: str
    label: str
    title: str
    shown_title: str
    measures: tuple[PreviewMeasure, ...]
    doubts: tuple[Doubt, ...]


@dataclass(frozen=True, slots=True)
class PreviewSection:
    """A part; without id and title where the plan has no parts."""

    id: str
    label: str
    title: str
    tasks: tuple[PreviewTask, ...]
    doubts: tuple[Doubt, ...]


@dataclass(frozen=True, slots=True)
class BoundTo:
    """What a name binds to: the department's or group's name and the group's size, 0 for a department."""

    name: str
    members: int = 0


class Layout:
    """Builds the preview of one reading; `bound` by the names of its units, `doubts` of the whole draft."""

    def __init__(self, reading: Mapping[str, Any], bound: Mapping[str, BoundTo], doubts: Iterable[Doubt]) -> None:
        self.reading = reading
        self.bound = bound
        self.doubts: dict[str, list[Doubt]] = {}
        for doubt in doubts:
            self.doubts.setdefault(doubt.fact_id or "", []).append(doubt)
        self.targets: dict[str, list[Mapping[str, Any]]] = {}
        for fact in reading["indicators"]:
            self.targets.setdefault(fact["measure_id"], []).append(fact)

    def sections(self) -> tuple[PreviewSection, ...]:
        """The whole reading."""
        sections = {s["number"]: s for s in self.reading["sections"]}
        grouped = groupby(self.reading["tasks"], key=lambda t: t["section"])
        return tuple(self.section(sections.get(number), tasks) for number, tasks in grouped)

    def section(self, fact: Mapping[str, Any] | None, tasks: Iterable[Mapping[str, Any]]) -> PreviewSection:
        """A part with its tasks."""
        found = fact or {"id": "", "label": "", "title": ""}
        rows = tuple(self.task(t) for t in tasks)
        return PreviewSection(found["id"], found["label"], found["title"], rows, self.of([found["id"]] if fact else []))

    def task(self, task: Mapping[str, Any]) -> PreviewTask:
        """A task with its measures."""
        rows = tuple(self.measure(task, m, n) for n, m in enumerate(task["measures"], start=1))
        shown = "" if repeats(task) else task["title"]
        return PreviewTask(task["id"], task["label"], task["title"], shown, rows, self.of([task["id"]]))

    def measure(self, task: Mapping[str, Any], m: Mapping[str, Any], position: int) -> PreviewMeasure:
        """One row."""
        facts = self.targets.get(m["id"], [])
        inside = [m["id"], *(a["id"] for a in m["assignments"]), *(i["id"] for i in facts)]
        return PreviewMeasure(
            id=m["id"],
            number=f"{task['number']}.{position}",
            text=m["text"],
            roles=tuple(self.roles(m["assignments"])),
            targets=tuple(PreviewTarget(i["id"], i["subject"], amount_said(i)) for i in facts),
            due_on=date.fromisoformat(m["due_on"]) if m["due_on"] else None,
            due_text=m["due_text"],
            corrected=m["corrected"] or any(f["corrected"] for f in (*m["assignments"], *facts)),
            doubts=self.of(inside),
        )

    def roles(self, assignments: list[Mapping[str, Any]]) -> Iterable[PreviewRole]:
        """The roles that the measure has, strongest first."""
        for role in ROLE_ORDER:
            units = tuple(self.unit(a) for a in assignments if a["role"] == role)
            if units:
                yield PreviewRole(role, str(Assignment.Role(role).label), units)

    def unit(self, assignment: Mapping[str, Any]) -> PreviewUnit:
        """A unit with what it binds to."""
        name = assignment["department"]
        bound = self.bound.get(name, BoundTo(""))
        return PreviewUnit(assignment["id"], name, bound.name, bound.members, assignment["open"])

    def of(self, ids: Iterable[str]) -> tuple[Doubt, ...]:
        """The doubts beside these facts, in the order of the text."""
        found = [doubt for id_ in ids for doubt in self.doubts.get(id_, ())]
        return tuple(sorted(found, key=lambda doubt: doubt.number))


def repeats(task: Mapping[str, Any]) -> bool:
    """Whether the task's title only says its first measure's beginning once more."""
    return bool(task["measures"]) and fold(task["measures"][0]["text"]).startswith(fold(task["title"]))


def amount_said(fact: Mapping[str, Any]) -> str:
    """“≥95%” of an indicator."""
    sign = Indicator.Comparator(fact["comparator"]).label
    return f"{sign}{Decimal(fact['value']).normalize():f}{fact['unit']}"
