"""征求意见: a draft goes out for comment; units still do not see it here."""

from __future__ import annotations

from django.db import transaction

from core import audit
from departments.models import User
from tasks.actions.locking import lock_plan
from tasks.life_cycle import require
from tasks.models import Plan
from tasks.policies import may_issue


def consult_plan(plan: Plan, *, actor: User) -> Plan:
    """Raises `WrongState` unless the plan is a draft."""
    with transaction.atomic():
        plan = lock_plan(plan.pk)
        may_issue(actor, plan).or_raise()
        before = {"stage": plan.stage}
        plan.stage = require("consult", plan)
        plan.save(update_fields=["stage"])
        scope, after = plan.jurisdiction.code, {"stage": plan.stage}
        audit.record("plan.consulted", plan, actor=actor, scope=scope, before=before, after=after)
    return plan
