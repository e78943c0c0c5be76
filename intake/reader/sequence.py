"""Which numbers of a text are headings: those that count on from one another, wherever they stand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from intake.reader.model import Span, Warning  # noqa: A004 (the reader's word)
from intake.reader.numbering import Family, Mark, Strength, may_open

_LONGEST_TITLE: Final = 80  # characters from a part's number to the first number within it, where no stop parts them
_FURTHEST: Final = 2000  # the same with the white space that converters leave
_WIDEST_GAP: Final = 3
_TITLE_ENDS: Final = ("要点", "安排", "计划", "方案")
_STOPS: Final = "。！？；"


@dataclass(slots=True)
class _Count:
    """Where the counting stands: open levels with their last number, and the last number of closed ones."""

    text: str
    open: dict[Family, Mark] = field(default_factory=dict)
    closed: dict[Family, int] = field(default_factory=dict)
    last: Mark | None = None
    doubts: list[Warning] = field(default_factory=list)

    def accept(self, mark: Mark) -> None:
        for family in [family for family in self.open if family > mark.family]:
            self.closed[family] = self.open.pop(family).number
        self.open[mark.family] = mark
        self.last = mark


def headings(text: str, marks: Iterable[Mark]) -> tuple[list[Mark], list[Warning]]:
    """The marks that number headings, in order, and doubts about gaps and repeats among them."""
    count = _Count(text)
    accepted: list[Mark] = []
    for mark in marks:
        if _counts_on(count, mark):
            _doubt(count, mark)
            count.accept(mark)
            accepted.append(mark)
    return accepted, count.doubts


def _counts_on(count: _Count, mark: Mark) -> bool:
    sibling = count.open.get(mark.family)
    if sibling is not None:
        return _follows(count, sibling.number, mark)
    running = count.closed.get(mark.family)
    if mark.number == 1 or (running is not None and mark.number == running + 1):
        return mark.strength is not Strength.WITHIN or _first_inside(count, mark) or _behind_title(count, mark)
    return running is not None and _is_slip(running, mark)


def _follows(count: _Count, last: int, mark: Mark) -> bool:
    if mark.number == last + 1:
        loose = mark.family <= Family.DIGIT and may_open(count.text, mark)
        return mark.strength is not Strength.WITHIN or loose or _first_inside(count, mark)
    return _is_slip(last, mark)


def _is_slip(last: int, mark: Mark) -> bool:
    """A number out of order that stands where a heading does: one repeated or a few left out."""
    near = last <= mark.number <= last + 1 + _WIDEST_GAP
    return mark.strength is Strength.AT_START and near and mark.family <= Family.DIGIT


def _first_inside(count: _Count, mark: Mark) -> bool:
    """Whether only a part's title stands between the last heading and this number (text without line ends)."""
    last = count.last
    if last is None or last.family >= mark.family or mark.start - last.end > _FURTHEST:
        return False
    between = "".join(count.text[last.end : mark.start].split())
    return 0 < len(between) <= _LONGEST_TITLE and not any(stop in between for stop in _STOPS)


def _behind_title(count: _Count, mark: Mark) -> bool:
    """Whether the first number of all follows the plan's title directly (text without line ends)."""
    before = count.text[max(0, mark.start - 8) : mark.start].rstrip()
    return count.last is None and mark.family <= Family.CHINESE and before.endswith(_TITLE_ENDS)


def _doubt(count: _Count, mark: Mark) -> None:
    sibling = count.open.get(mark.family)
    last = sibling.number if sibling else count.closed.get(mark.family, 0)
    span = Span(mark.start, mark.end)
    label = count.text[mark.start : mark.end].strip()
    if mark.number == last and mark.number != 1:
        count.doubts.append(Warning("numbering_repeat", f"编号“{label}”重复出现，请核对是否漏改编号。", span))
    elif mark.number > last + 1:
        count.doubts.append(Warning("numbering_gap", f"编号“{label}”与前一编号不连续，请核对是否缺少条目。", span))
