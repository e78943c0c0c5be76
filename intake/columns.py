"""What the page of a ledger's columns shows: the first rows, what each column may hold, and what would be read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils import timezone

from intake.files import stem
from intake.models import Import
from intake.reader.model import Measure, Reading, Role, Task
from intake.reader.sheets.book import Sheet, read_book
from intake.reader.sheets.composing import CellProblem, cell_problems, column_letters
from intake.reader.sheets.heads import HEAD_WITHIN, Layout, faults, heads_of, layout_of, undecided
from intake.reader.sheets.ledger import preview
from tasks.models import Assignment

ROWS_SHOWN = 8
MEASURES_SHOWN = 6
PROBLEMS_SHOWN = 12


@dataclass(frozen=True, slots=True)
class ColumnShown:
    """A column of the sheet: its number from 0, letters and head."""

    index: int
    letters: str
    head: str


@dataclass(frozen=True, slots=True)
class RowRead:
    """One measure as it would be read."""

    number: str
    task: str
    text: str
    roles: tuple[tuple[str, str], ...]
    due: str


class Columns:
    """A table file with the layout that is being decided on; `layout` names one of its sheets."""

    def __init__(self, sheets: tuple[Sheet, ...], layout: Layout, import_: Import) -> None:
        self.sheets = sheets
        self.layout = layout
        self.import_ = import_
        self.sheet = next(sheet for sheet in sheets if sheet.name == layout.sheet)

    @property
    def first_rows(self) -> list[tuple[int, list[tuple[str, int]], bool]]:
        """What stands above the heads and below them: number from 1, cells with the columns that each covers, and
        whether the row is one of the heads."""
        last = self.layout.head - 1 + self.layout.depth
        rows = enumerate(self.sheet.rows[: last + ROWS_SHOWN], start=1)
        return [(n, self._cells(n - 1), self.layout.head <= n <= last) for n, row in rows if any(row)]

    def _cells(self, number: int) -> list[tuple[str, int]]:
        """A row's cells in the columns shown; one merged across stands once."""
        row, cells = self.sheet.rows[number], list[tuple[str, int]]()
        for shown in self.shown:
            text = row[shown.index]
            if cells and cells[-1][0] == text and (number, shown.index) in self.sheet.merged:
                cells[-1] = text, cells[-1][1] + 1
            else:
                cells.append((text, 1))
        return cells

    @property
    def shown(self) -> list[ColumnShown]:
        """The columns with any text."""
        heads = heads_of(self.sheet, self.layout.head, self.layout.depth)
        return [
            ColumnShown(index, column_letters(index), head)
            for index, head in enumerate(heads)
            if any(row[index] for row in self.sheet.rows)
        ]

    @property
    def head_choices(self) -> list[tuple[int, str]]:
        """The rows that may be the heads, each with the beginning of what stands in it."""
        rows = list(enumerate(self.sheet.rows, start=1))[:HEAD_WITHIN]
        said = [(n, "、".join(dict.fromkeys(cell for cell in row if cell))) for n, row in rows]
        return [(n, f"第{n}行：{words[:30]}") for n, words in said if words]

    @property
    def wrong(self) -> list[str]:
        """What keeps the layout from being read, in sentences."""
        open_columns = undecided(self.sheet, self.layout)
        names = "、".join(f"{column_letters(column)}列" for column in open_columns)
        return [*faults(self.layout), *([f"{names}还没有选是什么，用不着的请选“不用”。"] if names else [])]

    @property
    def problems(self) -> list[CellProblem]:
        """What is wrong in single cells."""
        return cell_problems(self.sheet, self.layout)

    @property
    def read(self) -> list[RowRead]:
        """The first measures as they would be read."""
        year = timezone.localtime(self.import_.uploaded_at).year
        return list(_rows(preview(self.sheet, self.layout, stem(self.import_.source.name), year)))[:MEASURES_SHOWN]


def columns_of(import_: Import, *, sheet: str | None = None, head: int | None = None) -> Columns:
    """The import's file with its layout, or with another sheet or row of heads, whose columns are then told anew.

    Raises `Unreadable`.
    """
    with import_.source.file.open("rb") as file:
        sheets = read_book(file.read(), import_.source.name)
    kept = Layout.from_json(import_.layout)
    found = next((s for s in sheets if s.name == (kept.sheet if sheet is None else sheet)), sheets[0])
    if found.name != kept.sheet:
        return Columns(sheets, layout_of(found), import_)
    if head is None or head == kept.head or not 1 <= head <= len(found.rows):
        return Columns(sheets, kept, import_)
    return Columns(sheets, layout_of(found, head), import_)


def _rows(reading: Reading) -> Iterator[RowRead]:
    for task in reading.tasks:
        for position, measure in enumerate(task.measures, start=1):
            yield _row(task, position, measure)


def _row(task: Task, position: int, measure: Measure) -> RowRead:
    by_role: Mapping[Role, list[str]] = {role: [] for role in Role}
    for unit in measure.assignments:
        by_role[unit.role].append(unit.department)
    roles = tuple((str(Assignment.Role(role).label), "、".join(names)) for role, names in by_role.items() if names)
    due = f"{measure.due_on.month}月{measure.due_on.day}日" if measure.due_on else measure.due_text
    return RowRead(f"{task.number}.{position}", task.title, measure.text, roles, due)
