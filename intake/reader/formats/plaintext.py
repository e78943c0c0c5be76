"""Plain text into lines. Page breaks end a line; lines that were cut at a fixed width are marked as wrapped."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from intake.reader.formats.characters import clean
from intake.reader.model import Document, Line, Table

_PAGE = re.compile(r"\f+")
_RESIDUE = re.compile(r"\[bookmark: [^\]]*\]")  # what converters of old Word files leave behind
_NARROWEST = 40  # columns; a column is half a Chinese character
_SLACK = 4  # columns that a line may lack where the next character would not break off
_FEWEST_FULL = 3
_UNPARTED = re.compile(r"[!-~]*[，。、；：！？）〕】》”’]*")  # what no line break parts at the beginning of a row


def parse(text: str) -> Document:
    """The lines of a text without blank ones; two or more rows of tab-separated cells become a table."""
    pages = _PAGE.split(_RESIDUE.sub("", text))
    edge = _edge([_width(line) for page in pages for line in page.splitlines()])
    blocks: list[Line | Table] = []
    for page in pages:
        blocks.extend(_page_blocks(page.splitlines(), edge))
    return Document(tuple(blocks), "txt")


def _page_blocks(rows: Sequence[str], edge: int | None) -> Iterator[Line | Table]:
    for cells, group in groupby(rows, key=lambda row: len(_cells(row))):
        stretch = list(group)
        if cells > 1 and len(stretch) > 1:
            yield Table(tuple(_cells(row) for row in stretch))
        else:
            yield from _lines(stretch, edge)


def _lines(rows: Sequence[str], edge: int | None) -> Iterator[Line]:
    for row, below in pairwise((*rows, "")):
        if text := clean(row):
            yield Line(text, wrapped=edge is not None and _width(row) + _room_needed(below) > edge)


def _room_needed(row: str) -> int:
    """The columns that the beginning of a row would have taken at the end of the row above."""
    beginning = _UNPARTED.match(row.strip())
    return max(_SLACK + 1, _width(beginning[0]) if beginning else 0)


def _cells(row: str) -> tuple[str, ...]:
    """The cells of a row: an indent by tabs makes none."""
    return tuple(clean(cell) for cell in row.strip().split("\t"))


def _width(row: str) -> int:
    """Columns that a line takes: two for a Chinese character, one for a Latin one."""
    return sum(2 if unicodedata.east_asian_width(character) in "WFA" else 1 for character in row.rstrip())


def _edge(widths: Sequence[int]) -> int | None:
    """The width at which the text was cut, or None where it was not: most lines reach it and none goes beyond."""
    filled = [width for width in widths if width]
    edge = max(filled, default=0)
    full = sum(width >= edge - _SLACK for width in filled)
    cut = edge >= _NARROWEST and full >= _FEWEST_FULL and full * 2 >= len(filled)
    return edge if cut else None
