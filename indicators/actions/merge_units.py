"""单位合并: what one unit owes goes over to another, in all plans that are not closed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q

from departments.actions.merge import require_mergeable, take_over_names
from departments.models import Department, Jurisdiction, User
from departments.policies import may_change_unit
from indicators.models import IndicatorReporter
from tasks.actions.amending import Change, Ground, ground_in, write_down
from tasks.actions.locking import lock_plan
from tasks.actions.reasons import checked_reason
from tasks.actions.reassign import end_assignments, successor
from tasks.models import Amendment, Assignment, Plan
from tasks.parts import STRENGTH

NUMBERS_SHOWN = 30


@dataclass(frozen=True, slots=True)
class Merger:
    """What went over: plans touched, assignments moved, those where the other unit already took part."""

    plans: int
    assignments: int
    doubled: int


def plans_touched(unit: Department) -> list[Plan]:
    """Current plans, not closed, in which the unit has a part or reports a figure, in the order of locking."""
    owes = Assignment.objects.active().filter(department=unit).values("measure__task__plan")
    reports = IndicatorReporter.objects.filter(department=unit).values("indicator__measure__task__plan")
    plans = Plan.objects.current().exclude(stage=Plan.Stage.CLOSED)
    return list(plans.filter(Q(pk__in=owes) | Q(pk__in=reports)).order_by("pk"))


def merge_units(old: Department, *, into: Department, actor: User, ground: Ground) -> Merger:
    """`old` goes out of use, `into` takes its parts, its figures to report and its names. One transaction.

    Where both take part in one measure, the stronger role stays. Plans in force record it as an amendment.
    Raises `WrongState` where either is out of use (so also for the second of two), `BadInput` without a reason.
    """
    checked_reason(ground.reason)
    with transaction.atomic():
        Jurisdiction.objects.select_for_update().get(pk=old.jurisdiction_id)
        old, into = Department.objects.get(pk=old.pk), Department.objects.get(pk=into.pk)
        may_change_unit(actor, old).or_raise()
        require_mergeable(old, into)
        plans = [lock_plan(plan.pk) for plan in plans_touched(old)]
        moved = [_move(plan, old, into, actor=actor, ground=ground_in(plan, ground)) for plan in plans]
        take_over_names(old, into, actor=actor)
    return Merger(len(plans), sum(count for count, _ in moved), sum(doubled for _, doubled in moved))


def _move(plan: Plan, old: Department, into: Department, *, actor: User, ground: Ground | None) -> tuple[int, int]:
    """Numbers of assignments moved, and of these where the other unit already took part."""
    rows = _active(plan, old)
    rivals = {row.measure_id: row for row in _active(plan, into)}
    doubled = [row for row in rows if row.measure_id in rivals]
    weaker = [row for row in doubled if STRENGTH[row.role] >= STRENGTH[rivals[row.measure_id].role]]
    staying = {row.pk for row in weaker}
    going = [row for row in rows if row.pk not in staying]
    beaten = [rivals[row.measure_id].pk for row in doubled if row.pk not in staying]
    end_assignments([*(row.pk for row in rows), *beaten], ground)
    Assignment.objects.bulk_create(successor(row, ground, department=into) for row in going)
    _move_reporters(plan, old, into)
    write_down(plan, _change(old, into, rows, doubled), actor=actor, ground=ground)
    return len(rows), len(doubled)


def _active(plan: Plan, unit: Department) -> list[Assignment]:
    rows = Assignment.objects.active().filter(measure__task__plan=plan, department=unit)
    return list(rows.select_related("measure__task").order_by("measure__task__number", "measure__position"))


def _move_reporters(plan: Plan, old: Department, into: Department) -> None:
    reporters = IndicatorReporter.objects.filter(indicator__measure__task__plan=plan)
    both = reporters.filter(department=into).values_list("indicator", flat=True)
    reporters.filter(department=old, indicator__in=list(both)).delete()
    reporters.filter(department=old).update(department=into)


def _change(old: Department, into: Department, rows: Sequence[Assignment], doubled: Sequence[Assignment]) -> Change:
    after = f"{_numbers(rows)}，转由{into.name}承担"
    if doubled:
        after += f"；其中{_numbers(doubled)}两家都承担，按较重的角色合为一家"
    label = "承担的措施"
    return Change(
        Amendment.Kind.MERGER, old, {"单位": old.name, label: _numbers(rows)}, {"单位": into.name, label: after}
    )


def _numbers(rows: Sequence[Assignment]) -> str:
    """1.2、3.4, and how many in all where there are many."""
    shown = "、".join(row.measure.number for row in rows[:NUMBERS_SHOWN])
    return f"{shown}等{len(rows)}项" if len(rows) > NUMBERS_SHOWN else shown or "没有"
