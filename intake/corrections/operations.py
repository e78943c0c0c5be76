"""The verbs of a correction: small frozen operations that are valid in themselves once they exist.

Whether an operation fits a draft is another matter (`draft.check`). Spans and offsets are in code points of the
source text. A `Set…` operation holds only the fields that change: one form, one operation, one step to undo.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, dataclass, field, fields
from typing import Any, ClassVar, Final

from intake.corrections import checks, columns
from intake.corrections.problems import BadOperation

Span = tuple[int, int]


def _checked(check: checks.Check, **default: Any) -> Any:
    return field(metadata={"check": check}, **default)


@dataclass(frozen=True)
class Operation:
    """One correction. Raises `BadOperation` where a field holds what it may not.

    `references` names the fields that hold the id of a fact or doubt.
    """

    verb: ClassVar[str] = ""
    references: ClassVar[tuple[str, ...]] = ("id",)

    def __post_init__(self) -> None:
        for own in fields(self):
            object.__setattr__(self, own.name, own.metadata["check"](getattr(self, own.name)))


@dataclass(frozen=True)
class SetPlan(Operation):
    """New values for what the document says of itself."""

    verb = "set_plan"
    references = ()
    changes: Mapping[str, Any] = _checked(checks.changes(columns.PLAN))


@dataclass(frozen=True)
class SetSection(Operation):
    """New title or label of a part; its number counts by itself."""

    verb = "set_section"
    id: str = _checked(checks.fact_id)
    changes: Mapping[str, Any] = _checked(checks.changes(columns.SECTION))


@dataclass(frozen=True)
class AddSection(Operation):
    """A part begins before the task `before`; `span` is its heading in the source, cut out of the measures there."""

    verb = "add_section"
    references = ("before",)
    before: str = _checked(checks.fact_id)
    title: str = _checked(columns.SECTION_TITLE)
    label: str = _checked(columns.LABEL, default="")
    span: Span | None = _checked(checks.optional(checks.span), default=None)


@dataclass(frozen=True)
class RemoveSection(Operation):
    """The heading is none: its tasks go to the part before it, or to none."""

    verb = "remove_section"
    id: str = _checked(checks.fact_id)


@dataclass(frozen=True)
class SetTask(Operation):
    """New title, label or number of a task."""

    verb = "set_task"
    id: str = _checked(checks.fact_id)
    changes: Mapping[str, Any] = _checked(checks.changes(columns.TASK))


@dataclass(frozen=True)
class MergeTask(Operation):
    """The task's measures go to the task before it; its heading becomes text of its first measure."""

    verb = "merge_task"
    id: str = _checked(checks.fact_id)


@dataclass(frozen=True)
class SplitTask(Operation):
    """A new task begins at the measure `id`, under `title`."""

    verb = "split_task"
    id: str = _checked(checks.fact_id)
    title: str = _checked(columns.TASK_TITLE)
    label: str = _checked(columns.LABEL, default="")


@dataclass(frozen=True)
class RemoveTask(Operation):
    """The task goes with all below it; its text stays as body."""

    verb = "remove_task"
    id: str = _checked(checks.fact_id)


@dataclass(frozen=True)
class SetMeasure(Operation):
    """New text or deadline of a measure."""

    verb = "set_measure"
    id: str = _checked(checks.fact_id)
    changes: Mapping[str, Any] = _checked(checks.changes(columns.MEASURE))


@dataclass(frozen=True)
class SplitMeasure(Operation):
    """Cut a measure at an offset of the source text; what lies behind becomes the measure `m<at>`."""

    verb = "split_measure"
    id: str = _checked(checks.fact_id)
    at: int = _checked(checks.offset)


@dataclass(frozen=True)
class MergeMeasures(Operation):
    """Take the next measure of the same task into this one."""

    verb = "merge_measures"
    id: str = _checked(checks.fact_id)


@dataclass(frozen=True)
class RemoveMeasure(Operation):
    """The measure goes with its units and targets; its text stays as body."""

    verb = "remove_measure"
    id: str = _checked(checks.fact_id)


@dataclass(frozen=True)
class AddMeasure(Operation):
    """Text that belongs to no measure becomes one of the task."""

    verb = "add_measure"
    references = ("task",)
    task: str = _checked(checks.fact_id)
    span: Span = _checked(checks.span)


@dataclass(frozen=True)
class AddAssignment(Operation):
    """A unit of a measure; `span` is where the text names it, None where it does not."""

    verb = "add_assignment"
    references = ("measure",)
    measure: str = _checked(checks.fact_id)
    name: str = _checked(checks.unit_name)
    role: str = _checked(checks.role)
    span: Span | None = _checked(checks.optional(checks.span), default=None)
    group: bool = _checked(checks.yes_or_no, default=False)
    open: bool = _checked(checks.yes_or_no, default=False)


@dataclass(frozen=True)
class SetAssignment(Operation):
    """New name, role, group or open of a unit."""

    verb = "set_assignment"
    id: str = _checked(checks.fact_id)
    changes: Mapping[str, Any] = _checked(checks.changes(columns.ASSIGNMENT))


@dataclass(frozen=True)
class RemoveAssignment(Operation):
    """The unit has no part in the measure."""

    verb = "remove_assignment"
    id: str = _checked(checks.fact_id)


@dataclass(frozen=True)
class AddIndicator(Operation):
    """A target of a measure; `span` is the sentence that demands it, None where the text does not."""

    verb = "add_indicator"
    references = ("measure",)
    measure: str = _checked(checks.fact_id)
    subject: str = _checked(columns.SUBJECT)
    comparator: str = _checked(checks.comparator)
    value: str = _checked(checks.amount)
    unit: str = _checked(columns.UNIT)
    kind: str = _checked(checks.indicator_kind)
    implied: bool = _checked(checks.yes_or_no, default=False)
    span: Span | None = _checked(checks.optional(checks.span), default=None)


@dataclass(frozen=True)
class SetIndicator(Operation):
    """New values of a target; `measure` moves it, `reporters` are names of units."""

    verb = "set_indicator"
    id: str = _checked(checks.fact_id)
    changes: Mapping[str, Any] = _checked(checks.changes(columns.INDICATOR))


@dataclass(frozen=True)
class RemoveIndicator(Operation):
    """The text sets no such target."""

    verb = "remove_indicator"
    id: str = _checked(checks.fact_id)


@dataclass(frozen=True)
class AddDuty(Operation):
    """A duty to report; `task` None where it stands in none."""

    verb = "add_duty"
    references = ("task",)
    task: str | None = _checked(checks.optional(checks.fact_id))
    frequency: str = _checked(checks.frequency)
    direction: str = _checked(checks.direction)
    due: str | None = _checked(checks.optional(checks.month_day), default=None)
    owers: str = _checked(columns.PARTIES, default="")
    recipients: str = _checked(columns.PARTIES, default="")
    span: Span | None = _checked(checks.optional(checks.span), default=None)


@dataclass(frozen=True)
class SetDuty(Operation):
    """New values of a duty to report."""

    verb = "set_duty"
    id: str = _checked(checks.fact_id)
    changes: Mapping[str, Any] = _checked(checks.changes(columns.DUTY))


@dataclass(frozen=True)
class RemoveDuty(Operation):
    """The text demands no such report."""

    verb = "remove_duty"
    id: str = _checked(checks.fact_id)


@dataclass(frozen=True)
class MarkHead(Operation):
    """The stretch is head matter: parts, tasks and measures wholly inside go, measures that reach in are cut."""

    verb = "mark_head"
    references = ()
    span: Span = _checked(checks.span)


@dataclass(frozen=True)
class SettleDoubt(Operation):
    """The clerk looked at a doubt and answered; the answer changes no fact."""

    verb = "settle_doubt"
    id: str = _checked(checks.doubt_id)
    answer: str = _checked(checks.text("答复", 100))


VERBS: Final[dict[str, type[Operation]]] = {kind.verb: kind for kind in Operation.__subclasses__()}


def to_json(operation: Operation) -> dict[str, Any]:
    """The operation's verb and fields, in what `json.dumps` takes."""
    return {"verb": operation.verb} | {own.name: _plain(getattr(operation, own.name)) for own in fields(operation)}


def from_json(data: Any) -> Operation:
    """The operation that `to_json` wrote. Raises `BadOperation` for any other form."""
    if not isinstance(data, dict):
        raise BadOperation("修改的格式不对，请刷新页面后重试。")
    given = {name: value for name, value in data.items() if name != "verb"}
    kind = VERBS.get(data["verb"]) if isinstance(data.get("verb"), str) else None
    if kind is None:
        raise BadOperation(f"不认识的修改“{str(data.get('verb'))[:20]}”，请刷新页面后重试。")
    known = {own.name: own.default is MISSING for own in fields(kind)}
    for name in given:
        if name not in known:
            raise BadOperation(f"修改中多出栏目“{str(name)[:20]}”，请刷新页面后重试。")
    for name, required in known.items():
        if required and name not in given:
            raise BadOperation(f"修改中缺少栏目“{name}”，请补全后重试。")
    return kind(**given)


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return list(value)
    if isinstance(value, Mapping):
        return {name: _plain(entry) for name, entry in value.items()}
    return value
