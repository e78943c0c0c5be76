"""A piece of HTML as it reads: block elements and <br> end a line, tables keep their grid, lists their numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from intake.reader.formats.characters import clean
from intake.reader.formats.docx_numerals import numeral
from intake.reader.formats.grid import MAX_COLUMNS, MAX_SPAN, Cell, is_layout, lay_out
from intake.reader.formats.package import Element
from intake.reader.formats.refusals import Refusal
from intake.reader.model import Line, Table, Unreadable

_BLOCKS = frozenset(
    (
        "html", "body", "div", "p", "section", "article", "main", "header", "footer", "aside", "blockquote", "pre",
        "center", "ul", "ol", "li", "dl", "dt", "dd", "figure", "figcaption", "h1", "h2", "h3", "h4", "h5", "h6", "hr",
        "address", "details", "summary", "fieldset", "form", "table", "caption", "thead", "tbody", "tfoot", "tr", "td",
        "th", "nav",
    )
)  # fmt: skip
_LEFT_OUT = frozenset(
    (
        "script", "style", "noscript", "template", "iframe", "svg", "canvas", "object", "embed", "applet", "video",
        "audio", "map", "head", "title", "link", "meta", "button", "select", "option", "input", "textarea", "rt", "rp",
        "del",
    )
)  # fmt: skip
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_LIST_FORMATS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}


class _Writer:
    """Collects inline text into lines."""

    def __init__(self) -> None:
        self.blocks: list[Line | Table] = []
        self._parts: list[str] = []
        self._heading: int | None = None

    def write(self, text: str | None) -> None:
        self._parts.append(text or "")

    def end_line(self) -> None:
        if text := clean("".join(self._parts)):
            self.blocks.append(Line(text, self._heading))
        self._parts.clear()

    def within(self, heading: int | None) -> int | None:
        """Set the heading level of the lines to come and return the one before."""
        before, self._heading = self._heading, heading
        return before

    def add(self, table: Table) -> None:
        self.end_line()
        self.blocks.append(table)


def flow(root: Element) -> list[Line | Table]:
    """The lines and tables of an element in reading order."""
    writer = _Writer()
    _walk(root, writer)
    writer.end_line()
    return writer.blocks


def _walk(element: Element, writer: _Writer) -> None:
    tag = element.tag
    if not isinstance(tag, str) or tag in _LEFT_OUT or is_hidden(element):
        return
    if tag == "br":
        writer.end_line()
    elif tag == "table":
        _table(element, writer)
    elif tag in _BLOCKS:
        _block(element, writer)
    else:
        _inside(element, writer)


def _inside(element: Element, writer: _Writer) -> None:
    writer.write(element.text)
    for item in element:
        _walk(item, writer)
        writer.write(item.tail)


def _block(element: Element, writer: _Writer) -> None:
    writer.end_line()
    level = _HEADINGS.get(element.tag)
    before = writer.within(level) if level else None
    writer.write(_list_number(element))
    _inside(element, writer)
    writer.end_line()
    if level:
        writer.within(before)


def is_hidden(element: Element) -> bool:
    """Whether an element is hidden by its own attributes."""
    style = "".join((element.get("style") or "").lower().split())
    return "hidden" in element.attrib or "display:none" in style or "mso-hide:all" in style


def _list_number(item: Element) -> str:
    """The number that a browser shows before an item of an ordered list."""
    parent = item.getparent()
    if item.tag != "li" or parent is None or parent.tag != "ol":
        return ""
    before = sum(1 for sibling in item.itersiblings("li", preceding=True))
    stated, start = _whole(item.get("value")), _whole(parent.get("start"))
    count = stated if stated is not None else (1 if start is None else start) + before
    return f"{numeral(count, _LIST_FORMATS.get(parent.get('type', ''), 'decimal'))}. "


def _whole(text: str | None) -> int | None:
    bare = (text or "").strip()
    return int(bare) if bare.isdecimal() and len(bare) < 6 else None  # noqa: PLR2004


def _table(table: Element, writer: _Writer) -> None:
    rows = [row for row in table.iter("tr") if _owner(row) is table and not is_hidden(row)]
    cells = _placed(rows)
    width = max((cell.column + cell.columns for _element, cell in cells), default=0)
    if is_layout(len(rows), width, (_raw(element) for element, _cell in cells)) or table.find(".//table") is not None:
        _block_of_layout(table, writer)
        return
    for caption in table.iterfind("caption"):
        _block(caption, writer)
    texts = [Cell(cell.row, cell.column, _cell_text(element), cell.columns, cell.rows) for element, cell in cells]
    writer.add(Table(lay_out(len(rows), texts)))


def _block_of_layout(table: Element, writer: _Writer) -> None:
    writer.end_line()
    _inside(table, writer)
    writer.end_line()


def _owner(row: Element) -> Element | None:
    return next(row.iterancestors("table"), None)


def _raw(element: Element) -> str:
    return "".join(element.itertext())


def _placed(rows: list[Element]) -> list[tuple[Element, Cell]]:
    """Each cell at its row and first free column, its spans clamped to the rows there are."""
    taken_until: dict[int, int] = {}  # by column, the first row in which it is free again
    placed = []
    for row, element in enumerate(rows):
        column = 0
        for item in element.iterchildren("td", "th"):
            column = _first_free(column, row, taken_until)
            cell = Cell(row, column, "", _span(item, "colspan", MAX_SPAN), _span(item, "rowspan", len(rows) - row))
            taken_until.update(dict.fromkeys(range(column, column + cell.columns), row + cell.rows))
            placed.append((item, cell))
    return placed


def _first_free(column: int, row: int, taken_until: Mapping[int, int]) -> int:
    while taken_until.get(column, 0) > row:
        column += 1
    if column > MAX_COLUMNS:
        raise Unreadable(Refusal.TOO_LONG)
    return column


def _span(cell: Element, attribute: str, most: int) -> int:
    """A span as stated; 0 downwards means all the rows that follow."""
    stated = _whole(cell.get(attribute))
    if stated == 0 and attribute == "rowspan":
        return most
    return min(max(stated or 1, 1), most)


def _cell_text(cell: Element) -> str:
    return "\n".join(_texts(flow(cell)))


def _texts(blocks: list[Line | Table]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Line):
            yield block.text
