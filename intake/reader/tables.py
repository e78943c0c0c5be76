"""A plan that is a table: rows become measures, merged cells tasks, bands across the table parts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from intake.reader import columns, deadlines, roles
from intake.reader.columns import Column, Columns
from intake.reader.joining import Cell, Grid, Joined
from intake.reader.levels import Heading
from intake.reader.measures import Cutter, assigned
from intake.reader.model import Measure, Role, Section, Span, Task
from intake.reader.numbering import Strength, marks
from intake.reader.outline import TITLE_END, Outline, TaskText
from intake.reader.responsibility import Stretch
from intake.reader.units import squeezed

_LABELS: Final = {Column.LEAD: "牵头单位：", Column.PLAIN: "责任单位：", Column.SUPPORT: "配合单位："}


@dataclass(slots=True)
class _Open:
    """A task whose rows are still being read."""

    section: int | None
    number: str
    title: Span
    key: str
    rows: list[tuple[Cell, tuple[Stretch, ...], str]]
    end: int


@dataclass(slots=True)
class TableOutline:
    """The parts and tasks of all task tables of a text; `stretches` are the cells that name units."""

    sections: list[Section] = field(default_factory=list)
    tasks: list[_Open] = field(default_factory=list)
    stretches: list[Stretch] = field(default_factory=list)
    start: int = 0
    end: int = 0

    def names_units(self) -> bool:
        return any(stretch.content.named for stretch in self.stretches)


def find(joined: Joined, headings: Sequence[Heading]) -> TableOutline:
    """Read every table that has a task table's head, or goes on from one that has."""
    found = TableOutline()
    heads: Columns | None = None
    for grid in joined.grids:
        own = next((read for row in grid.rows if (read := columns.read(row))), None)
        heads = own or (heads if heads and grid.rows and len(grid.rows[0]) == heads.width else None)
        if heads is None:
            continue
        found.start = found.start if found.end else grid.span.start
        found.end = grid.span.end
        _part_above(joined, headings, grid, found)
        _read_rows(joined.text, grid, heads, found)
    return found


def _part_above(joined: Joined, headings: Sequence[Heading], grid: Grid, found: TableOutline) -> None:
    """A bare heading between the last table and this one names the part that it holds."""
    floor = found.tasks[-1].end if found.tasks else 0
    above = [heading for heading in headings if floor <= heading.start < grid.span.start and heading.bare]
    if above and above[-1].number is not None and not joined.text[above[-1].end : grid.span.start].strip():
        last = above[-1]
        _add_part(joined.text, Span(last.start, last.end), found)


def _add_part(text: str, span: Span, found: TableOutline) -> None:
    label, title = _label_and_title(text, span)
    name = squeezed(text[title.start : title.end]).rstrip(TITLE_END)
    if name and not (found.sections and found.sections[-1].title == name):
        found.sections.append(Section(len(found.sections) + 1, label, name, span))


def _label_and_title(text: str, span: Span) -> tuple[str, Span]:
    """The number that a cell begins with and what is behind it."""
    words = text[span.start : span.end]
    mark = next((mark for mark in marks(words, frozenset({0}), frozenset()) if mark.start == 0), None)
    if mark is None or mark.strength is not Strength.AT_START or mark.end == len(words):
        return "", span
    return squeezed(words[: mark.end]), Span(span.start + mark.end, span.end)


def _read_rows(text: str, grid: Grid, heads: Columns, found: TableOutline) -> None:
    for row in grid.rows:
        filled = {squeezed(cell.text) for cell in row if cell.text}
        if not filled or len(row) < heads.width or columns.read(row) is not None:
            continue
        if len(filled) == 1 and len(row) > 1:
            _add_part(text, next(cell.span for cell in row if cell.text), found)
        else:
            _read_row(text, row, heads, found)


def _read_row(text: str, row: Sequence[Cell], heads: Columns, found: TableOutline) -> None:
    if heads.part is not None and row[heads.part].text:
        _add_part(text, row[heads.part].span, found)
    task = row[heads.task]
    number = squeezed(row[heads.number].text) if heads.number is not None else ""
    key = number + squeezed(task.text)
    stretches = tuple(_unit_cells(row, heads))
    found.stretches.extend(stretches)
    due = row[heads.deadline].text if heads.deadline is not None else ""
    own = [(row[position], stretches, due) for position in heads.measures]
    end = row[-1].span.end
    last = found.tasks[-1] if found.tasks else None
    if last and (not task.text or key == last.key):
        last.rows.extend(own)
        last.end = end
    elif task.text:
        label, title = _label_and_title(text, task.span)
        found.tasks.append(_Open(len(found.sections) or None, number or label, title, key, own, end))


def _unit_cells(row: Sequence[Cell], heads: Columns) -> Iterator[Stretch]:
    """The cells that name units, read as if their column's label stood before them."""
    led = any(kind is Column.LEAD and row[position].text for kind, position in heads.units)
    for kind, position in heads.units:
        cell = row[position]
        label = _LABELS[kind]
        content = roles.parse(label + cell.text)
        if led:
            content = replace(content, named=tuple(map(_beside_lead, content.named)))
        if content.named:
            yield Stretch(cell.span.start, cell.span.end, cell.span.start - len(label), content)


def _beside_lead(named: roles.Named) -> roles.Named:
    return replace(named, role=Role.SHARED) if named.role is Role.RESPONSIBLE else named


class TableReader:
    """Turns a table outline into tasks; `cutter` reads cells that hold their units in brackets."""

    def __init__(self, found: TableOutline, cutter: Cutter) -> None:
        self.found = found
        self.cutter = cutter

    def outline(self) -> Outline:
        """Parts and tasks with their places in the text."""
        return Outline(tuple(self.found.sections), tuple(self._texts()), self.found.end)

    def _texts(self) -> Iterator[TaskText]:
        own = [int(task.number) if task.number.isdecimal() and len(task.number) < 5 else 0 for task in self.found.tasks]
        through = bool(own) and own[0] > 0 and all(a < b for a, b in zip(own, own[1:], strict=False))
        for position, task in enumerate(self.found.tasks):
            number = own[position] if through else position + 1
            span = Span(task.title.start, max(task.end, task.title.end))
            title = self.cutter.first_sentence(task.title)
            yield TaskText(task.section, number, task.number, span, title, Span(title.end, span.end))

    def tasks(self) -> Iterator[Task]:
        """The tasks: each row a measure, rows that repeat a merged text one measure."""
        for draft, task in zip(self._texts(), self.found.tasks, strict=True):
            measures: list[Measure] = []
            for cell, stretches, due in task.rows:
                self._add(measures, draft, cell, stretches, due)
            title = squeezed(self.cutter.text[draft.title.start : draft.title.end]).rstrip(TITLE_END)
            yield Task(draft.section, draft.number, draft.label, title, draft.span, tuple(measures))

    def _add(
        self, measures: list[Measure], draft: TaskText, cell: Cell, stretches: tuple[Stretch, ...], due: str
    ) -> None:
        given = tuple(unit for stretch in stretches for unit in assigned(stretch, self.cutter.register))
        due_on, due_text = deadlines.given(squeezed(due), self.cutter.year) if due else (None, "")
        if cell.text and measures and squeezed(cell.text) == measures[-1].text:
            known = {unit.department for unit in measures[-1].assignments}
            more = tuple(unit for unit in given if unit.department not in known)
            measures[-1] = replace(measures[-1], assignments=measures[-1].assignments + more)
            return
        for measure in self.cutter.measures(self._cell_text(draft, cell)):
            own = measure if not due_text else replace(measure, due_on=due_on, due_text=due_text)
            measures.append(replace(own, assignments=given) if given else own)

    def _cell_text(self, draft: TaskText, cell: Cell) -> TaskText:
        """A row's own text: the measure's cell, or what is behind the title where one cell holds both."""
        same = cell.span.start <= draft.title.start < cell.span.end
        start = draft.title.end if same else cell.span.start
        return replace(draft, body=Span(start, max(start, cell.span.end)))
