"""Running heads and feet and page numbers of a PDF: found by their place and by coming back, and left out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from intake.reader.formats.characters import squeeze
from intake.reader.formats.pdf_rows import Row

_DEPTH = 2  # rows at the top and at the bottom of a page that may be head or foot
_SHARE = 0.3  # of the pages on which a running head comes back (odd and even pages may differ)
_HEIGHT_STEP = 8  # points within which two pages' heads stand alike
_DASHES = r"[—–\-－―─·•‐‑~～]*"
_PAGE_NUMBER = re.compile(
    rf"{_DASHES}(?:第?\d{{1,3}}页?(?:[/／,，、]?共?\d{{1,3}}页?)?|page\d{{1,3}}(?:of\d{{1,3}})?){_DASHES}",
    re.IGNORECASE,
)
_FIGURES = re.compile(r"\d+")


def without_margins(pages: Sequence[Sequence[Row]]) -> list[list[Row]]:
    """The pages without the rows that a running head or foot takes."""
    counts = Counter(mark for page in pages for mark in {_mark(page[place]) for place in _outer(page)})
    often = max(2, len(pages) * _SHARE)
    return [_body(page, {mark for mark, count in counts.items() if count >= often}) for page in pages]


def _body(page: Sequence[Row], running: set[tuple[str, int]]) -> list[Row]:
    outer = _outer(page)
    return [row for place, row in enumerate(page) if place not in outer or not _is_margin(row, running)]


def _is_margin(row: Row, running: set[tuple[str, int]]) -> bool:
    return _mark(row) in running or bool(_PAGE_NUMBER.fullmatch(squeeze(row.text)))


def _outer(page: Sequence[Row]) -> set[int]:
    """The places of the outermost rows of a page."""
    return {*range(min(_DEPTH, len(page))), *range(max(len(page) - _DEPTH, 0), len(page))}


def _mark(row: Row) -> tuple[str, int]:
    """What makes two rows on different pages the same head: the text but for its figures, and the height."""
    return _FIGURES.sub("#", squeeze(row.text)), round(row.baseline / _HEIGHT_STEP)
