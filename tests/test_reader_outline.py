"""Parts and tasks: numbering of any depth, bare and running-in headings, slips, closing matter."""

from __future__ import annotations

from intake.reader import reading
from intake.reader.model import Document, Line, PieceKind, Reading

TITLE = "青禾区2026年消防安全工作要点\n"


def parts(found: Reading) -> list[str]:
    return [section.title for section in found.sections]


def tasks(found: Reading) -> list[tuple[int | None, int, str]]:
    return [(task.section, task.number, task.title) for task in found.tasks]


def test_numbers_that_run_through_the_plan_are_kept() -> None:
    found = reading.read_text(TITLE + "一、甲部\n1.建站。建站3个。（区住建局）\n二、乙部\n2.巡查。夜查。（区住建局）")
    assert tasks(found) == [(1, 1, "建站"), (2, 2, "巡查")]


def test_numbers_that_begin_again_in_each_part_are_counted_through() -> None:
    found = reading.read_text(TITLE + "一、甲部\n1、建站。建站3个。（区住建局）\n二、乙部\n1、巡查。夜查。（区住建局）")
    assert tasks(found) == [(1, 1, "建站"), (2, 2, "巡查")]


def test_headings_that_run_into_text_are_tasks_without_parts() -> None:
    found = reading.read_text(TITLE + "一、建站。建站3个。（区住建局）\n二、巡查。夜查。（区住建局）")
    assert (parts(found), tasks(found)) == ([], [(None, 1, "建站"), (None, 2, "巡查")])


def test_chapters_and_articles_are_parts_and_tasks() -> None:
    text = "第一章 总则\n第一条 压实责任。签订承诺书。（区安委办）\n第二章 任务\n第二条 建站。建站3个。（区住建局）"
    found = reading.read_text(TITLE + text)
    assert (parts(found), len(found.tasks)) == (["总则", "任务"], 2)


def test_a_level_between_that_begins_again_leaves_running_tasks_below() -> None:
    text = (
        "一、甲部\n（一）上\n1.建站。建站。（区住建局）\n（二）下\n2.巡查。夜查。（区住建局）\n二、乙部\n"
        "（一）左\n3.宣传。入户。（区住建局）"
    )
    found = reading.read_text(TITLE + text)
    assert tasks(found) == [(1, 1, "建站"), (1, 2, "巡查"), (2, 3, "宣传")]


def test_paragraphs_of_a_part_without_task_headings_are_tasks() -> None:
    found = reading.read_text(
        TITLE + "一、甲部\n（一）建站。建站。（区住建局）\n二、乙部\n夜查。重点查出租屋。\n入户宣传。"
    )
    assert tasks(found)[1:] == [(2, 2, "夜查"), (2, 3, "入户宣传")]


def test_lists_within_a_task_stay_in_its_text() -> None:
    found = reading.read_text(
        TITLE + "一、甲部\n1.建站。（1）选址；（2）施工。（区住建局）\n2.巡查。夜查。（区住建局）"
    )
    assert found.tasks[0].measures[0].text == "（1）选址；（2）施工。"


def test_short_lines_head_parts_where_nothing_is_numbered() -> None:
    text = (
        "把站点建起来\n选址。就近选址。（区住建局）\n施工。按图施工。（区住建局）\n把队伍带出来\n"
        "招录。公开招录。（区人社局）\n训练。月月训练。（区人社局）"
    )
    found = reading.read_text(TITLE + text)
    assert (parts(found), len(found.tasks)) == (["把站点建起来", "把队伍带出来"], 4)


def test_headings_of_the_format_are_parts_and_tasks() -> None:
    lines = [Line("青禾区2026年消防安全工作要点", 1), Line("甲部", 2), Line("建站", 3), Line("建站3个。")]
    lines += [Line("乙部", 2), Line("巡查", 3), Line("夜查。")]
    assert tasks(reading.read(Document(tuple(lines), "md"))) == [(1, 1, "建站"), (2, 2, "巡查")]


def test_one_line_is_read_like_many() -> None:
    text = TITLE + "一、甲部\n（一）建站。建站3个。（区住建局）\n二、乙部\n（二）巡查。夜查。（区住建局）"
    found = reading.read_text(text.replace("\n", ""))
    assert (parts(found), tasks(found)) == (["甲部", "乙部"], [(1, 1, "建站"), (2, 2, "巡查")])


def test_a_repeated_number_is_told_and_counted_on() -> None:
    text = (
        "一、甲部\n（一）建站。建站。（区住建局）\n（一）巡查。夜查。（区住建局）\n"
        "（二）宣传。入户。（区住建局）\n（二）训练。月练。（区住建局）"
    )
    found = reading.read_text(TITLE + text)
    assert "numbering_repeat" in {warning.code for warning in found.warnings}


def test_a_notices_own_list_is_no_task() -> None:
    notice = (
        "关于印发青禾区2026年消防安全工作要点的通知\n各镇街：\n请抓好以下事项：\n一、提高认识。认真学习。\n"
        "二、抓好落实。及时报告。\n"
    )
    found = reading.read_text(
        notice + TITLE + "一、甲部\n（一）建站。建站3个。（区住建局）\n（二）巡查。夜查。（区住建局）"
    )
    assert tasks(found) == [(1, 1, "建站"), (1, 2, "巡查")]


def test_a_headings_own_bracket_makes_a_measure_of_the_heading() -> None:
    found = reading.read_text(
        TITLE + "一、甲部\n（一）建好站点。（区住建局）夜查沿街门店。（区城管局）\n（二）巡查。夜查。（区住建局）"
    )
    assert [measure.text for measure in found.tasks[0].measures] == ["建好站点。", "夜查沿街门店。"]


def test_what_follows_the_last_task_is_closing() -> None:
    end = "\n青禾区消防安全委员会办公室\n2026年3月2日"
    found = reading.read_text(TITLE + "一、甲部\n（一）建站。建站。（区住建局）\n（二）巡查。夜查。（区住建局）" + end)
    last = found.pieces[-1]
    assert (last.kind, found.text[last.span.start : last.span.end]) == (PieceKind.CLOSING, end.lstrip())
