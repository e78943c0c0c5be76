"""How large a table file may be: nothing unpacks without end, no slip of the hand far out costs the memory."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from typing import Final

from intake.reader.formats.refusals import Refusal
from intake.reader.model import Unreadable

MAX_UNPACKED: Final = 100 * 1024 * 1024  # bytes of all members but pictures
MAX_MEMBERS: Final = 5000
MAX_COLUMNS: Final = 200
MAX_ROWS: Final = 20_000  # a sheet's rows, most of them empty where its formats reach far down
MAX_PLACES: Final = 200_000
LARGEST: Final = 1e15
_CELL: Final = re.compile(rb'<c [^>]*?r="([A-Z]{1,3})([0-9]{1,7})"[^>]*[^/]>')
_PICTURES: Final = ("xl/media/", "xl/embeddings/")


def check_package(data: bytes) -> None:
    """Raise `Unreadable` for a package that is damaged, swells or whose sizes lie; reads its XML once, in pieces."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = [member for member in archive.infolist() if not member.filename.startswith(_PICTURES)]
            if len(members) > MAX_MEMBERS or sum(member.file_size for member in members) > MAX_UNPACKED:
                raise Unreadable(Refusal.SWOLLEN_EXCEL)
            for member in members:
                _check_member(archive, member)
    except (zipfile.BadZipFile, zlib.error, OSError, RuntimeError, NotImplementedError, ValueError, EOFError) as fault:
        raise Unreadable(Refusal.DAMAGED_EXCEL) from fault


def check_size(height: int, width: int) -> None:
    """Raise `Unreadable` for more rows, columns or places than a ledger has."""
    if width > MAX_COLUMNS or height > MAX_ROWS or width * height > MAX_PLACES:
        raise Unreadable(Refusal.FAR_EXCEL)


def _check_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    """Reading to the end checks size and sum; a sheet's cells must lie near, for the reader lays out all up to them."""
    content = archive.read(member)
    if b"<!DOCTYPE" in content[:1024]:
        raise Unreadable(Refusal.UNSAFE_EXCEL)
    if member.filename.startswith("xl/worksheets/"):
        far = (number for _letters, number in _CELL.findall(content) if int(number) > MAX_ROWS)
        wide = (letters for letters, _number in _CELL.findall(content) if column_number(letters.decode()) > MAX_COLUMNS)
        if next(far, None) or next(wide, None):
            raise Unreadable(Refusal.FAR_EXCEL)


def column_number(letters: str) -> int:
    """1 for A, 27 for AA."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
