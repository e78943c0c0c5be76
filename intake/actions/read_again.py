"""重新识读: have the stored document read with the present rules, keeping the corrections."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from core import audit, outbox
from departments.models import User
from intake.actions.locking import lock_import
from intake.corrections.draft import Correction as Step
from intake.corrections.history import State
from intake.corrections.operations import to_json
from intake.corrections.rebase import rebase
from intake.drafting import history_of
from intake.life_cycle import IMPORT_WORKFLOW
from intake.models import Correction, Import
from intake.policies import may_work_on


def read_again(import_: Import, *, actor: User, version: int) -> Import:
    """Put the import back to be read by the job; until then the present reading stays in the row.

    Raises `WrongState` where the page was stale or the import is not to be reviewed.
    """
    with transaction.atomic():
        import_ = lock_import(import_, version=version)
        may_work_on(actor, import_).or_raise()
        import_.state = IMPORT_WORKFLOW.require("read_again", import_.state)
        import_.starts, import_.version = 0, import_.version + 1
        import_.save(update_fields=["state", "starts", "version"])
        audit.record("import.read_again", import_, actor=actor, scope=import_.source.jurisdiction.code)
        outbox.put("import.uploaded", import_.pk)
    return import_


def carry_over(import_: Import, reading: Mapping[str, Any], text: str) -> list[str]:
    """Corrections find their facts in the new reading; for those that find none a sentence each is returned.

    Those undone are carried over too, so that they can be redone. Call it in the transaction that writes the reading.
    """
    steps = [Step(e.ordinal, e.operation) for e in history_of(import_) if e.state is not State.DROPPED]
    if not steps:
        return []
    kept, lost = rebase(steps, import_.reading, import_.source.text, reading, text)
    rows = Correction.objects.filter(plan_import=import_)
    for correction in kept:
        rows.filter(ordinal=correction.ordinal).update(operation=to_json(correction.operation))
    rows.filter(ordinal__in=[o.correction.ordinal for o in lost]).update(state=Correction.State.DROPPED)
    return [orphan.sentence for orphan in lost]
