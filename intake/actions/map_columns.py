"""对应列: say what the columns of a table file hold, and have it read so."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from core import audit, outbox
from core.errors import WrongState
from departments.models import User
from intake.actions.locking import lock_import
from intake.life_cycle import IMPORT_WORKFLOW
from intake.models import Correction, Import
from intake.policies import may_work_on


def map_columns(import_: Import, *, actor: User, layout: dict[str, Any], version: int) -> Import:
    """Keep the layout (form of `intake.files.layout_json`) and put the import back to be read.

    Raises `WrongState` for a stale page, an import that asks for no columns, or one that has been corrected already.
    """
    with transaction.atomic():
        import_ = lock_import(import_, version=version)
        may_work_on(actor, import_).or_raise()
        import_.state = IMPORT_WORKFLOW.require("map_columns", import_.state)
        require_unworked(import_)
        import_.layout, import_.starts, import_.version = layout, 0, import_.version + 1
        import_.save(update_fields=["state", "layout", "starts", "version"])
        scope = import_.source.jurisdiction.code
        audit.record("import.columns_mapped", import_, actor=actor, scope=scope, after=layout)
        outbox.put("import.uploaded", import_.pk)
    return import_


def require_unworked(import_: Import) -> None:
    """Raise for what is no table, and where corrections hang on the reading as it stands; those undone are dropped."""
    if not import_.layout:
        raise WrongState("这次导入不是表格，没有列可以对应。")
    corrections = Correction.objects.filter(plan_import=import_)
    if corrections.filter(state=Correction.State.ACTIVE).exists():
        raise WrongState("这次导入已经作过改动，换一种列的对应会使改动失去位置。请先撤销这些改动，或放弃后重新上传。")
    corrections.update(state=Correction.State.DROPPED)
