"""PDF files by their text layer: glyphs with their places, page by page, put together into lines."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from threading import Lock

import pypdfium2
import pypdfium2.raw as pdfium

from intake.reader.formats.encoding import MAX_CHARACTERS
from intake.reader.formats.pdf_lines import flow
from intake.reader.formats.pdf_margins import without_margins
from intake.reader.formats.pdf_rows import Glyph, rows_of
from intake.reader.formats.pdf_rules import Rules, rules_of
from intake.reader.formats.pdf_tables import take_tables
from intake.reader.formats.refusals import Refusal
from intake.reader.model import Document, Unreadable

MAX_PAGES = 500
_FEWEST_CHARACTERS = 10
_MOST_GARBLED = 0.2
_PRIVATE_USE = range(0xE000, 0xF900)
_UPRIGHT = 0.06  # quarter turns
_NO_GLYPHS = (0, 10, 13, 0xFFFE)  # 0xFFFE is PDFium's mark for a hyphen at a line's end
_LOCK = Lock()  # PDFium is not safe to use from two threads


@dataclass(frozen=True, slots=True)
class _Page:
    """The upright glyphs of a page and its rules, in the axes of the text."""

    glyphs: list[Glyph]
    rules: Rules


def read(data: bytes) -> Document:
    """The lines and tables of a PDF. Raises `Unreadable` where it is damaged, locked, a scan or garbled."""
    with _LOCK:
        pages = _pages(data)
    _refuse_unreadable([glyph for page in pages for glyph in page.glyphs])
    parted = [take_tables(page.glyphs, page.rules) for page in pages]
    rows = without_margins([rows_of(rest) for _tables, rest in parted])
    return Document(tuple(flow(rows, [tables for tables, _rest in parted])), "pdf")


def check_open(data: bytes) -> None:
    """Raise `Unreadable` where a PDF is damaged, locked or too long; reads no page."""
    with _LOCK, _opened(data):
        pass


def _pages(data: bytes) -> list[_Page]:
    with _opened(data) as document:
        return list(_read_pages(document))


@contextmanager
def _opened(data: bytes) -> Iterator[pypdfium2.PdfDocument]:
    try:
        with closing(pypdfium2.PdfDocument(data)) as document:
            if len(document) > MAX_PAGES:
                raise Unreadable(Refusal.LONG_PDF)
            yield document
    except pypdfium2.PdfiumError as fault:
        locked = fault.err_code == pdfium.FPDF_ERR_PASSWORD
        raise Unreadable(Refusal.ENCRYPTED_PDF if locked else Refusal.DAMAGED_PDF) from fault


def _read_pages(document: pypdfium2.PdfDocument) -> Iterator[_Page]:
    total = 0
    for number in range(len(document)):
        with closing(document[number]) as page, closing(page.get_textpage()) as text:
            total += text.count_chars()
            if total > MAX_CHARACTERS:
                raise Unreadable(Refusal.TOO_LONG)
            turn, glyphs = _glyphs(text)
            yield _Page(glyphs, rules_of(page, turn))


def _glyphs(text: pypdfium2.PdfTextPage) -> tuple[int, list[Glyph]]:
    """How many quarters most of a page's text is turned clockwise, and its glyphs: others are watermarks."""
    by_turn: dict[int, list[Glyph]] = {}
    place = _Place()
    for index in range(text.count_chars()):
        quarters = pdfium.FPDFText_GetCharAngle(text, index) / (math.pi / 2)
        turn = round(quarters)
        if abs(quarters - turn) < _UPRIGHT and pdfium.FPDFText_IsGenerated(text, index) != 1:
            by_turn.setdefault(turn % 4, []).extend(_glyph(text, index, turn % 4, place))
    return max(by_turn.items(), key=lambda entry: len(entry[1]), default=(0, []))


class _Place:
    """Where PDFium puts its answers."""

    def __init__(self) -> None:
        self.box, self.x, self.y = pdfium.FS_RECTF(), ctypes.c_double(), ctypes.c_double()


def _glyph(text: pypdfium2.PdfTextPage, index: int, turn: int, place: _Place) -> Iterator[Glyph]:
    """The glyph at `index`, if it has a place, in the axes of a text that is turned clockwise by `turn` quarters."""
    box, x, y = place.box, place.x, place.y
    code = pdfium.FPDFText_GetUnicode(text, index)
    placed = pdfium.FPDFText_GetLooseCharBox(text, index, box) and pdfium.FPDFText_GetCharOrigin(text, index, x, y)
    if not placed or code in _NO_GLYPHS:
        return
    left, right, height = (
        (box.left, box.right, box.top - box.bottom),
        (-box.top, -box.bottom, box.right - box.left),
        (-box.right, -box.left, box.top - box.bottom),
        (box.bottom, box.top, box.right - box.left),
    )[turn]
    baseline = (y.value, x.value, -y.value, -x.value)[turn]
    yield Glyph(chr(code), left, right, baseline, max(abs(height), 1.0))


def _refuse_unreadable(glyphs: list[Glyph]) -> None:
    characters = [glyph.text for glyph in glyphs if not glyph.text.isspace()]
    if len(characters) < _FEWEST_CHARACTERS:
        raise Unreadable(Refusal.PDF_WITHOUT_TEXT)
    garbled = sum(ord(text) in _PRIVATE_USE or text == "\ufffd" or ord(text) < ord(" ") for text in characters)
    if garbled > len(characters) * _MOST_GARBLED:
        raise Unreadable(Refusal.GARBLED_PDF)
