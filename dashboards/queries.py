"""Questions to the plan: which one is current, its counts, and the measures that a filter leaves."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.db.models import (
    Case,
    Count,
    Exists,
    IntegerField,
    Max,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from core import calendar, clock
from dashboards.ledger_counts import DONE
from departments.models import Department, DepartmentGroup, Jurisdiction, User
from indicators.models import Indicator, IndicatorReporter
from reporting.models import Light
from tasks.models import Assignment, Measure, Plan, Section, Task

MEASURE_NUMBER = re.compile(r"(\d{1,4})[.．](\d{1,4})")
SOON = 20  # working days
SWITCHABLE = 12  # plans offered beside the one shown
ANSWERS = (Assignment.Role.LEAD, Assignment.Role.RESPONSIBLE)
COUNTS = ("n_sections", "n_tasks", "n_measures", "n_assignments", "n_open", "n_indicators")
COUNTS_KEPT = 3600  # seconds
# Red first; what is not judged yet comes last.
PLACES = [When(standing__light=light, then=place) for place, light in enumerate(Light)]
SEVERITY = Case(*PLACES, default=len(PLACES), output_field=IntegerField())
NO_SECTION = 0  # the part of tasks that stand outside all parts


@dataclass(frozen=True, slots=True)
class LedgerChoices:
    """What the filters of one plan offer, as (value, label): parts by number, units by pk, groups by g + pk."""

    parts: list[tuple[int, str]]
    units: list[tuple[str, str]]
    groups: list[tuple[str, str]]


def how_many(rows: QuerySet[Any], owner: str) -> Coalesce:
    """The number of `rows` that belong to the outer row by their path `owner`."""
    counted = rows.filter(**{owner: OuterRef("pk")}).order_by().values(owner).annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), Value(0))


def with_counts(plans: QuerySet[Plan]) -> QuerySet[Plan]:
    """Plans with the numbers of their parts: `n_sections`, `n_tasks`, `n_measures`, `n_assignments` (those
    bound to a unit), `n_open` (names left open) and `n_indicators`."""
    active = Assignment.objects.active()
    return plans.annotate(
        n_sections=how_many(Section.objects.all(), "plan"),
        n_tasks=how_many(Task.objects.all(), "plan"),
        n_measures=how_many(Measure.objects.all(), "task__plan"),
        n_assignments=how_many(active.filter(department__isnull=False), "measure__task__plan"),
        n_open=how_many(active.filter(department__isnull=True), "measure__task__plan"),
        n_indicators=how_many(Indicator.objects.all(), "measure__task__plan"),
    )


def counted(plan: Plan) -> Plan:
    """The plan with the numbers of `with_counts`, and `n_by_part` as of `count_by_part`. Those of a plan in force,
    which nothing but a recorded amendment changes, are kept until the next one: counting 100,000 measures takes
    longer than showing a page of them."""
    numbers = kept_numbers(plan) if plan.is_issued else numbers_of(plan)
    for name, number in numbers.items():
        setattr(plan, name, number)
    return plan


def kept_numbers(plan: Plan) -> dict[str, Any]:
    """One query, and two more the first time after an amendment."""
    key = f"plan-counts-{plan.pk}-{plan.amendments.aggregate(last=Max('pk'))['last']}"
    numbers: dict[str, Any] | None = cache.get(key)
    if numbers is None:
        numbers = numbers_of(plan)
        cache.set(key, numbers, COUNTS_KEPT)
    return numbers


def numbers_of(plan: Plan) -> dict[str, Any]:
    """Two queries."""
    counts: dict[str, Any] = with_counts(Plan.objects.filter(pk=plan.pk)).values(*COUNTS).get()
    return {**counts, "n_by_part": count_by_part(plan_measures(plan))}


def visible_plans(user: User) -> QuerySet[Plan]:
    """In force before closed before draft, newest first."""
    in_force, closed = When(stage=Plan.Stage.ISSUED, then=0), When(stage=Plan.Stage.CLOSED, then=1)
    stage = Case(in_force, closed, default=2, output_field=IntegerField())
    plans: QuerySet[Plan] = Plan.objects.current().visible_to(user)
    return plans.select_related("jurisdiction").alias(rank=stage).order_by("rank", "-year", "-pk")


def current_plan(user: User, jurisdiction: Jurisdiction | None) -> Plan | None:
    """The latest plan in force of the jurisdiction; else closed, else the draft that its office sees."""
    plan = visible_plans(user).filter(jurisdiction=jurisdiction).first()
    return counted(plan) if plan else None


def ledger_choices(plan: Plan) -> LedgerChoices:
    """Four queries; units in the customary order. A plan names only units and groups of its own place, each of which
    is asked for one assignment: to look through all of them would take longer the larger the plan is."""
    ours = Assignment.objects.active().filter(measure__task__plan=plan)
    here = {"jurisdiction": plan.jurisdiction_id}
    units = Department.objects.filter(Exists(ours.filter(department=OuterRef("pk"))), **here).order_by("position", "pk")
    groups = DepartmentGroup.objects.filter(Exists(ours.filter(via_group=OuterRef("pk"))), **here).order_by("pk")
    parts = [(s.number, part_label(s)) for s in plan.sections.all()]
    outside = parts and plan.tasks.filter(section__isnull=True).exists()
    return LedgerChoices(
        parts=parts + ([(NO_SECTION, part_label(None))] if outside else []),
        units=[(str(pk), name) for pk, name in units.values_list("pk", "name")],
        groups=[(f"g{pk}", name) for pk, name in groups.values_list("pk", "name")],
    )


def part_label(section: Section | None) -> str:
    """The part as written (一、整治突出问题), or its number where the document writes none."""
    if section is None:
        return "不分部分"
    return str(section) if section.label else f"{section.number}. {section.title}"


def plan_measures(plan: Plan) -> QuerySet[Measure]:
    """In the order of the document."""
    measures: QuerySet[Measure] = Measure.objects.of_plan(plan)
    return measures.order_by("task__number", "position")


def filtered(plan: Plan, conditions: dict[str, Any]) -> QuerySet[Measure]:
    """The plan's measures that meet all `conditions`, the cleaned data of `LedgerForm`."""
    found = plan_measures(plan).filter(
        in_parts(conditions.get("part") or []),
        assigned(conditions.get("unit", ""), conditions.get("role", "")),
        with_kind(conditions.get("kind", "")),
        due(conditions.get("due", "")),
        lit(conditions.get("light", "")),
        done(conditions.get("done", "")),
        *(says(word) for word in conditions.get("q", "").split()),
    )
    return found.order_by(SEVERITY, *found.query.order_by) if conditions.get("order") else found


def lit(light: str) -> Q:
    """A light, or `fault`: red and amber."""
    if light == "fault":
        return Q(standing__light__in=(Light.RED, Light.AMBER))
    return Q(standing__light=light) if light else Q()


def done(state: str) -> Q:
    """A state of done, which counts those after it, or `open`: nobody says done."""
    if state == "open":
        return ~DONE["claimed"]
    return DONE[state] if state else Q()


def in_parts(numbers: list[int]) -> Q:
    if not numbers:
        return Q()
    outside = Q(task__section__isnull=True) if NO_SECTION in numbers else Q(pk__in=())
    return Q(task__section__number__in=numbers) | outside


def assigned(unit: str, role: str) -> Q:
    """One and the same active assignment has the unit (pk, or g + pk of a group) and the role (`answers`: lead or
    responsible)."""
    rows = Assignment.objects.active().filter(measure=OuterRef("pk"))
    if unit.startswith("g"):
        rows = rows.filter(via_group=unit[1:])
    elif unit:
        rows = rows.filter(department=unit)
    if role:
        rows = rows.filter(role__in=ANSWERS if role == "answers" else [role])
    return Q(Exists(rows)) if unit or role else Q()


def with_kind(kind: str) -> Q:
    """A kind of indicator, `any`, or `none`."""
    rows = Indicator.objects.filter(measure=OuterRef("pk"))
    if kind == "none":
        return ~Q(Exists(rows))
    if kind == "any":
        return Q(Exists(rows))
    return Q(Exists(rows.filter(kind=kind))) if kind else Q()


def due(when: str) -> Q:
    """past: the date is over; soon: within `SOON` working days from today; dated; year_end: no date stated."""
    today = clock.today()
    match when:
        case "past":
            return Q(due_on__lt=today)
        case "soon":
            return Q(due_on__range=(today, calendar.add_working_days(today, SOON)))
        case "dated" | "year_end":
            return Q(due_on__isnull=when == "year_end")
    return Q()


def says(word: str) -> Q:
    """The word stands in the measure, its task, a unit's name or an indicator; or it is the measure's number, 4.2."""
    own = Assignment.objects.active().filter(measure=OuterRef("pk"))
    units = own.filter(Q(department__name__icontains=word) | Q(surface__icontains=word))
    targets = Indicator.objects.filter(measure=OuterRef("pk"), subject__icontains=word)
    found = Q(text__icontains=word) | Q(task__title__icontains=word) | Q(Exists(units)) | Q(Exists(targets))
    number = MEASURE_NUMBER.fullmatch(word)
    return found | Q(task__number=number[1], position=number[2]) if number else found


def count_by_part(measures: QuerySet[Measure]) -> dict[int | None, int]:
    """How many of `measures` lie in each part, by its pk (None: outside all parts); one query."""
    counted = measures.order_by().values("task__section").annotate(n=Count("pk"))
    return dict(counted.values_list("task__section", "n"))


def with_parts(measures: QuerySet[Measure]) -> QuerySet[Measure]:
    """With task, part, active assignments and indicators; two more queries."""
    active = Assignment.objects.active().select_related("department", "via_group").order_by("position", "pk")
    related = ("task__section", "standing__progress_unit", "standing__progress_period")
    return measures.select_related(*related).prefetch_related(
        Prefetch("assignments", queryset=active, to_attr="active_assignments"),
        Prefetch("indicators", queryset=Indicator.objects.select_related("standing").order_by("position")),
    )


def indicators_of(measure: Measure) -> QuerySet[Indicator]:
    """Targets with the units that report their figures, in the customary order."""
    reporters = IndicatorReporter.objects.select_related("department").order_by("department__position", "department")
    found = measure.indicators.select_related("standing").order_by("position")
    return found.prefetch_related(Prefetch("reporters", queryset=reporters))
