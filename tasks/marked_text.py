"""A source text cut into paragraphs and segments that carry the marks of the facts which lie there. Pure.

Spans are half-open offsets in code points into the text; a mark beyond the text is cut to it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch and what it is (heading, unit, target, duty, doubt …).

    `fact` is the id of what it belongs to; `number` that of a doubt, shown behind it; `settled` dims it.
    """

    start: int
    end: int
    kind: str
    fact: str = ""
    number: int = 0
    settled: bool = False


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch without a change of marks. `kinds` in the order given, `facts` likewise; `ending` the numbered
    marks that end with it."""

    start: int
    text: str
    kinds: tuple[str, ...]
    facts: tuple[str, ...]
    ending: tuple[Mark, ...] = ()

    @property
    def css(self) -> str:
        """Classes of its marks."""
        return " ".join(f"mark-{kind}" for kind in self.kinds)

    @property
    def of(self) -> str:
        """The ids of its facts, parted by spaces."""
        return " ".join(self.facts)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One line of the text with at least one segment."""

    segments: tuple[Segment, ...] = field(default=())

    @property
    def heading(self) -> bool:
        """Whether all of it is heading."""
        return all("heading" in segment.kinds for segment in self.segments)

    @property
    def hangs(self) -> bool:
        """Whether it begins with a full-width bracket, which is hung a little into the margin."""
        return bool(self.segments) and self.segments[0].text.startswith("（")


def paragraphs(text: str, marks: Iterable[Mark]) -> tuple[Paragraph, ...]:
    """The whole text; empty lines are left out."""
    kept = [m for m in marks if 0 <= m.start < m.end <= len(text)]
    cuts = sorted({p for m in kept for p in (m.start, m.end)})
    covering = _Covering(kept)
    found = []
    for start, end in _lines(text):
        inner = cuts[bisect_right(cuts, start) : bisect_right(cuts, end - 1)]
        edges = [start, *inner, end]
        found.append(Paragraph(tuple(covering.segment(text, a, b) for a, b in zip(edges, edges[1:], strict=False))))
    return tuple(found)


def _lines(text: str) -> Iterable[tuple[int, int]]:
    start = 0
    for line in text.split("\n"):
        if line.strip():
            yield start, start + len(line)
        start += len(line) + 1


class _Covering:
    """Which marks cover a position, asked in rising order: a sweep, so that the whole is linear."""

    def __init__(self, marks: Sequence[Mark]) -> None:
        self.waiting = sorted(marks, key=lambda m: (-m.start, m.end - m.start))
        self.open: list[Mark] = []

    def segment(self, text: str, start: int, end: int) -> Segment:
        while self.waiting and self.waiting[-1].start <= start:
            self.open.append(self.waiting.pop())
        self.open = [m for m in self.open if m.end > start]
        return Segment(
            start,
            text[start:end],
            kinds=tuple(dict.fromkeys(m.kind for m in self.open if m.kind)),
            facts=tuple(dict.fromkeys(m.fact for m in self.open if m.fact)),
            ending=tuple(m for m in self.open if m.end == end and m.number),
        )
