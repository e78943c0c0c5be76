"""Targets that state no number but mean all: 实现培训全覆盖, 监测点覆盖所有医院, 所有关键项均符合要求."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from intake.reader.targets.items import Target
from intake.reader.targets.lists import coordinated
from intake.reader.targets.source import FREE, Source, split_top
from intake.reader.targets.subjects import lead_length, object_of
from intake.reader.targets.thread import Thread
from intake.reader.targets.words import AT_LEAST

FULL: Final = "全覆盖"
_NOT_A_TARGET_BEFORE: Final = re.compile(
    r"(?:[一二三四五六七八九十两0-9]个?|按照[^，]{0,20}|坚持[^，]{0,8}|突出[^，]{0,8}|[、“]|已[^，]{0,10})$"
)
_NOT_A_TARGET_AFTER: Final = re.compile(r"的?(?:基础|成果|要求|原则|目标要求|思路|态势|机制|工作目标|”|、[无零])")
_LAST_VERB: Final = re.compile(r"(?:实现|做到|确保|推动实现|达到|基本形成|形成)(?=[^，]*$)")
_REACHED: Final = re.compile("(?:推动)?(?:实现|做到)$")
_TRAILING: Final = re.compile(
    r"(?:实现|开展|实行|进行|做到|达到|推进|推动|的|全面|完成|组织|确保|形成|基本|均|实施|要|应|落实|予以|给予)$"
)
_FACING: Final = re.compile(r"^(?:.{0,10}?)对(?![照标接于比外应])(.+)$")
_ALL: Final = re.compile(r"覆盖(?:到)?(?:全[区市县省])?(?:所有|全部|全体)的?(.+)$")
_EACH: Final = re.compile(
    r"所有的?([^，]{1,20}?)(?:均|都|全部)(符合|达到|达标|通过|合格|完成|实现|建立|配备|落实|纳入|接入|签订)"
)
_JOINTS: Final = ("、", "以及", "和", "及")


def implied_targets(source: Source, start: int, end: int, thread: Thread, explicit: list[Target]) -> list[Target]:
    """The targets that a clause implies; none beside a number that says the same."""
    text = source.text[start:end]
    at = _full_at(source, start, end)
    if at >= 0 and not explicit:
        return _made(*_full(text, at - start, thread), start, thread)
    found = _ALL.search(text)
    if found and source.cover[start + found.start()] == FREE:
        return _made(*_covering_all(text, found, thread), start, thread)
    each = _EACH.search(text)
    return _made(_each(each, thread), each.start(), each.end(), start, thread) if each else []


def _made(subjects: list[str], first: int, last: int, start: int, thread: Thread) -> list[Target]:
    """Targets over the stretch `first`…`last` of the clause that begins at `start`."""
    kept = [subject for subject in subjects if subject not in ("覆盖率", "")]
    thread.subjects = kept or thread.subjects
    return [Target(subject, AT_LEAST, Decimal(100), "%", True, start + first, start + last) for subject in kept]


def _full_at(source: Source, start: int, end: int) -> int:
    """Where 全覆盖 is demanded: not in a campaign's name, not as what exists or how one works; -1 where nowhere."""
    at = source.text.find(FULL, start, end)
    while at >= 0:
        before, after = source.text[max(start, at - 24) : at], source.text[at + len(FULL) : end]
        if (
            source.cover[at] == FREE
            and not _NOT_A_TARGET_BEFORE.search(before)
            and not _NOT_A_TARGET_AFTER.match(after)
        ):
            return at
        at = source.text.find(FULL, at + 1, end)
    return -1


def _full(text: str, at: int, thread: Thread) -> tuple[list[str], int, int]:
    """The subjects of 全覆盖 and their stretch in the clause."""
    after = text[at + len(FULL) :].removeprefix("的").removeprefix("式").split("、")[0]
    work = "" if after.startswith(("并", "且", "和", "（", "”")) else after
    first, named = _named(text[:at])
    facing = _FACING.match(named)
    if facing:
        return (
            [name + work + "覆盖率" for name in split_top(facing[1], _JOINTS) if name],
            first,
            at + len(FULL) + len(work),
        )
    subjects = coordinated((named or _about(thread, work)) + work + "覆盖率")
    resolved = [full for subject in subjects for full in thread.resolve(subject)]
    return resolved, first, at + len(FULL) + len(work)


def _about(thread: Thread, work: str) -> str:
    """What 实现全覆盖 alone speaks of: the clause before it."""
    return object_of(thread.last_clause()) if len(work) < 8 else ""


def _named(before: str) -> tuple[int, str]:
    """Where the words of 全覆盖 begin (实现…), and the subject before it without its verbs."""
    named = before
    while found := _TRAILING.search(named):
        named = named[: found.start()]
    verb = _LAST_VERB.search(named)
    first = verb.end() if verb else 0
    first += lead_length(named[first:].replace("对", "〇"))
    spoken = _REACHED.search(before[:first])
    return spoken.start() if spoken else first, named[first:]


def _covering_all(text: str, found: re.Match[str], thread: Thread) -> tuple[list[str], int, int]:
    """监测点覆盖所有A和B: one subject for each of what is covered."""
    first = lead_length(text[: found.start()])
    actor = text[first : found.start()] or object_of(thread.last_clause())
    return [f"{actor}{name}覆盖率" for name in split_top(found[1], _JOINTS) if name], first, found.end()


def _each(found: re.Match[str], thread: Thread) -> list[str]:
    topic = thread.subjects[-1] if thread.subjects else ""
    return [f"{topic}{found[1]}{found[2]}率"]
