"""更正、撤销、重做: what clerks change of a reading, one step at a time."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Max, Min, QuerySet

from core import audit, clock
from core.errors import BadInput, WrongState
from departments.models import User
from intake.actions.locking import lock_import
from intake.corrections.conflict import Conflict, conflicts
from intake.corrections.draft import Correction as Step
from intake.corrections.draft import check
from intake.corrections.history import Entry, active, next_ordinal, record
from intake.corrections.operations import Operation, to_json
from intake.corrections.problems import BadOperation
from intake.corrections.wording import said
from intake.drafting import history_of
from intake.life_cycle import IMPORT_WORKFLOW
from intake.models import Correction, Import
from intake.policies import may_work_on

State = Correction.State


class Conflicting(WrongState):
    """Another clerk changed the same fact since this page was shown; `conflicts` holds both values."""

    def __init__(self, found: Sequence[Conflict]) -> None:
        super().__init__("这一处刚被别人改过，您的改动还没有保存。")
        self.conflicts = tuple(found)


def correct(import_: Import, *, actor: User, operations: Sequence[Operation], seen: int) -> Import:
    """Record the operations as one step; `seen` is the last ordinal that the page knew.

    What others changed meanwhile elsewhere stands beside it. Raises `Conflicting` where it is the same fact,
    `BadInput` where an operation does not fit, `WrongState` where the import is no longer to be checked.
    """
    with transaction.atomic():
        import_ = _lock(import_, actor)
        history: list[Entry] = history_of(import_)
        first = next_ordinal(history)
        for operation in operations:
            history = _recorded(import_, history, operation, actor=actor, seen=seen)
        _store(import_, [e for e in history if e.ordinal >= first], actor)
    return import_


def undo(import_: Import, *, actor: User, version: int) -> Import:
    """Take the last step back; raises `WrongState` where the page was stale or nothing is left to undo."""
    with transaction.atomic():
        import_ = _lock(lock_import(import_, version=version), actor)
        step = _steps(import_, State.ACTIVE).aggregate(last=Max("step"))["last"]
        _move(import_, step, State.UNDONE, actor, "import.undone")
    return import_


def redo(import_: Import, *, actor: User, version: int) -> Import:
    """Bring the step that was undone last back; raises `WrongState` like `undo`."""
    with transaction.atomic():
        import_ = _lock(lock_import(import_, version=version), actor)
        step = _steps(import_, State.UNDONE).aggregate(first=Min("step"))["first"]
        _move(import_, step, State.ACTIVE, actor, "import.redone")
    return import_


def _lock(import_: Import, actor: User) -> Import:
    locked: Import = Import.objects.select_for_update().get(pk=import_.pk)
    may_work_on(actor, locked).or_raise()
    IMPORT_WORKFLOW.require("correct", locked.state)
    return locked


def _recorded(import_: Import, history: list[Entry], operation: Operation, *, actor: User, seen: int) -> list[Entry]:
    reading, text = import_.reading, import_.source.text
    found = conflicts(reading, text, history, seen=seen, new=operation, author=actor.pk)
    if found:
        raise Conflicting(found)
    try:
        check(reading, text, active(history), Step(next_ordinal(history), operation))
    except BadOperation as refusal:
        raise BadInput(str(refusal)) from refusal
    return record(history, operation, author=actor.pk)


def _store(import_: Import, new: Sequence[Entry], actor: User) -> None:
    _steps(import_, State.UNDONE).update(state=State.DROPPED)
    step = (Correction.objects.filter(plan_import=import_).aggregate(last=Max("step"))["last"] or 0) + 1
    import_.version += 1
    import_.save(update_fields=["version"])
    Correction.objects.bulk_create(
        Correction(
            plan_import=import_,
            ordinal=e.ordinal,
            step=step,
            operation=to_json(e.operation),
            version=import_.version,
            actor=actor,
            at=clock.now(),
        )
        for e in new
    )
    changes = [said(e.operation) for e in new]
    audit.record(
        "import.corrected", import_, actor=actor, scope=import_.source.jurisdiction.code, after={"changes": changes}
    )


def _steps(import_: Import, state: str) -> QuerySet[Correction]:
    return Correction.objects.filter(plan_import=import_, state=state)


def _move(import_: Import, step: int | None, state: str, actor: User, verb: str) -> None:
    if step is None:
        raise WrongState("没有可以撤销的改动。" if state == State.UNDONE else "没有可以重做的改动。")
    Correction.objects.filter(plan_import=import_, step=step).update(state=state)
    import_.version += 1
    import_.save(update_fields=["version"])
    audit.record(verb, import_, actor=actor, scope=import_.source.jurisdiction.code, after={"step": step})
