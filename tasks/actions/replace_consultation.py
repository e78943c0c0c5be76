"""替换: another text of the same plan takes the place of a draft or consultation text, never of an issued one."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction

from core import audit, clock
from core.errors import WrongState
from departments.models import User
from tasks.actions.locking import lock_plan
from tasks.life_cycle import UNISSUED, require
from tasks.models import Plan
from tasks.policies import may_replace


def require_replaceable(old: Plan) -> None:
    """Raise `WrongState` where the plan is in force or closed, or has been replaced already."""
    if old.stage not in UNISSUED:
        raise WrongState(
            f"{old.year}年的《{old.title}》{old.get_stage_display()}，不能再用另一份文本替换。"
            "内容有变动的，请在措施页上更正；确是另一份文件的，请改标题。"
        )
    require("replace", old)


def replace_consultation(old: Plan, write: Callable[[], Plan], *, actor: User) -> Plan:
    """`old` steps back, `write` makes the plan that takes its place (it may bear the same title), the two are linked.

    All in one transaction. The old text stays readable and leads to the new one.
    Raises `WrongState` as `require_replaceable`, and for a new plan of another place or year.
    """
    with transaction.atomic():
        old = lock_plan(old.pk)
        may_replace(actor, old).or_raise()
        require_replaceable(old)
        Plan.objects.filter(pk=old.pk).update(superseded_at=clock.now())
        new = write()
        if (new.jurisdiction_id, new.year) != (old.jurisdiction_id, old.year):
            raise WrongState(f"《{new.title}》与《{old.title}》不是同一行政区同一年度的计划，不能互相替换。")
        old.superseded_at, old.superseded_by = clock.now(), new
        old.save(update_fields=["superseded_at", "superseded_by"])
        scope, after = old.jurisdiction.code, {"superseded_by": new.pk, "title": new.title}
        audit.record("plan.replaced", old, actor=actor, scope=scope, after=after)
        audit.record("plan.replaces", new, actor=actor, scope=scope, before={"plan": old.pk, "title": old.title})
    return new
