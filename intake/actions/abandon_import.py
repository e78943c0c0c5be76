"""放弃: give an import up; the document is kept."""

from __future__ import annotations

from django.db import transaction

from core import audit
from departments.models import User
from intake.actions.locking import lock_import
from intake.life_cycle import IMPORT_WORKFLOW
from intake.models import Import
from intake.policies import may_work_on


def abandon_import(import_: Import, *, actor: User, version: int) -> Import:
    """Raises `WrongState` for a stale page or an import that is confirmed or given up already."""
    with transaction.atomic():
        import_ = lock_import(import_, version=version)
        may_work_on(actor, import_).or_raise()
        import_.state = IMPORT_WORKFLOW.require("abandon", import_.state)
        import_.version += 1
        import_.save(update_fields=["state", "version"])
        audit.record("import.abandoned", import_, actor=actor, scope=import_.source.jurisdiction.code)
    return import_
