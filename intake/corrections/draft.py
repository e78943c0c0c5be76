"""The draft: a reading with its corrections carried out, computed each time from the two."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from intake.corrections import operations as ops
from intake.corrections.facts import Kind
from intake.corrections.problems import BadOperation
from intake.corrections.sheet import Effect, Sheet
from intake.corrections.verbs import assignments, duties, head, indicators, measures, sections, tasks


@dataclass(frozen=True, slots=True)
class Correction:
    """An operation with its place in the order of an import's corrections; ordinals grow and are never given twice."""

    ordinal: int
    operation: ops.Operation


@dataclass(frozen=True, slots=True)
class Orphan:
    """A correction that could not be carried out, with one Chinese sentence that says why."""

    correction: Correction
    sentence: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A reading as corrected.

    `reading` has the JSON form of a reading, and on each fact `id` and `corrected`, on measures `parts`, on
    indicators `measure_id`, on tasks `section_id`, on duties `task_id`; a fact with new values has `read`,
    those that it had before. `answers` are the settled doubts by id,
    `removed` the facts taken out, `effects` what each correction did by its ordinal.
    """

    reading: Mapping[str, Any]
    text: str
    orphans: tuple[Orphan, ...]
    answers: Mapping[str, str]
    removed: Mapping[str, tuple[Kind, Mapping[str, Any]]]
    effects: Mapping[int, Effect]


_VERBS: Final[Mapping[type[ops.Operation], Callable[[Sheet, Any], None]]] = {
    ops.SetPlan: sections.set_plan,
    ops.SetSection: sections.set_section,
    ops.AddSection: sections.add_section,
    ops.RemoveSection: sections.remove_section,
    ops.SetTask: tasks.set_task,
    ops.MergeTask: tasks.merge_task,
    ops.SplitTask: tasks.split_task,
    ops.RemoveTask: tasks.remove_task,
    ops.SetMeasure: measures.set_measure,
    ops.SplitMeasure: measures.split_measure,
    ops.MergeMeasures: measures.merge_measures,
    ops.RemoveMeasure: measures.remove_measure,
    ops.AddMeasure: measures.add_measure,
    ops.AddAssignment: assignments.add_assignment,
    ops.SetAssignment: assignments.set_assignment,
    ops.RemoveAssignment: assignments.remove_assignment,
    ops.AddIndicator: indicators.add_indicator,
    ops.SetIndicator: indicators.set_indicator,
    ops.RemoveIndicator: indicators.remove_indicator,
    ops.AddDuty: duties.add_duty,
    ops.SetDuty: duties.set_duty,
    ops.RemoveDuty: duties.remove_duty,
    ops.MarkHead: head.mark_head,
    ops.SettleDoubt: head.settle_doubt,
}


def apply(reading: Mapping[str, Any], text: str, corrections: Iterable[Correction]) -> Draft:
    """Carry out the corrections in order; the reading stays as it is. What no longer fits is an orphan."""
    sheet = Sheet(reading, text)
    orphans: list[Orphan] = []
    effects: dict[int, Effect] = {}
    for correction in corrections:
        effect = sheet.begin(correction.ordinal)
        try:
            _VERBS[type(correction.operation)](sheet, correction.operation)
        except BadOperation as refusal:
            orphans.append(Orphan(correction, str(refusal)))
        else:
            effects[correction.ordinal] = effect
    return Draft(sheet.as_reading(), text, tuple(orphans), sheet.answers, sheet.removed, effects)


def check(reading: Mapping[str, Any], text: str, corrections: Iterable[Correction], new: Correction) -> Draft:
    """The draft with one more correction; raises `BadOperation` where that one does not fit."""
    draft = apply(reading, text, [*corrections, new])
    for orphan in draft.orphans:
        if orphan.correction is new:
            raise BadOperation(orphan.sentence)
    return draft
