"""Who owes what in a period: assignments set-wise, and the forms with their entries and figures.

A form is written at the first look of its unit or of the office; what a round page counts as owed is computed for
all units at once, so that it never depends on who has looked.
"""

from __future__ import annotations

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
DONE, ACCEPTED = ProgressEntry.State.DONE, ProgressEntry.Status.ACCEPTED
PERIOD = "measure__task__plan__reporting_periods"
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
    owed = owed_in([period])
    return owed if departments is None else owed.filter(department__in=departments)


def owed_in(periods: Iterable[ReportingPeriod]) -> QuerySet[Any]:
    """As `owed_assignments`, of several periods: an assignment comes once for each period (`asked_in`, by its key) in
    which it owes an entry. One query, and what reading the words of duties costs; rules are best prefetched."""
    asked_in = asking(periods)
    paired = Assignment.objects.active().annotate(
        asked_in=F(PERIOD), asked_until=F(f"{PERIOD}__end"), asked_kind=F(f"{PERIOD}__kind")
    )
    standing: QuerySet[Assignment] = paired.filter(
        _asked(asked_in),
        Q(started_on__isnull=True) | Q(started_on__lte=F("asked_until")),
        department__isnull=False,
        measure__task__plan__issued_on__lte=F("asked_until"),
    )
    closed = Closure.objects.filter(measure=OuterRef("measure"), state=Closure.State.APPROVED)
    due = standing.filter(~_of_another_time({p.kind for p in asked_in}), ~Exists(closed))
    ever_done = ProgressEntry.objects.filter(assignment=OuterRef("pk"), status=ACCEPTED, state=DONE)
    return due.annotate(latest_state=_latest_state()).filter(
        # Most were never done, which is cheaper to find out than what was said last.
        ~Exists(ever_done) | ~Q(latest_state=DONE) | Exists(_held_by(OuterRef("department")))
    )


def owed_counts(period: ReportingPeriod) -> dict[int, int]:
    """How many entries each department (by key) owes, whether or not it has opened its form."""
    owed = owed_assignments(period).order_by().values("department").annotate(n=Count("pk"))
    return dict(owed.values_list("department", "n"))


def owing_units(periods: Collection[ReportingPeriod]) -> dict[int, int]:
    """How many departments owe something in each period, by the period's key; one query for all of them, and what
    reading the words of duties costs. The periods' rules are best prefetched."""
    owed = owed_in(periods).order_by().values("asked_in").annotate(n=Count("department", distinct=True))
    return dict(owed.values_list("asked_in", "n"))


def never_sent(periods: Collection[ReportingPeriod]) -> list[tuple[int, int]]:
    """Assignment and period wherever an entry is owed by a unit that has sent no form for the period; one query, and
    what reading the words of duties costs. A form that was sent gains no entries by a later amendment."""
    sent = ProgressReport.objects.filter(
        department=OuterRef("department"), period=OuterRef("asked_in"), first_submitted_at__isnull=False
    )
    return list(owed_in(periods).order_by().filter(~Exists(sent)).values_list("pk", "asked_in"))


def asking(periods: Iterable[ReportingPeriod]) -> list[ReportingPeriod]:
    """Those that ask units for a form."""
    return [p for p in periods if not p.cancelled and p.direction == ReportingRule.Direction.TO_OFFICE]


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


def _asked(periods: Iterable[ReportingPeriod]) -> Q:
    """The periods, each with what its duties' words ask for; those whose words ask everybody in one list."""
    everybody, some = [], Q()
    for period in periods:
        asked = units_asked(period)
        if period.kind == Kind.ONCE:
            asked &= _named_by(period)
        if asked:
            some |= Q(asked_in=period.pk) & asked
        else:
            everybody.append(period.pk)
    return Q(asked_in__in=everybody) | some


def _of_another_time(kinds: Iterable[str]) -> Q:
    """A measure without targets and not past its date whose duties to report all fall due less often."""
    stated = ReportingRule.objects.filter(
        plan=OuterRef("measure__task__plan"),
        span_start__gte=OuterRef("measure__span_start"),
        span_end__lte=OuterRef("measure__span_end"),
    )
    all_rarer = Q(pk__in=[])  # of a kind for which no duty is rarer
    for kind in sorted(RARER.keys() & set(kinds)):
        rarer = Q(frequency__in=RARER[kind])
        all_rarer |= Q(Exists(stated.filter(rarer)), ~Exists(stated.exclude(rarer)), asked_kind=kind)
    # In the order in which the database looks: what is cheap to know decides most cases.
    return (
        (Q(measure__due_on__isnull=True) | Q(measure__due_on__gt=F("asked_until")))
        & ~Q(Exists(Indicator.objects.filter(measure=OuterRef("measure"))))
        & all_rarer
        & ~Q(Exists(stated.filter(periods=OuterRef("asked_in"))))
    )


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


def _latest_state() -> Coalesce:
    """What was accepted before the measure's closure was taken back counts no more."""
    undone = Closure.objects.filter(
        measure=OuterRef("assignment__measure"), state=Closure.State.REOPENED, decided_at__gte=OuterRef("decided_at")
    )
    accepted = ProgressEntry.objects.filter(
        ~Exists(undone),
        assignment=OuterRef("pk"),
        status=ACCEPTED,
        report__period__end__lt=OuterRef("asked_until"),
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
