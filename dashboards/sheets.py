"""A sheet of any length as an Excel file: openpyxl makes the frame, the rows are streamed into it.

A frame is a workbook of one sheet that ends with a sample row. The sample row gives each column its style and is
cut off again; what is written in its place is text and nothing else, so no cell can become a formula. Memory does
not grow with the number of rows: they go straight into the packed file, the merged ranges through a temporary one.
"""

from __future__ import annotations

import io
import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain, islice, pairwise
from typing import IO, Any, NamedTuple
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

SHEET = "xl/worksheets/sheet1.xml"
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # in XML 1.0
LONGEST_CELL = 32_767  # characters; Excel refuses a file with a longer one
DIMENSION = re.compile(rb"<dimension [^>]*/>")  # optional, and not known before the last row
MERGED = re.compile(rb"(<mergeCells)[^>]*(>)")  # without its count, likewise
# Without the mark of quoted text Excel takes such text for a formula as soon as somebody edits the cell.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
REMEMBERED = 1000  # texts whose form is kept: names of parts, tasks and units come again and again
STEP = 200  # rows put together before they are packed
# Not every program fits rows to wrapped text when it opens a file, and none does so for merged cells. In points:
LINE_HEIGHT, PADDING, MOST_HEIGHT = 13.5, 4, 409


class Line(NamedTuple):
    """A row's texts, and which of the grouped columns begins a new group with it: 0 the outermost (and with it all
    inner ones), 1 the next, their number if the row goes on in every group. Grouped columns before it stay empty."""

    opens: int
    cells: Sequence[str]


class Look(NamedTuple):
    """The numbers of a column's styles in the workbook, for text and for text that looks like a formula, and how
    many letters of half width a line holds."""

    column: str
    plain: int
    quoted: int
    room: int


def write_sheet(file: IO[bytes], frame: Workbook, lines: Iterable[Line], *, groups: int) -> None:
    """Write the frame with `lines` in place of its sample row.

    The first `groups` columns are merged over the rows of their group, whose text is that of its first row.
    """
    sheet = frame.worksheets[0]
    first = sheet.max_row
    looks = [look(cell, int(sheet.column_dimensions[cell.column_letter].width)) for cell in sheet[first]]
    packed = io.BytesIO()
    frame.save(packed)
    with ZipFile(packed) as blank, ZipFile(file, "w", ZIP_DEFLATED) as book:
        for name in set(blank.namelist()) - {SHEET}:
            book.writestr(name, blank.read(name))
        with book.open(SHEET, "w", force_zip64=True) as target, tempfile.TemporaryFile() as merges:
            head, foot = halves(blank.read(SHEET), first)
            target.write(head)
            for text in rows_as_xml(lines, first, looks, Groups(groups, merges)):
                target.write(text)
            write_foot(target, merges, foot)


def look(sample: Any, width: int) -> Look:
    """The styles of the sample cell, the second made from it; a line may lose one letter to the rules of breaking."""
    plain = sample.style_id
    sample.quotePrefix = True
    return Look(sample.column_letter, plain, sample.style_id, max(2, width - 1))


def halves(xml: bytes, sample_row: int) -> tuple[bytes, bytes]:
    """The sheet up to its sample row, and from the end of its rows on."""
    xml = MERGED.sub(rb"\1\2", DIMENSION.sub(b"", xml))
    head = xml.partition(b'<row r="%d"' % sample_row)[0]
    return head, b"".join(xml.partition(b"</sheetData>")[1:])


class Groups:
    """Notes the merged ranges of the leading columns as their groups end."""

    def __init__(self, count: int, merges: IO[bytes]) -> None:
        self.letters = [get_column_letter(column) for column in range(1, count + 1)]
        self.starts = [0] * count
        self.merges = merges

    def begin(self, opens: int, row: int) -> None:
        """The groups of the column `opens` and of those inside it end before `row` and begin with it."""
        for column in range(opens, len(self.letters)):
            if 0 < self.starts[column] < row - 1:
                ref = f"{self.letters[column]}{self.starts[column]}:{self.letters[column]}{row - 1}"
                self.merges.write(f'<mergeCell ref="{ref}"/>'.encode())
            self.starts[column] = row


def rows_as_xml(lines: Iterable[Line], first: int, looks: Sequence[Look], groups: Groups) -> Iterator[bytes]:
    """Some rows at a time; at the end all groups are closed."""
    last = first - 1
    numbered = enumerate(with_heights(lines, looks, len(groups.letters)), start=first)
    while some := list(islice(numbered, STEP)):
        for row, (line, _) in some:
            groups.begin(line.opens, row)
        last = some[-1][0]
        yield "".join(row_as_xml(row, line, height, looks) for row, (line, height) in some).encode()
    groups.begin(0, last + 1)


def with_heights(lines: Iterable[Line], looks: Sequence[Look], groups: int) -> Iterator[tuple[Line, float]]:
    """Each row with its height in points. The last row of a group makes room for what of the group's text is left."""
    wanting = [0] * groups  # lines of the group's text for which there is no room yet
    for line, following in pairwise(chain(lines, [Line(0, ())])):
        needed = [lines_of(text, look.room) for text, look in zip(line.cells, looks, strict=True)]
        wanting[line.opens :] = needed[line.opens : groups]
        tall = max(1, *needed[groups:], *wanting[following.opens :])
        wanting = [lines - tall for lines in wanting]
        yield line, min(tall * LINE_HEIGHT + PADDING, MOST_HEIGHT)


@lru_cache(maxsize=REMEMBERED)
def lines_of(text: str, room: int) -> int:
    """How many lines the text takes; a Chinese character, two bytes of GBK, is two letters wide."""
    if 2 * len(text) <= room and "\n" not in text:
        return 1
    return sum(max(1, -(-len(part.encode("gbk", "replace")) // room)) for part in text.split("\n"))


def row_as_xml(row: int, line: Line, height: float, looks: Sequence[Look]) -> str:
    """A row of text; a grouped column in which it goes on stays empty."""
    texts = ["" if column < line.opens else text for column, text in enumerate(line.cells)]
    cells = [cell_as_xml(look, row, text) for look, text in zip(looks, texts, strict=True)]
    return f'<row r="{row}" ht="{height}" customHeight="1">{"".join(cells)}</row>'


def cell_as_xml(look: Look, row: int, text: str) -> str:
    if not text:
        return f'<c r="{look.column}{row}" s="{look.plain}"/>'
    inside, quoted = content(text)
    return f'<c r="{look.column}{row}" s="{look.quoted if quoted else look.plain}" t="inlineStr">{inside}</c>'


@lru_cache(maxsize=REMEMBERED)
def content(text: str) -> tuple[str, bool]:
    """The inside of a cell, and whether it looks like a formula."""
    clean = FORBIDDEN.sub("", text)[:LONGEST_CELL]
    return f'<is><t xml:space="preserve">{escape(clean)}</t></is>', clean.startswith(FORMULA_STARTS)


def write_foot(target: IO[bytes], merges: IO[bytes], foot: bytes) -> None:
    """The merged ranges behind those of the frame, which has at least one."""
    before, end, after = foot.partition(b"</mergeCells>")
    target.write(before)
    merges.seek(0)
    shutil.copyfileobj(merges, target)
    target.write(end + after)
