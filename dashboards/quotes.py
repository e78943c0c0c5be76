"""The sentence behind a fact: the lines of the source around it, in segments that carry their marks. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from tasks.marked_text import Mark, Paragraph, paragraphs

AROUND = 600  # code points shown of the line before and after the sentence
BRACKETS = {"（": "）", "(": ")", "【": "】", "〔": "〕", "[": "]"}
REACH = 40  # how far from a unit's name its bracket may open or close
SENTENCE_END = re.compile("[。；\n]")
BARRIER = re.compile("[。；\n）)】〕\\]]")
HERE, UNIT = "here", "unit"
DOTS = "……"

Excerpt = tuple[Paragraph, ...]


def excerpt(text: str, start: int, end: int, marks: Iterable[Mark] = ()) -> Excerpt:
    """The lines around `text[start:end]`, which is marked `here`. Spans beyond the text are cut to it; without
    text there is no paragraph."""
    start, end = max(0, min(start, len(text))), max(0, min(end, len(text)))
    if start >= end:
        return ()
    first, last = window(text, start, end)
    before = DOTS if first > line_start(text, start) else ""
    after = DOTS if last < line_end(text, end) else ""
    shift = len(before) - first
    kept = [cut(mark, first, last, shift) for mark in (Mark(start, end, HERE), *marks)]
    return paragraphs(f"{before}{text[first:last]}{after}", [mark for mark in kept if mark.start < mark.end])


def cut(mark: Mark, first: int, last: int, shift: int) -> Mark:
    """The mark as it lies in the window; empty where it lies outside."""
    start = max(mark.start, first)
    return replace(mark, start=start + shift, end=max(start, min(mark.end, last)) + shift)


def window(text: str, start: int, end: int) -> tuple[int, int]:
    """The lines that hold the span, at most `AROUND` code points beyond it."""
    return max(line_start(text, start), start - AROUND), min(line_end(text, end), end + AROUND)


def line_start(text: str, position: int) -> int:
    return text.rfind("\n", 0, position) + 1


def line_end(text: str, position: int) -> int:
    """The end of the line on which the span's last code point lies."""
    found = text.find("\n", max(position - 1, 0))
    return len(text) if found < 0 else max(found, position)


def bracket_around(text: str, start: int, end: int) -> Mark:
    """The names' span widened to the bracket around it, if one opens and closes near by in the same sentence."""
    left = start
    while left > max(0, start - REACH) and not BARRIER.match(text[left - 1]):
        left -= 1
        closing = BRACKETS.get(text[left])
        right = text.find(closing, end, end + REACH) if closing else -1
        if right >= 0:
            return Mark(left, right + 1, UNIT)
    return Mark(start, end, UNIT)


def unit_marks(text: str, spans: Iterable[tuple[int, int]]) -> list[Mark]:
    """One mark for each run of names that no sentence end parts, widened to its bracket."""
    runs: list[tuple[int, int]] = []
    for start, end in sorted(span for span in spans if span[1] <= len(text)):
        if runs and start <= runs[-1][1] + REACH and not SENTENCE_END.search(text, runs[-1][1], start):
            runs[-1] = (runs[-1][0], max(end, runs[-1][1]))
        else:
            runs.append((start, end))
    return [bracket_around(text, start, end) for start, end in runs]


def excerpts(text: str, start: int, end: int, marks: list[Mark]) -> list[Excerpt]:
    """The lines of the span, then more for each unit mark that lies outside them (a label line below)."""
    first, last = window(text, start, end)
    outside = [m for m in marks if m.kind == UNIT and not first <= m.start < last]
    found = [excerpt(text, start, end, marks), *(excerpt(text, m.start, m.end, marks) for m in outside)]
    return [lines for lines in found if lines]
