"""How a unit's part stands by what it has reported. Pure.

Grey: nothing owed yet. Green: reported. Amber: late up to the office's limit, or returned and not answered. Red: later.
A period that was missed counts until a later one is reported. Of several faults the worst counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from core.calendar import DayCount
from indicators.display import day_text
from reporting.models import Light
from reporting.standing.facts import Status, Turn
from reporting.standing.lights import Limits, Verdict, worst

NOTHING_OWED = Verdict(Light.GREY, "还没有要报的")


def judge_assignment(turns: Sequence[Turn], today: date, days: DayCount, limits: Limits) -> Verdict:
    """`turns` in the order of their periods' ends."""
    last = next((place for place in reversed(range(len(turns))) if turns[place].sent), -1)
    waiting = turns[last + 1 :]
    overdue = [_late(turn, days.between(turn.due, today), limits) for turn in waiting if turn.due < today]
    returned = [_returned(turn, today, days, limits) for turn in turns if turn.status == Status.RETURNED]
    if fault := worst(overdue + returned):
        return fault
    ahead = min(waiting, key=lambda turn: turn.due, default=None)
    if last >= 0:
        return Verdict(Light.GREEN, _reported(turns[last], ahead, today))
    return Verdict(Light.GREY, f"{ahead.title}{day_text(ahead.due)}截止") if ahead else NOTHING_OWED


def _late(turn: Turn, late: int, limits: Limits) -> Verdict:
    """A day off after the due date is no working day late, and yet not in time."""
    light = Light.RED if late > limits.late_working_days else Light.AMBER
    return Verdict(light, f"{turn.title}逾期{late}个工作日未报" if late else f"{turn.title}已到期未报")


def _returned(turn: Turn, today: date, days: DayCount, limits: Limits) -> Verdict:
    late = days.between(turn.answer_due, today) if turn.answer_due else 0
    if late > limits.late_working_days:
        return Verdict(Light.RED, f"{turn.title}退回，补报逾期{late}个工作日")
    since = days.between(turn.decided_on, today) if turn.decided_on else 0
    return Verdict(Light.AMBER, f"{turn.title}退回{since}个工作日未补" if since else f"{turn.title}今日退回，待补")


def _reported(last: Turn, ahead: Turn | None, today: date) -> str:
    if last.status == Status.SUBMITTED:
        return f"{last.title}已报，待审"
    if last.done:
        return f"{last.title}审核为已完成"
    collecting = ahead is not None and ahead.end < today
    said = f"{last.title}已审核"
    return f"{said}，{ahead.title}待报" if ahead and collecting else said


def is_claimed(turns: Sequence[Turn]) -> bool:
    """自报完成: what the unit sent last says done; what was returned to it says nothing."""
    last = next((turn for turn in reversed(turns) if turn.sent), None)
    return last is not None and last.status != Status.RETURNED and last.done


def is_reviewed(turns: Sequence[Turn]) -> bool:
    """审核通过: what the office accepted last says done."""
    last = next((turn for turn in reversed(turns) if turn.status == Status.ACCEPTED), None)
    return last is not None and last.done
