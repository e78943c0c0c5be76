"""The ledger as a 台账 for printing: its columns, and its measures as lines of the sheet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

from dashboards.export_rows import AssignmentRow, LedgerRow, MeasureRow, Names, TargetRow
from dashboards.quotes import unit_marks
from dashboards.rows import deadline_said, target_said
from dashboards.sheets import FORBIDDEN, Line
from dashboards.standing_rows import NO_DATA, as_of_words, done_word
from reporting.models import Light
from tasks.models import Assignment

ANSWERING = {role.value: str(role.label) for role in (Assignment.Role.LEAD, Assignment.Role.RESPONSIBLE)}
Column = tuple[str, int, bool]  # head, width in letters of the default font, whether its text stands in the middle
COLUMNS: Sequence[Column] = (
    ("部分", 9, True),
    ("任务", 13, True),
    ("编号", 6, True),
    ("措施", 34, False),
    ("牵头、负责单位", 13, False),
    ("分工单位", 15, False),
    ("配合单位", 13, False),
    ("指标", 18, False),
    ("目标值", 11, False),
    ("当前值", 17, False),
    ("完成时限", 9, True),
    ("最近审核通过的进展", 24, False),
    ("状态", 7, True),
    ("原因", 17, False),
    ("完成情况", 9, True),
    ("原文写法", 16, False),
)
GROUPS = 2  # part and task are merged over their measures
TITLE_ROW, NOTE_ROW, HEAD_ROW = 1, 2, 3
FACE = "宋体"
LINE = Side(style="thin", color="8D959F")
GRID = Border(left=LINE, right=LINE, top=LINE, bottom=LINE)
HEAD_GROUND = PatternFill("solid", fgColor="F0F2F5")


def lines(rows: Iterable[LedgerRow], names: Names) -> Iterator[Line]:
    """`rows` in the document's order."""
    part: object = ...
    task = 0
    for row in rows:
        own = row.measure
        opens = 0 if own.section_id != part else 1 if own.task_id != task else GROUPS
        part, task = own.section_id, own.task_id
        yield Line(opens, cells(row, names))


def cells(row: LedgerRow, names: Names) -> Sequence[str]:
    """In the order of `COLUMNS`."""
    measure, units = row.measure, units_said(row.assignments, names)
    return (
        names.parts[measure.section_id],
        f"{measure.task_label}{measure.task_title}",
        f"{measure.task_number}.{measure.position}",
        measure.text,
        "\n".join(answering(units)),
        units.get("shared", ""),
        units.get("support", ""),
        listed([target.subject for target in row.targets]),
        listed([target_said(target.comparator, target.value, target.unit) for target in row.targets]),
        listed([now_said(target) for target in row.targets]) if measure.light else "",
        deadline_said(measure.due_on, measure.due_text, names.year).text,
        progress_said(measure, names),
        str(Light(measure.light).label) if measure.light else "",
        measure.reason or "",
        done_word(bool(measure.claimed), bool(measure.reviewed), measure.verified_on),
        wording(row, names.text),
    )


def now_said(target: TargetRow) -> str:
    """86.2%（112÷130所，6月末）; empty before the plan was judged."""
    if target.now is None:
        return ""
    note = "，".join(filter(None, (target.formula, as_of_words(target.as_of))))
    return f"{target.now or NO_DATA}{f'（{note}）' if note else ''}"


def progress_said(measure: MeasureRow, names: Names) -> str:
    """三季度：累计检查300户; empty where the person may not read it."""
    if not measure.progress or (names.readable is not None and measure.pk not in names.readable):
        return ""
    return f"{names.periods.get(measure.progress_period or 0, '')}：{measure.progress}"


def units_said(assignments: Iterable[AssignmentRow], names: Names) -> dict[str, str]:
    """The units of each role. 各镇（青溪镇、禾丰镇）: on paper nothing unfolds, so the members stand behind a group."""
    roles: dict[str, dict[int | str, str]] = {}
    members: dict[tuple[str, int], list[int]] = {}
    for row in assignments:
        said = roles.setdefault(row.role, {})
        if row.department_id is None:
            said[row.surface] = row.surface
        elif row.group_id is None:
            said[row.department_id] = names.units[row.department_id]
        else:
            said.setdefault(f"group {row.group_id}", "")
            members.setdefault((row.role, row.group_id), []).append(row.department_id)
    for (role, group), units in members.items():
        ordered = [name for unit, name in names.units.items() if unit in units]
        roles[role][f"group {group}"] = f"{names.groups[group]}（{'、'.join(ordered)}）"
    return {role: "、".join(said.values()) for role, said in roles.items()}


def answering(units: dict[str, str]) -> list[str]:
    """Lead and responsible, which share a column; where there are both, each says which it is."""
    found = [(label, units[role]) for role, label in ANSWERING.items() if role in units]
    return [f"{label}：{said}" if len(found) > 1 else said for label, said in found]


def listed(words: Sequence[str]) -> str:
    """Numbered where there are several, so that subject and value can be told together."""
    return "\n".join(f"{n}. {word}" for n, word in enumerate(words, start=1)) if len(words) > 1 else "".join(words)


def wording(row: LedgerRow, text: str) -> str:
    """What the document writes: its brackets of units, and before them its sentence where the office reworded it."""
    measure = row.measure
    sentence = text[measure.span_start : measure.span_end]
    named = [(a.span_start, a.span_end) for a in row.assignments if a.span_start < a.span_end]
    brackets = [text[mark.start : mark.end] for mark in unit_marks(text, named)]
    return "\n".join(([sentence] if measure.text not in sentence else []) + brackets)


def frame(title: str, note: str) -> Workbook:
    return sheet_frame("台账", title, note, COLUMNS)


def sheet_frame(name: str, title: str, note: str, columns: Sequence[Column]) -> Workbook:
    """Title, note, head and the sample row, set up for paper: A4 landscape, as wide as the sheet, head on each page."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = name
    for row, value in ((TITLE_ROW, title), (NOTE_ROW, note)):
        sheet.cell(row, 1).value = FORBIDDEN.sub("", value)
        sheet.cell(row, 1).data_type = "s"
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=len(columns))
    dress_titles(sheet)
    for column, (head, width, middle) in enumerate(columns, start=1):
        dress_head(sheet.cell(HEAD_ROW, column, head))
        dress(sheet.cell(HEAD_ROW + 1, column, ""), middle)
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.row_dimensions[HEAD_ROW].height = 24
    sheet.freeze_panes = sheet.cell(HEAD_ROW + 1, 1)
    set_paper(sheet)
    return book


def dress_titles(sheet: Any) -> None:
    title, note = sheet.cell(TITLE_ROW, 1), sheet.cell(NOTE_ROW, 1)
    title.font, note.font = Font(name="黑体", size=16), Font(name=FACE, size=10)
    title.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    note.alignment = Alignment(vertical="center", wrap_text=True)
    sheet.row_dimensions[TITLE_ROW].height, sheet.row_dimensions[NOTE_ROW].height = 32, 32


def dress_head(cell: Cell) -> None:
    cell.font, cell.border, cell.fill = Font(name="黑体", size=10), GRID, HEAD_GROUND
    cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)


def dress(cell: Cell, middle: bool) -> None:
    cell.font, cell.border = Font(name=FACE, size=10), GRID
    cell.alignment = Alignment(horizontal="center" if middle else "left", vertical="center", wrap_text=True)


def set_paper(sheet: Any) -> None:
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = f"{HEAD_ROW}:{HEAD_ROW}"
    sheet.print_options.horizontalCentered = True
    margins = sheet.page_margins
    margins.left = margins.right = 0.4  # inches
    margins.top, margins.bottom, margins.header, margins.footer = 0.5, 0.6, 0.25, 0.3
    sheet.oddFooter.left.text, sheet.oddFooter.right.text = "食安督办", "第&P页，共&N页"
