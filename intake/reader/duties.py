"""Duties to report: how often, by which day, to whom and whether upward or to the plan's own office."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from intake.reader.model import Direction, Duty, Frequency, Measure, Span, Task
from intake.reader.scans import with_digits

_SENTENCE: Final = re.compile(r"[^。；;！？\n\t]+")
_CLAUSE: Final = re.compile(r"[^，,]+")
_REPORTS: Final = re.compile(
    r"报告|报送|上报|提交|呈报|抄报|(?<!听取)汇报|反馈|报(?=(?:至|到|给)?[省市县区州镇乡新本上安食][^，]{0,16}(?:办|委|局|政府|办公室|部门|小组))"
)
_TRACKS: Final = re.compile(r"台账[^，]{0,8}(?:按|每|逐|分)个?(?:季度?|月度?|半年|年度?)[^，]{0,6}(?:调度|通报|跟踪)")
_OBJECT: Final = re.compile(r"情况|总结|小结|进展|进度|台账|计划|方案|工作报告|报表|清单|信息|数据|成效|要点")
_NOT_PLAN: Final = re.compile(
    r"意见|建议|自查报告|事故报告|风险报告|(?:企业|经营者|从业者|经营主体|医疗机构)[^，]{0,8}(?:向|报告|提交|上报)"
)
_PREPARED: Final = re.compile(r"计划|方案")
_FREQUENCIES: Final = (
    (Frequency.MONTHLY, re.compile(r"每个?月|按月|逐月|分月|月度")),
    (Frequency.QUARTERLY, re.compile(r"每个?季度?|按季度?|逐季|分季|季度")),
    (Frequency.HALF_YEARLY, re.compile(r"每?半年|上半年")),
    (Frequency.ANNUAL, re.compile(r"全年|年度|年底|年末|年终|每年|一年一次")),
)
_PERIODIC: Final = re.compile(r"每个?月|每个?季|每半年|(?<![上下\d])半年|每年|[按逐分][月季]")
_DAY: Final = re.compile(
    r"(?<![\d日])(1[0-2]|0?[1-9])\s*月\s*(?:([0-3]?\d)\s*日|份?(?:底|末))\s*(?:之?前|以前|[、和及与](?=[^，]{2,12}前))"
)
_YEAR_END: Final = re.compile(r"(?:年底|年末|年终)\s*(?:之?前|以前)")
_RECIPIENT: Final = (
    r"[省市县区州镇乡上本党新安食][^，。；、]{0,24}?(?:食安办|食安委|委员会办公室|[安环消改]委办|[\u4e00-\u9fff]办(?![理法公])"
    r"|办公室|委员会(?!办)|政府(?!食安|[安办])|党委|委(?![政区县市省员办])|局|部门)"
)
_TO: Final = re.compile(
    rf"(?:向|报送?至?|报告(?=[省市县区州])|提交|上报至?|呈报|反馈至?|抄送)(?P<to>{_RECIPIENT}(?:[、和及]{_RECIPIENT}){{0,4}})"
)
_OWER: Final = re.compile(
    r"^(?:请)?(?P<who>[^，：]{0,30}?(?:各[^，：将向]{1,24}?|有关|相关)?"
    r"(?:部门|单位|街道|乡镇|镇|乡[)）]?|社区[)）]?|办事处|政府|开发区|[\u4e00-\u9fff]办|办公室|[）)]))"
    r"(?=要|应|需|须|将|向|于|在|每|按|汇总|\d|年)"
)
_LEAD: Final = re.compile(
    r"[\s，、]*(?:[（(〔\[][^（）()〔〕\[\]]{0,200}[）)〕\]])?\s*(?:\d{1,3}[.．、](?!\d))?(?:[一二三四五六七八九十]{1,3}、)?\s*"
)
_TRAILING_BRACKET: Final = re.compile(r"[（(〔\[][^（）()〔〕\[\]]{2,}[）)〕\]]?\s*$")
_GOVERNING: Final = re.compile(r"[省市县区州]委|政府|党委")
_MONTH_DAYS: Final = {2: 28, 4: 30, 6: 30, 9: 30, 11: 30}
_LONGEST: Final = 2000  # characters of a sentence; what goes on longer is none
_LEVELS: Final = "乡镇街区县市州省国"


def find(text: str, tasks: Sequence[Task], office_level: str | None) -> tuple[Duty, ...]:
    """Every duty in the text; `office_level` (区, 县, 市) is the level whose office supervises the plan."""
    found: list[Duty] = []
    at = 0
    for task in tasks:
        found.extend(_within(text, Span(at, task.span.start), None, None, office_level))
        found.extend(_in_task(text, task, office_level))
        at = task.span.end
    found.extend(_within(text, Span(at, len(text)), None, None, office_level))
    unique = {(duty.task, duty.frequency, duty.due, duty.quote): duty for duty in reversed(found)}
    return tuple(reversed(unique.values()))


def _in_task(text: str, task: Task, office_level: str | None) -> Iterator[Duty]:
    """The duties of a task's heading, which the first measure's units owe, and of its measures."""
    if not task.measures:
        return
    first = task.measures[0]
    heading = Span(task.span.start, max(task.span.start, first.span.start))
    for region, measure in [(heading, first), *((measure.span, measure) for measure in task.measures)]:
        yield from _within(text, region, task, measure, office_level)


def _within(
    text: str, region: Span, task: Task | None, measure: Measure | None, office_level: str | None
) -> Iterator[Duty]:
    for sentence in _SENTENCE.finditer(text, region.start, region.end):
        lead = _LEAD.match(text, sentence.start(), sentence.end())
        start = lead.end() if lead else sentence.start()
        words = text[start : min(sentence.end(), start + _LONGEST)]
        if (_REPORTS.search(words) or _TRACKS.search(words)) and _OBJECT.search(words):
            yield from _duties(words, start, task, measure, office_level)


def _duties(
    words: str, start: int, task: Task | None, measure: Measure | None, office_level: str | None
) -> Iterator[Duty]:
    """The duties of one sentence: one for each clause that names a time."""
    recipients = match["to"].strip() if (match := _TO.search(words)) else ""
    owers = _owers(words, measure)
    for clause in _CLAUSE.finditer(words):
        quote = _TRAILING_BRACKET.sub("", clause.group()).strip()
        for frequency, due in _when(with_digits(quote)):
            at = start + clause.start() + clause.group().find(quote)
            yield Duty(
                task=task.number if task else None,
                frequency=frequency,
                due=due,
                direction=_direction(recipients, owers, office_level),
                owers=owers,
                recipients=recipients,
                quote=quote,
                span=Span(at, at + len(quote)),
            )


def _when(clause: str) -> list[tuple[Frequency, str | None]]:
    """How often and by which day (MM-DD) a clause asks for reports; empty where it names no time or no report."""
    if _TRACKS.search(clause):
        return [(_stated(clause) or Frequency.QUARTERLY, None)]
    if not _REPORTS.search(clause) or _NOT_PLAN.search(clause):
        return []
    dues = [_due(day) for day in _DAY.finditer(clause)]
    if len(dues) > 1:
        return [(_by_month(due), due) for due in dues]
    if dues:
        return [(_by_object(clause, dues[0]), dues[0])]
    if _YEAR_END.search(clause):
        return [(Frequency.ANNUAL, "12-31")]
    stated = _stated(clause) if _PERIODIC.search(clause) and _OBJECT.search(clause) else None
    return [(stated, None)] if stated else []


def _stated(clause: str) -> Frequency | None:
    return next((frequency for frequency, pattern in _FREQUENCIES if pattern.search(clause)), None)


def _due(match: re.Match[str]) -> str:
    month = int(match[1])
    day = int(match[2]) if match[2] else _MONTH_DAYS.get(month, 31)
    return f"{month:02d}-{min(max(day, 1), 31):02d}"


def _by_month(due: str) -> Frequency:
    return Frequency.HALF_YEARLY if due[:2] in ("06", "07") else Frequency.ANNUAL


def _by_object(clause: str, due: str) -> Frequency:
    """What is due on one day: a plan to be drawn up is asked for once, a year's summary every year."""
    if _PREPARED.search(clause) and "总结" not in clause:
        return Frequency.ONCE
    if stated := _stated(clause):
        return stated
    if "总结" in clause or due[:2] in ("10", "11", "12", "01"):
        return Frequency.ANNUAL
    return Frequency.HALF_YEARLY if "小结" in clause and due[:2] in ("06", "07") else Frequency.ONCE


def _owers(words: str, measure: Measure | None) -> str:
    match = _OWER.match(words.strip())
    if match:
        return match["who"].strip()
    return "、".join(assignment.department for assignment in measure.assignments) if measure else ""


def _direction(recipients: str, owers: str, office_level: str | None) -> Direction:
    """Upward where a recipient stands above the plan's office, or is its own 党委政府 and the office owes it."""
    each = re.split("[、和及]", recipients)
    if any("上级" in one or _above(one, office_level) for one in each):
        return Direction.UPWARD
    governing = any(_GOVERNING.search(one) and not _is_office(one) for one in each)
    return Direction.UPWARD if governing and _is_office(owers) else Direction.TO_OFFICE


def _is_office(name: str) -> bool:
    return bool(re.search(r"[安环消]委?办|食安办|委员会办公室|食安委办|办公室", name))


def _above(recipients: str, office_level: str | None) -> bool:
    first = next((char for char in recipients if char in _LEVELS), None)
    if first is None or office_level is None or office_level not in _LEVELS or {first, office_level} == {"区", "县"}:
        return False
    return _LEVELS.index(first) > _LEVELS.index(office_level)
