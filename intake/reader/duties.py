"""Duties to report: how often, by which day, to whom and whether upward or to the plan's own office."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Final

from intake.reader.model import Direction, Duty, Frequency, Measure, Span, Task
from intake.reader.units import squeezed

_SENTENCE: Final = re.compile(r"[^。；！？\n]+")
_REPORTS: Final = re.compile(r"报告|报送|上报|提交|汇报|反馈|抄送|报(?=[^告送表名警销废纸刊社道考]{0,16}(?:食安办|食品安全委员会|办公室|安委办|政府|委员会))|调度|通报")
_TRACKS: Final = re.compile(r"(?:按|每|逐|分)(?:个)?(?:季度?|月度?|半年|年度?)[^，]{0,8}(?:调度|通报|报告|报送|汇报|上报|跟踪)")
_OBJECT: Final = re.compile(
    r"(?:工作|任务|落实|完成|进展|推进|贯彻|执行|整改|实施)[^，]{0,8}(?:情况|总结|进度|台账|报告|小结|成效|信息|重要内容)|工作总结|进展情况|总结|落实台账|工作台账"
)
_FREQUENCIES: Final = (
    (Frequency.MONTHLY, re.compile(r"每个?月|按月|逐月|月度|月报")),
    (Frequency.QUARTERLY, re.compile(r"每个?季度?|按季|逐季|季度|季报")),
    (Frequency.HALF_YEARLY, re.compile(r"每?半年|上半年")),
    (Frequency.ANNUAL, re.compile(r"全年|年度|年底|年末|年终|每年|本年|一年一次|年内")),
)
_DAY: Final = re.compile(r"(1[0-2]|0?[1-9])\s*月\s*(?:([0-3]?\d)\s*日|(底|末))")
_BY: Final = re.compile(r"\s*(?:之?前|以前)")
_YEAR_END: Final = re.compile(r"(?:年底|年末|年终)\s*(?:之?前|以前)")
_TO: Final = re.compile(
    r"(?:向|报送?至?|提交|上报至?|反馈至?)(?P<to>[^，。；]{0,3}?(?:省|市|县|区|州|镇|乡|上级|本级|党委)[^，。；]{0,24}?(?:食安办|食安委|委员会办公室|安委办|办公室|委员会|政府|党委|[省市县区]委|局|部门))(?!员)"
)
_OWER: Final = re.compile(r"^(?P<who>[^，：]{0,30}?(?:各[^，：]{1,24}?|有关|相关)(?:部门|单位|街道|镇|乡[)）]?|办事处|政府|开发区))(?=要|应|需|须|将|于|在|每|按|\d|年)")
_MONTH_DAYS: Final = {2: 28, 4: 30, 6: 30, 9: 30, 11: 30}
_LEVELS: Final = "乡镇街区县市州省国"


def find(text: str, tasks: Sequence[Task], office_level: str | None, skip: Sequence[Span] = ()) -> tuple[Duty, ...]:
    """Every duty in the text; `office_level` (区, 县, 市) is the level whose office supervises the plan."""
    starts = [task.span.start for task in tasks]
    found: list[Duty] = []
    for sentence in _SENTENCE.finditer(text):
        if not _REPORTS.search(text, sentence.start(), min(sentence.end(), sentence.start() + 2000)):
            continue
        position = bisect_right(starts, sentence.start()) - 1
        task = tasks[position] if position >= 0 and sentence.start() < tasks[position].span.end else None
        found.extend(_duties(sentence, task, office_level))
    return tuple(found)


def _duties(sentence: re.Match[str], task: Task | None, office_level: str | None) -> Iterator[Duty]:
    words = sentence.group()[:2000]
    if not _OBJECT.search(squeezed(words)):
        return
    whens = list(_when(words))
    measure = _measure_at(task, sentence.start()) if task else None
    recipients = match["to"].strip() if (match := _TO.search(words)) else ""
    direction = _direction(recipients, measure, office_level)
    for frequency, due in whens:
        start, quote = _quote(sentence)
        yield Duty(
            task=task.number if task else None,
            frequency=frequency,
            due=due,
            direction=direction,
            owers=_owers(words, measure),
            recipients=recipients,
            quote=quote,
            span=Span(start, start + len(quote)),
        )


def _quote(sentence: re.Match[str]) -> tuple[int, str]:
    """The sentence without the bracket and the number that it may begin with."""
    lead = re.match(r"[\s，、]*(?:[（(〔\[][^（）()〔〕\[\]]{0,200}[）)〕\]])?\s*(?:\d{1,3}[.．、])?(?:[一二三四五六七八九十]{1,3}、)?\s*", sentence.group())
    skip = lead.end() if lead else 0
    quote = re.split(r"[（(〔\[][^（）()〔〕\[\]]{2,}[）)〕\]]?\s*$", sentence.group()[skip:])[0].rstrip()
    return sentence.start() + skip, quote


def _when(words: str) -> Iterator[tuple[Frequency, str | None]]:
    """Frequency and day (MM-DD) of each report that a sentence asks for; none where it names no time."""
    dues = [_due(day) for day in _DAY.finditer(words) if _BY.match(words, day.end()) or _goes_on(words, day.end())]
    stated = [frequency for frequency, pattern in _FREQUENCIES if pattern.search(words)]
    if not dues and _YEAR_END.search(words):
        yield Frequency.ANNUAL, "12-31"
    elif len(dues) > 1:
        yield from ((_by_month(due), due) for due in dues)
    elif dues:
        yield (stated[0] if stated else _once_or_year(dues[0], words)), dues[0]
    elif stated and (_TRACKS.search(words) or stated[0] is not Frequency.ANNUAL) and _asks(words):
        yield stated[0], None
    elif stated and "每年" in words:
        yield Frequency.ANNUAL, None


def _asks(words: str) -> bool:
    """Whether the time belongs to the reporting: 每季度报送, not a report about a quarter."""
    return bool(_TRACKS.search(words) or re.search(r"每(?:个?月|个?季度?|半年)[^。]{0,40}(?:报|提交|汇报|反馈)", words))


def _goes_on(words: str, end: int) -> bool:
    """Whether a day is the first of several: 6月30日、11月30日前."""
    return bool(re.match(r"\s*[、和及与]", words[end:]) and _BY.search(words, end))


def _due(match: re.Match[str]) -> str:
    month = int(match[1])
    day = int(match[2]) if match[2] else _MONTH_DAYS.get(month, 31)
    return f"{month:02d}-{min(max(day, 1), 31):02d}"


def _by_month(due: str) -> Frequency:
    return Frequency.HALF_YEARLY if due[:2] in ("06", "07") else Frequency.ANNUAL


def _once_or_year(due: str, words: str) -> Frequency:
    return Frequency.ANNUAL if due[:2] in ("10", "11", "12", "01") or "总结" in words else Frequency.ONCE


def _measure_at(task: Task, position: int) -> Measure | None:
    """The measure that a position lies in; the first where it lies in the heading."""
    return next((measure for measure in task.measures if position < measure.span.end), None)


def _owers(words: str, measure: Measure | None) -> str:
    match = _OWER.match(words.strip())
    if match:
        return match["who"].strip()
    return "、".join(assignment.department for assignment in measure.assignments) if measure else ""


def _direction(recipients: str, measure: Measure | None, office_level: str | None) -> Direction:
    """Upward where the recipient stands above the plan's office, or is its own 党委政府 and the office owes it."""
    if "上级" in recipients or _above(recipients, office_level):
        return Direction.UPWARD
    owed_by_office = measure is not None and any(_is_office(a.department) for a in measure.assignments)
    governing = re.search(r"[省市县区州][委]|政府|党委", recipients) and not _is_office(recipients)
    return Direction.UPWARD if governing and owed_by_office else Direction.TO_OFFICE


def _is_office(name: str) -> bool:
    return bool(re.search(r"食安办|安委办|委员会办公室|食安委办|办公室", name))


def _above(recipients: str, office_level: str | None) -> bool:
    first = next((char for char in recipients if char in _LEVELS), None)
    if first is None or office_level is None or office_level not in _LEVELS:
        return False
    if first in "区县" and office_level in "区县":
        return False
    return _LEVELS.index(first) > _LEVELS.index(office_level)
