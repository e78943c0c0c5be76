"""任务: headings that are none, headings that were missed, numbers."""

from __future__ import annotations

from typing import Final

from intake.corrections import checks, stretches
from intake.corrections import operations as ops
from intake.corrections.facts import Fact, Kind
from intake.corrections.problems import BadOperation
from intake.corrections.sheet import Sheet
from intake.corrections.verbs.headings import behind, heading_end

_TITLE_END: Final = "。：:；;，,、．.！!？?"


def set_task(sheet: Sheet, operation: ops.SetTask) -> None:
    """Write the new values; a number that another task has is refused."""
    task = sheet.find(Kind.TASK, operation.id)
    number = operation.changes.get("number")
    if any(other["number"] == number and other is not task for other in sheet.tasks):
        raise BadOperation(f"任务编号{number}已被另一项任务使用，请换一个编号。")
    sheet.write(task, operation.changes)


def remove_task(sheet: Sheet, operation: ops.RemoveTask) -> None:
    """Its text becomes body; duties that it states belong to no task."""
    drop_task(sheet, sheet.find(Kind.TASK, operation.id))


def drop_task(sheet: Sheet, task: Fact) -> None:
    """The same for a task at hand."""
    stretches.recolour(sheet.pieces, task["span"], ("heading",), "body")
    _move_duties(sheet, task, None)
    sheet.tasks.remove(task)
    sheet.drop(task)
    _close_gap(sheet, task["number"])


def merge_task(sheet: Sheet, operation: ops.MergeTask) -> None:
    """The task before it takes its measures; the heading's words go to the first of them."""
    task = sheet.find(Kind.TASK, operation.id)
    position = sheet.tasks.index(task)
    if not position:
        raise BadOperation("这是第一项任务，前面没有可以并入的任务。")
    before = sheet.tasks[position - 1]
    if before["section_id"] != task["section_id"]:
        raise BadOperation("这是本部分的第一项任务，不能并入另一部分；如果部分标题有误，请先删除该部分。")
    _take_heading(sheet, task)
    for measure in task["measures"]:
        sheet.put(Kind.MEASURE, measure, before["id"])
    before["measures"] = before["measures"] + task["measures"]
    task["measures"] = []
    before["span"] = [before["span"][0], max(before["span"][1], task["span"][1])]
    _move_duties(sheet, task, before["id"])
    sheet.reshape(before)
    sheet.tasks.remove(task)
    sheet.drop(task)
    _close_gap(sheet, task["number"])


def split_task(sheet: Sheet, operation: ops.SplitTask) -> None:
    """Measures from the given one on become a task of their own, numbered behind the old one."""
    task = sheet.task_of(operation.id)
    ids = [measure["id"] for measure in task["measures"]]
    position = ids.index(operation.id)
    if not position:
        raise BadOperation(f"这项措施已是任务{task['number']}的第一项，不能从这里拆分任务；可以直接修改任务标题。")
    _check_room(sheet, task["number"])
    moved, task["measures"] = task["measures"][position:], task["measures"][:position]
    new = _new_task(sheet, task, moved, operation)
    sheet.tasks.insert(sheet.tasks.index(task) + 1, new)
    sheet.put(Kind.TASK, new)
    for measure in moved:
        sheet.put(Kind.MEASURE, measure, new["id"])
    _part_duties(sheet, task, new)
    sheet.reshape(task, new)


def _new_task(sheet: Sheet, task: Fact, moved: list[Fact], operation: ops.SplitTask) -> Fact:
    start, end = moved[0]["span"][0], max(task["span"][1], moved[-1]["span"][1])
    _open_number(sheet, task["number"] + 1)
    _cut_heading(sheet, moved[0], operation)
    task["span"] = [task["span"][0], task["span"][0] + len(sheet.text[task["span"][0] : start].rstrip())]
    return {
        "id": sheet.new_id(),
        "section_id": task["section_id"],
        "number": task["number"] + 1,
        "label": operation.label,
        "title": operation.title.rstrip(_TITLE_END) or operation.title,
        "span": [start, end],
        "measures": moved,
    }


def _cut_heading(sheet: Sheet, measure: Fact, operation: ops.SplitTask) -> None:
    """Where the measure begins with the heading, that stretch is one; more text behind it is the measure alone."""
    if not measure["parts"]:
        return
    start = measure["parts"][0][0]
    limit = measure["parts"][0][1]
    title = operation.title.rstrip(_TITLE_END)
    end = behind(sheet.text, behind(sheet.text, start, operation.label), title)
    if not title or end > limit or end == behind(sheet.text, start, operation.label):
        return
    while end < limit and sheet.text[end] in _TITLE_END:
        end += 1
    stretches.paint(sheet.pieces, (start, end), "heading")
    rest = stretches.clean(sheet.text, stretches.without(measure["parts"], (start, end)))
    if rest:
        sheet.reword(measure, rest)
        sheet.reshape(measure)


def _take_heading(sheet: Sheet, task: Fact) -> None:
    """The heading turns into body and, unless the first measure is the heading itself, into that measure's words."""
    end = heading_end(sheet, task)
    heading = (task["span"][0], end)
    stretches.recolour(sheet.pieces, heading, ("heading",), "body")
    first = task["measures"][0] if task["measures"] else None
    words = stretches.trimmed(sheet.text, (behind(sheet.text, heading[0], task["label"]), end))
    if first is None or words is None or first["span"][0] < end:
        return
    sheet.reword(first, [words, *first["parts"]])
    sheet.reshape(first)


def _move_duties(sheet: Sheet, task: Fact, to: str | None) -> None:
    for duty in sheet.duties:
        if duty["task_id"] == task["id"]:
            duty["task_id"] = to


def _part_duties(sheet: Sheet, task: Fact, new: Fact) -> None:
    for duty in sheet.duties:
        if duty["task_id"] == task["id"] and duty["span"][0] >= new["span"][0]:
            duty["task_id"] = new["id"]


def _check_room(sheet: Sheet, number: int) -> None:
    if max(task["number"] for task in sheet.tasks) >= checks.LAST_NUMBER and number < checks.LAST_NUMBER:
        raise BadOperation(f"任务编号已用到{checks.LAST_NUMBER}，请先把最后一项任务的编号改小。")
    if number >= checks.LAST_NUMBER:
        raise BadOperation(f"任务编号已是{checks.LAST_NUMBER}，后面没有编号可用，请先改小。")


def _open_number(sheet: Sheet, number: int) -> None:
    """Make the number free: the tasks that hold it and those that follow without a gap move on by one."""
    held = {task["number"]: task for task in sheet.tasks}
    while number in held:
        held[number]["number"] += 1
        number += 1


def _close_gap(sheet: Sheet, number: int) -> None:
    """In a plan without numbers of its own the tasks behind move up; own numbers stay as the plan writes them."""
    if sheet.counted:
        for task in sheet.tasks:
            task["number"] -= task["number"] > number
