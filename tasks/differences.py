"""In what two texts of a plan differ: tasks, measures, units, targets, deadlines, duties to report. Pure.

The wording itself is compared only when a difference is shown (`MeasureDifference.runs`): matching must be fast.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from enum import StrEnum

from tasks.likeness import match
from tasks.plan_text import DutyText, MeasureText, PlanText, TargetText, TaskText, UnitText
from tasks.runs import Run, runs

TASK_LEAST = 0.45
MEASURE_LEAST = 0.5
SAME_TASK, SAME_PLACE = 0.15, 0.05  # what speaks for a pair of measures besides their wording
NEARBY = 3
SUBJECT_LEAST = 0.5


class Kind(StrEnum):
    """What happened to a thing between the old text and the new one."""

    ADDED = "added"
    DROPPED = "dropped"
    REWORDED = "reworded"
    RAISED = "raised"
    LOWERED = "lowered"
    CHANGED = "changed"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class UnitDifference:
    """Added, dropped, or changed in its role; `old` and `new` are roles, empty where there is none."""

    kind: Kind
    name: str
    old: str = ""
    new: str = ""


@dataclass(frozen=True, slots=True)
class TargetDifference:
    """Raised means harder to meet: more where at least so much is asked, less where at most."""

    kind: Kind
    old: TargetText | None
    new: TargetText | None


@dataclass(frozen=True, slots=True)
class MeasureDifference:
    """`kind` is about the wording alone; SAME where only units, targets or the deadline differ."""

    kind: Kind
    old: MeasureText | None
    new: MeasureText | None
    units: tuple[UnitDifference, ...] = ()
    targets: tuple[TargetDifference, ...] = ()

    @property
    def runs(self) -> tuple[Run, ...]:
        return runs(self.old.text if self.old else "", self.new.text if self.new else "")

    @property
    def deadline_changed(self) -> bool:
        return bool(self.old and self.new and _due(self.old) != _due(self.new))

    @property
    def moved(self) -> bool:
        return bool(self.old and self.new and self.old.number != self.new.number)


@dataclass(frozen=True, slots=True)
class TaskDifference:
    """A task with those of its measures that differ; REWORDED where its title does."""

    kind: Kind
    old: TaskText | None
    new: TaskText | None
    measures: tuple[MeasureDifference, ...] = ()

    @property
    def runs(self) -> tuple[Run, ...]:
        return runs(self.old.title if self.old else "", self.new.title if self.new else "")


@dataclass(frozen=True, slots=True)
class DutyDifference:
    kind: Kind
    old: DutyText | None
    new: DutyText | None

    @property
    def runs(self) -> tuple[Run, ...]:
        return runs(self.old.quote if self.old else "", self.new.quote if self.new else "")


@dataclass(frozen=True, slots=True)
class Differences:
    """All that differs, tasks in the order of the new text with the dropped ones behind. `counts` by what and kind:
    counts["targets", Kind.RAISED]."""

    tasks: tuple[TaskDifference, ...]
    duties: tuple[DutyDifference, ...]
    counts: Counter[tuple[str, Kind]] = field(default_factory=Counter)

    def __bool__(self) -> bool:
        return bool(self.tasks or self.duties)


def compare(old: PlanText, new: PlanText) -> Differences:
    """Under a second for two texts of 2,000 measures each."""
    tasks = _task_pairs(old.tasks, new.tasks)
    measures = _measure_pairs(old.tasks, new.tasks, {(a.number, b.number) for a, b in tasks})
    differences = tuple(_task_differences(old.tasks, new.tasks, tasks, measures))
    duties = tuple(_duty_differences(old.duties, new.duties))
    return Differences(differences, duties, _count(differences, duties))


def _task_pairs(old: Sequence[TaskText], new: Sequence[TaskText]) -> list[tuple[TaskText, TaskText]]:
    """By equal titles first, then by likeness of titles and measures, the number counting a little."""
    pairs = [(old[i], new[j]) for i, j in match([t.title for t in old], [t.title for t in new], least=2)]
    met_old, met_new = {a.number for a, _ in pairs}, {b.number for _, b in pairs}
    rest_old = [t for t in old if t.number not in met_old]
    rest_new = [t for t in new if t.number not in met_new]

    def same_number(i: int, j: int) -> float:
        return SAME_PLACE if rest_old[i].number == rest_new[j].number else 0.0

    found = match(_whole(rest_old), _whole(rest_new), least=TASK_LEAST, bonus=same_number)
    return pairs + [(rest_old[i], rest_new[j]) for i, j in found]


def _whole(tasks: Iterable[TaskText]) -> list[str]:
    """Title twice, as it says most, and the measures."""
    return [task.title * 2 + "".join(measure.text for measure in task.measures) for task in tasks]


Placed = tuple[TaskText, MeasureText]


def _measure_pairs(
    old: Sequence[TaskText], new: Sequence[TaskText], tasks: set[tuple[int, int]]
) -> list[tuple[Placed, Placed]]:
    """Across the whole plan, since measures move; one in the matching task is preferred."""
    a, b = _placed(old), _placed(new)

    def nearness(i: int, j: int) -> float:
        if (a[i][0].number, b[j][0].number) not in tasks:
            return 0.0
        return SAME_TASK + (SAME_PLACE if a[i][1].number == b[j][1].number else 0.0)

    places: dict[int, list[int]] = {}
    for j, (task, _) in enumerate(b):
        places.setdefault(task.number, []).append(j)
    there = {old_task: places.get(new_task, []) for old_task, new_task in tasks}
    first = {task.number: i for i, (task, _) in reversed(list(enumerate(a)))}

    def near(i: int) -> list[int]:
        """The measures about the same place in the matching task."""
        number = a[i][0].number
        place = i - first[number]
        return there.get(number, [])[max(0, place - NEARBY) : place + NEARBY + 1]

    found = match([m.text for _, m in a], [m.text for _, m in b], least=MEASURE_LEAST, bonus=nearness, near=near)
    return [(a[i], b[j]) for i, j in found]


def _placed(tasks: Iterable[TaskText]) -> list[Placed]:
    return [(task, measure) for task in tasks for measure in task.measures]


def _task_differences(
    old: Sequence[TaskText],
    new: Sequence[TaskText],
    tasks: Sequence[tuple[TaskText, TaskText]],
    measures: Sequence[tuple[Placed, Placed]],
) -> Iterable[TaskDifference]:
    old_of_task = {b.number: a for a, b in tasks}
    old_of = {b.number: a for (_, a), (_, b) in measures}
    kept = {a.number for (_, a), _ in measures}
    for task in new:
        before = old_of_task.get(task.number)
        own = [_measure_difference(old_of.get(m.number), m) for m in task.measures]
        gone = [_measure_difference(m, None) for m in before.measures if m.number not in kept] if before else []
        yield from _unless_same(before, task, [*own, *gone])
    matched = {a.number for a, _ in tasks}
    for task in old:
        if task.number not in matched:
            gone = [_measure_difference(m, None) for m in task.measures if m.number not in kept]
            yield from _unless_same(task, None, gone)


def _unless_same(
    old: TaskText | None, new: TaskText | None, measures: Iterable[MeasureDifference]
) -> Iterable[TaskDifference]:
    kind = _kind(old, new, same=bool(old and new and old.title == new.title))
    differing = tuple(m for m in measures if m.kind is not Kind.SAME or m.units or m.targets or m.deadline_changed)
    if kind is not Kind.SAME or differing:
        yield TaskDifference(kind, old, new, differing)


def _kind(old: object | None, new: object | None, *, same: bool) -> Kind:
    if old is None:
        return Kind.ADDED
    if new is None:
        return Kind.DROPPED
    return Kind.SAME if same else Kind.REWORDED


def _measure_difference(old: MeasureText | None, new: MeasureText | None) -> MeasureDifference:
    kind = _kind(old, new, same=bool(old and new and old.text == new.text))
    units = tuple(_unit_differences(old.units, new.units)) if old and new else ()
    targets = tuple(_target_differences(old.targets if old else (), new.targets if new else ()))
    return MeasureDifference(kind, old, new, units, targets)


def _unit_differences(old: Iterable[UnitText], new: Iterable[UnitText]) -> Iterable[UnitDifference]:
    """Of a measure in both texts; a whole measure that came or went takes its units along."""
    before, after = {u.name: u.role for u in old}, {u.name: u.role for u in new}
    for name, role in after.items():
        if name not in before:
            yield UnitDifference(Kind.ADDED, name, "", role)
        elif before[name] != role:
            yield UnitDifference(Kind.CHANGED, name, before[name], role)
    for name, role in before.items():
        if name not in after:
            yield UnitDifference(Kind.DROPPED, name, role)


def _target_differences(old: Sequence[TargetText], new: Sequence[TargetText]) -> Iterable[TargetDifference]:
    pairs = _target_pairs(old, new)
    met_old, met_new = {i for i, _ in pairs}, {j for _, j in pairs}
    for i, j in pairs:
        if old[i] != new[j]:
            yield TargetDifference(_target_kind(old[i], new[j]), old[i], new[j])
    yield from (TargetDifference(Kind.ADDED, None, t) for j, t in enumerate(new) if j not in met_new)
    yield from (TargetDifference(Kind.DROPPED, t, None) for i, t in enumerate(old) if i not in met_old)


def _target_pairs(old: Sequence[TargetText], new: Sequence[TargetText]) -> list[tuple[int, int]]:
    """By the likeness of subjects; the only target of either measure is the other's, whatever it is called."""
    if len(old) == len(new) == 1 and old[0].unit == new[0].unit:
        return [(0, 0)]
    likes = sorted(
        (
            (SequenceMatcher(None, a.subject, b.subject, autojunk=False).ratio(), -i, -j)
            for i, a in enumerate(old)
            for j, b in enumerate(new)
        ),
        reverse=True,
    )
    pairs: dict[int, int] = {}
    for like, i, j in likes:
        if like >= SUBJECT_LEAST and -i not in pairs and -j not in pairs.values():
            pairs[-i] = -j
    return sorted(pairs.items())


def _target_kind(old: TargetText, new: TargetText) -> Kind:
    if old.unit != new.unit or old.comparator[0] != new.comparator[0]:
        return Kind.CHANGED
    if old.value == new.value:
        return Kind.CHANGED if old.comparator != new.comparator else Kind.REWORDED
    harder = new.value < old.value if new.comparator[0] == "<" else new.value > old.value
    return Kind.RAISED if harder else Kind.LOWERED


def _duty_differences(old: Sequence[DutyText], new: Sequence[DutyText]) -> Iterable[DutyDifference]:
    pairs = match([d.quote for d in old], [d.quote for d in new], least=MEASURE_LEAST)
    met_old, met_new = {i for i, _ in pairs}, {j for _, j in pairs}
    for i, j in pairs:
        if old[i] != new[j]:
            yield DutyDifference(Kind.CHANGED, old[i], new[j])
    yield from (DutyDifference(Kind.ADDED, None, d) for j, d in enumerate(new) if j not in met_new)
    yield from (DutyDifference(Kind.DROPPED, d, None) for i, d in enumerate(old) if i not in met_old)


def _due(measure: MeasureText) -> tuple[object, str]:
    """A date counts, however it is written; without one the document's words do."""
    return measure.due_on, "" if measure.due_on else measure.due_text


def _count(tasks: Iterable[TaskDifference], duties: Iterable[DutyDifference]) -> Counter[tuple[str, Kind]]:
    counts: Counter[tuple[str, Kind]] = Counter()
    for task in tasks:
        counts["tasks", task.kind] += 1
        for measure in task.measures:
            counts["measures", measure.kind] += 1
            counts["deadlines", Kind.CHANGED] += measure.deadline_changed
            counts.update(("units", unit.kind) for unit in measure.units)
            counts.update(("targets", target.kind) for target in measure.targets)
    counts.update(("duties", duty.kind) for duty in duties)
    return +counts
