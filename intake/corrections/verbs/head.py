"""Head matter that was read as parts, tasks or measures; answers to doubts."""

from __future__ import annotations

from intake.corrections import operations as ops
from intake.corrections import stretches
from intake.corrections.facts import Kind
from intake.corrections.problems import BadOperation
from intake.corrections.sheet import Sheet
from intake.corrections.verbs.carving import carve
from intake.corrections.verbs.headings import heading_end
from intake.corrections.verbs.sections import drop_section
from intake.corrections.verbs.tasks import drop_task


def mark_head(sheet: Sheet, operation: ops.MarkHead) -> None:
    """Parts, tasks and measures wholly inside go; a heading may not be marked without what stands under it."""
    span = operation.span
    sheet.need_in_text(span)
    tasks = [task for task in sheet.tasks if stretches.within(task["span"], span)]
    sections = [part for part in sheet.sections if stretches.within(part["span"], span)]
    _check_headings(sheet, span)
    for task in tasks:
        drop_task(sheet, task)
    for section in sections:
        drop_section(sheet, section)
    carve(sheet, span)
    stretches.paint(sheet.pieces, span, "head")


def settle_doubt(sheet: Sheet, operation: ops.SettleDoubt) -> None:
    """Keep the answer; a doubt about a fact that is gone has gone with it."""
    if operation.id.startswith("w:"):
        sheet.find(Kind.DOUBT, operation.id)
    elif not sheet.has(operation.id.split(":", 2)[2]):
        raise BadOperation("这处疑点所在的条目已不存在，无需再答复。")
    sheet.answers[operation.id] = operation.answer
    sheet.effect.changed[operation.id] = {"answer"}


def _check_headings(sheet: Sheet, span: ops.Span) -> None:
    cut = [t for t in sheet.tasks if stretches.overlap(t["span"], span) and not stretches.within(t["span"], span)]
    for task in cut:
        heading = (task["span"][0], max(heading_end(sheet, task), task["span"][0] + 1))
        if stretches.overlap(heading, span):
            raise BadOperation(f"选取的文字含有任务{task['number']}的标题，却没有包含它的全部内容，请一并选取或避开。")
    for part in sheet.sections:
        if stretches.overlap(part["span"], span) and not stretches.within(part["span"], span):
            raise BadOperation(f"选取的文字只含部分标题“{part['title'][:20]}”的一半，请完整选取或避开。")
