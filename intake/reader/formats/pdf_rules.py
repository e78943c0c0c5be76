"""The ruled lines of a PDF page, from its paths: what a table's grid is drawn with. Lengths are in points."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

import pypdfium2
import pypdfium2.raw as pdfium

MAX_SEGMENTS = 20_000  # a page with more holds a drawing, no table
_STRAIGHT = 1.0  # how far the ends of a rule may lie apart across it
_SHORTEST = 4.0

Point: TypeAlias = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line at `place` on one axis, from `start` to `end` on the other."""

    place: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of a page: `across` are horizontal (their place is a height), `down` vertical."""

    across: tuple[Rule, ...]
    down: tuple[Rule, ...]


def rules_of(page: pypdfium2.PdfPage, turn: int) -> Rules:
    """The rules of a page in the axes of a text that is turned clockwise by `turn` quarters."""
    across: list[Rule] = []
    down: list[Rule] = []
    for first, second in _segments(page):
        (x1, y1), (x2, y2) = _turned(first, turn), _turned(second, turn)
        if abs(y1 - y2) <= _STRAIGHT and abs(x1 - x2) >= _SHORTEST:
            across.append(Rule((y1 + y2) / 2, min(x1, x2), max(x1, x2)))
        elif abs(x1 - x2) <= _STRAIGHT and abs(y1 - y2) >= _SHORTEST:
            down.append(Rule((x1 + x2) / 2, min(y1, y2), max(y1, y2)))
        if len(across) + len(down) > MAX_SEGMENTS:
            return Rules((), ())
    return Rules(tuple(across), tuple(down))


def _turned(point: Point, turn: int) -> Point:
    x, y = point
    return ((x, y), (-y, x), (-x, -y), (y, -x))[turn]


def _segments(page: pypdfium2.PdfPage) -> Iterator[tuple[Point, Point]]:
    for path in page.get_objects(filter=(pdfium.FPDF_PAGEOBJ_PATH,)):
        for outline in _outlines(path):
            yield from pairwise(outline)


def _outlines(path: pypdfium2.PdfObject) -> Iterator[list[Point]]:
    """The corners of each part of a path on the page; a closed part ends where it began."""
    matrix = path.get_matrix()
    outline: list[Point] = []
    for index in range(max(pdfium.FPDFPath_CountSegments(path), 0)):
        segment = pdfium.FPDFPath_GetPathSegment(path, index)
        if pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_MOVETO:
            yield outline
            outline = []
        outline.append(matrix.on_point(*_corner(segment)))
        if pdfium.FPDFPathSegment_GetClose(segment):
            outline.append(outline[0])
    yield outline


def _corner(segment: object) -> Point:
    x, y = ctypes.c_float(), ctypes.c_float()
    pdfium.FPDFPathSegment_GetPoint(segment, x, y)
    return x.value, y.value
