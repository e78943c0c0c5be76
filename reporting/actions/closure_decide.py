"""销号: the office approves a request after a check or on papers, refuses it, or takes an approval back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from core import audit, clock
from core.errors import BadInput
from departments.models import User
from reporting.life_cycle import CLOSURE_WORKFLOW
from reporting.models import Closure
from reporting.policies import may_decide_closure
from reporting.standing.stale import mark_measure
from tasks.actions.reasons import checked_reason


@dataclass(frozen=True, slots=True)
class Check:
    """How it was verified: on the spot with place and person, or `on_papers` alone. `revisit_on` is the 回头看."""

    verified_on: date
    place: str = ""
    verifier: str = ""
    on_papers: bool = False
    revisit_on: date | None = None


def approve_closure(closure: Closure, *, actor: User, check: Check) -> Closure:
    """Raises `BadInput` for a check without place or person, in the future, or revisited before it took place."""
    require_check(check)
    with transaction.atomic():
        closure = lock_closure(closure.pk)
        may_decide_closure(actor, closure).or_raise()
        before, closure.state = closure.state, CLOSURE_WORKFLOW.require("approve", closure.state)
        closure.verified_on, closure.revisit_on = check.verified_on, check.revisit_on
        closure.place, closure.verifier = check.place.strip(), check.verifier.strip()
        closure.on_papers = check.on_papers
        _decide(closure, actor)
        after = {"verified_on": check.verified_on.isoformat(), "on_papers": check.on_papers}
        _record("closure.approved", closure, actor, before, after)
    return closure


def refuse_closure(closure: Closure, *, actor: User, reason: str) -> Closure:
    reason = checked_reason(reason, "不准予的理由")
    return _undo(closure, "refuse", "closure.refused", actor, reason)


def reopen_closure(closure: Closure, *, actor: User, reason: str) -> Closure:
    """恢复: the measure is open again and owes entries from the next form on."""
    reason = checked_reason(reason, "恢复的理由")
    return _undo(closure, "reopen", "closure.reopened", actor, reason)


def revisit_closure(closure: Closure, *, actor: User, note: str, next_on: date | None = None) -> Closure:
    """回头看: looked at again and found in order; `next_on` asks for another look. Found otherwise, it is reopened."""
    note = checked_reason(note, "回头看情况")
    with transaction.atomic():
        closure = lock_closure(closure.pk)
        may_decide_closure(actor, closure).or_raise()
        CLOSURE_WORKFLOW.require("revisit", closure.state)
        if next_on and next_on <= clock.today():
            raise BadInput("下次回头看的日期要在今天之后。", field="next_on")
        before, closure.revisit_on = closure.revisit_on, next_on
        closure.save(update_fields=["revisit_on"])
        scope = closure.measure.task.plan.jurisdiction.code
        changed = {"revisit_on": before.isoformat() if before else None}
        audit.record("closure.revisited", closure, actor=actor, scope=scope, before=changed, reason=note)
    return closure


def require_check(check: Check) -> None:
    if check.verified_on > clock.today():
        raise BadInput("核实日期在今天之后，请核对。", field="verified_on")
    if not check.on_papers and not check.place.strip():
        raise BadInput("核实地点没有填写。没有到现场的，请勾选“凭材料”。", field="place")
    if not check.on_papers and not check.verifier.strip():
        raise BadInput("核实人没有填写。没有到现场的，请勾选“凭材料”。", field="verifier")
    if check.revisit_on and check.revisit_on <= check.verified_on:
        raise BadInput("回头看日期要晚于核实日期。", field="revisit_on")


def lock_closure(pk: int) -> Closure:
    closures = Closure.objects.select_for_update(of=("self",))
    closure: Closure = closures.select_related("measure__task__plan__jurisdiction", "department").get(pk=pk)
    return closure


def _undo(closure: Closure, verb: str, audited: str, actor: User, reason: str) -> Closure:
    with transaction.atomic():
        closure = lock_closure(closure.pk)
        may_decide_closure(actor, closure).or_raise()
        before, closure.state = closure.state, CLOSURE_WORKFLOW.require(verb, closure.state)
        closure.reason = reason
        _decide(closure, actor)
        _record(audited, closure, actor, before, {})
    return closure


def _decide(closure: Closure, actor: User) -> None:
    closure.decided_by, closure.decided_at = actor, clock.now()
    closure.save()


def _record(verb: str, closure: Closure, actor: User, before: str, after: dict[str, Any]) -> None:
    mark_measure(closure.measure)
    scope = closure.measure.task.plan.jurisdiction.code
    changed = {"state": closure.state, **after}
    audit.record(
        verb, closure, actor=actor, scope=scope, before={"state": before}, after=changed, reason=closure.reason
    )
