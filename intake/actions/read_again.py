"""重新识读: read the stored document with the present rules and keep the corrections."""

from __future__ import annotations

from django.db import transaction

from core import audit
from core.errors import BadInput
from departments.models import User
from intake.actions.locking import lock_import
from intake.actions.read_import import counts, read_source
from intake.corrections.draft import Correction as Step
from intake.corrections.history import State
from intake.corrections.operations import to_json
from intake.corrections.rebase import rebase
from intake.drafting import history_of
from intake.files import ColumnsUnclear
from intake.life_cycle import IMPORT_WORKFLOW
from intake.models import Correction, Import
from intake.policies import may_work_on
from intake.reader.model import Unreadable


def read_again(import_: Import, *, actor: User, version: int) -> list[str]:
    """Corrections find their facts in the new reading; of those that find none the sentences are returned."""
    try:
        reading = read_source(import_)
    except ColumnsUnclear:
        raise BadInput("这份表格要先说明各列是什么，不能直接重新识读。请放弃后重新上传。") from None
    except Unreadable as refusal:
        raise BadInput(str(refusal)) from refusal
    text = reading.pop("text")
    with transaction.atomic():
        import_ = lock_import(import_, version=version)
        may_work_on(actor, import_).or_raise()
        IMPORT_WORKFLOW.require("correct", import_.state)
        lost = _carry_over(import_, reading, text)
        import_.reading, import_.version = reading, import_.version + 1
        import_.save(update_fields=["reading", "version"])
        import_.source.text = text
        import_.source.save(update_fields=["text"])
        scope = import_.source.jurisdiction.code
        audit.record("import.read_again", import_, actor=actor, scope=scope, after=counts(reading) | {"lost": lost})
    return lost


def _carry_over(import_: Import, reading: dict[str, object], text: str) -> list[str]:
    """Those undone are carried over too, so that they can be redone."""
    steps = [Step(e.ordinal, e.operation) for e in history_of(import_) if e.state is not State.DROPPED]
    kept, lost = rebase(steps, import_.reading, import_.source.text, reading, text)
    rows = Correction.objects.filter(plan_import=import_)
    for correction in kept:
        rows.filter(ordinal=correction.ordinal).update(operation=to_json(correction.operation))
    rows.filter(ordinal__in=[o.correction.ordinal for o in lost]).update(state=Correction.State.DROPPED)
    return [orphan.sentence for orphan in lost]
