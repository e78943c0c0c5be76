"""Excel files: a table read by its column heads, and rows written so that no cell becomes a formula."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import column_index_from_string, get_column_letter
from python_calamine import CalamineError, CalamineWorkbook

from core.errors import BadInput
from departments.names import INVISIBLE, clean_name

MOST_ROWS = 5000
MOST_UNPACKED = 30 * 1024 * 1024  # bytes; a list of 5000 rows has about 2 MB
MOST_COLUMNS, FARTHEST_ROW = 200, 100_000  # the reader lays out every cell up to the farthest: 50 000 × 702 take 1 GB
CELL = re.compile(rb'<c [^>]*?r="([A-Z]{1,3})([0-9]{1,7})"')
HEAD_WITHIN = 5  # a title and a note may stand above the heads
ZIP, OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
DAMAGED = "这个Excel文件打不开，可能没有传完、已损坏或加了密码。请在Excel里打开检查，取消密码后另存再上传。"
SAVE_AS = "请在Excel或WPS里打开，用“另存为”选“Excel 工作簿（*.xlsx）”，再上传。"
REMARK = re.compile(r"[（(*＊].*$")

Cell = str | int | float | date | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a list: found by its head or another usual word for it. `many` keeps line breaks in the cell."""

    key: str
    head: str
    also: tuple[str, ...] = ()
    required: bool = False
    many: bool = False
    example: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One filled row: its number in the sheet from 1, and its cells as text by the column's key."""

    number: int
    cells: Mapping[str, str]

    def __getitem__(self, key: str) -> str:
        return self.cells.get(key, "")


@dataclass(frozen=True, slots=True)
class Table:
    """The filled rows, and the letter of each column found."""

    letters: Mapping[str, str]
    rows: tuple[Row, ...]

    def place(self, row: Row, key: str) -> str:
        """第5行C列."""
        return f"第{row.number}行{self.letters[key]}列" if key in self.letters else f"第{row.number}行"

    def as_json(self) -> dict[str, Any]:
        return {"letters": dict(self.letters), "rows": [[row.number, dict(row.cells)] for row in self.rows]}

    @classmethod
    def from_json(cls, given: dict[str, Any]) -> Table:
        return cls(given["letters"], tuple(Row(number, cells) for number, cells in given["rows"]))


def read_table(content: bytes, columns: Sequence[Column]) -> Table:
    """The first sheet's table. Raises `BadInput` for a file, heads or a length that cannot be used."""
    require_xlsx(content)
    try:
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0)
        lines = _lines(sheet.to_python(skip_empty_area=False, nrows=FARTHEST_ROW))
    except (CalamineError, IndexError, OSError):
        raise BadInput(DAMAGED) from None
    if not lines:
        raise BadInput("文件的第一张表是空的。请把名单放在第一张表里，或下载模板填写。")
    place, letters = _find_heads(lines, columns)
    rows = tuple(_rows(lines[place + 1 :], letters, columns))
    if not rows:
        raise BadInput("表头下面没有内容。请从表头的下一行起填写。")
    return Table({key: get_column_letter(index + 1) for key, index in letters.items()}, rows)


def require_xlsx(content: bytes) -> None:
    """Raise `BadInput` that says what the file is instead and how to mend it."""
    if not content:
        raise BadInput("文件是空的（0字节），可能没有传完。请重新选择。")
    if content.startswith(OLD_EXCEL):
        raise BadInput(f"这是旧版的Excel文件（.xls）或加了密码的文件，不能直接读。{SAVE_AS}")
    if not content.startswith(ZIP):
        raise BadInput(f"这不是Excel文件（.xlsx），可能是改了扩展名的文本或CSV。{SAVE_AS}")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names, unpacked = archive.namelist(), sum(part.file_size for part in archive.infolist())
            if unpacked <= MOST_UNPACKED and archive.testzip():
                raise BadInput(DAMAGED)
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError):
        raise BadInput(DAMAGED) from None
    if "xl/workbook.xml" not in names:
        raise BadInput(f"这不是Excel工作簿（.xlsx）。{SAVE_AS}")
    if unpacked > MOST_UNPACKED:
        raise BadInput(f"文件展开后太大。名单最多{MOST_ROWS}行，请删去无关的表和格式后再上传。")
    _require_near(content)


def _require_near(content: bytes) -> None:
    """Raise `BadInput` for a cell far out, which a slip of the hand leaves behind."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheets = [archive.read(name) for name in archive.namelist() if name.startswith("xl/worksheets/")]
    for letters, number in (found.groups() for sheet in sheets for found in CELL.finditer(sheet)):
        if column_index_from_string(letters.decode()) > MOST_COLUMNS or int(number) > FARTHEST_ROW:
            cell = f"{letters.decode()}{number.decode()}"
            raise BadInput(f"单元格{cell}离名单太远，可能是误填的。请删去名单以外的行和列再上传。")


def write_book(title: str, heads: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """One sheet with bold heads that stay in sight. Text that looks like a formula is written as text."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title[:31])
    sheet.freeze_panes = "A2"
    for index, head in enumerate(heads, start=1):
        sheet.column_dimensions[get_column_letter(index)].width = max(12, 2 * len(head) + 4)
    sheet.append([_cell(sheet, head, bold=True) for head in heads])
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


def _lines(rows: list[list[Any]]) -> list[tuple[int, list[str]]]:
    """(number in the sheet from 1, cells as text) of the lines that have any."""
    texts = ((number, [_text(cell) for cell in cells]) for number, cells in enumerate(rows, start=1))
    lines = [(number, cells) for number, cells in texts if any(cells)]
    if len(lines) > MOST_ROWS + HEAD_WITHIN:
        raise BadInput(f"表里有{len(lines)}行，最多{MOST_ROWS}行。请拆成几个文件分次导入。")
    return lines


def _text(value: Any) -> str:
    """As the sheet shows it: whole numbers without .0 (phones are often numbers), dates as 2026-03-24."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    return INVISIBLE.sub("", str(value)).strip()


def _find_heads(lines: list[tuple[int, list[str]]], columns: Sequence[Column]) -> tuple[int, dict[str, int]]:
    """The place of the line of heads and the index of each column in it."""
    for place, (_, cells) in enumerate(lines[:HEAD_WITHIN]):
        heads = [REMARK.sub("", clean_name(cell)).replace(" ", "") for cell in cells]
        found = {
            column.key: heads.index(word) for column in columns for word in (column.head, *column.also) if word in heads
        }
        if all(column.key in found for column in columns if column.required):
            return place, found
    needed = "、".join(f"“{column.head}”" for column in columns if column.required)
    seen = "、".join(cell for cell in lines[0][1] if cell)[:60]
    raise BadInput(
        f"没有找到表头。前{HEAD_WITHIN}行里要有一行写着{needed}；现在第{lines[0][0]}行是“{seen}”。请对照模板改表头。"
    )


def _rows(lines: list[tuple[int, list[str]]], letters: Mapping[str, int], columns: Sequence[Column]) -> Iterator[Row]:
    many = {column.key for column in columns if column.many}
    for number, cells in lines:
        filled = {key: cells[index] for key, index in letters.items() if index < len(cells) and cells[index]}
        if filled:
            yield Row(number, {key: text if key in many else clean_name(text) for key, text in filled.items()})


def _cell(sheet: Any, value: Cell, *, bold: bool = False) -> Any:
    if isinstance(value, str):
        value = ILLEGAL_CHARACTERS_RE.sub("", value)
    cell = WriteOnlyCell(sheet, value)
    if isinstance(value, str) and value.startswith(FORMULA_STARTS):
        cell.data_type = "s"
        cell.quotePrefix = True
    if bold:
        cell.font = Font(bold=True)
    return cell
