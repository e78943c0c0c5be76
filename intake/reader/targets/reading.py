"""One measure read from its stretch of the document to its indicators."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from intake.reader.model import Indicator, Span
from intake.reader.targets.implied import implied_targets
from intake.reader.targets.items import Target
from intake.reader.targets.kinds import kind_of
from intake.reader.targets.quantities import quantities
from intake.reader.targets.source import Clause, Source, clauses, source_of
from intake.reader.targets.targets import targets_of
from intake.reader.targets.thread import Thread

_COMPARISON: Final = re.compile(r"[较比与同](?:去年|上年|上一年)")
_BACKGROUND: Final = re.compile(
    r"已(?:经)?(?:完成|建成|达|有|实现|累计|覆盖)|现有|目前|截至|截止|去年|上年|往年|近年来"
)
_GROUND: Final = "基础上"


@dataclass(frozen=True, slots=True)
class Context:
    """A measure: its place in the plan, the titles over it, and the stretch of the joined text that holds it."""

    task: int
    measure: int
    task_title: str
    section_title: str
    span: Span


def indicators_of(text: str, context: Context, floor: int, inherited: str = "") -> list[Indicator]:
    """The indicators of one measure; the first of a task has those of the heading too, which stands after `floor`.

    `inherited` is the last subject of the measure before it in the task.
    """
    places = list(range(_heading(text, context, floor), min(len(text), max(0, context.span.end))))
    source = source_of(text, places)
    thread = Thread(context.task_title, inherited=inherited)
    found = [
        target for clause in clauses(source, context.span.start) for target in _clause_targets(source, clause, thread)
    ]
    return [_indicator(text, source, context, target) for target in found]


def _heading(text: str, context: Context, floor: int) -> int:
    """Where reading begins: at the heading if it stands between `floor` and a first measure, else at the measure."""
    start = max(0, min(context.span.start, len(text)))
    title = "".join(context.task_title.split())
    if context.measure != 1 or not title or floor >= start:
        return start
    kept = [i for i in range(floor, start) if not text[i].isspace()]
    at = "".join(text[i] for i in kept).rfind(title)
    return kept[at] if at >= 0 else start


def _clause_targets(source: Source, clause: Clause, thread: Thread) -> list[Target]:
    thread.enter(clause.sentence)
    text = source.text[clause.start : clause.end]
    ground = text.rfind(_GROUND)
    start = clause.start + (ground + len(_GROUND) if ground >= 0 else 0)
    found: list[Target] = []
    if start < clause.end and not _BACKGROUND.search(_COMPARISON.sub("", source.text[start : clause.end])):
        found = targets_of(source, start, clause.end, quantities(source, start, clause.end), thread)
        found += implied_targets(source, start, clause.end, thread, found)
    thread.leave(text)
    return found


def _indicator(text: str, source: Source, context: Context, target: Target) -> Indicator:
    span = source.span(target.start, target.end)
    return Indicator(
        task=context.task,
        measure=context.measure,
        subject=target.subject,
        comparator=target.comparator,
        value=target.value,
        unit=target.unit,
        kind=kind_of(target.subject, target.unit),
        implied=target.implied,
        quote="".join(text[span.start : span.end].split()),
        span=span,
    )
