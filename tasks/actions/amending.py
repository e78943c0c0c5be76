"""What all changes of a plan have in common: the ground that a plan in force asks for, and the record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db import models

from core import audit, clock
from core.errors import BadInput
from departments.models import User
from tasks.actions.reasons import checked_reason
from tasks.models import Amendment, Measure, Plan
from tasks.standing import mark_stale

LABEL_LENGTH = 300
Words = Mapping[str, str]  # label → value in words


@dataclass(frozen=True, slots=True)
class Ground:
    """Why a plan in force is changed, and the date since which the change holds."""

    reason: str
    decided_on: date


def checked_ground(plan: Plan, ground: Ground | None) -> Ground | None:
    """None for a plan that is not in force, which the office changes freely.

    Raises `BadInput` for a plan in force without a reason, or with a date before its issue or after today.
    """
    if plan.issued_on is None or plan.stage != Plan.Stage.ISSUED:
        return None
    if ground is None:
        raise BadInput("计划已印发，更正要写明理由和日期。", field="reason")
    if ground.decided_on > clock.today():
        raise BadInput("更正日期在今天之后。请在决定生效后再办理。", field="decided_on")
    if ground.decided_on < plan.issued_on:
        issued = f"{plan.issued_on:%Y}年{plan.issued_on.month}月{plan.issued_on.day}日"
        raise BadInput(f"更正日期早于计划的印发日期{issued}。请填决定的日期。", field="decided_on")
    return Ground(checked_reason(ground.reason), ground.decided_on)


def ground_in(plan: Plan, ground: Ground) -> Ground | None:
    """The ground of a change that runs through several plans: in each it holds since the plan was issued at least."""
    if plan.issued_on is not None:
        ground = Ground(ground.reason, max(ground.decided_on, plan.issued_on))
    return checked_ground(plan, ground)


@dataclass(frozen=True, slots=True)
class Change:
    """What was changed and how: `before` and `after` map the same labels to words."""

    kind: Amendment.Kind
    subject: models.Model
    before: Words
    after: Words
    measure: Measure | None = None

    def differing(self) -> tuple[dict[str, str], dict[str, str]]:
        labels = [label for label in self.after if self.before[label] != self.after[label]]
        return {label: self.before[label] for label in labels}, {label: self.after[label] for label in labels}


def write_down(plan: Plan, change: Change, *, actor: User, ground: Ground | None) -> None:
    """An amendment where the plan is in force (`ground` comes from `checked_ground`), and the audit entry anyway."""
    mark_stale([plan.pk])
    before, after = change.differing()
    label = str(change.subject)[:LABEL_LENGTH]
    if ground:
        Amendment.objects.create(
            plan=plan,
            kind=change.kind,
            measure=change.measure,
            subject_type=change.subject._meta.label_lower,
            subject_id=change.subject.pk,
            subject_label=label,
            before=before,
            after=after,
            reason=ground.reason,
            decided_on=ground.decided_on,
            actor=actor,
            at=clock.now(),
        )
    where = {"kind": change.kind.value, "measure": change.measure.number if change.measure else "", "subject": label}
    audit.record(
        "plan.amended" if ground else "plan.edited",
        plan,
        actor=actor,
        scope=plan.jurisdiction.code,
        before={"words": before},
        after={"words": after, **where},
        reason=ground.reason if ground else "",
    )
