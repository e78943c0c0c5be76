"""What one unit owes in a plan: its measures by role, the targets it reports, its deadlines and duties to report."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, Count, IntegerField, Prefetch, Q, QuerySet, When, Window
from django.db.models.functions import RowNumber

from core import calendar, clock
from dashboards.queries import ANSWERS, how_many, visible_plans
from dashboards.rows import Deadline, deadline, target_text
from dashboards.standing_rows import Lit, ValueLine, done_word, unit_lit, value_line
from departments.models import Department, User
from indicators.models import Indicator, IndicatorReporter
from reporting import owers as duty
from reporting.models import AssignmentStanding, Light, MeasureStanding
from tasks.models import Assignment, Measure, Plan, ReportingRule

Role = Assignment.Role
IN_ORDER = ("measure__task__number", "measure__position")
PLACES = [When(standing__counted_light=light, then=place) for place, light in enumerate(Light)]
WORSE_FIRST = (Case(*PLACES, default=len(PLACES), output_field=IntegerField()), *IN_ORDER)
NEAREST = 5  # deadlines on the home page
SHOWN = 50  # measures of one role on the page; the ledger has them all


@dataclass(frozen=True, slots=True)
class OwedTarget:
    """A target of the measure, with its figure where one is known; `reported`: this unit supplies it; `anchor`: its
    place in the source."""

    pk: int
    subject: str
    text: str
    reported: bool
    anchor: str
    now: ValueLine | None


@dataclass(frozen=True, slots=True)
class Owed:
    """A measure as the unit's list says it. `days` counts working days to a stated date, negative once it is over.

    `lit` is what the measure counts as for this unit, `done` the furthest state that its part has reached.
    """

    assignment: Assignment
    measure: Measure
    targets: tuple[OwedTarget, ...]
    deadline: Deadline
    days: int | None
    lit: Lit | None
    done: str

    @property
    def days_gone(self) -> int:
        return -(self.days or 0)


@dataclass(frozen=True, slots=True)
class OwedRole:
    """All of one role: `rows` holds the first `SHOWN` of `count`."""

    role: str
    label: str
    answers: bool
    count: int
    rows: tuple[Owed, ...]


def plans_owed(user: User, department: Department) -> QuerySet[Plan]:
    """Plans in force in which the unit has a part and that the person sees, the current one first."""
    owed = Assignment.objects.owed_by(department)
    return visible_plans(user).filter(pk__in=owed.values("measure__task__plan"))


def assignments_owed(department: Department, plan: Plan) -> QuerySet[Assignment]:
    """In the document's order, with measures, targets and their reporters; three queries."""
    owed: QuerySet[Assignment] = Assignment.objects.active().filter(department=department, measure__task__plan=plan)
    related = ("measure__task__section", "measure__standing", "via_group", "standing")
    ordered = owed.select_related(*related).order_by(*IN_ORDER)
    indicators = Indicator.objects.select_related("standing").order_by("position").prefetch_related("reporters")
    return ordered.prefetch_related(Prefetch("measure__indicators", queryset=indicators))


def with_light(owed: QuerySet[Assignment], light: str) -> QuerySet[Assignment]:
    """Those that count as this light for their unit; all for anything that is no light."""
    return owed.filter(standing__counted_light=light) if light in Light.values else owed


def count_by_light(owed: QuerySet[Assignment]) -> dict[str, int]:
    """Every light with its number; one query."""
    counted = owed.order_by().values("standing__counted_light").annotate(n=Count("pk"))
    found = dict(counted.values_list("standing__counted_light", "n"))
    return {light: found.get(light, 0) for light in Light.values}


def first_of_roles(owed: QuerySet[Assignment], order: Sequence[Any] = IN_ORDER) -> QuerySet[Assignment]:
    """The first `SHOWN` of each role in this order, so that a unit with a thousand measures is not loaded whole."""
    placed = owed.annotate(place=Window(RowNumber(), partition_by="role", order_by=order))
    return placed.filter(place__lte=SHOWN).order_by(*order)


def count_by_role(owed: QuerySet[Assignment]) -> dict[str, int]:
    return dict(owed.order_by().values("role").annotate(n=Count("pk")).values_list("role", "n"))


def nearest(owed: QuerySet[Assignment]) -> QuerySet[Assignment]:
    """The first `NEAREST` with a stated date that is not over, the earliest first."""
    return owed.filter(measure__due_on__gte=clock.today()).order_by("measure__due_on", *IN_ORDER)[:NEAREST]


def reported_by(department: Department, plan: Plan) -> QuerySet[Indicator]:
    """Targets whose figures the unit supplies, in the document's order."""
    own = Indicator.objects.filter(measure__task__plan=plan, reporters__department=department)
    return own.select_related("measure__task").order_by("measure__task__number", "measure__position", "position")


def owed_rows(assignments: Iterable[Assignment], department: Department, plan: Plan) -> list[Owed]:
    """One row an assignment; one query for the calendar."""
    known = calendar.load(date(plan.year, 1, 1), date(plan.year + 1, 12, 31))
    return [owed_row(a, department, plan, known) for a in assignments]


def owed_row(assignment: Assignment, department: Department, plan: Plan, known: calendar.WorkCalendar) -> Owed:
    measure = assignment.measure
    return Owed(
        assignment=assignment,
        measure=measure,
        targets=tuple(owed_target(i, department) for i in measure.indicators.all()),
        deadline=deadline(measure, plan.year),
        days=known.working_days_between(clock.today(), measure.due_on) if measure.due_on else None,
        lit=unit_lit(assignment),
        done=done_of(assignment),
    )


def done_of(assignment: Assignment) -> str:
    """Of the unit's own part; closed is the measure as a whole."""
    found: AssignmentStanding | None = getattr(assignment, "standing", None)
    whole: MeasureStanding | None = getattr(assignment.measure, "standing", None)
    verified_on = whole.verified_on if whole else None
    return done_word(found.claimed, found.reviewed, verified_on) if found else ""


def owed_target(indicator: Indicator, department: Department) -> OwedTarget:
    reported = any(reporter.department_id == department.pk for reporter in indicator.reporters.all())
    words, anchor = target_text(indicator), f"i{indicator.pk}"
    return OwedTarget(indicator.pk, indicator.subject, words, reported, anchor, value_line(indicator))


def by_role(rows: list[Owed], counts: dict[str, int]) -> list[OwedRole]:
    """Lead and responsible first, then shared, then support; `counts` as of `count_by_role`."""
    return [
        OwedRole(
            role.value,
            str(role.label),
            role in ANSWERS,
            counts[role],
            tuple(row for row in rows if row.assignment.role == role),
        )
        for role in (Role.LEAD, Role.RESPONSIBLE, Role.SHARED, Role.SUPPORT)
        if role in counts
    ]


def duties_of(department: Department, plan: Plan) -> list[ReportingRule]:
    """Reports to the office that the plan asks of the unit: of everybody, of it by name, or of a task of its own."""
    own = Assignment.objects.active().filter(department=department, measure__task__plan=plan)
    asked = Q(task__isnull=True) | Q(task__in=own.values("measure__task"))
    rules = ReportingRule.objects.filter(asked, plan=plan, direction=ReportingRule.Direction.TO_OFFICE)
    names = {department.name, *department.aliases.values_list("name", flat=True)}
    return [rule for rule in rules if asks(rule.owers, names)]


def asks(owers: str, names: set[str]) -> bool:
    """The document's words for who reports name nobody in particular (各成员单位), or the unit by one of `names`."""
    return duty.asks_everybody(owers) or duty.asks(owers, names)


def count_by_unit(plan: Plan) -> QuerySet[Department]:
    """Units of a plan in the customary order, with their numbers of measures: `n_all`, `n_answers` (lead and
    responsible), `n_shared`, `n_support`; and `n_reported` indicators."""
    ours = Q(assignments__measure__task__plan=plan, assignments__ended_on__isnull=True)

    def counted(*roles: Role) -> Count:
        return Count("assignments", filter=ours & Q(assignments__role__in=roles), distinct=True)

    reported = IndicatorReporter.objects.filter(indicator__measure__task__plan=plan)
    units: QuerySet[Department] = Department.objects.filter(ours).annotate(
        n_all=Count("assignments", filter=ours, distinct=True),
        n_answers=counted(Role.LEAD, Role.RESPONSIBLE),
        n_shared=counted(Role.SHARED),
        n_support=counted(Role.SUPPORT),
        n_reported=how_many(reported, "department"),
    )
    return units.order_by("position", "pk")
