"""When a duty's sentence says that it is due and what it covers, where the reader found no date. Pure."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

NUMERALS = {char: value for value, char in enumerate("一二三四五六七八九十", start=1)}
NUMBER = r"(?P<n>\d{1,2}|[一二三四五六七八九十]{1,3})"
STRETCH = r"(?:季度?|月份?|半年|年度?)"
AFTER_END = re.compile(rf"{STRETCH}(?:结束|终了|末|底)?(?:以|之)?后的?{NUMBER}个?(?P<kind>工作日|日|天)之?内")
NEXT_MONTH = re.compile(rf"(?:次月|下个?月|[次下]一?个?季度?(?:首月|第一个月|首个月)){NUMBER}日(?:之|以)?[前内]")
EACH_MONTH = re.compile(rf"(?:每月|每季度?(?:末月|最后一个?月)){NUMBER}日(?:之|以)?前")
OF_LAST_MONTH = ("上月", "上个月", "上季度", "上一季度")
UNTIL_DATE = re.compile(r"截至(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})日|底|末)")
UNTIL_MONTH = re.compile(r"(?<!\d)1(?:月份?)?(?:[-－—–~～]+|至|到)(?P<month>\d{1,2})月")
THREE_QUARTERS = "前三季度"


@dataclass(frozen=True, slots=True)
class DaysAfter:
    """So many days after the period's end; `working` where working days are meant."""

    days: int
    working: bool = False


@dataclass(frozen=True, slots=True)
class DayOfMonth:
    """A day of the period's own last month."""

    day: int


def due_in(quote: str) -> DaysAfter | DayOfMonth | None:
    """每季度结束后15日内, 次月5日前, 每月25日前; None where the sentence says no such thing."""
    words = "".join(quote.split())
    if found := AFTER_END.search(words):
        return DaysAfter(_number(found["n"]), working=found["kind"] == "工作日")
    if found := NEXT_MONTH.search(words):
        return DaysAfter(_number(found["n"]))
    if found := EACH_MONTH.search(words):
        day = _number(found["n"])
        return DaysAfter(day) if any(word in words for word in OF_LAST_MONTH) else DayOfMonth(day)
    return None


def coverage_in(quote: str, year: int) -> date | None:
    """The last day that the report covers, where the sentence says so: 截至9月30日, 1—10月, 前三季度."""
    words = "".join(quote.split())
    if found := UNTIL_DATE.search(words):
        return _date(year, int(found["month"]), int(found["day"] or 31))
    if found := UNTIL_MONTH.search(words):
        return _date(year, int(found["month"]), 31)
    return date(year, 9, 30) if THREE_QUARTERS in words else None


def _date(year: int, month: int, day: int) -> date | None:
    """A day past the month's end is its last one; None where there is no such month."""
    if not (1 <= month <= 12 and day):
        return None
    return date(year, month, min(day, calendar.monthrange(year, month)[1]))


def _number(text: str) -> int:
    """15, 十五, 二十; at most two digits."""
    if text.isdigit():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    return (NUMERALS.get(tens, 1) * 10 if ten else 0) + NUMERALS.get(ones, 0)
