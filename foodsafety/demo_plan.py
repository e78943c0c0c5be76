"""The demo's plan as its clerk settled it: deadlines, names of targets, who supplies their figures."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from departments.models import User
from intake.actions.correct import correct
from intake.corrections.facts import Fact, Kind, every
from intake.corrections.operations import Operation, SetIndicator, SetMeasure
from intake.drafting import draft_of
from intake.models import Import

RATIO = ("numerator", "denominator")


def settle(import_: Import, clerk: User, folder: Path) -> Import:
    """Answer the reader's doubts as `plan-2026.answers.json` does; one step of the import's history."""
    expected = _read(folder / "plan-2026.expected.json")
    answers = _read(folder / "plan-2026.answers.json")
    facts = list(every(draft_of(import_).reading))
    operations = [*_deadlines(facts, answers["deadlines"]), *_targets(facts, expected["indicators"], answers)]
    return correct(import_, actor=clerk, operations=operations, seen=0)


def _read(file: Path) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return data


def _deadlines(facts: list[tuple[Kind, Fact]], answers: list[dict[str, Any]]) -> Iterator[Operation]:
    tasks = {fact["number"]: fact for kind, fact in facts if kind is Kind.TASK}
    for answer in answers:
        measure = tasks[answer["task"]]["measures"][answer["measure"] - 1]
        yield SetMeasure(measure["id"], {"due_on": answer["due_on"]})


def _targets(
    facts: list[tuple[Kind, Fact]], expected: list[dict[str, Any]], answers: dict[str, Any]
) -> Iterator[Operation]:
    """The targets stand in the document's order in all three."""
    found = (fact for kind, fact in facts if kind is Kind.INDICATOR)
    for fact, wanted, answer in zip(found, expected, answers["reporters"], strict=True):
        changes = {"subject": wanted["subject"], "kind": wanted["kind"], "reporters": answer["reporters"]}
        labels = {f"{part}_label": answer[part] for part in RATIO if answer[part]}
        yield SetIndicator(fact["id"], changes | labels)
