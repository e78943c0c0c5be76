"""Rows into lines that know whether the right edge or the page broke them; tables stand among them.

Lengths are in points or, where said so, in em.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import TypeAlias

from intake.reader.formats.pdf_rows import LATIN, Row
from intake.reader.model import Line, Table

_INDENT = 1.2  # em
_NARROWEST_PAGE = 18  # em
_CENTRED = 2.5  # em of margin on both sides: more than an indent
_STOPS = ("。", "；", "：", "！", "？")
_SHORT_OF_EDGE = 0.3  # em
_PARAGRAPH_GAP = 1.3  # of the usual distance between two baselines
_NOT_FIRST = re.compile(r"[，。、；：！？）〕】》」』“‘”’…—％%‰·,.;:!?)\]}]")
_NOT_LAST = re.compile(r"[+＋±¥￥$#（〔【《「『“‘”’(\[{]")  # a quote is parted from neither side
_ENDS = ("。", "；", "）", ")", "！")

Texts: TypeAlias = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class RuledTable:
    """A table on a page with the height of its upper edge."""

    top: float
    rows: Texts


@dataclass(frozen=True, slots=True)
class _Measure:
    """The edges of a text and the widest distance between two baselines of one paragraph."""

    left: float
    right: float
    pitch: float

    def line(self, row: Row, below: Row | RuledTable | None) -> Line:
        if not isinstance(below, Row):
            return Line(row.text)
        near = row.baseline - below.baseline <= self.pitch
        return Line(row.text, wrapped=near and _is_broken(row, below, self.left, self.right))


def lines(rows: Sequence[Row]) -> Iterator[Line]:
    """The rows of one column of text, such as a cell, as lines."""
    measure = _measure([rows])
    for row, below in pairwise((*rows, None)):
        if row is not None:
            yield measure.line(row, below)


def flow(pages: Sequence[Sequence[Row]], tables: Sequence[Sequence[RuledTable]]) -> Iterator[Line | Table]:
    """The rows and tables of a document in reading order; a table that goes on over the page is one."""
    measure = _measure(pages, _NARROWEST_PAGE)
    items = [_merged(rows, placed) for rows, placed in zip(pages, tables, strict=True)]
    joined = _over_pages(items)
    for item, below in pairwise((*joined, None)):
        if isinstance(item, Row):
            yield measure.line(item, below)
        elif item is not None:
            yield Table(item.rows)


def _merged(rows: Sequence[Row], tables: Sequence[RuledTable]) -> list[Row | RuledTable]:
    """The rows and tables of one page from top to bottom."""
    return sorted((*rows, *tables), key=lambda item: -(item.baseline if isinstance(item, Row) else item.top))


def _over_pages(pages: Sequence[Sequence[Row | RuledTable]]) -> list[Row | RuledTable]:
    joined: list[Row | RuledTable] = []
    for page in pages:
        for place, item in enumerate(page):
            last = joined[-1] if joined else None
            if place == 0 and isinstance(item, RuledTable) and isinstance(last, RuledTable) and _goes_on(last, item):
                joined[-1] = RuledTable(last.top, _continued(last.rows, item.rows))
            else:
                joined.append(item)
    return joined


def _goes_on(table: RuledTable, below: RuledTable) -> bool:
    return len(table.rows[0]) == len(below.rows[0])


def _continued(above: Texts, below: Texts) -> Texts:
    """The rows of a table that a page broke: its repeated head once, a row that the page cut put together."""
    rows = list(below[below[0] == above[0] :])
    if not rows or rows[0][0]:
        return (*above, *rows)
    last = above[-1]
    if not max(last, key=len).endswith(_ENDS):
        whole = tuple(upper + lower for upper, lower in zip(last, rows[0], strict=True))
        return (*above[:-1], whole, *_filled(whole, rows[1:]))
    return (*above, *_filled(last, rows))


def _filled(last: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    """Rows under a merged cell that the page cut: its text stands in them too."""
    for place, row in enumerate(rows):
        if row[0]:
            yield from rows[place:]
            return
        given = next((column for column, text in enumerate(row) if text), len(row))
        yield last[:given] + row[given:]


def _measure(pages: Sequence[Sequence[Row]], narrowest: float = 0) -> _Measure:
    """The measure of a text; one narrower than so many em shows no right edge, since none of its rows is full."""
    rows = [row for page in pages for row in page]
    if not rows:
        return _Measure(0, 0, 0)
    em = median(row.em for row in rows)
    left, right = _edge([row.left for row in rows], -1, em), _edge([row.right for row in rows], 1, em)
    right = right if right - left >= narrowest * em else float("inf")
    return _Measure(left, right, _pitch(pages, left, right))


def _edge(places: Sequence[float], side: int, em: float) -> float:
    """The outermost place that a second row shares within an em; `side` is -1 for the left, 1 for the right."""
    ordered = sorted(places, key=lambda place: -side * place)
    shared = (place for place, inner in pairwise(ordered) if abs(place - inner) <= em)
    return next(shared, ordered[0])


def _pitch(pages: Sequence[Sequence[Row]], left: float, right: float) -> float:
    """The widest distance between two baselines of one paragraph, by the usual one between rows that look broken."""
    pairs = ((row, below) for page in pages for row, below in pairwise(page))
    steps = [row.baseline - below.baseline for row, below in pairs if _is_broken(row, below, left, right)]
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
    word = LATIN.match(before) and LATIN.match(after)
    return bool(word or _NOT_FIRST.match(after) or _NOT_LAST.match(before))
