"""The sentence behind a fact: a stretch of the source text, cut into segments that carry their marks."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

AROUND = 600  # code points shown of the paragraph before and after the sentence
BRACKETS = {"（": "）", "(": ")", "【": "】", "〔": "〕", "[": "]"}
REACH = 40  # how far from a unit's name its bracket may open or close
SENTENCE_END = re.compile("[。；\n]")
BARRIER = re.compile("[。；\n）)】〕\\]]")


@dataclass(frozen=True, slots=True)
class Mark:
    """A half-open span of the source text and what it is: unit, target or duty."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class Segment:
    """Text without a change inside; `here` says that it belongs to the sentence quoted, `mark` is a kind or empty."""

    text: str
    here: bool
    mark: str = ""


def excerpt(text: str, start: int, end: int, marks: Iterable[Mark] = ()) -> tuple[Segment, ...]:
    """The paragraph around `text[start:end]` in segments. Spans beyond the text are cut to it; no text, no segment."""
    start, end = max(0, min(start, len(text))), max(0, min(end, len(text)))
    if start >= end:
        return ()
    first, last = window(text, start, end)
    kept = [Mark(max(m.start, first), min(m.end, last), m.kind) for m in marks if m.start < last and m.end > first]
    cuts = sorted({first, start, end, last, *(m.start for m in kept), *(m.end for m in kept)})
    segments = [
        Segment(text[a:b], start <= a < end, kind_at(a, kept)) for a, b in zip(cuts, cuts[1:], strict=False) if a < b
    ]
    return ellipses(segments, before=first > line_start(text, start), after=last < line_end(text, end))


def window(text: str, start: int, end: int) -> tuple[int, int]:
    """The paragraph that holds the span, at most `AROUND` code points beyond it."""
    return max(line_start(text, start), start - AROUND), min(line_end(text, end), end + AROUND)


def line_start(text: str, position: int) -> int:
    return text.rfind("\n", 0, position) + 1


def line_end(text: str, position: int) -> int:
    """The end of the line on which the span's last code point lies."""
    found = text.find("\n", max(position - 1, 0))
    return len(text) if found < 0 else max(found, position)


def kind_at(position: int, marks: list[Mark]) -> str:
    """The first mark given that covers the position."""
    return next((mark.kind for mark in marks if mark.start <= position < mark.end), "")


def ellipses(segments: list[Segment], *, before: bool, after: bool) -> tuple[Segment, ...]:
    dots = Segment("……", here=False)
    return (*([dots] if before else []), *segments, *([dots] if after else []))


def bracket_around(text: str, start: int, end: int) -> Mark:
    """The names' span widened to the bracket around it, if one opens and closes near by in the same sentence."""
    left = start
    while left > max(0, start - REACH) and not BARRIER.match(text[left - 1]):
        left -= 1
        closing = BRACKETS.get(text[left])
        right = text.find(closing, end, end + REACH) if closing else -1
        if right >= 0:
            return Mark(left, right + 1, "unit")
    return Mark(start, end, "unit")


def unit_marks(text: str, spans: Iterable[tuple[int, int]]) -> list[Mark]:
    """One mark for each run of names that no sentence end parts, widened to its bracket."""
    runs: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if runs and start <= runs[-1][1] + REACH and not SENTENCE_END.search(text, runs[-1][1], start):
            runs[-1] = (runs[-1][0], max(end, runs[-1][1]))
        else:
            runs.append((start, end))
    return [bracket_around(text, start, end) for start, end in runs]


def excerpts(text: str, start: int, end: int, marks: list[Mark]) -> list[tuple[Segment, ...]]:
    """The paragraph of the span, then one more for each unit mark that lies outside it (a label line below)."""
    first, last = window(text, start, end)
    outside = [m for m in marks if m.kind == "unit" and not first <= m.start < last]
    found = [excerpt(text, start, end, marks), *(excerpt(text, m.start, m.end, marks) for m in outside)]
    return [segments for segments in found if segments]
