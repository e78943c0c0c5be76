"""更正措施: its wording and its deadline."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from core.errors import BadInput
from departments.editions import edition, require_edition
from departments.models import User
from tasks.actions.amending import Change, Ground, checked_ground, write_down
from tasks.actions.locking import lock_for_change
from tasks.models import Amendment, Measure, Plan

TEXT_LENGTH = 5000
WORDING = "内容"
LATEST_YEAR = 2  # a deadline lies at most so many years after the plan's


@dataclass(frozen=True, slots=True)
class Wording:
    """What a measure says; without `due_on` it is due as the document says, else at the end of the year."""

    text: str
    due_on: date | None

    def as_words(self) -> dict[str, str]:
        """Label → words, for the record and for comparing editions."""
        day = self.due_on
        return {WORDING: self.text, "期限": f"{day.year}年{day.month}月{day.day}日" if day else "未写日期"}


def wording_of(measure: Measure) -> Wording:
    return Wording(measure.text, measure.due_on)


def wording_edition(measure: Measure) -> str:
    """The edition that a form for `correct_measure` carries."""
    return edition(wording_of(measure).as_words())


def correct_measure(
    measure: Measure, *, actor: User, wording: Wording, seen: str, ground: Ground | None = None
) -> bool:
    """Whether anything changed. The place in the source stays: what was printed is still shown beside it.

    Raises `Overtaken` where somebody else was first, `BadInput` for an empty or overlong text and an unlikely date.
    """
    with transaction.atomic():
        plan = lock_for_change(measure.task.plan_id, actor=actor)
        wording = _checked(plan, wording)
        measure = Measure.objects.select_related("task").get(pk=measure.pk)
        before, after = wording_of(measure).as_words(), wording.as_words()
        require_edition(seen, f"{measure.number}", now=before, mine=after)
        if before == after:
            return False
        ground = checked_ground(plan, ground)
        measure.text, measure.due_on = wording.text, wording.due_on
        measure.save(update_fields=["text", "due_on"])
        change = Change(Amendment.Kind.WORDING, measure, before, after, measure=measure)
        write_down(plan, change, actor=actor, ground=ground)
    return True


def _checked(plan: Plan, wording: Wording) -> Wording:
    text = wording.text.replace("\r\n", "\n").strip()
    if not text:
        raise BadInput("措施内容没有填写。", field="text")
    if len(text) > TEXT_LENGTH:
        raise BadInput(f"措施内容有{len(text)}个字，最多{TEXT_LENGTH}个字，请缩短。", field="text")
    if wording.due_on and not plan.year <= wording.due_on.year <= plan.year + LATEST_YEAR:
        raise BadInput(f"这是{plan.year}年的计划，期限不会在{wording.due_on.year}年。请核对年份。", field="due_on")
    return Wording(text, wording.due_on)
