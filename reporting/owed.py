"""Who owes what in a period: assignments set-wise, and the forms with their entries and figures.

A form is written at the first look of its unit or of the office; what a round page counts as owed is computed for
all units at once, so that it never depends on who has looked.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from django.db import transaction
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from departments.models import Department
from indicators.models import Indicator, IndicatorReporter
from reporting.models import Closure, ProgressEntry, ProgressReport, ReportedFigure, ReportingPeriod
from reporting.owers import units_asked
from tasks.models import Assignment, Measure, ReportingRule

Frequency, Kind = ReportingRule.Frequency, ReportingPeriod.Kind
DONE = ProgressEntry.State.DONE
# Duties that fall due less often than a period of the kind; one that is due once says nothing of the others.
RARER: dict[str, tuple[str, ...]] = {
    Kind.MONTH: (Frequency.QUARTERLY, Frequency.HALF_YEARLY, Frequency.ANNUAL),
    Kind.QUARTER: (Frequency.HALF_YEARLY, Frequency.ANNUAL),
    Kind.HALF: (Frequency.ANNUAL,),
}


def owed_assignments(
    period: ReportingPeriod, departments: Collection[Department] | None = None
) -> QuerySet[Assignment]:
    """Active assignments that owe an entry in the period, of the departments or of all that it asks.

    `latest_state` is that of the assignment's last accepted entry before the period: what is done is owed again only
    where the unit reports figures that are to be held. A closed measure, one that only states a duty of another time,
    a cancelled period, and the office's own duty upward owe nothing.
    """
    if period.cancelled or period.direction == ReportingRule.Direction.UPWARD:
        return Assignment.objects.none()
    standing: QuerySet[Assignment] = Assignment.objects.active().filter(
        units_asked(period),
        Q(started_on__isnull=True) | Q(started_on__lte=period.end),
        department__isnull=False,
        measure__task__plan__in=period.plans.filter(issued_on__lte=period.end),
    )
    if departments is not None:
        standing = standing.filter(department__in=departments)
    closed = Closure.objects.filter(measure=OuterRef("measure"), state=Closure.State.APPROVED)
    asked = standing.filter(_falls_due_in(period), ~Exists(closed)).annotate(latest_state=_latest_state(period))
    return asked.filter(~Q(latest_state=DONE) | Exists(_held_by(OuterRef("department"))))


def owed_counts(period: ReportingPeriod) -> dict[int, int]:
    """How many entries each department (by key) owes, whether or not it has opened its form."""
    owed = owed_assignments(period).order_by().values("department").annotate(n=Count("pk"))
    return dict(owed.values_list("department", "n"))


def owing_units(periods: Collection[ReportingPeriod]) -> dict[int, int]:
    """How many departments owe something in each period, by the period's key; one query for all of them, and what
    reading the words of duties costs. The periods' rules are best prefetched."""
    asked = [owed_assignments(period).order_by().values("department").distinct() for period in asking(periods)]
    return dict(Counter(period for _, period in united(asking(periods), asked, "department")))


def never_sent(periods: Collection[ReportingPeriod]) -> list[tuple[int, int]]:
    """Assignment and period wherever an entry is owed by a unit that has sent no form for the period. A form that was
    sent gains no entries by a later amendment.

    One query, and one for each period that lacks a form. Not one for all of them: of many periods PostgreSQL would
    take seconds to plan and compile it.
    """
    found = []
    missing = units_without_form(periods)
    for period in (each for each in periods if each.pk in missing):
        owed = owed_assignments(period).order_by().filter(department__in=missing[period.pk])
        found += [(assignment, period.pk) for assignment in owed.values_list("pk", flat=True)]
    return found


def units_without_form(periods: Iterable[ReportingPeriod]) -> dict[int, list[int]]:
    """By the period's key, those of the units in its plans that have sent no form; periods that all have sent are
    left out. One query."""
    period = "measure__task__plan__reporting_periods"
    sent = ProgressReport.objects.filter(
        period=OuterRef("asked_in"), department=OuterRef("department"), first_submitted_at__isnull=False
    )
    parts = Assignment.objects.active().annotate(asked_in=F(period)).filter(~Exists(sent), department__isnull=False)
    found = defaultdict[int, list[int]](list)
    asked = parts.filter(asked_in__in=[each.pk for each in asking(periods)]).order_by()
    for pk, department in asked.values_list("asked_in", "department").distinct():
        found[pk].append(department)
    return found


def asking(periods: Iterable[ReportingPeriod]) -> list[ReportingPeriod]:
    """Those that ask units for a form."""
    return [p for p in periods if not p.cancelled and p.direction == ReportingRule.Direction.TO_OFFICE]


def united(
    periods: Iterable[ReportingPeriod], rows: Iterable[QuerySet[Any, Any]], column: str
) -> Iterable[tuple[int, int]]:
    """The column of each period's rows beside the period's key; one query, none for no periods."""
    pairs = [
        each.annotate(asked_in=Value(period.pk)).values_list(column, "asked_in")
        for period, each in zip(periods, rows, strict=True)
    ]
    return pairs[0].union(*pairs[1:], all=True) if pairs else ()


def open_report(period: ReportingPeriod, department: Department) -> ProgressReport:
    """The department's form for the period, written where it is missing; see `open_reports`."""
    return open_reports(period, [department])[department.pk]


def open_period(period: ReportingPeriod) -> dict[int, ProgressReport]:
    """The forms of all departments that owe something, by the department's key."""
    owing = owed_assignments(period).order_by().values("department")
    return open_reports(period, list(Department.objects.filter(pk__in=owing)))


def open_reports(period: ReportingPeriod, departments: Collection[Department]) -> dict[int, ProgressReport]:
    """The forms of these departments, by the department's key; the same few queries for one and for thirty.

    A form that was never submitted gains what an amendment has added since, and loses what nobody owes any more and
    nobody has touched. A submitted form stays as it is.
    """
    with transaction.atomic():
        wanted = [ProgressReport(period=period, department=department) for department in departments]
        ProgressReport.objects.bulk_create(wanted, ignore_conflicts=True)
        found = ProgressReport.objects.select_for_update(of=("self",)).select_related("period", "department")
        reports = {each.department_id: each for each in found.filter(period=period, department__in=departments)}
        drafts = {key: each for key, each in reports.items() if _follows_the_plan(each)}
        if drafts:
            _bring_up_to_date(period, drafts)
    return reports


def _falls_due_in(period: ReportingPeriod) -> Q:
    """Not a measure without targets and not past its date whose duties to report all fall due less often."""
    if period.kind == Kind.ONCE:
        return _named_by(period)
    stated = ReportingRule.objects.filter(
        plan=OuterRef("measure__task__plan"),
        span_start__gte=OuterRef("measure__span_start"),
        span_end__lte=OuterRef("measure__span_end"),
    )
    rarer = Q(frequency__in=RARER.get(period.kind, ()))
    of_another_time = (
        Q(Exists(stated.filter(rarer)))
        & ~Q(Exists(stated.exclude(rarer)))
        & ~Q(Exists(stated.filter(periods=period)))
        & ~Q(Exists(Indicator.objects.filter(measure=OuterRef("measure"))))
        & (Q(measure__due_on__isnull=True) | Q(measure__due_on__gt=period.end))
    )
    return ~of_another_time


def _named_by(period: ReportingPeriod) -> Q:
    """Of a single duty: the measure that states it, else its task's measures, else all of its plan."""
    asked = Q()
    for rule in period.rules.all():
        own = Measure.objects.filter(
            task__plan=rule.plan_id, span_start__lte=rule.span_start, span_end__gte=rule.span_end
        )
        if measures := list(own.values_list("pk", flat=True)):
            asked |= Q(measure__in=measures)
        elif rule.task_id:
            asked |= Q(measure__task=rule.task_id)
        else:
            asked |= Q(measure__task__plan=rule.plan_id)
    return asked


def _latest_state(period: ReportingPeriod) -> Coalesce:
    """What was accepted before the measure's closure was taken back counts no more."""
    undone = Closure.objects.filter(
        measure=OuterRef("assignment__measure"), state=Closure.State.REOPENED, decided_at__gte=OuterRef("decided_at")
    )
    accepted = ProgressEntry.objects.filter(
        ~Exists(undone),
        assignment=OuterRef("pk"),
        status=ProgressEntry.Status.ACCEPTED,
        report__period__end__lt=period.end,
    )
    return Coalesce(Subquery(accepted.order_by("-report__period__end", "-pk").values("state")[:1]), Value(""))


def _held_by(department: OuterRef) -> QuerySet[IndicatorReporter]:
    """Of the measure: figures of the department that must be met each time."""
    return IndicatorReporter.objects.filter(
        department=department, indicator__measure=OuterRef("measure"), indicator__path=Indicator.Path.HOLD
    )


def _follows_the_plan(report: ProgressReport) -> bool:
    return report.status == ProgressReport.Status.DRAFT and report.first_submitted_at is None


def _bring_up_to_date(period: ReportingPeriod, drafts: dict[int, ProgressReport]) -> None:
    owed = {each.pk: each for each in owed_assignments(period, [each.department for each in drafts.values()])}
    known = dict(ProgressEntry.objects.filter(report__in=drafts.values()).values_list("assignment_id", "pk"))
    missing = [
        ProgressEntry(report=drafts[each.department_id], assignment=each)
        for each in owed.values()
        if each.pk not in known and each.department_id is not None
    ]
    ProgressEntry.objects.bulk_create(missing, ignore_conflicts=True)
    _tell_open_pages({each.report.pk: each.report for each in missing})
    _drop_untouched([pk for assignment, pk in known.items() if assignment not in owed])
    _add_figures(owed, ProgressEntry.objects.filter(report__in=drafts.values(), assignment__in=owed))


def _tell_open_pages(reports: dict[int, ProgressReport]) -> None:
    """A page shown before does not know what came on top: its submission is told so."""
    for report in reports.values():
        report.version += 1
    ProgressReport.objects.bulk_update(reports.values(), ["version"])


def _drop_untouched(entries: list[int]) -> None:
    """What somebody has typed, or attached, stays."""
    untouched = Q(saved_at__isnull=True, version=1, evidence__isnull=True, closures__isnull=True)
    if entries:
        ProgressEntry.objects.filter(untouched, pk__in=entries, status=ProgressEntry.Status.OPEN).delete()


def _add_figures(owed: dict[int, Assignment], entries: QuerySet[ProgressEntry]) -> None:
    """A row for each figure that the department supplies in the measure; of what is done only for those to be held."""
    supplied = entries.filter(assignment__measure__indicators__reporters__department=F("report__department"))
    rows = supplied.values_list("pk", "assignment_id", "assignment__measure__indicators")
    known = set(ReportedFigure.objects.filter(entry__in=entries).values_list("entry_id", "indicator_id"))
    held = _held({indicator for _, _, indicator in rows})
    wanted = {
        (entry, indicator)
        for entry, assignment, indicator in rows
        if indicator in held or getattr(owed[assignment], "latest_state", "") != DONE
    }
    ReportedFigure.objects.bulk_create(
        (ReportedFigure(entry_id=entry, indicator_id=indicator) for entry, indicator in sorted(wanted - known)),
        ignore_conflicts=True,
    )


def _held(indicators: Iterable[int]) -> set[int]:
    held = Indicator.objects.filter(pk__in=indicators, path=Indicator.Path.HOLD)
    return set(held.values_list("pk", flat=True))
