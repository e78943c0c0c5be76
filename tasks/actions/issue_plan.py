"""印发: put a plan in force under its number and date."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from core import audit, clock
from core.errors import BadInput
from departments.models import User
from tasks.actions.locking import lock_plan
from tasks.life_cycle import require
from tasks.models import Plan
from tasks.policies import may_issue
from tasks.queries import other_with_number
from tasks.standing import mark_stale

YEARS_APART = 1  # between a plan's year and the date of its document


def issue_plan(plan: Plan, *, actor: User, document_number: str, issued_on: date, same_number: bool = False) -> Plan:
    """Units and leaders see the plan from now on. `same_number` says that another plan may bear the number too.

    Raises `WrongState` where it is issued, closed or replaced already, `BadInput` for an unfit number or date.
    """
    document_number = " ".join(document_number.split())
    with transaction.atomic():
        plan = lock_plan(plan.pk)
        may_issue(actor, plan).or_raise()
        before, stage = {"stage": plan.stage}, require("issue", plan)
        _check_date(plan, issued_on)
        _check_number(plan, document_number, same_number=same_number)
        plan.stage, plan.document_number, plan.issued_on = stage, document_number, issued_on
        plan.save(update_fields=["stage", "document_number", "issued_on"])
        mark_stale([plan.pk])
        after = {"stage": stage, "document_number": document_number, "issued_on": issued_on.isoformat()}
        audit.record("plan.issued", plan, actor=actor, scope=plan.jurisdiction.code, before=before, after=after)
    return plan


def _check_date(plan: Plan, day: date) -> None:
    if day > clock.today():
        raise BadInput("印发日期在今天之后。请填文件上的成文日期。", field="issued_on")
    if abs(day.year - plan.year) > YEARS_APART:
        raise BadInput(
            f"这是{plan.year}年的计划，印发日期却在{day.year}年。请核对文件上的成文日期。", field="issued_on"
        )


def _check_number(plan: Plan, number: str, *, same_number: bool) -> None:
    if not number:
        raise BadInput("文号没有填写。", field="document_number")
    other = other_with_number(plan, number)
    if other and not same_number:
        raise BadInput(
            f"《{other.title}》已用文号“{number}”。请核对；确是同一文号印发的，请勾选下面一项再提交。",
            field="document_number",
        )
