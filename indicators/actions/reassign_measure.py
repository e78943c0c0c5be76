"""调整分工 of a measure, and who reports its figures follows."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from departments.models import Department, User
from indicators.models import Indicator, IndicatorReporter
from tasks.actions.amending import Change, Ground, checked_ground, write_down
from tasks.actions.reassign import Reassignment, active_of, reassign
from tasks.models import Amendment, Assignment, Measure, Plan

REPORTERS = "报数单位"
ANSWERING = (Assignment.Role.LEAD, Assignment.Role.RESPONSIBLE)


def reassign_measure(
    measure: Measure, *, actor: User, wanted: Reassignment, seen: str, ground: Ground | None = None
) -> bool:
    """As `tasks.actions.reassign.reassign`; a unit that leaves the measure no longer reports its figures, and where
    nobody is left to report, those do who lead or answer for it."""
    with transaction.atomic():
        changed = reassign(measure, actor=actor, wanted=wanted, seen=seen, ground=ground)
        if changed:
            _let_reporters_follow(measure, actor=actor, ground=ground)
    return changed


def names_of(units: Iterable[Department]) -> str:
    """In the customary order, parted by 、."""
    return "、".join(unit.name for unit in sorted(units, key=lambda unit: (unit.position, unit.pk)))


def set_reporters(indicator: Indicator, units: Iterable[Department]) -> None:
    """Exactly `units` report the indicator's figure."""
    wanted = {unit.pk for unit in units}
    known = set(indicator.reporters.values_list("department_id", flat=True))
    indicator.reporters.exclude(department__in=wanted).delete()
    IndicatorReporter.objects.bulk_create(
        IndicatorReporter(indicator=indicator, department_id=pk) for pk in sorted(wanted - known)
    )


def _let_reporters_follow(measure: Measure, *, actor: User, ground: Ground | None) -> None:
    plan: Plan = measure.task.plan
    rows = [row for row in active_of(measure) if row.department]
    units = {row.department for row in rows if row.department}
    answering = {row.department for row in rows if row.department and row.role in ANSWERING}
    for indicator in measure.indicators.prefetch_related("reporters__department"):
        before = {reporter.department for reporter in indicator.reporters.all()}
        after = (before & units) or answering
        if after == before:
            continue
        set_reporters(indicator, after)
        label = f"{indicator.subject}的{REPORTERS}"
        words = {label: names_of(before)}, {label: names_of(after)}
        change = Change(Amendment.Kind.TARGET, indicator, *words, measure=measure)
        write_down(plan, change, actor=actor, ground=checked_ground(plan, ground))
