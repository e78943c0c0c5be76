"""Headings of a text with their levels, and which level is a plan's parts and which its tasks."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from intake.reader.joining import Joined, Paragraph
from intake.reader.numbering import Family, Mark

_STOPS: Final = "。！？"
_UNDER_NUMBERS: Final = 20  # where unnumbered headings rank when the numbered ones are headings of the format too
_SHORT: Final = 36  # characters of a line that may be a heading by its shape alone
_BARE: Final = 60


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: its number at `start`…`title_start` (empty where it has none), `end` where its line ends.

    `rank` orders levels, outermost lowest. `bare` says that its line holds nothing but the heading.
    """

    rank: int
    number: int | None
    start: int
    title_start: int
    end: int
    bare: bool


@dataclass(frozen=True, slots=True)
class Levels:
    """The ranks of parts and tasks; None where the plan has none."""

    part: int | None
    task: int | None


def find(joined: Joined, marks: Sequence[Mark]) -> list[Heading]:
    """Numbered headings and those that the format states, in order."""
    starts = [paragraph.span.start for paragraph in joined.paragraphs]
    formatted = {paragraph.span.start: paragraph.heading for paragraph in joined.paragraphs if paragraph.heading}
    by_format = bool(marks) and sum(mark.start in formatted for mark in marks) * 2 > len(marks)
    numbered = {mark.start for mark in marks}
    found = [_numbered(joined, starts, mark, marks, formatted if by_format else {}) for mark in marks]
    for paragraph in joined.paragraphs:
        if paragraph.heading and paragraph.span.start not in numbered:
            rank = paragraph.heading + (_UNDER_NUMBERS if by_format or not marks else -_UNDER_NUMBERS)
            found.append(_plain(paragraph, rank if not by_format else paragraph.heading))
    return sorted(found, key=lambda heading: heading.start)


def by_shape(joined: Joined, body_start: int) -> list[Heading]:
    """Headings of a text that has neither numbers nor styles: short lines without a stop above a paragraph."""
    lines = [paragraph for paragraph in joined.paragraphs if paragraph.span.start >= body_start]
    shapes = [looks_like_heading(joined.text[line.span.start : line.span.end]) for line in lines]
    return [
        _plain(line, _UNDER_NUMBERS)
        for line, shape, following in zip(lines, shapes, shapes[1:], strict=False)
        if shape and not following
    ]


def _numbered(
    joined: Joined, starts: Sequence[int], mark: Mark, marks: Sequence[Mark], formatted: Mapping[int, int]
) -> Heading:
    position = bisect_right(starts, mark.start) - 1
    line_end = joined.paragraphs[position].span.end if position >= 0 else len(joined.text)
    following = bisect_right(marks, mark.start, key=lambda other: other.start)
    end = min(line_end, marks[following].start) if following < len(marks) else line_end
    title = joined.text[mark.end : end].strip()
    bare = len(title) <= _BARE and not any(stop in title.rstrip("。：:") for stop in _STOPS)
    rank = formatted.get(mark.start) or int(mark.family)
    return Heading(rank, mark.number, mark.start, mark.end, end, bare)


def _plain(paragraph: Paragraph, rank: int) -> Heading:
    span = paragraph.span
    return Heading(rank, None, span.start, span.start, span.end, True)


def looks_like_heading(text: str) -> bool:
    """Whether a line without a number has a heading's shape: short and without a stop."""
    return (
        3 < len(text) <= _SHORT
        and text[-1] not in "。；：:，,、）)〕】”；;!！?？"
        and not any(stop in text for stop in "。：:；")
    )


def choose(headings: Sequence[Heading], paragraphs: Callable[[Heading], int]) -> Levels:
    """Which ranks are parts and tasks; `paragraphs` counts those of text behind a heading.

    One level alone is parts where its headings are bare and hold several paragraphs each, else tasks.
    """
    ranks = sorted({heading.rank for heading in headings})
    ranks = _without_frame(headings, ranks)
    if not ranks:
        return Levels(None, None)
    top = [heading for heading in headings if heading.rank == ranks[0]]
    if len(ranks) == 1 or not _are_parts(headings, top):
        holds_paragraphs = sum(paragraphs(heading) > 1 for heading in top) * 3 >= len(top)
        return (
            Levels(ranks[0], None)
            if _all_bare(top) and holds_paragraphs and len(ranks) == 1
            else Levels(None, ranks[0])
        )
    return _parts_and_tasks(headings, ranks)


def _without_frame(headings: Sequence[Heading], ranks: list[int]) -> list[int]:
    """The ranks without a lone unnumbered heading above the others: the title, or what introduces the plan."""
    while len(ranks) > 1:
        top = [heading for heading in headings if heading.rank == ranks[0]]
        if len(top) > 1 or top[0].number is not None:
            break
        ranks = ranks[1:]
    return ranks


def _all_bare(headings: Sequence[Heading]) -> bool:
    return sum(heading.bare for heading in headings) * 2 > len(headings)


def _are_parts(headings: Sequence[Heading], top: Sequence[Heading]) -> bool:
    """Whether most of the outermost headings hold others, or stand on lines of their own."""
    order = {heading.start: position for position, heading in enumerate(headings)}
    parents = sum(
        (after := order[heading.start] + 1) < len(headings) and headings[after].rank > heading.rank and heading.bare
        for heading in top
    )
    return parents * 2 >= len(top) or (_all_bare(top) and parents > 0)


def _parts_and_tasks(headings: Sequence[Heading], ranks: Sequence[int]) -> Levels:
    part, task = ranks[0], ranks[1]
    if part == Family.PART and len(ranks) > 2 and task == Family.CHINESE and _are_parts(headings, _at(headings, task)):
        part, task = ranks[1], ranks[2]
    deeper = ranks[ranks.index(task) + 1 :]
    if deeper and _tasks_lie_deeper(headings, task, deeper[0]):
        task = deeper[0]
    return Levels(part, task)


def _at(headings: Sequence[Heading], rank: int) -> list[Heading]:
    return [heading for heading in headings if heading.rank == rank]


def _tasks_lie_deeper(headings: Sequence[Heading], upper: int, lower: int) -> bool:
    """Whether the lower level is numbered through the plan under several bare headings of the upper one."""
    above, below = _at(headings, upper), _at(headings, lower)
    through = len(below) >= len(above) > 1 and runs_through(below) and not runs_through(above)
    return through and _all_bare(above)


def runs_through(headings: Sequence[Heading]) -> bool:
    """Whether numbers count on through the plan rather than begin again in each part."""
    return sum(heading.number == 1 for heading in headings) <= 1
