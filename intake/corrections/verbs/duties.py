"""报送要求: the duties to report."""

from __future__ import annotations

from intake.corrections import operations as ops
from intake.corrections.facts import Fact, Kind
from intake.corrections.sheet import Sheet


def add_duty(sheet: Sheet, operation: ops.AddDuty) -> None:
    """In its place by the text; where the text states none, an empty stretch at its task's end or the text's."""
    task = sheet.find(Kind.TASK, operation.task) if operation.task else None
    sheet.need_in_text(operation.span)
    end = task["span"][1] if task else len(sheet.text)
    new: Fact = {
        "id": sheet.new_id(),
        "task_id": operation.task,
        "frequency": operation.frequency,
        "due": operation.due,
        "direction": operation.direction,
        "owers": operation.owers,
        "recipients": operation.recipients,
        "quote": sheet.quote(operation.span),
        "span": list(operation.span or (end, end)),
    }
    position = sum(duty["span"][0] <= new["span"][0] for duty in sheet.duties)
    sheet.duties.insert(position, new)
    sheet.put(Kind.DUTY, new)
    sheet.reshape(new)


def set_duty(sheet: Sheet, operation: ops.SetDuty) -> None:
    """Write the new values; `task` None where it stands in none."""
    duty = sheet.find(Kind.DUTY, operation.id)
    changes = dict(operation.changes)
    if "task" in changes:
        task = changes.pop("task")
        changes["task_id"] = sheet.find(Kind.TASK, task)["id"] if task else None
    sheet.write(duty, changes)


def remove_duty(sheet: Sheet, operation: ops.RemoveDuty) -> None:
    """The sentence stays in its task."""
    duty = sheet.find(Kind.DUTY, operation.id)
    sheet.duties.remove(duty)
    sheet.drop(duty)
