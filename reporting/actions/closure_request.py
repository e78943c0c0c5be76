"""申请销号: a unit says that a measure is done and asks for it to be closed."""

from __future__ import annotations

from django.db import transaction

from core import audit, clock
from core.errors import WrongState
from departments.models import User
from reporting.actions.locking import lock_entry
from reporting.models import Closure, ProgressEntry
from reporting.policies import may_ask_closure
from tasks.actions.reasons import checked_reason
from tasks.models import Measure

NOT_DONE = "这一项还没有作为“已完成”通过审核，不能申请销号。请先在填报中写明已完成，审核通过后再申请。"
STANDING = "这项措施已在申请销号，或已销号，不用重复申请。"


def request_closure(entry: ProgressEntry, *, actor: User, statement: str) -> Closure:
    """The entry is the evidence: reviewed, as done. Raises `WrongState` otherwise, and where a request stands."""
    statement = checked_reason(statement, "完成情况")
    with transaction.atomic():
        entry = lock_entry(entry.pk)
        may_ask_closure(actor, entry).or_raise()
        if entry.status != ProgressEntry.Status.ACCEPTED or entry.state != ProgressEntry.State.DONE:
            raise WrongState(NOT_DONE)
        measure = lock_measure(entry.assignment.measure_id)
        if Closure.objects.filter(measure=measure, state__in=("requested", "approved")).exists():
            raise WrongState(STANDING)
        closure: Closure = Closure.objects.create(
            measure=measure,
            department=entry.report.department,
            entry=entry,
            statement=statement,
            requested_by=actor,
            requested_at=clock.now(),
        )
        scope = entry.report.period.jurisdiction.code
        audit.record("closure.requested", closure, actor=actor, scope=scope, reason=statement)
    return closure


def lock_measure(pk: int) -> Measure:
    """The measure's row: two units that ask at once are told apart by it."""
    measure: Measure = Measure.objects.select_for_update(of=("self",)).select_related("task__plan").get(pk=pk)
    return measure
