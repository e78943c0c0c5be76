"""The round said in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from core import calendar, clock
from reporting.entries.words import day, days_left, weekday
from reporting.models import ReportingPeriod
from reporting.round.rows import Row, Turn

HEADS = {
    Turn.WAITING: ("待审", "等食安办审核"),
    Turn.RETURNED: ("有退回", "等单位补正"),
    Turn.MISSING: ("未报", ""),
    Turn.ACCEPTED: ("全部通过", ""),
}


@dataclass(frozen=True, slots=True)
class Totals:
    """Entries of the whole round, and units: `sent` of `units` have reported."""

    units: int
    sent: int
    accepted: int
    waiting: int
    returned: int
    open: int

    @property
    def entries(self) -> int:
        return self.accepted + self.waiting + self.returned + self.open


def totals(rows: Sequence[Row]) -> Totals:
    return Totals(
        units=len(rows),
        sent=sum(row.sent is not None for row in rows),
        accepted=sum(row.accepted for row in rows),
        waiting=sum(row.waiting for row in rows),
        returned=sum(row.returned for row in rows),
        open=sum(row.open for row in rows),
    )


def summary(period: ReportingPeriod, sums: Totals) -> str:
    """10月15日（周四）截止，还有2个工作日。22家单位已报14家；138项进展中，审核通过61项、待审25项、退回4项、未报48项."""
    when = f"{weekday(period.due)}截止，{time_left(period)}"
    states = (("审核通过", sums.accepted), ("待审", sums.waiting), ("退回", sums.returned), ("未报", sums.open))
    said = "、".join(f"{word}{number}项" for word, number in states if number)
    return f"{when}。{sums.units}家单位已报{sums.sent}家；{sums.entries}项进展中，{said}"


def time_left(period: ReportingPeriod) -> str:
    """还有2个工作日."""
    return days_left(calendar.days_left(period.due))


def span(period: ReportingPeriod) -> str:
    """7月1日至9月30日."""
    return f"{day(period.start)}至{day(period.end)}"


def state(row: Row, period: ReportingPeriod) -> str:
    """等审3日, 今日报来, 退回1日未补, 填写中, 逾期2日未报, 通过."""
    if row.turn == Turn.WAITING:
        return f"等审{row.days}日" if row.days else "今日报来"
    if row.turn == Turn.RETURNED:
        return f"退回{row.days}日未补" if row.days else "今日退回"
    if row.turn == Turn.ACCEPTED:
        return "通过"
    begun = "填写中" if row.begun else "未开始"
    return f"逾期{row.days}日，{begun}" if row.days else begun


def remarks(row: Row) -> list[str]:
    """What is out of the ordinary: extensions, filing on behalf, empty and copied entries, overdue answers."""
    report = row.report
    found = []
    if row.asks_extension:
        found.append("申请延期")
    if report and report.extended_until:
        found.append(f"延期至{day(report.extended_until)}")
    if report and report.on_behalf:
        found.append("食安办代填")
    if row.answer_due and row.answer_due < clock.today():
        found.append("补报已逾期")
    if row.empty:
        found.append(f"空白{row.empty}项")
    if row.copied:
        found.append(f"与上期相同{row.copied}项")
    return found


def missing_text(period: ReportingPeriod, rows: Sequence[Row], today: date) -> str:
    """Who has not reported, as a message for the units' group chat."""
    names = [row.department.name for row in rows if row.sent is None]
    if not names:
        return f"截至{day(today)}，{period.title}进展报送的{len(rows)}家单位已全部报送。"
    left = time_left(period)
    return (
        f"各单位：{period.title}进展报送{weekday(period.due)}截止，{left}。"
        f"截至{day(today)}，还有{len(names)}家未报：{'、'.join(names)}。"
        f"请登录食安督办填报；确有困难的，请在填报页申请延期。"
    )
