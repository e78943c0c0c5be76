"""作废重核: throw away a plan that was never issued and review its import again."""

from __future__ import annotations

from django.db import transaction

from core import audit
from departments.models import User
from intake.actions.locking import lock_import
from intake.life_cycle import IMPORT_WORKFLOW
from intake.models import Import
from intake.policies import may_work_on
from tasks.actions.discard_draft import discard_draft


def discard_plan(import_: Import, *, actor: User, reason: str, version: int) -> Import:
    """The import is to be reviewed again with all its corrections; the plan's rows are gone.

    Raises `WrongState` for an issued plan or a stale page, `BadInput` without a reason.
    """
    with transaction.atomic():
        import_ = lock_import(import_, version=version)
        may_work_on(actor, import_).or_raise()
        state = IMPORT_WORKFLOW.require("discard", import_.state)
        plan = import_.plan
        assert plan is not None  # noqa: S101 (a confirmed import has its plan)
        import_.plan, import_.state, import_.version = None, state, import_.version + 1
        import_.save(update_fields=["plan", "state", "version"])
        discard_draft(plan, actor=actor, reason=reason)
        audit.record("import.reopened", import_, actor=actor, scope=plan.jurisdiction.code, reason=reason)
    return import_
