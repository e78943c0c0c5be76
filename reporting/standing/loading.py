"""What is known of plans, fetched set-wise: the same number of queries for one plan and for twenty, but for what
reading the duties of their periods costs. Rows come as plain tuples: objects of all entries would take longer to make
than to judge."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, tzinfo
from typing import NamedTuple

from django.db.models import Case, Q, When
from django.utils import timezone

from core import calendar, clock
from core.calendar import DayCount
from departments.models import Jurisdiction, OfficeSettings
from indicators.models import Indicator, IndicatorReporter, Reading
from indicators.population import bases_of_plans
from indicators.totals import Given
from reporting.calendar_rules import NUMERALS
from reporting.models import Closure, ProgressEntry, ProgressReport, ReportingPeriod
from reporting.owed import never_sent
from reporting.querysets import SENT
from reporting.standing.facts import AssignmentFacts, IndicatorFacts, MeasureFacts, PlanFacts, Turn
from reporting.standing.lights import Limits, limits_of
from tasks.models import Assignment, Measure, Plan
from tasks.parts import STRENGTH

Kind = ReportingPeriod.Kind


class AssignmentRow(NamedTuple):
    pk: int
    measure: int
    department: int
    unit: str
    place: int
    role: str


@dataclass(frozen=True, slots=True)
class Closed:
    """What the closures of a measure say: `verified_on` while it is closed, `reopened_at` when that was taken back."""

    verified_on: date | None = None
    reopened_at: datetime | None = None


def load_plans(plans: Collection[Plan]) -> list[PlanFacts]:
    """The facts of plans in force, on `clock.today()`."""
    today = clock.today()
    periods = periods_of(plans, today)
    closures, figures = closures_of(plans), indicators_of(plans)
    assignments = assignments_of(plans)
    turns = turns_of(plans, periods, assignments, closures)
    measures = measures_of(plans, assignments, turns, figures, closures)
    limits, bases, days = limits_of_places(plans), bases_of_plans(plans), day_count(plans, today, measures)
    ends = year_end_dues(plans)
    return [
        PlanFacts(
            plan.pk,
            plan.year,
            today,
            ends.get(plan.pk, date(plan.year, 12, 31)),
            limits[plan.jurisdiction_id],
            days,
            bases[plan.pk],
            measures[plan.pk],
        )
        for plan in plans
    ]


def day_count(plans: Iterable[Plan], today: date, measures: Mapping[int, Iterable[MeasureFacts]]) -> DayCount:
    """From a year before the earliest plan or date to a year after the latest, so that every date lies within."""
    dues = (one.due_on.year for some in measures.values() for one in some if one.due_on)
    years = [today.year, *(plan.year for plan in plans), *dues]
    first, last = date(max(min(years) - 1, 1), 1, 1), date(min(max(years) + 2, 9999), 12, 31)
    return DayCount.over(calendar.load(first, last), first, last)


def limits_of_places(plans: Iterable[Plan]) -> Mapping[int, Limits]:
    """By jurisdiction; the defaults where an office has set none."""
    places = {plan.jurisdiction_id for plan in plans}
    stored = {row.jurisdiction_id: row for row in OfficeSettings.objects.filter(jurisdiction__in=places)}
    default = OfficeSettings(jurisdiction=Jurisdiction())
    return {place: limits_of(stored.get(place, default)) for place in places}


def periods_of(plans: Collection[Plan], today: date) -> list[ReportingPeriod]:
    """Those of the plans that units answer by a form and that have begun, in the order of their ends."""
    begun = ReportingPeriod.objects.standing().with_forms().filter(plans__in=plans, start__lte=today)
    return list(begun.distinct().prefetch_related("rules").order_by("end", "due", "pk"))


def year_end_dues(plans: Collection[Plan]) -> Mapping[int, date]:
    """By plan the day by which its figures as at the year's end are due."""
    periods = ReportingPeriod.objects.standing().with_forms().filter(plans__in=plans)
    ends = [row for row in periods.values_list("plans", "year", "end", "due") if row[2] == date(row[1], 12, 31)]
    return {plan: max(due for other, _, _, due in ends if other == plan) for plan, *_ in ends}


def short_title(period: ReportingPeriod) -> str:
    """三季度, 上半年, 9月, 全年报告; a single duty keeps its name."""
    if period.kind == Kind.QUARTER:
        return f"{NUMERALS[period.ordinal]}季度"
    if period.kind == Kind.HALF:
        return ("上半年", "下半年")[period.ordinal - 1]
    return {Kind.MONTH.value: f"{period.ordinal}月", Kind.YEAR.value: "全年报告"}.get(period.kind, period.title)


def closures_of(plans: Collection[Plan]) -> Mapping[int, Closed]:
    """By measure."""
    found: dict[int, Closed] = defaultdict(Closed)
    rows = Closure.objects.filter(measure__task__plan__in=plans, state__in=("approved", "reopened")).order_by("pk")
    for measure, state, verified_on, decided_at in rows.values_list("measure", "state", "verified_on", "decided_at"):
        if state == Closure.State.APPROVED:
            found[measure] = Closed(verified_on, found[measure].reopened_at)
        else:
            found[measure] = Closed(found[measure].verified_on, decided_at)
    return found


def assignments_of(plans: Collection[Plan]) -> list[AssignmentRow]:
    """Active ones with a unit, of each measure the foremost first, units in their customary order."""
    active = Assignment.objects.active().filter(measure__task__plan__in=plans, department__isnull=False)
    columns = ("pk", "measure_id", "department_id", "department__name", "department__position", "role")
    rows = [AssignmentRow(*row) for row in active.order_by().values_list(*columns)]
    return sorted(rows, key=lambda row: (STRENGTH[row.role], row.place, row.department))


def turns_of(
    plans: Collection[Plan],
    periods: Sequence[ReportingPeriod],
    assignments: Iterable[AssignmentRow],
    closures: Mapping[int, Closed],
) -> Mapping[int, list[Turn]]:
    """By assignment, in the order of the periods' ends."""
    asked = {period.pk: Turn(period.pk, short_title(period), period.end, period.due) for period in periods}
    order, zone = {pk: place for place, pk in enumerate(asked)}, timezone.get_current_timezone()
    rows, found = {row.pk: row for row in assignments}, defaultdict[int, dict[int, Turn]](dict)
    reopened = [measure for measure, closed in closures.items() if closed.reopened_at]
    for entry in sent_entries(plans, periods, reopened):
        if row := rows.get(entry.assignment):
            reopened_at = closures[row.measure].reopened_at if row.measure in closures else None
            found[row.pk][order[entry.period]] = sent_turn(entry, asked[entry.period], reopened_at, zone)
    extended = extensions_of(periods)
    for assignment, period in never_sent(periods):
        if row := rows.get(assignment):
            turn = asked[period]
            due = max(turn.due, extended.get((period, row.department), turn.due))
            found[row.pk].setdefault(order[period], replace(turn, due=due))
    return {pk: [own[place] for place in sorted(own)] for pk, own in found.items()}


class EntryRow(NamedTuple):
    """`decided_at` only where something depends on it."""

    pk: int
    assignment: int
    period: int
    status: str
    state: str
    decided_at: datetime | None
    answer_due: date | None


def sent_turn(entry: EntryRow, asked: Turn, reopened_at: datetime | None, zone: tzinfo) -> Turn:
    """Dates in `zone`, which is asked for once: there are thousands of entries."""
    decided = entry.decided_at
    return Turn(
        entry.period,
        asked.title,
        asked.end,
        asked.due,
        entry.status,
        entry.state,
        entry.pk,
        decided.astimezone(zone).date() if decided else None,
        entry.answer_due,
        void=reopened_at is not None and decided is not None and decided <= reopened_at,
    )


def sent_entries(
    plans: Collection[Plan], periods: Sequence[ReportingPeriod], reopened: Collection[int]
) -> Iterable[EntryRow]:
    """When an entry was decided counts where it was returned, and of measures `reopened` since; a moment costs more to
    read than all else of a row."""
    counts = Q(status=ProgressEntry.Status.RETURNED) | Q(assignment__measure__in=reopened)
    decided = Case(When(counts, then="decided_at"))
    entries = ProgressEntry.objects.filter(
        assignment__measure__task__plan__in=plans, report__period__in=periods, status__in=SENT
    )
    columns = ("pk", "assignment", "report__period", "status", "state", decided, "answer_due")
    return map(EntryRow._make, entries.order_by().values_list(*columns))


def extensions_of(periods: Sequence[ReportingPeriod]) -> Mapping[tuple[int, int], date]:
    """By period and department."""
    extended = ProgressReport.objects.filter(period__in=periods, extended_until__isnull=False)
    rows = extended.order_by().values_list("period", "department", "extended_until")
    return {(period, department): until for period, department, until in rows}


def indicators_of(plans: Collection[Plan]) -> Mapping[int, list[IndicatorFacts]]:
    """By measure, in their order."""
    ours = {"indicator__measure__task__plan__in": plans}
    reporters: dict[int, list[int]] = defaultdict(list)
    rows = IndicatorReporter.objects.filter(**ours).order_by("department__position", "department")
    for indicator, department in rows.values_list("indicator", "department"):
        reporters[indicator].append(department)
    given: dict[int, list[Given]] = defaultdict(list)
    columns = ("indicator", "department", "as_of", "numerator", "denominator", "value", "absence")
    for indicator, *row in Reading.objects.filter(**ours, current=True).order_by().values_list(*columns):
        given[indicator].append(Given(*row))
    found: dict[int, list[IndicatorFacts]] = defaultdict(list)
    for one in Indicator.objects.filter(measure__task__plan__in=plans).order_by("position"):
        found[one.measure_id].append(IndicatorFacts(one, reporters[one.pk], given[one.pk]))
    return found


def measures_of(
    plans: Collection[Plan],
    assignments: Iterable[AssignmentRow],
    turns: Mapping[int, list[Turn]],
    figures: Mapping[int, list[IndicatorFacts]],
    closures: Mapping[int, Closed],
) -> Mapping[int, list[MeasureFacts]]:
    """By plan."""
    units: dict[int, list[AssignmentFacts]] = defaultdict(list)
    for row in assignments:
        own = AssignmentFacts(row.pk, row.department, row.unit, row.role, turns.get(row.pk, ()))
        units[row.measure].append(own)
    found: dict[int, list[MeasureFacts]] = defaultdict(list)
    rows = Measure.objects.filter(task__plan__in=plans).order_by("pk")
    for pk, plan, section, due_on in rows.values_list("pk", "task__plan", "task__section", "due_on"):
        verified_on = closures[pk].verified_on if pk in closures else None
        found[plan].append(MeasureFacts(pk, section, due_on, units[pk], figures.get(pk, ()), verified_on))
    return found
