"""Measures as the ledger's rows say them: units by role, targets, deadline, grouped by part and task."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby

from dashboards.ledger_counts import LedgerCounts
from dashboards.queries import ANSWERS, part_label
from dashboards.quotes import Excerpt, excerpts, unit_marks
from dashboards.standing_rows import StandingLine, ValueLine, standing_line, value_line
from indicators.display import with_unit
from indicators.models import Indicator
from reporting.models import Light
from tasks.marked_text import Mark
from tasks.models import Assignment, Measure, Section, Task

Role = Assignment.Role
YEAR_END = "年底"
GAP = 2  # code points between a sentence and its bracket of units that make them one


@dataclass(frozen=True, slots=True)
class Party:
    """A unit, a name left open (neither `unit` nor `group`), or a group with the names of its members."""

    name: str
    unit: int | None = None
    group: int | None = None
    members: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RoleLine:
    """The parties of one role; `answers` says that the role answers for the measure (lead, responsible). `anchor` is
    where the source names them, empty where it does not."""

    label: str
    answers: bool
    parties: tuple[Party, ...]
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Target:
    """An indicator in words: 覆盖率, ≥100%, with its figure where one is known. `anchor` is its place on the page of
    the source."""

    pk: int
    subject: str
    text: str
    anchor: str
    now: ValueLine | None


@dataclass(frozen=True, slots=True)
class Deadline:
    """The deadline in words; `stated` is false for the end of the year, which holds where no date is written."""

    text: str
    stated: bool


@dataclass(frozen=True, slots=True)
class Row:
    measure: Measure
    roles: tuple[RoleLine, ...]
    targets: tuple[Target, ...]
    deadline: Deadline
    standing: StandingLine | None


@dataclass(frozen=True, slots=True)
class TaskRows:
    task: Task
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class PartRows:
    """A part with its tasks on this page, or a light with them where worse ones come first; `words` counts the
    measures on all pages."""

    section: Section | None
    label: str
    words: str
    tasks: tuple[TaskRows, ...]


Readable = frozenset[int] | None  # measures whose accepted progress the person may read, None for all


def part_rows(
    measures: Sequence[Measure], counts: LedgerCounts, plan_year: int, readable: Readable = None
) -> list[PartRows]:
    """`measures` in the document's order, loaded by `queries.with_parts`."""
    parts = []
    for section, own in groupby(measures, key=lambda measure: measure.task.section):
        words = counts.parts[section.pk if section else None].words
        parts.append(PartRows(section, part_label(section), words, task_rows(own, plan_year, readable)))
    return parts


def light_rows(
    measures: Sequence[Measure], counts: LedgerCounts, plan_year: int, readable: Readable = None
) -> list[PartRows]:
    """`measures` with the worse lights first."""
    groups = []
    for light, own in groupby(measures, key=light_of):
        label = str(Light(light).label) if light else "尚未汇总"
        words = f"{counts.whole.lights[light]}项措施" if light else ""
        groups.append(PartRows(None, label, words, task_rows(own, plan_year, readable)))
    return groups


def light_of(measure: Measure) -> str:
    return measure.standing.light if hasattr(measure, "standing") else ""


def task_rows(measures: Iterable[Measure], plan_year: int, readable: Readable) -> tuple[TaskRows, ...]:
    tasks = groupby(measures, key=lambda measure: measure.task)
    return tuple(TaskRows(task, tuple(row(m, plan_year, readable) for m in group)) for task, group in tasks)


def row(measure: Measure, plan_year: int, readable: Readable = None) -> Row:
    return Row(
        measure=measure,
        roles=role_lines(measure.active_assignments),  # type: ignore[attr-defined]
        targets=tuple(target(indicator) for indicator in measure.indicators.all()),
        deadline=deadline(measure, plan_year),
        standing=standing_line(measure, readable),
    )


def target(indicator: Indicator) -> Target:
    words = target_text(indicator)
    return Target(indicator.pk, indicator.subject, words, f"i{indicator.pk}", value_line(indicator))


def role_lines(assignments: Iterable[Assignment]) -> tuple[RoleLine, ...]:
    """One line a role, in the order of `Assignment.Role`; units as the document orders them."""
    rows = list(assignments)
    lines = ((role, [a for a in rows if a.role == role]) for role in Role)
    return tuple(
        RoleLine(role.label, role in ANSWERS, parties(found), anchor_of(found)) for role, found in lines if found
    )


def anchor_of(assignments: Sequence[Assignment]) -> str:
    """The first one's that the source names."""
    return next((f"a{a.pk}" for a in assignments if a.span_start < a.span_end), "")


def parties(assignments: Sequence[Assignment]) -> tuple[Party, ...]:
    """A group's members become one party, at the place of its first member."""
    found: dict[tuple[str, int | None], Party] = {}
    for assignment in assignments:
        grouped = assignment.via_group_id and assignment.department_id
        key = ("group", assignment.via_group_id) if grouped else ("row", assignment.pk)
        if key not in found:
            found[key] = party_of(assignment, assignments)
    return tuple(found.values())


def party_of(assignment: Assignment, others: Sequence[Assignment]) -> Party:
    group, department = assignment.via_group, assignment.department
    if group is not None and department is not None:
        members = [a.department for a in others if a.via_group_id == group.pk and a.department]
        ordered = sorted(members, key=lambda unit: (unit.position, unit.pk))
        return Party(group.name, group=group.pk, members=tuple(unit.name for unit in ordered))
    return Party(department.name, unit=department.pk) if department else Party(assignment.surface)


def target_text(indicator: Indicator) -> str:
    """≥3.2批次/千人."""
    return target_said(indicator.comparator, indicator.value, indicator.unit)


def target_said(comparator: str, value: Decimal, unit: str) -> str:
    return f"{Indicator.Comparator(comparator).label}{with_unit(f'{value.normalize():f}', unit)}"


def deadline(measure: Measure, plan_year: int) -> Deadline:
    return deadline_said(measure.due_on, measure.due_text, plan_year)


def deadline_said(due_on: date | None, due_text: str, plan_year: int) -> Deadline:
    """8月31日, with the year where it is not the plan's; else the document's words, else the end of the year."""
    if due_on is None:
        return Deadline(due_text or YEAR_END, stated=bool(due_text))
    year = "" if due_on.year == plan_year else f"{due_on.year}年"
    return Deadline(f"{year}{due_on.month}月{due_on.day}日", stated=True)


def printed(measure: Measure) -> list[tuple[int, int]]:
    """Where the source names the units; an amendment's units it does not name."""
    spans = [(a.span_start, a.span_end) for a in measure.active_assignments]  # type: ignore[attr-defined]
    return [(start, end) for start, end in spans if start < end]


def is_reworded(measure: Measure) -> bool:
    """The office has corrected the wording: it no longer stands so in the source."""
    source = measure.task.plan.source
    return source is None or measure.text not in source.text[measure.span_start : measure.span_end]


def excerpts_of(measure: Measure) -> list[Excerpt]:
    """The measure's sentence in the source with units, targets and duties marked; one query for the duties.

    `measure` is loaded by `queries.with_parts`, with its plan's source.
    """
    plan = measure.task.plan
    text = plan.source.text if plan.source else ""
    targets = [Mark(i.span_start, i.span_end, "target") for i in measure.indicators.all()]
    duties = [Mark(rule.span_start, rule.span_end, "duty") for rule in plan.reporting_rules.all()]
    units = unit_marks(text, printed(measure))
    end = max([measure.span_end, *(mark.end for mark in units if 0 <= mark.start - measure.span_end <= GAP)])
    return excerpts(text, measure.span_start, end, [*targets, *units, *duties])
