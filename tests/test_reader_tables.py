"""Plans that are tables: columns by their heads, merged cells, bands, several tables, tables behind a prose plan."""

from __future__ import annotations

from intake.reader import reading
from intake.reader.model import Document, Line, Reading, Table

TITLE = Line("青禾区2026年食品安全重点工作任务分工表")
HEAD = ("序号", "重点任务", "具体措施", "牵头单位", "配合单位", "完成时限")
ROWS = (
    ("1", "管好食堂", "学校食堂检查覆盖率达到100%。", "区教育局", "区卫健局、各镇", "6月底前"),
    ("1", "管好食堂", "工地食堂建档率达到95%。", "区住建局", "", "全年"),
    ("2", "管好市场", "市场快检不少于3000批次。", "区市场监管局\n区商务局", "各镇", "2026年10月31日"),
)


def read(*blocks: Line | Table) -> Reading:
    return reading.read(Document(blocks, "docx"))


def roles(found: Reading, task: int, measure: int) -> list[str]:
    given = found.tasks[task - 1].measures[measure - 1].assignments
    return [f"{one.department}:{one.role}" for one in given]


def test_rows_of_a_merged_task_are_its_measures() -> None:
    found = read(TITLE, Table((HEAD, *ROWS)))
    assert [(task.number, task.title, len(task.measures)) for task in found.tasks] == [
        (1, "管好食堂", 2),
        (2, "管好市场", 1),
    ]


def test_columns_give_roles() -> None:
    assert roles(read(TITLE, Table((HEAD, *ROWS))), 1, 1) == ["区教育局:lead", "区卫健局:support", "各镇:support"]


def test_lines_within_a_cell_part_units() -> None:
    assert roles(read(TITLE, Table((HEAD, *ROWS))), 2, 1) == ["区市场监管局:lead", "区商务局:lead", "各镇:support"]


def test_the_column_of_deadlines_gives_the_day() -> None:
    found = read(TITLE, Table((HEAD, *ROWS)))
    assert [str(measure.due_on) for task in found.tasks for measure in task.measures] == [
        "2026-06-30",
        "None",
        "2026-10-31",
    ]


def test_a_band_across_the_table_is_a_part() -> None:
    band = ("一、守住校园",) * len(HEAD)
    found = read(TITLE, Table((HEAD, band, *ROWS)))
    assert [(section.label, section.title) for section in found.sections] == [("一、", "守住校园")]


def test_a_head_that_repeats_on_the_next_page_is_no_task() -> None:
    assert len(read(TITLE, Table((HEAD, *ROWS[:2], HEAD, ROWS[2]))).tasks) == 2


def test_a_second_table_goes_on_from_the_first() -> None:
    found = read(TITLE, Table((HEAD, *ROWS[:2])), Table((ROWS[2],)))
    assert [task.number for task in found.tasks] == [1, 2]


def test_a_column_of_responsible_units_makes_them_share() -> None:
    rows = (
        ("工作任务", "责任单位"),
        ("管好食堂。学校食堂全覆盖检查。", "区教育局、区卫健局"),
        ("管好市场。快检。", "区商务局"),
    )
    found = read(TITLE, Table(rows))
    assert (roles(found, 1, 1), roles(found, 2, 1)) == (
        ["区教育局:shared", "区卫健局:shared"],
        ["区商务局:responsible"],
    )


def test_a_table_behind_a_prose_plan_is_not_read_twice() -> None:
    prose = [
        Line("一、甲部"),
        Line("（一）管好食堂。学校食堂全覆盖检查。（区教育局）"),
        Line("（二）管好市场。快检。（区商务局）"),
    ]
    found = read(TITLE, *prose, Line("附件：任务分工表"), Table((HEAD, *ROWS)))
    assert [task.title for task in found.tasks] == ["管好食堂", "管好市场"]


def test_a_table_of_other_things_makes_no_tasks() -> None:
    found = read(Line("青禾区2026年食品安全工作要点"), Table((("姓名", "电话"), ("钱一", "1234567"))))
    assert found.tasks == ()


def test_a_problem_is_the_task_its_goal_and_what_is_done_are_measures() -> None:
    head = ("序号", "反馈问题", "整改目标", "整改措施", "牵头单位", "配合单位", "整改时限")
    row = ("1", "油烟扰民", "投诉办结率达到95%", "安装净化设施200套", "区城管局", "区市场监管局", "9月底前")
    found = read(TITLE, Table((head, row)))
    assert [task.title for task in found.tasks] == ["油烟扰民"]
    assert [measure.text for measure in found.tasks[0].measures] == ["投诉办结率达到95%", "安装净化设施200套"]
    assert roles(found, 1, 2) == ["区城管局:lead", "区市场监管局:support"]
