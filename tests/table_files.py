"""Table files for tests: .xlsx with merged cells and formats, and the old .xls byte by byte."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterable, Sequence
from typing import Any

from openpyxl import Workbook

SECTOR = 512
END, FREE, FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD

Rows = Sequence[Sequence[Any]]


def xlsx(sheets: dict[str, Rows], *, merged: Iterable[str] = (), formats: dict[str, str] | None = None) -> bytes:
    """A workbook; `merged` and `formats` (by cell) are of its first sheet. Text that starts with = is a formula."""
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    first = book.worksheets[0]
    for area in merged:
        first.merge_cells(area)
    for cell, pattern in (formats or {}).items():
        first[cell].number_format = pattern
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


def xls(name: str, rows: Rows) -> bytes:
    """An .xls of Excel 97 with one sheet of text and numbers."""
    sheet = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0))
    for number, row in enumerate(rows):
        sheet += b"".join(_cell(number, column, value) for column, value in enumerate(row) if value != "")
    sheet += _record(0x000A, b"")
    begin = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0))
    title = struct.pack("<BB", len(name), 1) + name.encode("utf-16-le")
    offset = len(begin) + 4 + 6 + len(title) + 4
    bound = _record(0x0085, struct.pack("<IBB", offset, 0, 0) + title)
    return compound("Workbook", begin + bound + _record(0x000A, b"") + sheet)


def compound(stream: str, content: bytes) -> bytes:
    """A compound file (OLE 2) that holds one stream."""
    content = content.ljust(max(4096, -(-len(content) // SECTOR) * SECTOR), b"\0")
    sectors = len(content) // SECTOR
    table = [*range(1, sectors), END, END, FAT]
    fat = struct.pack(f"<{len(table)}I", *table).ljust(SECTOR, b"\xff")
    header = struct.pack("<8s16x5H6xIIIIIIIII", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6, 0, 1,
                         sectors, 0, 4096, END, 0, END, 0)  # fmt: skip
    header += struct.pack("<I", sectors + 1) + b"\xff" * (SECTOR - len(header) - 4)
    entries = _entry("Root Entry", 5, END, 0, child=1) + _entry(stream, 2, 0, len(content)) + _entry("", 0, 0, 0) * 2
    return header + content + entries + fat


def _entry(name: str, kind: int, start: int, size: int, child: int = FREE) -> bytes:
    encoded = name.encode("utf-16-le") + b"\0\0" if name else b""
    places = struct.pack("<HBBIII", len(encoded), kind, 1, FREE, FREE, child)
    return encoded.ljust(64, b"\0") + places + bytes(36) + struct.pack("<IQ", start, size)


def _record(kind: int, content: bytes) -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def _cell(row: int, column: int, value: Any) -> bytes:
    if isinstance(value, str):
        text = struct.pack("<HB", len(value), 1) + value.encode("utf-16-le")
        return _record(0x0204, struct.pack("<HHH", row, column, 0) + text)
    return _record(0x0203, struct.pack("<HHHd", row, column, 0, float(value)))
