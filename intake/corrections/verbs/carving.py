"""Text taken out of the measures that hold it."""

from __future__ import annotations

from intake.corrections import stretches
from intake.corrections.facts import Fact
from intake.corrections.sheet import Sheet


def carve(sheet: Sheet, hole: stretches.Stretch) -> None:
    """Cut the hole out of all measures that reach into it; those wholly inside go, and the targets stated there."""
    for task in (task for task in sheet.tasks if stretches.overlap(task["span"], hole)):
        kept = []
        for measure in task["measures"]:
            if not any(stretches.overlap(part, hole) for part in measure["parts"]):
                kept.append(measure)
                continue
            parts = stretches.clean(sheet.text, stretches.without(measure["parts"], hole))
            if parts:
                sheet.reword(measure, parts)
                sheet.reshape(measure)
                _drop_indicators(sheet, measure, hole)
                kept.append(measure)
            else:
                sheet.drop(measure)
        task["measures"] = kept


def _drop_indicators(sheet: Sheet, measure: Fact, hole: stretches.Stretch) -> None:
    gone = [fact for fact in measure["indicators"] if fact["quote"] and stretches.within(fact["span"], hole)]
    measure["indicators"] = [fact for fact in measure["indicators"] if fact not in gone]
    for fact in gone:
        sheet.drop(fact)
