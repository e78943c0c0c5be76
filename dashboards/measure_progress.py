"""What a measure's page says of progress: how each unit stands, and what was accepted of each, the latest first."""

from __future__ import annotations

from dataclasses import dataclass

from dashboards.standing_rows import CLAIMED, REVIEWED, VERIFIED, Lit, lit
from departments.models import Department, User
from reporting.models import AssignmentStanding, MeasureStanding, ProgressEntry
from reporting.standing.loading import short_title
from tasks.models import Assignment, Measure
from tasks.parts import STRENGTH

SHOWN = 12  # accepted texts
STEPS = (CLAIMED, REVIEWED, VERIFIED)


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A unit's part: how it reports, and whether it says or was accepted as done."""

    unit: str
    pk: int
    role: str
    lit: Lit
    done: str


@dataclass(frozen=True, slots=True)
class Accepted:
    when: str
    unit: str
    state: str
    text: str
    problems: str


def done_steps(measure: Measure) -> list[tuple[str, bool]]:
    """The three states of done, each with whether it is reached."""
    standing: MeasureStanding | None = getattr(measure, "standing", None)
    verified = bool(standing and standing.verified_on)
    reviewed = bool(standing and (standing.reviewed or verified))
    claimed = bool(standing and (standing.claimed or reviewed))
    return list(zip(STEPS, (claimed, reviewed, verified), strict=True))


def unit_lines(measure: Measure) -> list[UnitLine]:
    """The foremost role first, units in their customary order; one query."""
    active = Assignment.objects.active().filter(measure=measure).select_related("department", "standing")
    rows = [row for row in active if row.department and hasattr(row, "standing")]
    rows.sort(key=lambda row: (STRENGTH[row.role], row.department.position, row.pk))
    return [unit_line(row.department, row, row.standing) for row in rows]


def unit_line(unit: Department, assignment: Assignment, standing: AssignmentStanding) -> UnitLine:
    done = REVIEWED if standing.reviewed else CLAIMED if standing.claimed else ""
    return UnitLine(unit.name, unit.pk, assignment.get_role_display(), lit(standing.light, standing.reason), done)


def accepted_progress(measure: Measure, user: User) -> list[Accepted]:
    """Texts that the person may read; one query."""
    visible = ProgressEntry.objects.visible_to(user).filter(assignment__measure=measure, status="accepted")
    related = visible.exclude(done_text="").select_related("report__period", "report__department")
    rows = related.order_by("-report__period__end", "report__department__position", "pk")[:SHOWN]
    return [
        Accepted(
            short_title(row.report.period),
            row.report.department.name,
            row.get_state_display(),
            row.done_text,
            row.problems,
        )
        for row in rows
    ]
