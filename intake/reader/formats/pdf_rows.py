"""Glyphs with their places into rows of text, and rows into lines that know whether the right edge broke them.

Lengths are in points; a row's own measure is the em, the width of one Chinese character.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from intake.reader.formats.characters import clean
from intake.reader.model import Line

_SAME_BASELINE = 0.35  # em
_OVERPRINT = 0.12  # em: bold that is made by printing twice
_WORD_GAP = 0.2  # em between Latin characters
_WIDE_GAP = 0.8  # em where a Chinese character stands on either side
_LINE_HEIGHT = 1.3  # a glyph's box in em
_INDENT = 1.2  # em
_CENTRED = 2.5  # em of margin on both sides: more than an indent
_STOPS = ("。", "；", "：", "！", "？")
_SHORT_OF_EDGE = 0.3  # em
_PARAGRAPH_GAP = 1.6  # of the usual distance between two baselines
_LATIN = re.compile(r"[!-~]")
_NOT_FIRST = re.compile(r"[，。、；：！？）〕】》」』“‘”’…—％%‰·,.;:!?)\]}]")
_NOT_LAST = re.compile(r"[（〔【《「『“‘”’(\[{]")  # a quote is parted from neither side


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character with its left and right edge, its baseline (upwards) and the height of its box."""

    text: str
    left: float
    right: float
    baseline: float
    height: float

    @property
    def em(self) -> float:
        return self.height / _LINE_HEIGHT


@dataclass(frozen=True, slots=True)
class Row:
    """The glyphs of one baseline from left to right, blanks at the ends taken off."""

    glyphs: tuple[Glyph, ...]

    @property
    def left(self) -> float:
        return self.glyphs[0].left

    @property
    def right(self) -> float:
        return self.glyphs[-1].right

    @property
    def baseline(self) -> float:
        return self.glyphs[0].baseline

    @property
    def em(self) -> float:
        return median(glyph.em for glyph in self.glyphs)

    @property
    def text(self) -> str:
        parts = [self.glyphs[0].text]
        for before, glyph in pairwise(self.glyphs):
            parts.append(" " * _is_apart(before, glyph) + glyph.text)
        return clean("".join(parts))


def rows_of(glyphs: Sequence[Glyph]) -> list[Row]:
    """The rows of one page from top to bottom."""
    groups: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda glyph: -glyph.baseline):
        if groups and _on_same_row(groups[-1][0], glyph):
            groups[-1].append(glyph)
        else:
            groups.append([glyph])
    return [row for row in map(_row, groups) if row.glyphs]


def _on_same_row(first: Glyph, glyph: Glyph) -> bool:
    return first.baseline - glyph.baseline <= max(first.em, glyph.em) * _SAME_BASELINE


def _row(group: list[Glyph]) -> Row:
    ordered: list[Glyph] = []
    for glyph in sorted(group, key=lambda glyph: glyph.left):
        if not ordered or not _is_overprint(ordered[-1], glyph):
            ordered.append(glyph)
    while ordered and ordered[-1].text.isspace():
        ordered.pop()
    while ordered and ordered[0].text.isspace():
        ordered.pop(0)
    return Row(tuple(ordered))


def _is_overprint(before: Glyph, glyph: Glyph) -> bool:
    return before.text == glyph.text and glyph.left - before.left < before.em * _OVERPRINT


def _is_apart(before: Glyph, glyph: Glyph) -> bool:
    latin = _LATIN.match(before.text) and _LATIN.match(glyph.text)
    return glyph.left - before.right > before.em * (_WORD_GAP if latin else _WIDE_GAP)


def lines(pages: Sequence[Sequence[Row]]) -> Iterator[Line]:
    """The rows of a document as lines, those marked that the edge or the page broke."""
    rows = [row for page in pages for row in page]
    if not rows:
        return
    left, right = _edge([row.left for row in rows], -1, rows[0].em), _edge([row.right for row in rows], 1, rows[0].em)
    pitch = _pitch(pages)
    for row, below in pairwise(rows):
        yield Line(row.text, wrapped=_is_broken(row, below, left, right) and row.baseline - below.baseline <= pitch)
    yield Line(rows[-1].text)


def _edge(places: Sequence[float], side: int, em: float) -> float:
    """The outermost place that a second row shares within an em; `side` is -1 for the left, 1 for the right."""
    ordered = sorted(places, key=lambda place: -side * place)
    shared = (place for place, inner in pairwise(ordered) if abs(place - inner) <= em)
    return next(shared, ordered[0])


def _pitch(pages: Sequence[Sequence[Row]]) -> float:
    """The widest distance between two baselines of one paragraph."""
    steps = [row.baseline - below.baseline for page in pages for row, below in pairwise(page)]
    return median(steps) * _PARAGRAPH_GAP if steps else float("inf")


def _is_broken(row: Row, below: Row, left: float, right: float) -> bool:
    """Whether the next row goes on with this one: it is not indented, and its beginning did not fit here."""
    if below.left > left + below.em * _INDENT and not _goes_on_centred(row, below, left, right):
        return False
    return row.right + _first_width(below) > right - row.em * _SHORT_OF_EDGE


def _goes_on_centred(row: Row, below: Row, left: float, right: float) -> bool:
    """Whether two rows are one centred title; a sentence that happens to fill its last row has ended."""
    margins = below.left - left, right - below.right
    centred = min(margins) > below.em * _CENTRED and abs(margins[0] - margins[1]) < below.em
    return centred and row.left - left < row.em * _INDENT and not row.text.endswith(_STOPS)


def _first_width(row: Row) -> float:
    """The width of what cannot be parted at the beginning of a row: a word, or a character with its punctuation."""
    end = 1
    while end < len(row.glyphs) and _holds(row.glyphs[end - 1].text, row.glyphs[end].text):
        end += 1
    return row.glyphs[end - 1].right - row.left


def _holds(before: str, after: str) -> bool:
    word = _LATIN.match(before) and _LATIN.match(after)
    return bool(word or _NOT_FIRST.match(after) or _NOT_LAST.match(before))
