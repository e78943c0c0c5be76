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

COVERAGE: Final = "覆盖率"
_FULL: Final = re.compile("全覆盖")
_WORK: Final = re.compile("全覆盖的?式?(?!并|且|和|（|”|、|的)([^、，（]*)")
_WINDOW: Final = 24
_NOT_A_TARGET_BEFORE: Final = re.compile(
    r"(?:[一二三四五六七八九十两0-9]个?|按照[^，]{0,20}|坚持[^，]{0,8}|突出[^，]{0,8}|[、“]|已[^，]{0,10})$"
)
_NOT_A_TARGET_AFTER: Final = re.compile(r"的?(?:基础|成果|要求|原则|目标要求|思路|态势|机制|工作目标|”|、[无零])")
_LAST_VERB: Final = re.compile(r"(?:实现|做到|确保|推动实现|达到|基本形成|形成)(?=[^，]*$)")
_REACHED: Final = re.compile("(?:推动)?(?:实现|做到)$")
_TRAILING: Final = re.compile(
    r"(?:实现|开展|实行|进行|做到|达到|推进|推动|的|全面|完成|组织|确保|形成|基本|均|实施|要|应|落实|予以|给予)$"
)
_FACING: Final = re.compile(r"^.{0,10}?对(?![照标接于比外应])(?:所有)?(.{2,80}?)(?:实现|实行|实施|开展|进行|做到|$)")
_ALL: Final = re.compile(r"覆盖(?:到)?(?:全[区市县省镇乡])?(?:所有|全部|全体)的?(?:[0-9]{1,5}[个家所处户条])?(.+)$")
_EACH: Final = re.compile(
    r"(?:所有的?|[0-9]{1,5}[个家所处户条座])([^，0-9]{1,20}?)(?:均|都|全部)(?:(符合|达标|通过|合格)|(?:达到|完成|实现|建立|配备|落实|纳入|接入|签订)[^，]*)"
)
_JOINTS: Final = ("、", "以及", "和", "及")


def implied_targets(source: Source, start: int, end: int, thread: Thread, explicit: list[Target]) -> list[Target]:
    """The targets that a clause implies; none beside a number that says the same."""
    text = source.text[start:end]
    demands = [] if explicit else [at - start for at in _demands(source, start, end)]
    if demands:
        return _full_coverage(text, demands, start, thread)
    found = _ALL.search(text)
    if found and source.cover[start + found.start()] == FREE:
        return _made(*_covering_all(text, found, thread), start, thread)
    each = _EACH.search(text)
    return _made(_each(each, thread), each.start(), each.end(), start, thread) if each else []


def _made(subjects: list[str], first: int, last: int, start: int, thread: Thread) -> list[Target]:
    """Targets over the stretch `first`…`last` of the clause that begins at `start`."""
    kept = [subject for subject in subjects if subject not in (COVERAGE, "")]
    thread.subjects = kept or thread.subjects
    return [Target(subject, AT_LEAST, Decimal(100), "%", True, start + first, start + last) for subject in kept]


def _demands(source: Source, start: int, end: int) -> list[int]:
    """Where 全覆盖 is demanded: not in a campaign's name, not as what exists or how one works."""
    return [
        found.start() for found in _FULL.finditer(source.text, start, end) if _is_demanded(source, found, start, end)
    ]


def _is_demanded(source: Source, found: re.Match[str], start: int, end: int) -> bool:
    before = source.text[max(start, found.start() - _WINDOW) : found.start()]
    named = source.cover[found.start()] != FREE or _NOT_A_TARGET_BEFORE.search(before)
    return not named and not _NOT_A_TARGET_AFTER.match(source.text, found.end(), end)


def _full_coverage(text: str, demands: list[int], start: int, thread: Thread) -> list[Target]:
    """The targets of each 全覆盖 in a clause, the words before it beginning where the last one's end."""
    targets: list[Target] = []
    begin = 0
    for at in demands:
        if at < begin:
            continue  # inside the work that the last one named
        subjects, first, last = _full(text, begin, at, thread)
        targets += _made(subjects, first, last, start, thread)
        begin = last
    return targets


def _full(text: str, begin: int, at: int, thread: Thread) -> tuple[list[str], int, int]:
    """The subjects of the 全覆盖 at `at` and their stretch in the clause."""
    found = _WORK.match(text, at)
    work, last = (found[1], found.end()) if found else ("", at + len(COVERAGE))
    first, named = _named(text[begin:at])
    if facing := _FACING.match(text[:at]):
        own = "" if named.startswith("对") else named
        return [f"{body}{own}{work}{COVERAGE}" for body in split_top(facing[1], _JOINTS) if body], begin + first, last
    subjects = coordinated((named or _about(thread, work)) + work + COVERAGE)
    return [full for subject in subjects for full in thread.resolve(subject)], begin + first, last


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
    return [f"{actor}{name}{COVERAGE}" for name in split_top(found[1], _JOINTS) if name], first, found.end()


def _each(found: re.Match[str], thread: Thread) -> list[str]:
    """所有关键项均符合要求: 关键项符合率; 所有食堂全部达到B级: 食堂达到B级比例."""
    topic = thread.subjects[-1] if thread.subjects else ""
    if found[2]:
        return [f"{topic}{found[1]}{found[2]}率"]
    deed = found.group().partition(found[1])[2].lstrip("均都全部")
    return [f"{topic}{found[1]}{deed}比例"]
