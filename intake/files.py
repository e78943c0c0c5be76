"""What an uploaded file holds: a plan's text or a ledger's table, and what can be told of it at once."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePath
from typing import Any

from intake import legacy
from intake.likeness import with_doubt
from intake.reader.formats import Refusal, read_document
from intake.reader.formats import glance as document
from intake.reader.model import Reading, Unreadable
from intake.reader.reading import read
from intake.reader.sheets import book
from intake.reader.sheets.heads import Layout, heads_of, propose
from intake.reader.sheets.ledger import read_ledger, sheet_of


class ColumnsUnclear(Exception):
    """A table file of which the clerk must say what the columns hold; `layout` is what is proposed, as JSON."""

    def __init__(self, layout: dict[str, Any]) -> None:
        super().__init__("columns unclear")
        self.layout = layout


def glance(data: bytes, name: str) -> None:
    """Raise `Unreadable` for what can be refused while the sender waits."""
    if book.is_book(data, name):
        book.glance(data, name)
        return
    try:
        document.glance(data, name)
    except Unreadable as refusal:
        if refusal.args[0] is not Refusal.OLD_WORD or legacy.program() is None:
            raise


def read_file(data: bytes, name: str, layout: Mapping[str, Any], year: int) -> tuple[Reading, dict[str, Any]]:
    """The reading and the layout that it was read with, {} for what is no table file.

    `layout` is what the clerk has said, else {}; `year` that of the upload. Raises `Unreadable`, and `ColumnsUnclear`
    where the clerk must say.
    """
    if not book.is_book(data, name):
        return with_doubt(read(read_document(_modern(data, name), name))), {}
    sheets = book.read_book(data, name)
    chosen, certain = (Layout.from_json(layout), True) if layout else propose(sheets)
    sheet = sheet_of(sheets, chosen)
    if sheet is None:
        raise Unreadable(Refusal.EMPTY_EXCEL)
    if not certain:
        raise ColumnsUnclear(layout_json(sheet, chosen))
    return with_doubt(read_ledger(sheet, chosen, stem(name), year)), layout_json(sheet, chosen)


def layout_json(sheet: book.Sheet, layout: Layout) -> dict[str, Any]:
    """The layout with the heads by which it is remembered."""
    return layout.as_json() | {"heads": list(heads_of(sheet, layout.head, layout.depth))}


def stem(name: str) -> str:
    """A file's name without its ending."""
    return PurePath(name).stem


def _modern(data: bytes, name: str) -> bytes:
    """The file itself, or an old Word file made into a .docx."""
    try:
        document.glance(data, name)
    except Unreadable as refusal:
        if refusal.args[0] is Refusal.OLD_WORD:
            return legacy.to_docx(data)
        raise
    return data
