"""Word files: paragraphs with their automatic numbers, and tables, in the order of the text.

Tracked changes are read as accepted; headers, footers, notes, comments and tables of contents are left out.
"""

from __future__ import annotations

from collections.abc import Iterator

from intake.reader.formats.characters import clean
from intake.reader.formats.docx_numbering import Numbering
from intake.reader.formats.docx_paragraph import Text, is_contents_control, mark_is_hidden, mark_is_removed
from intake.reader.formats.docx_styles import Styles
from intake.reader.formats.docx_table import Grid, WordCell
from intake.reader.formats.docx_xml import child, children, w
from intake.reader.formats.grid import is_layout
from intake.reader.formats.package import Element, Package
from intake.reader.formats.refusals import Refusal
from intake.reader.model import Document, Line, Table, Unreadable

_LEFT_OUT = (w("del"), w("moveFrom"), w("sectPr"), w("sdtPr"), w("sdtEndPr"))


def read(data: bytes) -> Document:
    """The lines and tables of a .docx. Raises `Unreadable` where it is damaged, dangerous or no Word file."""
    package = Package(data)
    body = child(package.document(), "body")
    if body is None:
        raise Unreadable(Refusal.DAMAGED_DOCX)
    styles = Styles(package.related("styles"))
    numbering = Numbering(package.related("numbering"), styles)
    story = _Story(styles, numbering)
    return Document((*story.blocks(body), *story.rest()), "docx")


class _Story:
    """The flow of a document's text; `carried` is what a removed paragraph end hands on to the next paragraph."""

    def __init__(self, styles: Styles, numbering: Numbering) -> None:
        self._styles = styles
        self._numbering = numbering
        self._carried = ""

    def blocks(self, container: Element) -> Iterator[Line | Table]:
        """The blocks within a body, a cell, a text box or a content control."""
        for item in children(container):
            if item.tag == w("p"):
                yield from self._paragraph(item)
            elif item.tag == w("tbl"):
                yield from self._table(item)
            elif item.tag not in _LEFT_OUT and not is_contents_control(item):
                yield from self.blocks(item)

    def rest(self) -> Iterator[Line]:
        """What was carried past the last paragraph."""
        if text := clean(self._carried):
            yield Line(text)

    def _paragraph(self, paragraph: Element, bare_numbers: bool = False) -> Iterator[Line | Table]:
        """The lines of a paragraph, after the text boxes anchored in it. A number alone is a line only in a cell."""
        read = Text(paragraph, self._styles)
        for box in read.boxes:
            yield from self.blocks(box)
        text = self._carried + read.text
        self._carried = text if mark_is_removed(paragraph) else ""
        if self._carried or mark_is_removed(paragraph) or self._styles.is_contents(paragraph):
            return
        label = "" if mark_is_hidden(paragraph) else self._numbering.label(paragraph)
        lines = [line for line in map(clean, text.split("\n")) if line]
        if lines or (bare_numbers and label):
            yield from self._numbered(label, lines, self._styles.heading(paragraph))

    def _numbered(self, label: str, lines: list[str], heading: int | None) -> Iterator[Line]:
        """A heading stays one line; in other paragraphs a manual break ends the line."""
        if heading is not None:
            yield Line(clean(label + "".join(lines)), heading)
            return
        yield Line(clean(label + (lines[0] if lines else "")))
        yield from map(Line, lines[1:])

    def _table(self, table: Element) -> Iterator[Line | Table]:
        grid = Grid(table)
        if is_layout(len(grid.rows), grid.column_count, (cell.raw_text() for cell in grid.cells())):
            for cell in grid.cells():
                yield from self.blocks(cell.element)
        elif rows := grid.lay_out(self._cell_text):
            yield Table(rows)

    def _cell_text(self, cell: WordCell) -> str:
        return "\n".join(self._cell_lines(cell.element))

    def _cell_lines(self, container: Element) -> Iterator[str]:
        """The lines of a cell, those of nested tables and boxes among them; numbers without text count."""
        for item in children(container):
            if item.tag == w("p"):
                yield from _texts(self._paragraph(item, bare_numbers=True))
            elif item.tag not in _LEFT_OUT:
                yield from self._cell_lines(item)


def _texts(blocks: Iterator[Line | Table]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Line):
            yield block.text
        else:
            yield from (cell for row in block.rows for cell in dict.fromkeys(row) if cell)
