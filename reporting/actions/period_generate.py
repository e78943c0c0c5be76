"""生成全年报送期: from the plans' duties and the office's own quarter."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from core import audit, clock
from core.errors import BadInput
from departments.models import Jurisdiction, User
from reporting.calendar_rules import PlannedPeriod
from reporting.models import ProgressReport, ReportingPeriod
from reporting.periods.planning import free_ordinal, name_of, planned_year, standing_for
from reporting.policies import may_run
from reporting.standing.stale import mark_place

DATES = ("start", "end", "stated_due", "due", "locks_on")
NOTHING_ASKED = "{year}年没有已印发的计划，或报送时间都在计划印发之前，没有可以生成的报送期。"


@dataclass(frozen=True, slots=True)
class Generated:
    """How many periods are new, how many took new dates, how many were left out because their date has passed."""

    added: int
    moved: int
    past: int


def generate_year(jurisdiction: Jurisdiction, *, actor: User, year: int) -> Generated:
    """Write what is missing and add to the standing periods the plans and duties that came since; idempotent.

    A period that the office shifted or cancelled, that is past its date, or to which somebody has reported keeps its
    dates. None is made whose date has passed: nobody was asked in time. Raises `BadInput` where no plan asks for
    anything.
    """
    with transaction.atomic():
        jurisdiction = Jurisdiction.objects.select_for_update().get(pk=jurisdiction.pk)
        may_run(actor, jurisdiction, "生成报送期").or_raise()
        planned = planned_year(jurisdiction, year)
        if not planned:
            raise BadInput(NOTHING_ASKED.format(year=year))
        standing = list(ReportingPeriod.objects.filter(jurisdiction=jurisdiction, year=year).prefetch_related("rules"))
        free = following_the_rules(standing)
        added, moved, past = [], [], 0
        for each in planned:
            period = standing_for(each, standing)
            if period is None and each.due < clock.today():
                past += 1
                continue
            if period is None:
                period = added_period(jurisdiction, year, each, standing)
                standing.append(period)
                added.append(period.title)
            elif period.pk in free and take_dates(period, each):
                moved.append(period.title)
            period.plans.add(*each.plans)
            period.rules.add(*each.rules)
        mark_place(jurisdiction)
        if added or moved:
            after = {"year": year, "added": added, "moved": moved}
            audit.record("periods.generated", jurisdiction, actor=actor, scope=jurisdiction.code, after=after)
    return Generated(len(added), len(moved), past)


def following_the_rules(periods: Iterable[ReportingPeriod]) -> set[int]:
    """Periods whose dates are still the rules': nobody has changed them, reported to them, or let them pass."""
    reported = set(
        ProgressReport.objects.filter(period__in=[p.pk for p in periods], first_submitted_at__isnull=False)
        .order_by()
        .values_list("period", flat=True)
    )
    today = clock.today()
    return {p.pk for p in periods if not (p.note or p.cancelled or p.due < today or p.pk in reported)}


def take_dates(period: ReportingPeriod, planned: PlannedPeriod) -> bool:
    """Write the dates as planned; whether any differed. A date that has passed meanwhile is not taken."""
    new = {name: getattr(planned, name) for name in DATES}
    if planned.due < clock.today() or all(getattr(period, name) == value for name, value in new.items()):
        return False
    for name, value in new.items():
        setattr(period, name, value)
    period.save(update_fields=DATES)
    return True


def added_period(
    jurisdiction: Jurisdiction, year: int, planned: PlannedPeriod, standing: Iterable[ReportingPeriod]
) -> ReportingPeriod:
    period: ReportingPeriod = ReportingPeriod.objects.create(
        jurisdiction=jurisdiction,
        year=year,
        kind=planned.kind,
        ordinal=free_ordinal(planned, standing),
        direction=planned.direction,
        title=name_of(year, planned.kind, planned.order),
        **{name: getattr(planned, name) for name in DATES},
    )
    return period
