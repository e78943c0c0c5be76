"""分工: the units of a measure."""

from __future__ import annotations

from intake.corrections import operations as ops
from intake.corrections.facts import Fact, Kind
from intake.corrections.problems import BadOperation
from intake.corrections.sheet import Sheet


def add_assignment(sheet: Sheet, operation: ops.AddAssignment) -> None:
    """At the end of the measure's units; where the text does not name it, an empty stretch behind the measure."""
    measure = sheet.find(Kind.MEASURE, operation.measure)
    sheet.need_in_text(operation.span)
    _check_name(measure, operation.name)
    end = measure["span"][1]
    new: Fact = {
        "id": sheet.new_id(),
        "surface": sheet.quote(operation.span) or operation.name,
        "department": operation.name,
        "role": operation.role,
        "group": operation.group,
        "open": operation.open,
        "span": list(operation.span or (end, end)),
    }
    measure["assignments"].append(new)
    sheet.put(Kind.ASSIGNMENT, new, measure["id"])
    sheet.reshape(new)
    sheet.effect.changed.setdefault(measure["id"], set()).add("assignments")


def set_assignment(sheet: Sheet, operation: ops.SetAssignment) -> None:
    """Write the new values; a new name also takes the old one's place among who reports the measure's figures."""
    unit = sheet.find(Kind.ASSIGNMENT, operation.id)
    measure = sheet.holder(operation.id)
    changes = dict(operation.changes)
    if "name" in changes:
        _check_name(measure, changes["name"], but=unit)
        _rename_reporter(measure, unit["department"], changes["name"])
        changes["department"] = changes.pop("name")
    sheet.write(unit, changes)


def remove_assignment(sheet: Sheet, operation: ops.RemoveAssignment) -> None:
    """Without the unit, which then reports none of the measure's figures either."""
    unit = sheet.find(Kind.ASSIGNMENT, operation.id)
    measure = sheet.holder(operation.id)
    measure["assignments"].remove(unit)
    _rename_reporter(measure, unit["department"], None)
    sheet.drop(unit)
    sheet.effect.changed.setdefault(measure["id"], set()).add("assignments")


def _check_name(measure: Fact, name: str, but: Fact | None = None) -> None:
    if any(unit["department"] == name and unit is not but for unit in measure["assignments"]):
        raise BadOperation(f"“{name}”已是这项措施的责任单位，请直接修改它的角色。")


def _rename_reporter(measure: Fact, old: str, new: str | None) -> None:
    for indicator in measure["indicators"]:
        if old in indicator.get("reporters", ()):
            names = [new if name == old else name for name in indicator["reporters"]]
            indicator["reporters"] = list(dict.fromkeys(name for name in names if name))
