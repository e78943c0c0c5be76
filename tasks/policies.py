"""Who may do what with a plan: the office of its jurisdiction, nobody else."""

from __future__ import annotations

from core.access import Allowed, Answer, Denied
from departments.models import Jurisdiction, User
from tasks.life_cycle import PLAN_WORKFLOW, allows
from tasks.models import Plan


def may_issue(user: User, plan: Plan) -> Answer:
    """印发: put a plan in force."""
    return _office_only(user, plan, "把计划设为已印发")


def may_close(user: User, plan: Plan) -> Answer:
    """办结: end a plan's supervision."""
    return _office_only(user, plan, "办结计划")


def may_discard(user: User, plan: Plan) -> Answer:
    """作废: delete a plan that was never issued."""
    return _office_only(user, plan, "作废计划")


def may_replace(user: User, plan: Plan) -> Answer:
    """Let another text take the place of a consultation text."""
    return _office_only(user, plan, "替换征求意见稿")


def may_change(user: User, plan: Plan) -> Answer:
    """更正: units, targets and wording, before and after issue."""
    return _office_only(user, plan, "更正计划的分工、指标和措施")


def may_view_edits(user: User, plan: Plan) -> Answer:
    """What the office changed before the plan was issued is its own work."""
    return _office_only(user, plan, "查看印发前的修改")


def available_verbs(user: User, plan: Plan) -> frozenset[str]:
    """What the person may do with the plan now. One query."""
    if not may_change(user, plan):
        return frozenset()
    return frozenset(t.verb for t in PLAN_WORKFLOW.transitions if allows(t.verb, plan))


def _office_only(user: User, plan: Plan, what: str) -> Answer:
    if Jurisdiction.objects.run_by(user).filter(pk=plan.jurisdiction_id).exists():
        return Allowed()
    return Denied(f"只有{plan.jurisdiction.office_name}的工作人员可以{what}。")
