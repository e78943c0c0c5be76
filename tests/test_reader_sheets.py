"""Table files: cells as the clerk sees them, heads told, rows read as measures, problems by cell."""

from __future__ import annotations

from datetime import date, time
from io import BytesIO
from time import perf_counter
from zipfile import ZipFile

import pytest

from intake.reader.model import Reading
from intake.reader.sheets.book import Sheet, read_book
from intake.reader.sheets.composing import cell_problems, column_letters
from intake.reader.sheets.heads import LABELS, Layout, Meaning, faults, layout_of, meaning_of, propose
from intake.reader.sheets.ledger import read_ledger, sheet_of
from tests.reader_files import zipped
from tests.table_files import Rows, xls, xlsx

TITLE = ("2026年青禾区食品安全重点任务台账",)
HEADS = ("序号", "工作类别", "重点任务", "具体举措", "目标", "牵头单位", "配合单位", "完成时限", "备注")
ROWS: Rows = (
    (1, "守住校园", "管好食堂", "开展学校食堂检查", "覆盖率100%", "区教体局", "各镇", "6月底前", ""),
    (2, "守住市场", "强化抽检", "食品抽检", "4批次/千人", "区市场监管局", "", date(2026, 11, 15), "重点"),
)


def book(*rows: Rows | tuple[object, ...], name: str = "台账", **more: object) -> tuple[Sheet, ...]:
    return read_book(xlsx({name: rows}, **more), "台账.xlsx")  # type: ignore[arg-type]


def read(sheets: tuple[Sheet, ...]) -> Reading:
    layout, _ = propose(sheets)
    sheet = sheet_of(sheets, layout)
    assert sheet
    return read_ledger(sheet, layout, "台账")


def measures(found: Reading) -> list[str]:
    return [measure.text for task in found.tasks for measure in task.measures]


def test_usual_heads_are_certain() -> None:
    layout, certain = propose(book(TITLE, HEADS, *ROWS))
    assert certain
    assert [layout.columns[c] for c in range(9)] == [
        Meaning.NUMBER, Meaning.PART, Meaning.TASK, Meaning.MEASURE, Meaning.TARGET, Meaning.LEAD, Meaning.SUPPORT,
        Meaning.DEADLINE, Meaning.UNUSED,
    ]  # fmt: skip


def test_each_row_is_a_measure_of_its_task() -> None:
    found = read(book(TITLE, HEADS, *ROWS))
    assert [(t.number, t.title) for t in found.tasks] == [(1, "管好食堂"), (2, "强化抽检")]
    assert [s.title for s in found.sections] == ["守住校园", "守住市场"]


def test_columns_of_units_give_the_roles() -> None:
    given = read(book(TITLE, HEADS, *ROWS)).tasks[0].measures[0].assignments
    assert [(a.department, a.role.value) for a in given] == [("区教体局", "lead"), ("各镇", "support")]


def test_targets_of_their_own_column_are_read_with_their_measure() -> None:
    found = read(book(TITLE, HEADS, *ROWS))
    assert [(i.task, str(i.value), i.unit) for i in found.indicators] == [(1, "100", "%"), (2, "4", "批次/千人")]


def test_every_fact_lies_in_the_text() -> None:
    found = read(book(TITLE, HEADS, *ROWS))
    spoken = [found.text[a.span.start : a.span.end] for t in found.tasks for m in t.measures for a in m.assignments]
    assert spoken == ["区教体局", "各镇", "区市场监管局"]


def test_deadlines_come_from_words_and_from_dates() -> None:
    found = read(book(TITLE, HEADS, *ROWS))
    assert [m.due_on for t in found.tasks for m in t.measures] == [date(2026, 6, 30), date(2026, 11, 15)]


def test_a_deadline_is_no_date_of_issue() -> None:
    assert read(book(TITLE, HEADS, *ROWS)).plan.issued_on is None


def test_the_line_above_the_heads_is_the_title() -> None:
    plan = read(book(TITLE, HEADS, *ROWS)).plan
    assert (plan.title, plan.year) == (TITLE[0], 2026)


def test_a_file_that_names_no_year_is_set_in_that_of_its_upload() -> None:
    sheet = book(("任务", "措施", "责任单位", "时限"), ("管好食堂", "查食堂", "区教体局", "6月底前"))[0]
    found = read_ledger(sheet, layout_of(sheet), "台账", 2026)
    assert (found.plan.year, found.tasks[0].measures[0].due_on) == (2026, date(2026, 6, 30))
    assert "no_year" in {warning.code for warning in found.warnings}


def test_a_merged_task_holds_its_rows() -> None:
    rows = (
        ("序号", "任务", "措施", "责任单位"),
        (1, "管好食堂", "查食堂", "区教体局"),
        ("", "", "查校门口", "区城管局"),
    )
    found = read(book(*rows, merged=["A2:A3", "B2:B3"]))
    assert [(t.title, len(t.measures)) for t in found.tasks] == [("管好食堂", 2)]


def test_a_task_that_repeats_beside_the_number_of_its_row_is_one() -> None:
    rows = (("序号", "任务", "措施", "责任单位"), (1, "管好食堂", "查食堂", "区教体局"), (2, "管好食堂", "查门口", ""))
    found = read(book(*rows))
    assert [(t.title, len(t.measures)) for t in found.tasks] == [("管好食堂", 2)]


def test_a_task_that_is_left_blank_below_goes_on() -> None:
    rows = (("序号", "任务", "措施", "责任单位"), (1, "管好食堂", "查食堂", "区教体局"), ("", "", "查校门口", ""))
    found = read(book(*rows))
    assert [(t.title, len(t.measures)) for t in found.tasks] == [("管好食堂", 2)]
    assert not found.sections


def test_heads_of_two_rows() -> None:
    rows = (
        ("序号", "任务", "责任单位", "", "时限"),
        ("", "", "牵头", "配合", ""),
        (1, "管好食堂", "区教体局", "各镇", "全年"),
    )
    found = read(book(*rows, merged=["A1:A2", "B1:B2", "C1:D1", "E1:E2"]))
    given = found.tasks[0].measures[0].assignments
    assert [(a.department, a.role.value) for a in given] == [("区教体局", "lead"), ("各镇", "support")]


def test_a_row_merged_across_is_a_part() -> None:
    band = ("一、守住校园", "", "")
    found = read(book(("任务", "措施", "责任单位"), band, ("管好食堂", "查食堂", "区教体局"), merged=["A2:C2"]))
    assert [s.title for s in found.sections] == ["守住校园"]


def test_the_sheet_with_the_heads_is_taken_among_several() -> None:
    data = xlsx({"填表说明": [("请如实填写",)], "台账": [HEADS, *ROWS], "电话": [("姓名", "电话"), ("陈静", "1")]})
    layout, certain = propose(read_book(data, "a.xlsx"))
    assert (layout.sheet, certain) == ("台账", True)


def test_two_sheets_that_look_alike_are_a_question() -> None:
    _, certain = propose(read_book(xlsx({"上半年": [HEADS, *ROWS], "下半年": [HEADS, *ROWS]}), "a.xlsx"))
    assert not certain


def test_an_unknown_column_with_text_is_a_question() -> None:
    _, certain = propose(book(("任务", "谁来办"), ("管好食堂", "区教体局")))
    assert not certain


def test_no_heads_are_a_question() -> None:
    layout, certain = propose(book(("管好食堂", "区教体局"), ("查市场", "区商务局")))
    assert not certain
    assert faults(layout)


def test_whole_numbers_lose_their_point() -> None:
    assert book((3.0, 0.1 + 0.2, 20260101.0))[0].rows == (("3", "0.3", "20260101"),)


def test_percentages_are_read_as_shown() -> None:
    assert book((0.95, 1, 0.985), formats={"A1": "0%", "B1": "0%", "C1": "0.0%"})[0].rows == (("95%", "100%", "98.5%"),)


def test_dates_times_and_yes() -> None:
    assert book((date(2026, 6, 30), True, time(9, 30)))[0].rows == (("2026年6月30日", "是", "09:30:00"),)


def test_formulas_give_their_last_value() -> None:
    sheet = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1">'
        '<c r="A1"><f>1+2</f><v>3</v></c><c r="B1" t="str"><f>A2</f><v>区教体局</v></c>'
        '<c r="C1" t="e"><f>X</f><v>#NAME?</v></c></row></sheetData></worksheet>'
    )
    data = xlsx({"台账": [(1,)]})
    assert read_book(replaced(data, "xl/worksheets/sheet1.xml", sheet), "a.xlsx")[0].rows == (
        ("3", "区教体局", "#NAME?"),
    )


def replaced(data: bytes, part: str, content: str) -> bytes:
    """A package with one part exchanged."""
    with ZipFile(BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    return zipped(parts | {part: content})


def test_old_excel_is_read() -> None:
    data = xls("台账", [("序号", "任务", "责任单位"), (1, "管好食堂", "区教体局")])
    assert read(read_book(data, "台账.xls")).tasks[0].measures[0].assignments[0].department == "区教体局"


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "utf-8-sig", "utf-16"])
def test_comma_separated_text_in_any_encoding(encoding: str) -> None:
    data = '序号,任务,责任单位\n1,"管好食堂,查市场",区教体局\n'.encode(encoding)
    assert read_book(data, "台账.CSV")[0].rows[1] == ("1", "管好食堂,查市场", "区教体局")


def test_tab_separated_text() -> None:
    assert read_book("任务\t责任单位\n管好食堂\t区教体局\n".encode(), "台账.tsv")[0].rows[1] == ("管好食堂", "区教体局")


def test_two_thousand_rows_in_seconds() -> None:
    rows = [
        (n, f"任务{n // 4}", f"开展第{n}次检查，覆盖率达到9{n % 10}%", "区教体局、区商务局", "6月底前")
        for n in range(2000)
    ]
    data = xlsx({"台账": [("序号", "任务", "措施", "责任单位", "时限"), *rows]})
    begun = perf_counter()
    found = read(read_book(data, "a.xlsx"))
    assert len(measures(found)) == 2000
    assert perf_counter() - begun < 30  # seconds on a busy machine; some two on an idle one


def test_an_unknown_deadline_names_its_cell() -> None:
    sheets = book(("任务", "措施", "责任单位", "时限"), ("管好食堂", "查食堂", "区教体局", "八月中"))
    problems = cell_problems(sheets[0], propose(sheets)[0])
    assert [(p.place, p.sentence[:12]) for p in problems] == [("第2行D列", "不认识的日期“八月中”，")]


def test_units_without_work_are_told() -> None:
    sheets = book(("任务", "措施", "责任单位"), ("", "", "区教体局"), ("管好食堂", "查食堂", "区教体局"))
    assert [p.place for p in cell_problems(sheets[0], propose(sheets)[0])] == ["第2行"]


def test_a_failed_formula_is_told() -> None:
    sheets = book(("任务", "措施", "责任单位"), ("管好食堂", "#REF!", "区教体局"))
    assert [p.place for p in cell_problems(sheets[0], propose(sheets)[0])] == ["第2行B列"]


def test_problems_of_cells_are_warnings_on_their_measure() -> None:
    found = read(book(("任务", "措施", "责任单位", "时限"), ("管好食堂", "查食堂", "区教体局", "八月中")))
    warning = next(w for w in found.warnings if w.code == "undated_cell")
    assert warning.message.startswith("第2行D列：")
    assert warning.span == found.tasks[0].measures[0].span


def test_a_column_of_measures_alone_is_enough() -> None:
    layout = Layout("台账", 1, 1, {0: Meaning.MEASURE, 1: Meaning.PLAIN})
    sheet = book(("做什么", "谁"), ("查食堂。", "区教体局"), ("查市场。", "区商务局"))[0]
    assert len(read_ledger(sheet, layout, "台账").tasks) == 2


def test_a_meaning_chosen_twice_is_a_fault() -> None:
    assert faults(Layout("x", 1, 1, {0: Meaning.TASK, 1: Meaning.TASK})) == ["“任务”选了2列，只能选一列。"]


def test_another_row_may_be_the_heads() -> None:
    sheet = book(("甲", "乙"), ("任务", "责任单位"), ("管好食堂", "区教体局"))[0]
    assert layout_of(sheet, 1).columns == {}
    assert layout_of(sheet).head == 2


@pytest.mark.parametrize(
    ("head", "meaning"),
    [
        ("工作内容", Meaning.MEASURE), ("目标任务", Meaning.TASK), ("年度指标", Meaning.TARGET),
        ("责任领导", Meaning.UNUSED), ("完成情况", Meaning.UNUSED), ("牵头部门", Meaning.LEAD),
        ("完成时间", Meaning.DEADLINE), ("帮手", None), ("", None),
    ],
)  # fmt: skip
def test_meanings_of_heads(head: str, meaning: Meaning | None) -> None:
    assert meaning_of(head) is meaning


def test_every_meaning_has_its_word() -> None:
    assert set(LABELS) == set(Meaning)


def test_a_layout_survives_json() -> None:
    layout, _ = propose(book(TITLE, HEADS, *ROWS))
    assert Layout.from_json(layout.as_json()) == layout


def test_letters_of_columns() -> None:
    assert [column_letters(c) for c in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
