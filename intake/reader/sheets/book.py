"""A table file into sheets of text: merged cells filled, whole numbers without .0, dates and percentages in words."""

from __future__ import annotations

import csv
import io
import zipfile
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from intake.reader.formats.characters import clean
from intake.reader.formats.encoding import decode
from intake.reader.formats.refusals import Refusal
from intake.reader.model import Unreadable
from intake.reader.sheets import limits
from intake.reader.sheets.markup import markup_of

_OLE2: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLD_BOOK, _OLD_TEXT = (name.encode("utf-16-le") for name in ("Workbook", "WordDocument"))
_TEXT_ENDINGS: Final = (".csv", ".tsv")

Value = Any  # str, float, bool, date, datetime, time or timedelta, as calamine gives them


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet from its first cell on: rows of equal length, a merged cell's text in each place that it covers.

    `merged` are the places (row, column from 0) that only repeat a merged cell.
    """

    name: str
    rows: tuple[tuple[str, ...], ...]
    merged: frozenset[tuple[int, int]] = frozenset()


def is_book(data: bytes, name: str) -> bool:
    """Whether a file is a table file: by its content, text by the ending of its name."""
    if data.startswith(b"PK\x03\x04"):
        try:
            return "xl/workbook.xml" in zipfile.ZipFile(io.BytesIO(data)).namelist()
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
            return False
    if data.startswith(_OLE2):
        return _OLD_BOOK in data and _OLD_TEXT not in data
    return name.lower().endswith(_TEXT_ENDINGS) and not data.startswith(b"%PDF-")


def read_book(data: bytes, name: str) -> tuple[Sheet, ...]:
    """The sheets with any text, hidden ones left out. Raises `Unreadable` for what is damaged, too large or empty."""
    is_binary = data.startswith((b"PK\x03\x04", _OLE2))
    sheets = _workbook(data) if is_binary else [_delimited(decode(data), name)]
    filled = tuple(sheet for sheet in sheets if any(any(row) for row in sheet.rows))
    if not filled:
        raise Unreadable(Refusal.EMPTY_EXCEL)
    return filled


def glance(data: bytes, name: str) -> None:
    """Raise `Unreadable` for what can be told of a table file without reading its cells."""
    if data.startswith(b"PK\x03\x04"):
        limits.check_package(data)
    elif not data.startswith(_OLE2):
        decode(data)


def _workbook(data: bytes) -> list[Sheet]:
    if data.startswith(b"PK\x03\x04"):
        limits.check_package(data)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            shown = [
                position
                for position, about in enumerate(book.sheets_metadata)
                if about.typ is SheetTypeEnum.WorkSheet and about.visible is SheetVisibleEnum.Visible
            ]
            return [_sheet(book.get_sheet_by_index(position), data) for position in shown]
    except (CalamineError, OSError, zlib.error, zipfile.BadZipFile) as fault:
        raise Unreadable(Refusal.DAMAGED_EXCEL) from fault


def _sheet(sheet: CalamineSheet, data: bytes) -> Sheet:
    limits.check_size(sheet.total_height, sheet.total_width)
    values = sheet.to_python(skip_empty_area=False)
    markup = markup_of(data, sheet.name)
    rows = [
        [markup.faults.get((r, c)) or _text(value, percent=(r, c) in markup.percents) for c, value in enumerate(row)]
        for r, row in enumerate(values)
    ]
    merged = _fill(rows, sheet.merged_cell_ranges or ())
    return Sheet(sheet.name, tuple(map(tuple, rows)), frozenset(merged))


def _fill(
    rows: list[list[str]], ranges: Iterable[tuple[tuple[int, int], tuple[int, int]]]
) -> Iterable[tuple[int, int]]:
    """Write each merged cell's text into all its places within the sheet; yields those places but the first."""
    repeated: list[tuple[int, int]] = []
    for (top, left), (bottom, right) in ranges:
        if top >= len(rows) or left >= len(rows[top]):
            continue
        for row in range(top, min(bottom + 1, len(rows))):
            for column in range(left, min(right + 1, len(rows[row]))):
                rows[row][column] = rows[top][left]
                repeated.append((row, column))
        repeated.remove((top, left))
    return repeated


def _text(value: Value, *, percent: bool = False) -> str:
    """As the sheet shows it: 3 for 3.0, 95% for 0.95 in a cell of percentages, 2026年6月30日 for a date."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return _number(value * 100) + "%" if percent else _number(value)
    if isinstance(value, datetime | date):
        return f"{value.year}年{value.month}月{value.day}日"
    return "\n".join(line for line in map(clean, str(value).splitlines()) if line)


def _number(value: float) -> str:
    """Without what binary fractions leave behind: 0.1 + 0.2 is 0.3."""
    return f"{value:.10f}".rstrip("0").rstrip(".") if abs(value) < limits.LARGEST else f"{value:g}"


def _delimited(text: str, name: str) -> Sheet:
    try:
        read = list(csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text, name)))
    except csv.Error as fault:
        raise Unreadable(Refusal.DAMAGED_EXCEL) from fault
    width = max(map(len, read), default=0)
    limits.check_size(len(read), width)
    return Sheet("", tuple(tuple(_padded(row, width)) for row in read))


def _delimiter(text: str, name: str) -> str:
    """Tab in a .tsv and in what Excel calls Unicode text, else the comma."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    return "\t" if name.lower().endswith(".tsv") or first.count("\t") > first.count(",") else ","


def _padded(row: Sequence[str], width: int) -> Iterable[str]:
    return [*map(_text, row), *[""] * (width - len(row))]
