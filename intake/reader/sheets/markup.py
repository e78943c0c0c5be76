"""What the markup of an .xlsx says of its cells that their values do not: percentages, and formulas that failed."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from intake.reader.formats.package import parse_xml
from intake.reader.model import Unreadable
from intake.reader.sheets.limits import column_number

_MAIN: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATED: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_PACKAGE: Final = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_BUILT_IN: Final = {"9", "10"}  # 0% and 0.00%

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Markup:
    """By (row, column) from 0: cells that show a share as a percentage, and the faults that formulas show (#REF!)."""

    percents: set[Place] = field(default_factory=set)
    faults: dict[Place, str] = field(default_factory=dict)


def markup_of(data: bytes, sheet_name: str) -> Markup:
    """The markup of one sheet; nothing for other formats and for dialects of their own, whose values stand alone."""
    if not data.startswith(b"PK\x03\x04"):
        return Markup()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            part = _part_of(archive, sheet_name)
            return _read(parse_xml(archive.read(part)), _percent_styles(archive)) if part else Markup()
    except (KeyError, Unreadable):
        return Markup()


def _percent_styles(archive: zipfile.ZipFile) -> set[str]:
    """The positions, as the cells write them, of the formats that hold a percent sign."""
    if "xl/styles.xml" not in archive.namelist():
        return set()
    root = parse_xml(archive.read("xl/styles.xml"))
    own = {one.get("numFmtId") for one in root.iter(f"{_MAIN}numFmt") if "%" in one.get("formatCode", "")}
    formats = (style for group in root.iter(f"{_MAIN}cellXfs") for style in group.iter(f"{_MAIN}xf"))
    return {str(position) for position, style in enumerate(formats) if style.get("numFmtId") in _BUILT_IN | own}


def _part_of(archive: zipfile.ZipFile, sheet_name: str) -> str | None:
    root = parse_xml(archive.read("xl/workbook.xml"))
    key = next((s.get(_RELATED) for s in root.iter(f"{_MAIN}sheet") if s.get("name") == sheet_name), None)
    relations = parse_xml(archive.read("xl/_rels/workbook.xml.rels")).iter(f"{_PACKAGE}Relationship")
    target = next((r.get("Target", "") for r in relations if r.get("Id") == key), None)
    return posixpath.normpath(posixpath.join("/xl", target)).lstrip("/") if target else None


def _read(root: Any, percent_styles: set[str]) -> Markup:
    found = Markup()
    for place, cell in _cells(root):
        if cell.get("s") in percent_styles:
            found.percents.add(place)
        if cell.get("t") == "e":
            found.faults[place] = cell.findtext(f"{_MAIN}v") or "#"
    return found


def _cells(root: Any) -> Iterator[tuple[Place, Any]]:
    """The cells that say where they stand."""
    for cell in root.iter(f"{_MAIN}c"):
        name = cell.get("r", "")
        letters = name.rstrip("0123456789")
        if letters.isascii() and letters.isupper() and len(letters) < len(name):
            yield (int(name[len(letters) :]) - 1, column_number(letters) - 1), cell
