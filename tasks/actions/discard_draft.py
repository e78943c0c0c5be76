"""作废: delete a plan that was never issued, so that its document can be imported afresh."""

from __future__ import annotations

from django.db import transaction

from core import audit
from departments.models import User
from tasks.actions.locking import lock_plan
from tasks.actions.reasons import checked_reason
from tasks.life_cycle import require
from tasks.models import Assignment, Measure, Plan
from tasks.policies import may_discard


def discard_draft(plan: Plan, *, actor: User, reason: str) -> None:
    """Delete the plan with all that lies below it; texts that it had replaced are current again.

    Whoever points to the plan (its import) lets go of it first, in the same transaction: the row is protected.
    Raises `WrongState` for a plan in force, closed or replaced, `BadInput` without a reason.
    """
    reason = checked_reason(reason)
    with transaction.atomic():
        plan = lock_plan(plan.pk)
        may_discard(actor, plan).or_raise()
        require("discard", plan)
        audit.record(
            "plan.discarded",
            plan,
            actor=actor,
            scope=plan.jurisdiction.code,
            before=_what_was_there(plan),
            reason=reason,
        )
        _delete(plan)


def _delete(plan: Plan) -> None:
    """Texts that it had replaced become current only once it is gone: they may bear its title."""
    back = list(plan.superseded.values_list("pk", flat=True))
    plan.superseded.update(superseded_by=None)
    plan.delete()
    Plan.objects.filter(pk__in=back).update(superseded_at=None)


def _what_was_there(plan: Plan) -> dict[str, object]:
    """Enough to know afterwards what was thrown away."""
    return {
        "title": plan.title,
        "year": plan.year,
        "stage": plan.stage,
        "tasks": plan.tasks.count(),
        "measures": Measure.objects.of_plan(plan).count(),
        "assignments": Assignment.objects.filter(measure__task__plan=plan).count(),
    }
