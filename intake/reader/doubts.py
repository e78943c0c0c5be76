"""What the clerk should look at: doubts beside the facts, each one Chinese sentence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from intake.reader import responsibility, units
from intake.reader.joining import Joined
from intake.reader.model import Reading, Span, Task, Warning  # noqa: A004 (the reader's word)
from intake.reader.responsibility import Stretch
from intake.reader.targets import Aside


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the stages knew beside the facts."""

    joined: Joined
    stretches: tuple[Stretch, ...]
    numbering: tuple[Warning, ...]
    asides: tuple[Aside, ...]


def with_doubts(reading: Reading, evidence: Evidence) -> Reading:
    """The reading with all its warnings, in the order of the text; those about the whole plan first."""
    found = [
        *_about_plan(reading),
        *_dropped(evidence.joined),
        *evidence.numbering,
        *_about_measures(reading),
        *_about_brackets(evidence.stretches),
        *_and_others(evidence.stretches),
        *_defaults(reading),
        *_about_reports(reading),
        *map(_aside, evidence.asides),
    ]
    ordered = sorted(found, key=lambda warning: warning.span.start if warning.span else -1)
    return replace(reading, warnings=tuple(ordered))


_MISSING: Final = (
    ("title", "no_title", "没有找到文件标题，请填写计划名称。"),
    ("document_number", "no_document_number", "没有找到文号，如已编号请补填，印发前必须填写。"),
    ("issued_on", "no_issued_on", "没有找到成文日期，请补填。"),
    ("year", "no_year", "没有找到计划年度，请填写。"),
)


def _about_plan(reading: Reading) -> Iterator[Warning]:
    for field, code, message in _MISSING:
        if getattr(reading.plan, field) is None:
            yield Warning(code, message)
    if not reading.tasks:
        yield Warning("no_tasks", "没有识别出任务，请检查文件是否为工作要点或重点工作安排，或在核对页手工添加。")


def _dropped(joined: Joined) -> Iterator[Warning]:
    if joined.dropped:
        sample = "、".join(f"“{line}”" for line in joined.dropped[:3])
        yield Warning("page_chrome_dropped", f"已去掉页码等版面内容{len(joined.dropped)}处（如{sample}），未计入正文。")


def _about_measures(reading: Reading) -> Iterator[Warning]:
    names_units = any(measure.assignments for task in reading.tasks for measure in task.measures)
    for task in reading.tasks:
        for position, measure in enumerate(task.measures, 1):
            if names_units and not measure.assignments:
                yield Warning("no_unit", f"任务{task.number}第{position}项措施没有写明责任单位，请指定。", measure.span)
            yield from _about_units(task, position)


def _about_units(task: Task, position: int) -> Iterator[Warning]:
    for assignment in task.measures[position - 1].assignments:
        name = assignment.department
        if not units.is_unit(name):
            yield Warning("unit_form", f"“{name}”不像单位名称，请核对。", assignment.span)
        if assignment.open:
            yield Warning("open_unit", f"“{name}”没有写明是哪些单位，请指定或确认为未明确。", assignment.span)


def _about_brackets(stretches: tuple[Stretch, ...]) -> Iterator[Warning]:
    for stretch in stretches:
        span = Span(stretch.start, stretch.end)
        if not stretch.balanced:
            yield Warning("unbalanced_bracket", "责任单位的括号不成对，已按上下文判断，请核对。", span)
        for named in stretch.content.named:
            name = named.item.text
            if sum(other.item.text == name for other in stretch.content.named) > 1:
                yield Warning("unit_twice", f"“{name}”在同一处出现不止一次，只计一次，请核对是否笔误。", span)
                break


def _and_others(stretches: tuple[Stretch, ...]) -> Iterator[Warning]:
    """One doubt for the whole plan: who writes 等 once writes it everywhere."""
    closed = [stretch for stretch in stretches if stretch.content.closed]
    if closed:
        more = f"（另有{len(closed) - 1}处）" if len(closed) > 1 else ""
        span = Span(closed[0].start, closed[0].end)
        yield Warning("and_others", f"责任单位以“等”收尾{more}，未列出的单位没有计入，请核对。", span)


def _defaults(reading: Reading) -> Iterator[Warning]:
    for match in responsibility.default_sentences(reading.text):
        yield Warning(
            "default_units",
            "这句话为多项任务统一指定了单位，没有分到各项措施，请按需补充。",
            Span(match.start(), match.end()),
        )


def _about_reports(reading: Reading) -> Iterator[Warning]:
    for duty in reading.reporting:
        if not duty.recipients:
            yield Warning("report_recipient", "这项报送要求没有写明报给谁，已按报本级食安办处理，请核对。", duty.span)


def _aside(aside: Aside) -> Warning:
    if aside.fits:
        return Warning("scope_bound", f"“{aside.words}”像是范围，不是目标，已按正文处理。", aside.span)
    return Warning(
        "number_too_long", f"“{aside.words}”超过整数11位、小数4位，没有计为指标，请核对后手工添加。", aside.span
    )
