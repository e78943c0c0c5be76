"""指标: the targets of measures."""

from __future__ import annotations

from intake.corrections import operations as ops
from intake.corrections.facts import Fact, Kind
from intake.corrections.sheet import Sheet


def add_indicator(sheet: Sheet, operation: ops.AddIndicator) -> None:
    """At the end of the measure's targets; where the text states none, an empty stretch and no quote."""
    measure = sheet.find(Kind.MEASURE, operation.measure)
    sheet.need_in_text(operation.span)
    end = measure["span"][1]
    new: Fact = {
        "id": sheet.new_id(),
        "subject": operation.subject,
        "comparator": operation.comparator,
        "value": operation.value,
        "unit": operation.unit,
        "kind": operation.kind,
        "implied": operation.implied,
        "quote": sheet.quote(operation.span),
        "span": list(operation.span or (end, end)),
    }
    measure["indicators"].append(new)
    sheet.put(Kind.INDICATOR, new, measure["id"])
    sheet.reshape(new)
    sheet.effect.changed.setdefault(measure["id"], set()).add("indicators")


def set_indicator(sheet: Sheet, operation: ops.SetIndicator) -> None:
    """Write the new values; a new measure takes the target at the end of its own."""
    indicator = sheet.find(Kind.INDICATOR, operation.id)
    changes = dict(operation.changes)
    if "measure" in changes:
        measure = sheet.find(Kind.MEASURE, changes.pop("measure"))
        sheet.holder(operation.id)["indicators"].remove(indicator)
        measure["indicators"].append(indicator)
        sheet.put(Kind.INDICATOR, indicator, measure["id"])
        sheet.touch(indicator, "measure")
    if "reporters" in changes:
        changes["reporters"] = list(changes["reporters"])
    sheet.write(indicator, changes)


def remove_indicator(sheet: Sheet, operation: ops.RemoveIndicator) -> None:
    """The sentence stays in its measure."""
    indicator = sheet.find(Kind.INDICATOR, operation.id)
    sheet.holder(operation.id)["indicators"].remove(indicator)
    sheet.drop(indicator)
