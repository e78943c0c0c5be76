"""The form's times said in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from core import clock
from core.calendar import WorkCalendar
from reporting.models import ReportingPeriod

Kind = ReportingPeriod.Kind
THIS = {Kind.MONTH: "本月", Kind.QUARTER: "本季度", Kind.HALF: "本半年", Kind.YEAR: "本年"}
LAST = {Kind.MONTH: "上月", Kind.QUARTER: "上季度", Kind.YEAR: "上年"}


@dataclass(frozen=True, slots=True)
class Term:
    """A measure's date: `text` 期限8月31日，已过27个工作日; `late` that it is over."""

    text: str
    late: bool


def this_period(kind: str) -> str:
    return THIS.get(Kind(kind), "本期")


def last_period(kind: str) -> str:
    return LAST.get(Kind(kind), "上期")


def day(moment: date | datetime) -> str:
    """9月30日; of a moment the day in the office's own time."""
    on = local_date(moment) if isinstance(moment, datetime) else moment
    return f"{on.month}月{on.day}日"


def local_date(moment: datetime) -> date:
    return timezone.localtime(moment).date()


def weekday(moment: date) -> str:
    """10月15日（周四）, with the year where it is not this one."""
    year = "" if moment.year == clock.today().year else f"{moment.year}年"
    return f"{year}{day(moment)}（周{'一二三四五六日'[moment.weekday()]}）"


def days_left(days: int) -> str:
    """还有2个工作日, 今天截止, 已过3个工作日."""
    if days < 0:
        return f"已过{-days}个工作日"
    return f"还有{days}个工作日" if days else "今天截止"


def term(due_on: date | None, today: date, calendar: WorkCalendar) -> Term | None:
    """None where the measure has no date of its own."""
    if due_on is None:
        return None
    year = "" if due_on.year == today.year else f"{due_on.year}年"
    days = calendar.working_days_between(today, due_on)
    return Term(f"期限{year}{day(due_on)}，{days_left(days)}", late=due_on < today)
