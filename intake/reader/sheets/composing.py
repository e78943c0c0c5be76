"""A ledger's rows as the table that the plan reader reads, and what is wrong in its cells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from intake.reader import deadlines
from intake.reader.model import Document, Line, Table
from intake.reader.sheets.book import Sheet
from intake.reader.sheets.heads import UNITS, Layout, Meaning
from intake.reader.units import squeezed

_HEADS: Final = {
    Meaning.NUMBER: "序号",
    Meaning.PART: "类别",
    Meaning.TASK: "重点任务",
    Meaning.MEASURE: "具体措施",
    Meaning.LEAD: "牵头单位",
    Meaning.PLAIN: "责任单位",
    Meaning.SUPPORT: "配合单位",
    Meaning.DEADLINE: "完成时限",
}
_STOPS: Final = "。！？；;!?"
_ENDLESS: Final = re.compile(r"全年|长期|持续|常年|常态|每|按|年度|随时|及时|立即|—|-|/|无")
_YEAR: Final = re.compile(r"20\d\d")
_FORMULA_FAULT: Final = re.compile(r"#(?:REF!|VALUE!|NAME\?|DIV/0!|N/A|NULL!|NUM!|SPILL!|CALC!)?$")
_SOME_YEAR: Final = 2000  # any: whether words name a day does not depend on it


@dataclass(frozen=True, slots=True)
class CellProblem:
    """What is wrong in one cell: `row` in the sheet from 1, `place` as 第5行E列, the sentence, the cell's meaning."""

    row: int
    place: str
    sentence: str
    meaning: Meaning | None = None


@dataclass(frozen=True, slots=True)
class Composed:
    """The document of a ledger. `rows` are the sheet's numbers of the table's rows below its head."""

    document: Document
    rows: tuple[int, ...]


def compose(sheet: Sheet, layout: Layout, stem: str, *, most: int | None = None) -> Composed:
    """The lines above the heads, then the table; `stem` is the file's name, which names the plan where no line does.

    `most` limits the rows, for a preview.
    """
    composer = _Composer(sheet, layout)
    first = layout.head - 1 + layout.depth
    numbers = [n for n in range(first, len(sheet.rows)) if any(sheet.rows[n])][:most]
    rows = [composer.row(number, count) for count, number in enumerate(numbers, start=1)]
    above = [Line(line) for line in _lines_above(sheet, layout, stem)]
    return Composed(Document((*above, Table((composer.head, *rows))), "xlsx"), tuple(n + 1 for n in numbers))


def cell_problems(sheet: Sheet, layout: Layout) -> list[CellProblem]:
    """All cells that cannot be used as they stand, in the order of the sheet."""
    first = layout.head - 1 + layout.depth
    return [found for n in range(first, len(sheet.rows)) for found in _row_problems(sheet.rows[n], layout, n + 1)]


def column_letters(column: int) -> str:
    """A, B … Z, AA for a column from 0."""
    letters = ""
    while column >= 0:
        letters = chr(ord("A") + column % 26) + letters
        column = column // 26 - 1
    return letters


class _Composer:
    """Turns rows of one sheet into rows of the composed table, from top to bottom.

    A task that stands in its first row alone, without being merged, is carried on to the rows below it.
    """

    def __init__(self, sheet: Sheet, layout: Layout) -> None:
        self.sheet = sheet
        self.layout = layout
        self.kinds = _kinds(layout)
        self.head = tuple(_HEADS[kind] for kind in self.kinds)
        self.counted = Meaning.NUMBER in self.kinds and not layout.of(Meaning.NUMBER)
        self.carried: dict[Meaning, str] = {}

    def row(self, number: int, count: int) -> tuple[str, ...]:
        """The cells of one row; a heading across the table stands in each of them, as a merged cell does."""
        if band := self._band(number):
            self.carried = {}
            return (band,) * len(self.kinds)
        cells = {kind: self._cell(kind, self.sheet.rows[number]) for kind in self.kinds}
        if self.counted:
            cells[Meaning.NUMBER] = str(count)
        if self._goes_on(cells):
            cells[Meaning.TASK] = ""
        elif cells.get(Meaning.TASK):
            self.carried = {kind: cells[kind] for kind in (Meaning.NUMBER, Meaning.TASK) if kind in cells}
        elif cells.get(Meaning.MEASURE) and not cells.get(Meaning.NUMBER):
            cells |= self.carried
        return tuple(cells.values())

    def _goes_on(self, cells: Mapping[Meaning, str]) -> bool:
        """Whether a row repeats the task above it and only its number counts on, for it counts the rows."""
        task, number = cells.get(Meaning.TASK), cells.get(Meaning.NUMBER)
        again = bool(task) and task == self.carried.get(Meaning.TASK) and number != self.carried.get(Meaning.NUMBER)
        return again and bool(cells.get(Meaning.MEASURE))

    def _cell(self, kind: Meaning, cells: Sequence[str]) -> str:
        if kind is Meaning.MEASURE:
            return _with_targets(cells, self.layout)
        joint = "、" if kind in UNITS else "\n"
        return joint.join(dict.fromkeys(cells[c] for c in self.layout.of(kind) if cells[c]))

    def _band(self, number: int) -> str:
        """The text of a row that is a heading: merged across, or alone in a column that holds no work and no units."""
        cells = self.sheet.rows[number]
        filled = {cell for cell in cells if cell}
        if len(filled) != 1:
            return ""
        first = next(column for column, cell in enumerate(cells) if cell)
        across = (number, first + 1) in self.sheet.merged
        own = self.layout.columns.get(first) in (Meaning.NUMBER, Meaning.PART, None)
        return next(iter(filled)) if across or own else ""


def _kinds(layout: Layout) -> list[Meaning]:
    """The columns of the composed table: those of the ledger, targets behind their measure, and always units."""
    held = set(layout.columns.values())
    work = [kind for kind in (Meaning.TASK, Meaning.MEASURE) if kind in held]
    if Meaning.TARGET in held and work == [Meaning.TASK]:
        work.append(Meaning.MEASURE)
    number = [Meaning.NUMBER] if Meaning.NUMBER in held or len(work) == 1 else []
    part = [Meaning.PART] if Meaning.PART in held else []
    units = [kind for kind in UNITS if kind in held] or [Meaning.PLAIN]
    return [*number, *part, *work, *units, *([Meaning.DEADLINE] if Meaning.DEADLINE in held else [])]


def _with_targets(cells: Sequence[str], layout: Layout) -> str:
    """A measure with its targets as sentences behind it; what it already says is not said again."""
    measure = "\n".join(cells[c] for c in layout.of(Meaning.MEASURE) if cells[c])
    for target in dict.fromkeys(cells[c] for c in layout.of(Meaning.TARGET) if cells[c]):
        if squeezed(target).rstrip(_STOPS) not in squeezed(measure):
            measure = f"{measure.rstrip(_STOPS)}达到{target}" if _bare(target, measure) else _beside(measure, target)
    return measure


def _bare(target: str, measure: str) -> bool:
    """Whether a target is a number alone, which says nothing without its measure."""
    return bool(measure) and target[0].isdecimal()


def _beside(measure: str, target: str) -> str:
    stop = "" if not measure or measure[-1] in _STOPS else "。"
    return f"{measure}{stop}{target}"


def _lines_above(sheet: Sheet, layout: Layout, stem: str) -> list[str]:
    lines = [line for row in sheet.rows[: layout.head - 1] for cell in dict.fromkeys(row) for line in cell.splitlines()]
    if any(_YEAR.search(line) for line in lines):
        return lines
    return [*([stem] if _YEAR.search(stem) else []), *lines]


def _row_problems(cells: Sequence[str], layout: Layout, number: int) -> Iterator[CellProblem]:
    for column in sorted(layout.columns):
        text = cells[column]
        if layout.columns[column] is not Meaning.UNUSED and (fault := _FORMULA_FAULT.match(text)):
            yield _problem(number, column, layout, f"公式出错（{fault[0]}），请在表格里改正后重新上传，或核对时改写。")
        elif layout.columns[column] is Meaning.DEADLINE and text and not _is_deadline(text):
            yield _problem(
                number, column, layout, f"不认识的日期“{squeezed(text)[:20]}”，请写成“8月15日”或“2026年8月底前”。"
            )
    work, units = (
        any(cells[c] for c in layout.of(*kinds)) for kinds in ((Meaning.TASK, Meaning.MEASURE, Meaning.TARGET), UNITS)
    )
    if units and not work:
        yield CellProblem(number, f"第{number}行", "有单位，没有任务和措施，不会作为措施读入。")


def _problem(number: int, column: int, layout: Layout, sentence: str) -> CellProblem:
    return CellProblem(number, f"第{number}行{column_letters(column)}列", sentence, layout.columns[column])


def _is_deadline(text: str) -> bool:
    return deadlines.given(squeezed(text), _SOME_YEAR)[0] is not None or bool(_ENDLESS.search(text))
