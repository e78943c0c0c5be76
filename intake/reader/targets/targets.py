"""The quantities of a clause, each with the words that belong to it, judged in order."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from intake.reader.targets.counts import count_targets
from intake.reader.targets.items import Item, Target
from intake.reader.targets.lists import JOINTS
from intake.reader.targets.quantities import Quantity
from intake.reader.targets.shares import share_targets
from intake.reader.targets.source import BRACKET, QUOTE, Source
from intake.reader.targets.thread import Thread

_ENDS: Final = (*JOINTS, "并")
_FOLLOWING: Final = 8


def targets_of(source: Source, start: int, end: int, found: list[Quantity], thread: Thread) -> list[Target]:
    """The targets among the quantities of a clause; one that is none stays in the next one's words."""
    targets: list[Target] = []
    at = i = 0
    at = start
    while i < len(found):
        run = _run(source, at, found[i:])
        rest = found[i + len(run) :]
        item = _item(source, at, run, rest[0].head if rest else end, end)
        made = _made(item, run, targets, thread)
        targets += made
        at = item.end if made else at
        i += len(run)
    return targets


def _run(source: Source, at: int, found: list[Quantity]) -> list[Quantity]:
    """The quantities that one list shares out (分别达到80%、82%和90%); else the first alone."""
    if "分别" not in source.text[at : found[0].start]:
        return found[:1]
    size = 1
    while size < len(found) and source.text[found[size - 1].end : found[size].start] in JOINTS:
        size += 1
    return found[:size]


def _item(source: Source, at: int, run: list[Quantity], limit: int, end: int) -> Item:
    """The run's first quantity with its words; `limit` is where the next quantity's words begin, `end` the clause's."""
    first, last = run[0], run[-1]
    stop = end if limit == end else _stop(source, last.end, limit)
    text = source.text
    return Item(
        start=at,
        quantity=first,
        end=stop,
        before=text[at : first.head],
        after=text[last.end : stop],
        following=text[last.end : min(end, last.end + _FOLLOWING)],
        several=len(run) > 1,
    )


def _stop(source: Source, start: int, limit: int) -> int:
    """Where the words after a quantity end when another follows: at a joint or a bracket; without one they are none."""
    for i in range(start, limit):
        if source.cover[i] == BRACKET or (source.cover[i] != QUOTE and source.text.startswith(_ENDS, i)):
            return i
    return start


def _made(item: Item, run: list[Quantity], targets: list[Target], thread: Thread) -> list[Target]:
    if not item.before.strip("、和及") and targets and not item.after and not item.quantity.share:
        return [item.target(targets[-1].subject, 0, False)]  # 小区831个、2662万平方米
    made = share_targets(item, thread) if item.quantity.share else count_targets(item, thread)
    return (
        [_given(target, quantity) for target, quantity in zip(made, run, strict=True)]
        if len(made) == len(run)
        else made
    )


def _given(target: Target, quantity: Quantity) -> Target:
    """The target with its own number of a list's."""
    end = max(target.end, quantity.end)
    return replace(target, value=quantity.value, unit=quantity.unit, comparator=quantity.comparator, end=end)
