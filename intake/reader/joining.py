"""Lines and tables into one text: lines that were cut at the page's edge are joined, page chrome is taken out."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from intake.reader.brackets import CLOSING, OPENING
from intake.reader.model import Document, Line, Span, Table

_STOPS: Final = "。！？；!?;：:"
_CHROME: Final = re.compile(
    r"[-—–－―·\s]*\d{1,3}[-—–－―·\s]*|第\s*\d{1,3}\s*页(?:[\s,，/]*共\s*\d{1,3}\s*页)?|\d{1,3}\s*/\s*\d{1,3}"
)
_INLINE_PAGE: Final = re.compile(r"[—―]{1,2}[ \t]?\d{1,3}[ \t]?[—―]{1,2}|(?<![-\w])-[ \t]\d{1,3}[ \t]-(?![-\d])")
_OPENS: Final = re.compile(
    r"第[一二三四五六七八九十\d]{1,3}[部章条节编篇]|[一二三四五六七八九十]{1,3}\s*[、．.]|[（(〔\[【]\s*[一二三四五六七八九十\d]{1,3}\s*[）)〕\]】]"
    r"|\d{1,3}\s*[、．.](?!\d)|[①-⑳]|#{1,6}\s|[\u4e00-\u9fff]{2,6}[：:]|\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日$"
)
BULLETS: Final = frozenset("●■◆◇□▪▫•‣⦁➢➤➣▶►❖◎◉★☆✓✔✅☑\ufe0f\u20e3" + "".join(map(chr, range(0x1F300, 0x1FB00))))
_UNSTORABLE: Final = re.compile(r"[\x00\ud800-\udfff]")
_HASHES: Final = re.compile(r"(?<!#)(#{1,6})[ \t\u3000]+")
_LABEL: Final = re.compile(r"[\u4e00-\u9fff]{2,6}[：:]")
_CUT_LENGTH: Final = 45  # characters: a line this long without a stop was cut, not ended


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A stretch of the text between line ends; `heading` as in `Line`."""

    span: Span
    heading: int | None


@dataclass(frozen=True, slots=True)
class Cell:
    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Grid:
    """A table within the text: its cells row by row."""

    span: Span
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Joined:
    """The text of a whole document; `dropped` are the lines of page chrome that it lacks."""

    text: str
    paragraphs: tuple[Paragraph, ...]
    grids: tuple[Grid, ...]
    dropped: tuple[str, ...]

    def in_table(self, position: int) -> bool:
        """Whether a position of the text lies in a table."""
        before = bisect_right(self.grids, position, key=lambda grid: grid.span.start) - 1
        return before >= 0 and position < self.grids[before].span.end


class _Builder:
    """Collects the text and where its parts lie."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.length = 0
        self.paragraphs: list[Paragraph] = []
        self.grids: list[Grid] = []

    def put(self, text: str) -> Span:
        start = self.length
        self.parts.append(text)
        self.length += len(text)
        return Span(start, self.length)

    def add_line(self, line: Line, *, goes_on: bool) -> None:
        if goes_on and self.paragraphs:
            last = self.paragraphs.pop()
            self.put(_glue(self.parts[-1], line.text))
            end = self.put(line.text).end
            self.paragraphs.append(Paragraph(Span(last.span.start, end), last.heading))
        else:
            self.end_line()
            self.paragraphs.append(Paragraph(self.put(line.text), line.heading))

    def add_table(self, table: Table) -> None:
        self.end_line()
        start = self.length
        rows = []
        for row in table.rows:
            rows.append(
                tuple(self._cell(_storable(text).strip(), first=not position) for position, text in enumerate(row))
            )
            self.put("\n")
        self.grids.append(Grid(Span(start, self.length), tuple(rows)))

    def _cell(self, text: str, *, first: bool) -> Cell:
        if not first:
            self.put("\t")
        return Cell(text, self.put(text))

    def end_line(self) -> None:
        if self.length and not self.parts[-1].endswith("\n"):
            self.put("\n")


def join(document: Document) -> Joined:
    """The joined text of a document with its paragraphs and tables."""
    lines, dropped = _without_chrome([part for block in document.blocks for part in _parts(block)])
    edge = _edge(lines)
    builder = _Builder()
    previous: Line | Table | None = None
    for block in lines:
        if isinstance(block, Table):
            builder.add_table(block)
        else:
            goes_on = isinstance(previous, Line) and _goes_on(previous, block, edge)
            builder.add_line(block, goes_on=goes_on)
        previous = block
    return Joined("".join(builder.parts), tuple(builder.paragraphs), tuple(builder.grids), tuple(dropped))


def _parts(block: Line | Table) -> Iterator[Line | Table]:
    """A line cut at Markdown's headings, which a text that lost its line ends still holds."""
    if isinstance(block, Table):
        yield block
        return
    found = list(_HASHES.finditer(block.text))
    yield Line(block.text[: found[0].start()] if found else block.text, block.heading, block.wrapped)
    for mark, following in zip(found, [*found[1:], None], strict=False):
        rest = block.text[mark.end() : following.start() if following else len(block.text)]
        yield from _heading_and_rest(rest, len(mark[1]), alone=len(found) == 1 and not mark.start())


def _heading_and_rest(text: str, level: int, *, alone: bool) -> Iterator[Line]:
    words = text.split(maxsplit=2)
    if alone or len(words) < 2:
        yield Line(text, level)
        return
    size = 2 if words[0].isdigit() else 1
    yield Line(" ".join(words[:size]), level)
    yield Line(" ".join(words[size:]))


def _without_chrome(blocks: Sequence[Line | Table]) -> tuple[list[Line | Table], list[str]]:
    kept: list[Line | Table] = []
    dropped: list[str] = []
    for block in blocks:
        if isinstance(block, Line):
            line, chrome = _line_without_chrome(block)
            dropped.extend(chrome)
            if line.text:
                kept.append(line)
        elif any(cell.strip() for row in block.rows for cell in row):
            kept.append(block)
    return kept, dropped


def _line_without_chrome(line: Line) -> tuple[Line, list[str]]:
    """A line without page numbers: it may be one, or hold them where its breaks were lost."""
    text = _storable(line.text).strip()
    if _CHROME.fullmatch(text):
        return Line(""), [text]
    return Line(_INLINE_PAGE.sub("", text).strip(), line.heading, line.wrapped), _INLINE_PAGE.findall(text)


def _storable(text: str) -> str:
    """Text without what neither a database nor UTF-8 takes."""
    return _UNSTORABLE.sub("", text)


def _edge(blocks: Sequence[Line | Table]) -> int:
    """Characters of a full line: what the longer lines reach."""
    lengths = sorted(len(block.text) for block in blocks if isinstance(block, Line))
    return lengths[len(lengths) * 9 // 10] if lengths else 0


def _goes_on(previous: Line, line: Line, edge: int) -> bool:
    """Whether `line` continues the sentence of `previous`."""
    if previous.heading is not None or line.heading is not None or _opens(line.text):
        return False
    if previous.wrapped:
        return True
    if previous.text[-1] in _STOPS:
        return False
    if _within_bracket(previous.text):
        return True
    whole = previous.text[-1] in CLOSING or (_LABEL.match(previous.text) and previous.text[-1] not in "、，,")
    return not whole and len(previous.text) >= min(_CUT_LENGTH, max(20, edge - 2))


def _within_bracket(text: str) -> bool:
    """Whether a line ends within a bracket: a scan broke it in the middle of its units."""
    return max(map(text.rfind, OPENING)) > max(map(text.rfind, CLOSING))


def _opens(text: str) -> bool:
    """Whether a line begins something new by its first signs: a number, a label, a bullet."""
    return bool(_OPENS.match(text)) or text[:1] in BULLETS


def _glue(before: str, after: str) -> str:
    """A space between two Latin words, nothing between Chinese characters."""
    return (
        " " if before[-1:].isascii() and before[-1:].isalnum() and after[:1].isascii() and after[:1].isalnum() else ""
    )
