"""The day by which a measure is to be done (10月底前, 2026年8月31日前, 上半年完成, 三季度末), or its words (汛期前)."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from typing import Final

from intake.reader.scans import with_digits

_MONTH: Final = (
    r"(?:(?P<year>20\d\d)\s*年|(?P<this>今年|本年|当年))?\s*(?P<month>1[0-2]|0?[1-9])\s*月\s*"
    r"(?:(?P<day>[0-3]?\d)\s*日|份?(?P<part>上旬|中旬|下旬|底|末|初))?"
)
_YEAR_END: Final = r"(?:(?P<end_year>20\d\d)\s*|[今本当])?(?P<year_end>年底|年末|年终|年内)"
_HALF: Final = r"(?P<half>上半年|下半年)"
_QUARTER: Final = r"第?(?P<quarter>[一二三四1-4])季度"
_POINT: Final = rf"(?:{_MONTH}|{_YEAR_END}|{_HALF}|{_QUARTER})"
_BEFORE: Final = re.compile(rf"{_POINT}(?:末|底|内)?\s*(?:之?前|以前|完成|完工|建成|达到)")
_ANY: Final = re.compile(rf"{_POINT}(?:末|底|内)?")
# Times that a plan names without a day. Two named together (春秋季开学前) or with 每 tell a rhythm, not a deadline.
_SEASON: Final = (
    r"(?:[春夏秋冬]季(?:学期)?)?开学|[春夏秋冬]季学期|(?:主|入)?汛期?|雨季|[冰寒]潮|高温(?:季|天气)?|春节|元旦|清明节?|端午节?|中秋节?"
    r"|国庆节?|劳动节|五一|[中高]考|暑[期假]|寒假|[入今][夏冬秋春]|(?:[采供]暖|防[火汛]|[禁休]渔|采摘|收购|上市|施工|种植)[期季]"
    r"|[\u4e00-\u9fff]{0,4}旺季|双节|两节"
)
_NAMED: Final = re.compile(
    rf"(?<![每春夏秋冬季期防、和及两各])(?:{_SEASON})(?:期间|来临|到来|开始)?之?前(?![后往述])|(?<![一两二三四五半\d])年内"
)
_QUARTERS: Final = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_PARTS: Final = {"初": 5, "上旬": 10, "中旬": 20}
_DECEMBER: Final = 12


def stated(text: str, year: int | None) -> tuple[date | None, str]:
    """The latest deadline that a sentence states with 前, 内 or 完成, and its words; (None, "") where there is none.

    A time that has no day of its own (汛期前, 年内) gives its words alone.
    """
    found = _latest(_BEFORE.finditer(with_digits(text)), year)
    if found[1]:
        return found
    named = _NAMED.search(text)
    return None, named.group() if named else ""


def given(text: str, year: int | None) -> tuple[date | None, str]:
    """The deadline of a label or a table's column, where the words stand alone; 全年 and 长期 have no day."""
    due_on, _ = _latest(_ANY.finditer(with_digits(text)), year)
    return due_on, text


def _latest(matches: Iterator[re.Match[str]], year: int | None) -> tuple[date | None, str]:
    best: tuple[date | None, str] = (None, "")
    for match in matches:
        due_on = _day(match, year)
        if not best[1] or (due_on and (best[0] is None or due_on > best[0])):
            best = (due_on, match.group().strip())
    return best


def _day(match: re.Match[str], year: int | None) -> date | None:
    stated_year = match["year"] or match["end_year"]
    year = int(stated_year) if stated_year else year
    if year is None:
        return None
    if match["month"]:
        return _in_month(year, int(match["month"]), match["day"], match["part"])
    if match["quarter"]:
        return _month_end(year, _QUARTERS[match["quarter"]] * 3)
    return _month_end(year, 6 if match["half"] == "上半年" else _DECEMBER)


def _in_month(year: int, month: int, day: str | None, part: str | None) -> date | None:
    if day:
        try:
            return date(year, month, int(day))
        except ValueError:
            return None
    return date(year, month, _PARTS[part]) if part in _PARTS else _month_end(year, month)


def _month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])
