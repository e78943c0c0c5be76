"""Which cells of an .xlsx show percentages: 0.95 stands there, 95% is what the clerk sees."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator
from typing import Any, Final

from intake.reader.formats.package import parse_xml
from intake.reader.model import Unreadable

_MAIN: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATED: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_PACKAGE: Final = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_BUILT_IN: Final = {"9", "10"}  # 0% and 0.00%


def places(data: bytes, sheet_name: str) -> set[tuple[int, int]]:
    """(row, column) from 0 of the sheet's cells with a format of percentages; none where it is no .xlsx."""
    if not data.startswith(b"PK\x03\x04"):
        return set()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            styles = set(_percent_styles(archive))
            part = _part_of(archive, sheet_name) if styles else None
            return set(_cells(parse_xml(archive.read(part)), styles)) if part else set()
    except (KeyError, Unreadable):  # without styles or in a dialect of its own: numbers stay as they are
        return set()


def _percent_styles(archive: zipfile.ZipFile) -> Iterator[str]:
    """The positions, as the cells write them, of the formats that end in a percent sign."""
    root = parse_xml(archive.read("xl/styles.xml"))
    own = {f.get("numFmtId") for f in root.iter(f"{_MAIN}numFmt") if "%" in f.get("formatCode", "")}
    for formats in root.iter(f"{_MAIN}cellXfs"):
        for position, style in enumerate(formats):
            if style.get("numFmtId") in _BUILT_IN | own:
                yield str(position)


def _part_of(archive: zipfile.ZipFile, sheet_name: str) -> str | None:
    root = parse_xml(archive.read("xl/workbook.xml"))
    key = next((s.get(_RELATED) for s in root.iter(f"{_MAIN}sheet") if s.get("name") == sheet_name), None)
    relations = parse_xml(archive.read("xl/_rels/workbook.xml.rels")).iter(f"{_PACKAGE}Relationship")
    target = next((r.get("Target", "") for r in relations if r.get("Id") == key), None)
    return posixpath.normpath(posixpath.join("/xl", target)).lstrip("/") if target else None


def _cells(root: Any, styles: set[str]) -> Iterator[tuple[int, int]]:
    for cell in root.iter(f"{_MAIN}c"):
        letters = cell.get("r", "").rstrip("0123456789")
        if cell.get("s") in styles and letters:
            yield int(cell.get("r")[len(letters) :]) - 1, _column(letters) - 1


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
