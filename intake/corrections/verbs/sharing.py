"""Which units and targets go where when a measure is cut or two are joined."""

from __future__ import annotations

from intake.corrections.facts import Fact, Kind
from intake.corrections.sheet import Sheet

STRENGTH = {"lead": 0, "responsible": 1, "shared": 2, "support": 3}


def share_units(sheet: Sheet, front: Fact, back: Fact, at: int) -> None:
    """Units named before the cut stay; those behind it count for both halves unless the front has its own.

    A unit that the text does not name (its span is empty) counts for both.
    """
    units: list[Fact] = front["assignments"]
    own = [unit for unit in units if _stated(unit) and unit["span"][0] < at]
    front["assignments"] = [unit for unit in units if not own or unit in own or not _stated(unit)]
    for unit in units:
        if unit in own:
            continue
        moved = unit if unit not in front["assignments"] else unit | {"id": sheet.new_id(), "corrected": True}
        sheet.put(Kind.ASSIGNMENT, moved, back["id"])
        back["assignments"].append(moved)


def join_units(sheet: Sheet, measure: Fact, following: Fact) -> None:
    """Each unit once, in its stronger role; `following` is left without those that moved."""
    by_name = {unit["department"]: unit for unit in measure["assignments"]}
    doubled = []
    for unit in following["assignments"]:
        known = by_name.get(unit["department"])
        if known is None:
            by_name[unit["department"]] = unit
            sheet.put(Kind.ASSIGNMENT, unit, measure["id"])
            measure["assignments"].append(unit)
            continue
        known["role"] = min(known["role"], unit["role"], key=STRENGTH.__getitem__)
        doubled.append(unit)
    following["assignments"] = doubled


def share_indicators(sheet: Sheet, front: Fact, back: Fact, at: int) -> None:
    """A target goes with the half that states it; one that the text does not state stays with the front."""
    moved = [fact for fact in front["indicators"] if _stated(fact) and fact["span"][0] >= at]
    front["indicators"] = [fact for fact in front["indicators"] if fact not in moved]
    back["indicators"] = moved
    for fact in moved:
        sheet.put(Kind.INDICATOR, fact, back["id"])


def _stated(fact: Fact) -> bool:
    return bool(fact["span"][0] < fact["span"][1])
