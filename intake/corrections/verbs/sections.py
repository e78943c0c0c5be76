"""计划信息、部分: what the document says of itself, and its parts."""

from __future__ import annotations

from intake.corrections import operations as ops
from intake.corrections import stretches
from intake.corrections.facts import Fact, Kind
from intake.corrections.problems import BadOperation
from intake.corrections.sheet import Sheet
from intake.corrections.verbs.carving import carve


def set_plan(sheet: Sheet, operation: ops.SetPlan) -> None:
    """Write the new values; the plan's id is `plan`."""
    sheet.write(sheet.plan, operation.changes)


def set_section(sheet: Sheet, operation: ops.SetSection) -> None:
    """Write the new title or label."""
    sheet.write(sheet.find(Kind.SECTION, operation.id), operation.changes)


def add_section(sheet: Sheet, operation: ops.AddSection) -> None:
    """Tasks from `before` on, as far as they were in one part, go to the new one."""
    first = sheet.find(Kind.TASK, operation.before)
    old = first["section_id"]
    heading = _heading(sheet, operation, first)
    section: Fact = {"id": sheet.new_id(), "label": operation.label, "title": operation.title, "span": heading}
    sheet.sections.insert(_position(sheet, first), section)
    sheet.put(Kind.SECTION, section)
    sheet.reshape(section)
    for task in sheet.tasks[sheet.tasks.index(first) :]:
        if task["section_id"] != old:
            break
        task["section_id"] = section["id"]


def remove_section(sheet: Sheet, operation: ops.RemoveSection) -> None:
    """Its tasks go to the part before it, or to none."""
    drop_section(sheet, sheet.find(Kind.SECTION, operation.id))


def drop_section(sheet: Sheet, section: Fact) -> None:
    """The same for a part at hand."""
    position = sheet.sections.index(section)
    before = sheet.sections[position - 1]["id"] if position else None
    for task in sheet.tasks:
        if task["section_id"] == section["id"]:
            task["section_id"] = before
    stretches.recolour(sheet.pieces, section["span"], ("heading",), "body")
    del sheet.sections[position]
    sheet.drop(section)


def _heading(sheet: Sheet, operation: ops.AddSection, first: Fact) -> list[int]:
    """The heading's stretch, cut out of the measures before the task; empty before it where none is given."""
    if operation.span is None:
        return [first["span"][0], first["span"][0]]
    _check_heading(sheet, operation.span, first)
    carve(sheet, operation.span)
    stretches.paint(sheet.pieces, operation.span, "heading")
    for task in sheet.tasks[: sheet.tasks.index(first)]:
        if stretches.overlap(task["span"], operation.span):
            task["span"] = [task["span"][0], max(task["span"][0], operation.span[0])]
    return list(operation.span)


def _check_heading(sheet: Sheet, span: ops.Span, first: Fact) -> None:
    sheet.need_in_text(span)
    if span[1] > first["span"][0]:
        raise BadOperation(f"部分标题应在任务{first['number']}之前，请重新选取标题或换一项任务。")
    if any(piece["kind"] in ("heading", "bracket") for piece in stretches.touching(sheet.pieces, span)):
        raise BadOperation("选取的标题里有其他标题或责任单位，请只选取标题本身。")
    for task, measure in sheet.measures():
        if task is first:
            return
        if measure["span"][1] > span[1]:
            raise BadOperation(f"选取的标题后面还有任务{task['number']}的措施，请先在那里拆分任务。")
        if stretches.within(measure["span"], span):
            raise BadOperation(f"选取的标题是任务{task['number']}的一项完整措施，请先删除该措施。")
    if any(task["span"][0] >= span[0] for task in sheet.tasks[: sheet.tasks.index(first)]):
        raise BadOperation("选取的标题与本任务之间还有其他任务，请换一项任务。")


def _position(sheet: Sheet, first: Fact) -> int:
    """Behind the task's own part, else before the first part that begins behind the task."""
    ids = [section["id"] for section in sheet.sections]
    if first["section_id"] is not None:
        return ids.index(first["section_id"]) + 1
    return sum(section["span"][0] < first["span"][0] for section in sheet.sections)
