"""印发: put a plan in force under its number and date."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from core import audit
from departments.models import User
from tasks.life_cycle import PLAN_WORKFLOW
from tasks.models import Plan
from tasks.policies import may_issue


def issue_plan(plan: Plan, *, actor: User, document_number: str, issued_on: date) -> Plan:
    """Units and leaders see the plan from now on. Raises `WrongState` where it is issued or closed already."""
    with transaction.atomic():
        plan = Plan.objects.select_for_update().get(pk=plan.pk)
        may_issue(actor, plan).or_raise()
        before = {"stage": plan.stage}
        plan.stage = PLAN_WORKFLOW.require("issue", plan.stage)
        plan.document_number, plan.issued_on = document_number, issued_on
        plan.save(update_fields=["stage", "document_number", "issued_on"])
        after = {"stage": plan.stage, "document_number": document_number, "issued_on": issued_on.isoformat()}
        audit.record("plan.issued", plan, actor=actor, scope=plan.jurisdiction.code, before=before, after=after)
    return plan
