"""措施: cut, joined, added, removed, reworded."""

from __future__ import annotations

from typing import Any

from intake.corrections import operations as ops
from intake.corrections import stretches
from intake.corrections.facts import Fact, Kind
from intake.corrections.problems import BadOperation
from intake.corrections.sheet import Sheet
from intake.corrections.verbs.sharing import join_units, share_indicators, share_units
from intake.reader import deadlines


def set_measure(sheet: Sheet, operation: ops.SetMeasure) -> None:
    """Write the new values; a text set by hand stays until the measure is cut or joined."""
    sheet.write(sheet.find(Kind.MEASURE, operation.id), operation.changes)


def remove_measure(sheet: Sheet, operation: ops.RemoveMeasure) -> None:
    """Its text stays as body of its task."""
    measure = sheet.find(Kind.MEASURE, operation.id)
    sheet.holder(operation.id)["measures"].remove(measure)
    sheet.drop(measure)


def split_measure(sheet: Sheet, operation: ops.SplitMeasure) -> None:
    """The front keeps the id; units behind the cut count for both where the front names none of its own."""
    measure = sheet.find(Kind.MEASURE, operation.id)
    front, back = _halves(sheet, measure, operation.at)
    task = sheet.holder(operation.id)
    new: Fact = {"id": sheet.new_id(f"m{operation.at}"), "assignments": [], "indicators": []}
    new |= {"due_on": measure["due_on"], "due_text": measure["due_text"]}
    task["measures"].insert(task["measures"].index(measure) + 1, new)
    sheet.put(Kind.MEASURE, new, task["id"])
    sheet.reword(measure, front)
    sheet.reword(new, back)
    _part_deadline(measure, new)
    share_units(sheet, measure, new, operation.at)
    share_indicators(sheet, measure, new, operation.at)
    sheet.reshape(measure, new)


def merge_measures(sheet: Sheet, operation: ops.MergeMeasures) -> None:
    """The next measure's words, units, targets and later deadline come to this one."""
    measure = sheet.find(Kind.MEASURE, operation.id)
    task = sheet.holder(operation.id)
    position = task["measures"].index(measure)
    if position + 1 == len(task["measures"]):
        raise BadOperation("这是本任务的最后一项措施，后面没有可以合并的措施。")
    following = task["measures"].pop(position + 1)
    sheet.reword(measure, [*measure["parts"], *following["parts"]])
    measure |= _later(measure, following)
    join_units(sheet, measure, following)
    for indicator in following["indicators"]:
        sheet.put(Kind.INDICATOR, indicator, measure["id"])
    measure["indicators"] = measure["indicators"] + following["indicators"]
    following["indicators"] = []
    sheet.drop(following)
    sheet.reshape(measure)


def add_measure(sheet: Sheet, operation: ops.AddMeasure) -> None:
    """The stretch less its brackets becomes a measure, in its place by the text."""
    task = sheet.find(Kind.TASK, operation.task)
    parts = _free_parts(sheet, task, operation.span)
    new: Fact = {"id": sheet.new_id(), "assignments": [], "indicators": []}
    sheet.reword(new, parts)
    due_on, new["due_text"] = deadlines.stated(new["text"], sheet.plan["year"])
    new["due_on"] = due_on.isoformat() if due_on else None
    position = sum(other["span"][0] < parts[0][0] for other in task["measures"])
    task["measures"].insert(position, new)
    task["span"] = [min(task["span"][0], new["span"][0]), max(task["span"][1], new["span"][1])]
    stretches.recolour(sheet.pieces, new["span"], ("head", "closing"), "body")
    sheet.put(Kind.MEASURE, new, task["id"])
    sheet.reshape(new)


def _halves(sheet: Sheet, measure: Fact, at: int) -> tuple[list[list[int]], list[list[int]]]:
    start, end = measure["span"]
    if not start < at < end:
        raise BadOperation("拆分的位置不在这项措施之内，请把光标放在措施文字中间。")
    if stretches.in_bracket(sheet.text, (start, end), at):
        raise BadOperation("拆分的位置在括号之内，请把光标移到括号外面。")
    front, back = stretches.cut(measure["parts"], at)
    front, back = stretches.clean(sheet.text, front), stretches.clean(sheet.text, back)
    if not front or not back:
        raise BadOperation("拆分后有一半没有文字，请把光标放在措施文字中间。")
    return front, back


def _part_deadline(front: Fact, back: Fact) -> None:
    """A deadline whose words stand in one half goes with it, one by hand or label stays with both."""
    words = front["due_text"]
    for half, other in ((front, back), (back, front)):
        if words and words in other["text"] and words not in half["text"]:
            half |= {"due_on": None, "due_text": ""}


def _later(one: Fact, other: Fact) -> dict[str, Any]:
    """The later deadline with its words, as a sentence with two has the later one; a date before words alone."""
    best = max(one, other, key=lambda fact: (fact["due_on"] or "", bool(fact["due_text"])))
    return {"due_on": best["due_on"], "due_text": best["due_text"]}


def _free_parts(sheet: Sheet, task: Fact, span: ops.Span) -> list[list[int]]:
    """The words of the stretch, which must belong to no measure and lie by the task."""
    sheet.need_in_text(span)
    for other, measure in sheet.measures():
        if stretches.overlap(measure["span"], span):
            raise BadOperation(f"选取的文字与任务{other['number']}的一项措施重叠，请只选取未列入措施的文字。")
    parts: list[list[int]] = [list(span)]
    for bracket in stretches.brackets_in(sheet.pieces, span):
        parts = stretches.without(parts, bracket)
    parts = stretches.clean(sheet.text, parts)
    if not parts:
        raise BadOperation("选取的文字里只有责任单位或标点，请选取措施的文字。")
    _check_nearby(sheet, task, (parts[0][0], parts[-1][1]))
    return parts


def _check_nearby(sheet: Sheet, task: Fact, span: stretches.Stretch) -> None:
    """Nothing of another task and no heading of a part lies between the stretch and the task."""
    hull = (min(span[0], task["span"][0]), max(span[1], task["span"][1]))
    others = [other["span"] for other in sheet.tasks if other is not task] + [part["span"] for part in sheet.sections]
    if any(stretches.overlap(other, hull) for other in others):
        raise BadOperation(f"选取的文字不在任务{task['number']}旁边，请选取该任务内或紧邻的文字，或换一项任务。")
