"""The working copy of a reading on which the operations are carried out, one behind the other.

Within it measures hold their indicators, tasks know their part and duties their task by id, so that no number need
be kept up; `Sheet.as_reading` numbers them again. A measure holds `parts`, the stretches of the source that are its
text (after a merge several, brackets of units left out); its `span` is their hull.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from intake.corrections import stretches
from intake.corrections.facts import LABELS, Fact, Kind, Names, every, identified
from intake.corrections.problems import BadOperation
from intake.reader.numbering import numeral
from intake.reader.units import squeezed

CHILDREN = {Kind.TASK: ("measures",), Kind.MEASURE: ("assignments", "indicators")}


@dataclass(slots=True)
class Effect:
    """What one operation did, by id: fields changed, facts added, cut, joined or removed, facts that it needs."""

    changed: dict[str, set[str]] = field(default_factory=dict)
    reshaped: set[str] = field(default_factory=set)
    needed: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Place:
    """Where a fact stands: its kind and the id of the task or measure that holds it, empty at the top."""

    kind: Kind
    fact: Fact
    parent: str


class Sheet:
    """The facts of one reading while they are corrected. Verbs check everything before they change anything."""

    def __init__(self, reading: Mapping[str, Any], text: str) -> None:
        self.text = text
        self.names = Names()
        facts = identified(reading, self.names)
        self.plan: Fact = facts["plan"] | {"id": Kind.PLAN.value, "corrected": False}
        self.pieces: list[Fact] = facts["pieces"]
        self.sections: list[Fact] = facts["sections"]
        self.tasks: list[Fact] = facts["tasks"]
        self.duties: list[Fact] = facts["reporting"]
        self.warnings: list[Fact] = facts["warnings"]
        self.answers: dict[str, str] = {}
        self.removed: dict[str, tuple[Kind, Fact]] = {}
        self.effect = Effect()
        self.ordinal = 0
        self._places: dict[str, Place] = {}
        _link(facts)
        self._index()
        self.counted = any(_own_number(task["label"]) != task["number"] for task in self.tasks)

    def begin(self, ordinal: int) -> Effect:
        """Start the log of the next operation."""
        self.ordinal, self.effect = ordinal, Effect()
        return self.effect

    def find(self, kind: Kind, id_: str) -> Fact:
        """The fact; raises `BadOperation` where it is gone or of another kind."""
        place = self._places.get(id_)
        if place is None or place.kind is not kind:
            raise BadOperation(f"要修改的{LABELS[kind]}已不存在（可能已被删除或合并），请刷新页面后重新修改。")
        self.effect.needed.add(id_)
        return place.fact

    def has(self, id_: str) -> bool:
        """Whether a fact of this id stands."""
        return id_ in self._places

    def holder(self, id_: str) -> Fact:
        """The task of a measure, the measure of an assignment or indicator."""
        return self._places[self._places[id_].parent].fact

    def task_of(self, measure_id: str) -> Fact:
        """The task that holds the measure; raises as `find` does."""
        self.find(Kind.MEASURE, measure_id)
        return self.holder(measure_id)

    def new_id(self, wanted: str | None = None) -> str:
        """An id for what the running operation adds."""
        return self.names.free(wanted or f"c{self.ordinal}")

    def put(self, kind: Kind, fact: Fact, parent: str = "") -> None:
        """Take a new or moved fact into the index; the caller puts it into its list."""
        self._places[fact["id"]] = Place(kind, fact, parent)

    def write(self, fact: Fact, changes: Mapping[str, Any]) -> None:
        """Give the fact new values; its `read` keeps those that it had before any correction."""
        fact["read"] = {name: fact.get(name) for name in changes} | fact.get("read", {})
        fact |= changes
        self.touch(fact, *changes)

    def touch(self, fact: Fact, *names: str) -> None:
        """Note that a clerk changed fields of the fact."""
        fact["corrected"] = True
        self.effect.changed.setdefault(fact["id"], set()).update(names)

    def reshape(self, *facts: Fact) -> None:
        """Note that facts were added, cut or joined."""
        for fact in facts:
            fact["corrected"] = True
            self.effect.reshaped.add(fact["id"])

    def drop(self, fact: Fact) -> None:
        """Forget the fact and all below it; the caller takes it out of its list."""
        place = self._places.pop(fact["id"])
        self.removed[fact["id"]] = (place.kind, fact)
        self.effect.reshaped.add(fact["id"])
        for name in CHILDREN.get(place.kind, ()):
            for child in fact[name]:
                self.drop(child)

    def measures(self) -> Iterator[tuple[Fact, Fact]]:
        """All measures in order, each with its task."""
        return ((task, measure) for task in self.tasks for measure in task["measures"])

    def reword(self, measure: Fact, parts: Sequence[stretches.Stretch]) -> None:
        """Give the measure these parts of the source, its span and text with them."""
        measure["parts"] = [list(part) for part in parts]
        measure["text"] = stretches.words(self.text, parts)
        measure["span"] = [parts[0][0], parts[-1][1]] if parts else measure["span"]

    def quote(self, span: stretches.Stretch | None) -> str:
        """What the source says there, without white space; empty for a fact that the source does not state."""
        return squeezed(self.text[span[0] : span[1]]) if span else ""

    def need_in_text(self, span: stretches.Stretch | None) -> None:
        """Raise `BadOperation` where the span reaches beyond the source."""
        if span is not None and span[1] > len(self.text):
            raise BadOperation("选取的位置超出原文，请在原文中重新选取。")

    def as_reading(self) -> dict[str, Any]:
        """The JSON form of a reading, numbered anew, ids on all facts."""
        numbers = {section["id"]: number for number, section in enumerate(self.sections, start=1)}
        task_numbers = {task["id"]: task["number"] for task in self.tasks}
        return {
            "plan": self.plan,
            "pieces": self.pieces,
            "sections": [section | {"number": numbers[section["id"]]} for section in self.sections],
            "tasks": [_plain_task(task, numbers) for task in self.tasks],
            "indicators": list(self._indicators()),
            "reporting": [duty | {"task": task_numbers.get(duty["task_id"])} for duty in self.duties],
            "warnings": self.warnings,
        }

    def _indicators(self) -> Iterator[Fact]:
        for task in self.tasks:
            for position, measure in enumerate(task["measures"], start=1):
                for indicator in measure["indicators"]:
                    yield indicator | {"task": task["number"], "measure": position, "measure_id": measure["id"]}

    def _index(self) -> None:
        held = {"sections": self.sections, "tasks": self.tasks, "reporting": self.duties, "warnings": self.warnings}
        for kind, fact in every(held | {"indicators": ()}):
            fact.setdefault("corrected", False)
            self.put(kind, fact)
        for task, measure in self.measures():
            self.put(Kind.MEASURE, measure, task["id"])
            for assignment in measure["assignments"]:
                self.put(Kind.ASSIGNMENT, assignment, measure["id"])
            for indicator in measure["indicators"]:
                indicator["corrected"] = False
                self.put(Kind.INDICATOR, indicator, measure["id"])


def _link(facts: dict[str, Any]) -> None:
    """Replace the reading's numbers by what they point to."""
    section_ids = {section["number"]: section["id"] for section in facts["sections"]}
    task_ids = {task["number"]: task["id"] for task in facts["tasks"]}
    measures: dict[tuple[int, int], Fact] = {}
    for task in facts["tasks"]:
        task["section_id"] = section_ids.get(task["section"])
        for position, measure in enumerate(task["measures"], start=1):
            start, end = measure["span"]
            measure |= {"parts": [[start, end]] if start < end else [], "indicators": []}
            measures[task["number"], position] = measure
    for indicator in facts["indicators"]:
        measures[indicator["task"], indicator["measure"]]["indicators"].append(indicator)
    for duty in facts["reporting"]:
        duty["task_id"] = task_ids.get(duty["task"])


def _own_number(label: str) -> int:
    """The number that a label writes, 0 where it writes none."""
    return numeral(label) if label else 0


def _plain_task(task: Fact, numbers: Mapping[str, int]) -> Fact:
    measures = [{name: value for name, value in m.items() if name != "indicators"} for m in task["measures"]]
    return task | {"section": numbers.get(task["section_id"]), "measures": measures}
