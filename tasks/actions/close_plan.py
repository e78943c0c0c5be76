"""办结: end the supervision of a plan."""

from __future__ import annotations

from django.db import transaction

from core import audit
from departments.models import User
from tasks.actions.locking import lock_plan
from tasks.actions.reasons import checked_reason
from tasks.life_cycle import require
from tasks.models import Plan
from tasks.policies import may_close


def close_plan(plan: Plan, *, actor: User, reason: str) -> Plan:
    """Nothing more is owed or amended; what was done stays to be read. Raises `WrongState` unless it is in force."""
    reason = checked_reason(reason)
    with transaction.atomic():
        plan = lock_plan(plan.pk)
        may_close(actor, plan).or_raise()
        before = {"stage": plan.stage}
        plan.stage = require("close", plan)
        plan.save(update_fields=["stage"])
        scope, after = plan.jurisdiction.code, {"stage": plan.stage}
        audit.record("plan.closed", plan, actor=actor, scope=scope, before=before, after=after, reason=reason)
    return plan
