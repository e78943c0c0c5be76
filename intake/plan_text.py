"""A reading as corrected in the form in which two texts of a plan are compared."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from tasks.plan_text import DutyText, MeasureText, PlanText, TargetText, TaskText, UnitText


def from_reading(reading: Mapping[str, Any], names: Mapping[str, str]) -> PlanText:
    """`names` says what the document's unit names bind to; a name that binds to nobody stands as written."""
    parts = {s["number"]: s["title"] for s in reading["sections"]}
    targets: dict[str, list[TargetText]] = {}
    for fact in reading["indicators"]:
        targets.setdefault(fact["measure_id"], []).append(_target(fact))
    tasks = (_task(t, parts.get(t["section"], ""), targets, names) for t in reading["tasks"])
    return PlanText(reading["plan"]["title"] or "", tuple(tasks), tuple(_duty(d) for d in reading["reporting"]))


def _task(
    task: Mapping[str, Any], part: str, targets: Mapping[str, list[TargetText]], names: Mapping[str, str]
) -> TaskText:
    measures = (
        _measure(m, f"{task['number']}.{n}", targets.get(m["id"], []), names)
        for n, m in enumerate(task["measures"], start=1)
    )
    return TaskText(task["number"], task["label"], task["title"], part, tuple(measures))


def _measure(
    measure: Mapping[str, Any], number: str, targets: list[TargetText], names: Mapping[str, str]
) -> MeasureText:
    units = (UnitText(names.get(a["department"], a["department"]), a["role"]) for a in measure["assignments"])
    due_on = date.fromisoformat(measure["due_on"]) if measure["due_on"] else None
    return MeasureText(
        number, measure["text"], due_on, measure["due_text"], tuple(dict.fromkeys(units)), tuple(targets)
    )


def _target(fact: Mapping[str, Any]) -> TargetText:
    return TargetText(fact["subject"], fact["comparator"], Decimal(fact["value"]), fact["unit"])


def _duty(fact: Mapping[str, Any]) -> DutyText:
    return DutyText(
        fact["frequency"], fact["due"] or "", fact["direction"], fact["owers"], fact["recipients"], fact["quote"]
    )
