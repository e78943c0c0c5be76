"""One change of a plan at a time: whatever changes a plan locks its row first.

Not its key: rows that point to the plan are written beside it, and two changes that need both do not wait for each
other for ever.
"""

from __future__ import annotations

from core.errors import WrongState
from departments.models import User
from tasks.life_cycle import require
from tasks.models import Plan
from tasks.policies import may_change


def lock_plan(pk: int) -> Plan:
    """The plan's row, locked in the caller's transaction. Raises `WrongState` where it has been discarded."""
    plans = Plan.objects.select_for_update(of=("self",), no_key=True).select_related("jurisdiction")
    plan: Plan | None = plans.filter(pk=pk).first()
    if plan is None:
        raise WrongState("这份计划已被作废，不能再办理。请回台账查看现有计划。")
    return plan


def lock_for_change(pk: int, *, actor: User) -> Plan:
    """The locked plan, where the person may change its units, targets and wording and its stage allows it."""
    plan = lock_plan(pk)
    may_change(actor, plan).or_raise()
    require("change", plan)
    return plan
