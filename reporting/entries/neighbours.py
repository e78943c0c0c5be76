"""Who else is in a measure, and what they have submitted on it in this period."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from departments.models import User
from reporting.entries.content import content_of
from reporting.entries.formulas import formula_text
from reporting.entries.loading import with_figures
from reporting.entries.steps import ANSWERS
from reporting.models import ProgressEntry, ProgressReport
from tasks.models import Assignment, Measure

Role, Status = Assignment.Role, ProgressEntry.Status
NAMED = 4  # units of one role on the line, the rest as a count


@dataclass(frozen=True, slots=True)
class RoleLine:
    """The units of one role in words; `answers` says that the role answers for the measure."""

    label: str
    answers: bool
    names: str


@dataclass(frozen=True, slots=True)
class Neighbour:
    """What another unit submitted; `told` that it was reported to the lead, which may draw on it."""

    entry: int
    department: str
    role: str
    state: str
    text: str
    problems: str
    figures: tuple[str, ...]
    told: bool


def role_lines(measure: Measure) -> tuple[RoleLine, ...]:
    """One query."""
    active: Iterable[Assignment] = Assignment.objects.active().filter(measure=measure).select_related("department")
    rows = sorted(active, key=lambda a: (a.department.position if a.department else 0, a.pk))
    lines = ((role, [a for a in rows if a.role == role]) for role in Role)
    return tuple(RoleLine(str(role.label), role in ANSWERS, names_of(found)) for role, found in lines if found)


def names_of(assignments: Sequence[Assignment]) -> str:
    """区教体局、区卫健委 or, of many, 青溪镇、禾丰镇等6家."""
    names = [a.department.name if a.department else a.surface for a in assignments]
    if len(names) <= NAMED:
        return "、".join(names)
    return f"{'、'.join(names[:2])}等{len(names)}家"


def neighbours_of(entry: ProgressEntry, report: ProgressReport, user: User) -> list[Neighbour]:
    """Others' submitted entries on the same measure and period that the person may see; three queries. One that was
    returned is being written anew and is not shown."""
    seen = ProgressEntry.objects.visible_to(user).filter(
        assignment__measure=entry.assignment.measure_id,
        report__period=report.period_id,
        status__in=(Status.SUBMITTED, Status.ACCEPTED),
    )
    others = seen.exclude(report=report).select_related("assignment", "report__department")
    rows = with_figures(others.order_by("report__department__position", "pk"))
    return [neighbour(other) for other in rows]


def neighbour(entry: ProgressEntry) -> Neighbour:
    figures = {figure.indicator: figure for figure in content_of(entry).figures}
    rows = [(row.indicator, figures[row.indicator_id]) for row in entry.figures.all()]
    said = [(indicator.subject, formula_text(indicator, figure)) for indicator, figure in rows]
    return Neighbour(
        entry=entry.pk,
        department=entry.report.department.name,
        role=entry.assignment.get_role_display(),
        state=entry.get_state_display(),
        text=entry.done_text,
        problems=entry.problems,
        figures=tuple(f"{subject}：{words}" for subject, words in said if words),
        told=entry.told_lead,
    )
