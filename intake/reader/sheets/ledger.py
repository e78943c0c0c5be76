"""A ledger read: by the same table path as a table in a Word file, its doubts naming the cell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from intake.reader import deadlines, joining, reading
from intake.reader.model import Document, Line, Measure, PlanFacts, Reading, Span, Warning  # noqa: A004 (the reader's word)
from intake.reader.sheets.book import Sheet
from intake.reader.sheets.composing import CellProblem, Composed, cell_problems, compose
from intake.reader.sheets.heads import Layout, Meaning

PREVIEW_ROWS: Final = 30
LONGEST_TITLE: Final = 200
_ABOUT_ROWS: Final = {"no_tasks"}  # warnings without a place that the rows, not the lines above them, give rise to


def sheet_of(sheets: Sequence[Sheet], layout: Layout) -> Sheet | None:
    """The sheet that a layout names."""
    return next((sheet for sheet in sheets if sheet.name == layout.sheet), None)


def read_ledger(sheet: Sheet, layout: Layout, stem: str, year: int | None = None) -> Reading:
    """The whole ledger. Never raises: what is not understood is a warning beside its row.

    `year` is taken where the file names none, for its deadlines mostly say the month alone.
    """
    composed = compose(sheet, layout, stem)
    found = reading.read(composed.document)
    plan, about_plan = _plan(composed)
    rest = (warning for warning in found.warnings if warning.span or warning.code in _ABOUT_ROWS)
    warnings = [*about_plan, *_about_cells(found, composed, cell_problems(sheet, layout)), *rest]
    ordered = sorted(warnings, key=lambda warning: warning.span.start if warning.span else -1)
    return _in_year(replace(found, plan=plan, warnings=tuple(ordered)), year)


def preview(sheet: Sheet, layout: Layout, stem: str, year: int | None = None) -> Reading:
    """The reading of the first rows."""
    composed = compose(sheet, layout, stem, most=PREVIEW_ROWS)
    return _in_year(replace(reading.read(composed.document), plan=_plan(composed)[0]), year)


def _in_year(found: Reading, year: int | None) -> Reading:
    """A plan that names no year set in this one, its deadlines too; that none was found stays a warning."""
    if found.plan.year or year is None:
        return found
    tasks = tuple(replace(task, measures=tuple(_dated(m, year) for m in task.measures)) for task in found.tasks)
    return replace(found, plan=replace(found.plan, year=year), tasks=tasks)


def _dated(measure: Measure, year: int) -> Measure:
    if measure.due_on or not measure.due_text:
        return measure
    return replace(measure, due_on=deadlines.given(measure.due_text, year)[0])


def _plan(composed: Composed) -> tuple[PlanFacts, list[Warning]]:
    """What the lines above the heads say of the plan, the first of them its title where none reads as one."""
    lines = [block for block in composed.document.blocks if isinstance(block, Line)]
    found = reading.read(Document(tuple(lines), composed.document.format))
    about = [warning for warning in found.warnings if not warning.span and warning.code not in _ABOUT_ROWS]
    if found.plan.title or not lines:
        return found.plan, about
    titled = replace(found.plan, title=lines[0].text[:LONGEST_TITLE])
    return titled, [warning for warning in about if warning.code != "no_title"]


def _about_cells(found: Reading, composed: Composed, problems: Sequence[CellProblem]) -> Iterator[Warning]:
    """One warning a problem, on the measure of its row, else on the row."""
    grid = joining.join(composed.document).grids[-1]
    rows = dict(zip(composed.rows, grid.rows[1:], strict=True))
    measures = sorted((m for task in found.tasks for m in task.measures), key=lambda m: m.span.start)
    for problem in problems:
        cells = rows[problem.row]
        row = Span(cells[0].span.start, cells[-1].span.end)
        code = "undated_cell" if problem.meaning is Meaning.DEADLINE else "cell"
        yield Warning(code, f"{problem.place}：{problem.sentence}", _measure_in(measures, row) or row)


def _measure_in(measures: Sequence[Measure], row: Span) -> Span | None:
    return next((m.span for m in measures if row.start <= m.span.start < row.end), None)
