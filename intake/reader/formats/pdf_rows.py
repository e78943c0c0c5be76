"""Glyphs with their places into the rows of a page.

Lengths are in points; a row's own measure is the em, the width of one Chinese character.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from intake.reader.formats.characters import clean

_SAME_BASELINE = 0.35  # em
_OVERPRINT = 0.12  # em: bold that is made by printing twice
_WORD_GAP = 0.2  # em between Latin characters
_WIDE_GAP = 0.8  # em where a Chinese character stands on either side
_LINE_HEIGHT = 1.3  # a glyph's box in em
LATIN = re.compile(r"[!-~]")


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
    latin = LATIN.match(before.text) and LATIN.match(glyph.text)
    return glyph.left - before.right > before.em * (_WORD_GAP if latin else _WIDE_GAP)
