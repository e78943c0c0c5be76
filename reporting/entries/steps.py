"""The entries of a form as a list of steps: what is filled, what is begun, what comes next. Pure, on loaded rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from reporting.checks import Finding, check_entry
from reporting.entries.loading import LoadedEntry
from reporting.entries.short_title import short_title
from reporting.life_cycle import WITH_UNIT
from reporting.models import ProgressEntry
from tasks.models import Assignment, Task

Status = ProgressEntry.Status
ANSWERS = (Assignment.Role.LEAD, Assignment.Role.RESPONSIBLE)
WORDS = {"ok": "已填", "now": "在填", "todo": "未填", "back": "退回", "sent": "待审", "done": "通过"}


@dataclass(frozen=True, slots=True)
class Step:
    """`mark` is ok, now (begun), todo, back (returned and not mended), sent or done; `held` that the unit may change
    it; `role` in words, `answers` that the role answers for the measure."""

    entry: int
    number: str
    title: str
    role: str
    answers: bool
    mark: str
    held: bool
    findings: tuple[Finding, ...]

    @property
    def word(self) -> str:
        return WORDS[self.mark]

    @property
    def open(self) -> bool:
        """Something is still to be done here before the form can go."""
        return self.held and self.mark != "ok"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the form is: `filled` of `total` entries that the unit holds."""

    filled: int
    total: int

    @property
    def left(self) -> int:
        return self.total - self.filled

    @property
    def percent(self) -> int:
        return round(100 * self.filled / self.total) if self.total else 0


def steps_of(entries: Iterable[LoadedEntry]) -> list[Step]:
    return [step_of(loaded) for loaded in entries]


def step_of(loaded: LoadedEntry) -> Step:
    entry, measure = loaded.entry, loaded.entry.assignment.measure
    findings = tuple(check_entry(loaded.facts))
    return Step(
        entry=entry.pk,
        number=measure.number,
        title=short_title(measure.text),
        role=entry.assignment.get_role_display(),
        answers=entry.assignment.role in ANSWERS,
        mark=mark_of(loaded, findings),
        held=entry.status in WITH_UNIT,
        findings=findings,
    )


def mark_of(loaded: LoadedEntry, findings: Sequence[Finding]) -> str:
    entry = loaded.entry
    if entry.status == Status.ACCEPTED:
        return "done"
    if entry.status == Status.SUBMITTED:
        return "sent"
    if entry.status == Status.RETURNED and not mended(entry):
        return "back"
    if not any(finding.is_error for finding in findings):
        return "ok"
    return "todo" if loaded.content.empty else "now"


def mended(entry: ProgressEntry) -> bool:
    """Saved again since the office returned it."""
    return bool(entry.saved_at and entry.decided_at and entry.saved_at > entry.decided_at)


def progress_of(steps: Iterable[Step]) -> Progress:
    held = [step for step in steps if step.held]
    return Progress(sum(not step.open for step in held), len(held))


def grouped(entries: Sequence[LoadedEntry], steps: Sequence[Step]) -> list[tuple[str, list[Step]]]:
    """By part in the order of the plans; the plan is named where there are several."""
    several = len({loaded.entry.assignment.measure.task.plan_id for loaded in entries}) > 1
    rows = list(zip(entries, steps, strict=True))
    heads = groupby(rows, key=lambda row: part_of(row[0].entry.assignment.measure.task, several=several))
    return [(head, [step for _, step in own]) for head, own in heads]


def part_of(task: Task, *, several: bool) -> str:
    part = str(task.section) if task.section else "不分部分"
    return f"{task.plan.title}　{part}" if several else part


def first_open(steps: Sequence[Step], after: int | None = None) -> Step | None:
    """The next step that is not filled, after the entry given and then from the top."""
    places = [step.entry for step in steps]
    start = places.index(after) + 1 if after in places else 0
    around = [*steps[start:], *steps[:start]]
    return next((step for step in around if step.open and step.entry != after), None)
