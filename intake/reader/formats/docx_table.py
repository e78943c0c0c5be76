"""The grid of a Word table: spans to the right (gridSpan) and downwards (vMerge), in every place that they cover."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from intake.reader.formats.docx_xml import child, children, number, value, w
from intake.reader.formats.grid import MAX_SPAN, Cell, lay_out
from intake.reader.formats.package import Element

_TRANSPARENT = (w("sdt"), w("sdtContent"), w("customXml"), w("ins"), w("moveTo"))


@dataclass(slots=True)
class WordCell:
    """A cell that is not the continuation of another, with what it covers."""

    element: Element
    columns: int
    rows: int = 1

    def raw_text(self) -> str:
        return "".join(text.text or "" for text in self.element.iter(w("t")))


class Grid:
    """The cells of a table by row and the column where they begin; a row that a tracked change deleted is left out."""

    def __init__(self, table: Element) -> None:
        self.rows: list[dict[int, WordCell]] = []
        self.column_count = 0
        self._open: dict[int, WordCell] = {}  # by column, the cell that a vertical merge would go on with
        for row in _within(table, w("tr")):
            if child(row, "trPr", "del") is None:
                self._add_row(row)

    def cells(self) -> Iterator[WordCell]:
        """The cells row by row, each once."""
        for row in self.rows:
            yield from row.values()

    def lay_out(self, text_of: Callable[[WordCell], str]) -> tuple[tuple[str, ...], ...]:
        """The texts in rows of equal length; `text_of` is asked once for each cell, in reading order."""
        placed = [
            Cell(number, column, text_of(cell), cell.columns, cell.rows)
            for number, row in enumerate(self.rows)
            for column, cell in row.items()
        ]
        return lay_out(len(self.rows), placed)

    def _add_row(self, row: Element) -> None:
        cells: dict[int, WordCell] = {}
        column = _span(row, "trPr", "gridBefore", least=0)
        for element in _within(row, w("tc")):
            width = _span(element, "tcPr", "gridSpan", least=1)
            self._add_cell(cells, element, column, width)
            column += width
        self.column_count = max(self.column_count, column)
        self.rows.append(cells)

    def _add_cell(self, cells: dict[int, WordCell], element: Element, column: int, width: int) -> None:
        above = self._open.get(column)
        if above is not None and _goes_on(element):
            above.rows += 1
            return
        cells[column] = self._open[column] = WordCell(element, width)


def _within(element: Element, tag: str) -> Iterator[Element]:
    """The rows of a table or cells of a row, also those inside content controls and insertions."""
    for item in children(element):
        if item.tag == tag:
            yield item
        elif item.tag in _TRANSPARENT:
            yield from _within(item, tag)


def _span(element: Element, *path: str, least: int) -> int:
    return min(max(number(element, *path) or least, least), MAX_SPAN)


def _goes_on(element: Element) -> bool:
    merge = child(element, "tcPr", "vMerge")
    return merge is not None and value(element, "tcPr", "vMerge") in (None, "continue")
