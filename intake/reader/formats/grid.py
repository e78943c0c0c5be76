"""Cells with spans laid out as a grid, and which tables are mere layout."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from intake.reader.formats.refusals import Refusal
from intake.reader.model import Unreadable

MAX_SPAN = 64
MAX_COLUMNS = 500
MAX_PLACES = 200_000
_HEAD_ROWS = 3


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell at its first row and column, its text (lines broken by \\n) and how many of each it covers."""

    row: int
    column: int
    text: str
    columns: int = 1
    rows: int = 1


def lay_out(row_count: int, cells: Collection[Cell]) -> tuple[tuple[str, ...], ...]:
    """Rows of equal length; a cell's text stands in each place that it covers, within the rows there are.

    Raises `Unreadable` for a grid of more than 200 000 places or 500 columns.
    """
    width = max((cell.column + cell.columns for cell in cells), default=0)
    if width * row_count > MAX_PLACES or width > MAX_COLUMNS:
        raise Unreadable(Refusal.TOO_LONG)
    grid = [[""] * width for _row in range(row_count)]
    for cell in cells:
        for row in grid[cell.row : cell.row + cell.rows]:
            row[cell.column : cell.column + cell.columns] = [cell.text] * cell.columns
    return tuple(map(tuple, grid))


def is_layout(row_count: int, column_count: int, texts: Iterable[str]) -> bool:
    """Whether a table only places text: one row, one column, or the red head of a document (…文件)."""
    if row_count <= 1 or column_count <= 1:
        return True
    return row_count <= _HEAD_ROWS and any("".join(text.split()).endswith("文件") for text in texts)
