"""Who may do what with a plan."""

from __future__ import annotations

from core.access import Allowed, Answer, Denied
from departments.models import Jurisdiction, User
from tasks.models import Plan


def may_issue(user: User, plan: Plan) -> Answer:
    """印发: put a plan in force."""
    if Jurisdiction.objects.run_by(user).filter(pk=plan.jurisdiction_id).exists():
        return Allowed()
    return Denied(f"只有{plan.jurisdiction.office_name}的工作人员可以把计划设为已印发。")
