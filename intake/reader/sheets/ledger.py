"""A ledger read: by the same table path as a table in a Word file, its doubts naming the cell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from intake.reader import joining, reading
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


def read_ledger(sheet: Sheet, layout: Layout, stem: str) -> Reading:
    """The whole ledger. Never raises: what is not understood is a warning beside its row."""
    composed = compose(sheet, layout, stem)
    found = reading.read(composed.document)
    plan, about_plan = _plan(composed)
    rest = (warning for warning in found.warnings if warning.span or warning.code in _ABOUT_ROWS)
    warnings = [*about_plan, *_about_cells(found, composed, cell_problems(sheet, layout)), *rest]
    ordered = sorted(warnings, key=lambda warning: warning.span.start if warning.span else -1)
    return replace(found, plan=plan, warnings=tuple(ordered))


def preview(sheet: Sheet, layout: Layout, stem: str) -> Reading:
    """The reading of the first rows."""
    return reading.read(compose(sheet, layout, stem, most=PREVIEW_ROWS).document)


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
