"""Which units have not given their figure of an indicator for the latest period, and where it is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from core import clock
from departments.models import Department
from indicators.models import Indicator, Reading
from reporting.models import ProgressEntry, ProgressReport, ReportingPeriod
from reporting.owed import owed_assignments
from reporting.querysets import SENT
from reporting.standing.loading import short_title
from tasks.models import Plan

WAITING: dict[str, str] = {
    ProgressEntry.Status.SUBMITTED: "已报，待食安办审核",
    ProgressEntry.Status.RETURNED: "已退回，待补",
    ProgressEntry.Status.ACCEPTED: "已审核，没有报这个数",
}

Asked = Mapping[date, frozenset[int]]


@dataclass(frozen=True, slots=True)
class Missing:
    """A unit whose figure is not there, and where it is: 待审, 填写中 (never what stands in it), 未开始."""

    unit: str
    pk: int
    where: str


def missing_units(indicator: Indicator, reporters: Sequence[Department]) -> tuple[str, tuple[Missing, ...]]:
    """The short name of the latest period that has ended, empty where there is none, and who is missing in it.

    Five queries. A unit whose part was done before the period is not asked and not missing.
    """
    period = latest_ended(indicator.measure.task.plan)
    if period is None:
        return "", ()
    given = Reading.objects.filter(indicator=indicator, as_of=period.end, current=True).values("department")
    entries = ProgressEntry.objects.filter(report__period=period, assignment__measure=indicator.measure_id)
    entries = entries.exclude(report__department__in=given)
    sent = dict(entries.filter(status__in=WAITING).order_by().values_list("report__department", "status"))
    begun = set(entries.exclude(saved_at=None).order_by().values_list("report__department", flat=True))
    owed = owed_assignments(period, reporters).filter(measure=indicator.measure_id).exclude(department__in=given)
    asked = set(owed.order_by().values_list("department", flat=True))
    missing = [unit for unit in reporters if unit.pk in sent or unit.pk in asked]
    return short_title(period), tuple(Missing(unit.name, unit.pk, where(unit.pk, sent, begun)) for unit in missing)


def asked_units(indicator: Indicator, reporters: Sequence[Department]) -> Asked:
    """By the ends of the periods that have begun the reporters (by key) that each asks: those that have sent the
    measure's entry, and those that owe it and have sent no form. Four queries, and one for each period that lacks one.
    """
    begun = ReportingPeriod.objects.standing().with_forms().filter(start__lte=clock.today())
    periods = {p.pk: p for p in begun.filter(plans=indicator.measure.task.plan).prefetch_related("rules")}
    forms = ProgressReport.objects.filter(period__in=periods, department__in=reporters)
    sent = set(forms.filter(first_submitted_at__isnull=False).order_by().values_list("period", "department"))
    entries = ProgressEntry.objects.filter(report__in=forms, status__in=SENT)
    active = entries.filter(assignment__measure=indicator.measure_id, assignment__ended_on__isnull=True)
    found: dict[date, set[int]] = defaultdict(set)
    for period, department in active.order_by().values_list("report__period", "report__department"):
        found[periods[period].end].add(department)
    for pk, period in periods.items():
        if left := [unit for unit in reporters if (pk, unit.pk) not in sent]:
            owed = owed_assignments(period, left).order_by().filter(measure=indicator.measure_id)
            found[period.end].update(owed.values_list("department", flat=True))
    return {end: frozenset(units) for end, units in found.items()}


def where(unit: int, sent: Mapping[int, str], begun: Container[int]) -> str:
    if unit in sent:
        return WAITING[sent[unit]]
    return "填写中" if unit in begun else "未开始"


def latest_ended(plan: Plan) -> ReportingPeriod | None:
    standing = ReportingPeriod.objects.standing().with_forms()
    found: ReportingPeriod | None = standing.filter(plans=plan, end__lt=clock.today()).order_by("end", "due").last()
    return found
