"""Differences in words, as the page shows them: one summary, one row a measure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from tasks.differences import Differences, DutyDifference, Kind, MeasureDifference, TargetDifference, TaskDifference
from tasks.models import Assignment, ReportingRule
from tasks.plan_text import DutyText, MeasureText, TargetText
from tasks.runs import GONE, NEW, SAME, Run, runs

ALL = "all"
WHAT = {
    "tasks": ("任务", "项"),
    "measures": ("措施", "项"),
    "targets": ("指标", "个"),
    "units": ("单位", "处"),
    "deadlines": ("期限", "处"),
    "duties": ("报送要求", "条"),
}
WORDS = {
    Kind.ADDED: "新增",
    Kind.DROPPED: "取消",
    Kind.REWORDED: "改写",
    Kind.RAISED: "提高",
    Kind.LOWERED: "降低",
    Kind.CHANGED: "变更",
}
COMPARATORS = {">=": "≥", ">": "＞", "<=": "≤", "<": "＜", "=": "＝"}
YEAR_END = "年底"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a cell: a word that says what happened (may be empty), and the text in runs."""

    word: str
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """`number` of the new text, `was` of the old one where it is another; `url` leads to the measure in the ledger."""

    number: str
    was: str
    url: str
    word: str
    wording: tuple[Run, ...]
    units: tuple[Line, ...]
    targets: tuple[Line, ...]
    deadline: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class TaskRow:
    """`dropped` and `added` concern the whole task; `title` in runs, with the label of the text it stands in."""

    label: str
    title: tuple[Run, ...]
    word: str
    rows: tuple[MeasureRow, ...]


def summary(found: Differences) -> str:
    """任务新增2项、取消1项；指标提高3个, or that nothing differs."""
    said = [f"{name}{clause}" for what, (name, unit) in WHAT.items() if (clause := _clause(found.counts, what, unit))]
    return f"{'；'.join(said)}。" if said else "两份文本没有差异。"


def _clause(counts: Counter[tuple[str, Kind]], what: str, unit: str) -> str:
    return "、".join(f"{word}{n}{unit}" for kind, word in WORDS.items() if (n := counts[what, kind]))


def how_many(found: Differences, what: str) -> int:
    """How many of one sort differ: the number behind its filter."""
    return sum(found.counts[what, kind] for kind in WORDS)


def chosen(tasks: Iterable[TaskDifference], what: str) -> list[TaskDifference]:
    """The tasks in which something of the sort differs, with those measures only; `ALL` leaves all."""
    if what == ALL:
        return list(tasks)
    if what == "tasks":
        return [task for task in tasks if task.kind is not Kind.SAME]
    narrowed = (_with_measures(task, [m for m in task.measures if _concerns(m, what)]) for task in tasks)
    return [task for task in narrowed if task.measures]


def _with_measures(task: TaskDifference, measures: list[MeasureDifference]) -> TaskDifference:
    return TaskDifference(task.kind, task.old, task.new, tuple(measures))


def _concerns(measure: MeasureDifference, what: str) -> bool:
    if what == "measures":
        return measure.kind is not Kind.SAME
    return bool({"units": measure.units, "targets": measure.targets, "deadlines": measure.deadline_changed}.get(what))


def task_row(task: TaskDifference, year: int) -> TaskRow:
    """`year` is the plan's, which deadlines leave out."""
    shown = task.new or task.old
    label = shown.label or f"{shown.number}. " if shown else ""
    rows = tuple(measure_row(measure, year) for measure in task.measures)
    return TaskRow(label, task.runs, WORDS.get(task.kind, ""), rows)


def measure_row(measure: MeasureDifference, year: int) -> MeasureRow:
    old, new = measure.old, measure.new
    shown = new or old
    return MeasureRow(
        number=shown.number if shown else "",
        was=old.number if old and measure.moved else "",
        url=shown.url if shown else "",
        word=WORDS.get(measure.kind, ""),
        wording=measure.runs,
        units=tuple(_unit_line(unit.kind, unit.name, unit.old, unit.new) for unit in measure.units)
        or _units_of_one(old, new),
        targets=tuple(map(_target_line, measure.targets)),
        deadline=_deadline(old, new, year) if measure.deadline_changed else _deadline_of_one(old, new, year),
    )


def duty_line(duty: DutyDifference) -> Line:
    """Where the quote is the same, what was read from it differs."""
    if duty.old and duty.new and duty.old.quote == duty.new.quote:
        return Line(WORDS[duty.kind], runs(_duty_words(duty.old), _duty_words(duty.new)))
    return Line(WORDS[duty.kind], duty.runs)


def _duty_words(duty: DutyText) -> str:
    frequency = ReportingRule.Frequency(duty.frequency).label
    return f"{frequency} {duty.due} {duty.owers}报{duty.recipients}".replace("  ", " ")


def _unit_line(kind: Kind, name: str, old: str, new: str) -> Line:
    if kind is Kind.CHANGED:
        return Line("换角色", (Run(SAME, f"{name} "), Run(GONE, _role(old)), Run(NEW, _role(new))))
    role = _role(new or old)
    return Line(WORDS[kind], (Run(NEW if kind is Kind.ADDED else GONE, f"{role} {name}"),))


def _units_of_one(old: MeasureText | None, new: MeasureText | None) -> tuple[Line, ...]:
    """A measure that came or went is shown with its units."""
    if old and new:
        return ()
    only, kind = (new, NEW) if new else (old, GONE)
    return tuple(Line("", (Run(kind, f"{_role(unit.role)} {unit.name}"),)) for unit in (only.units if only else ()))


def _role(role: str) -> str:
    return str(Assignment.Role(role).label)


def _target_line(target: TargetDifference) -> Line:
    old, new = target.old, target.new
    if old is None or new is None:
        kind, only = (NEW, new) if new else (GONE, old)
        return Line(WORDS[target.kind], (Run(kind, _target_words(only)),) if only else ())
    word = WORDS[target.kind]
    if new.comparator[0] == "<" and target.kind in (Kind.RAISED, Kind.LOWERED):
        word = "收紧" if target.kind is Kind.RAISED else "放宽"
    demand = runs(_demand(old), _demand(new)) if _demand(old) == _demand(new) else _swap(_demand(old), _demand(new))
    return Line(word, (*runs(old.subject, new.subject), *demand))


def _swap(old: str, new: str) -> tuple[Run, ...]:
    """Figures are struck and written anew as wholes."""
    return Run(GONE, old), Run(NEW, new)


def _target_words(target: TargetText) -> str:
    return f"{target.subject}{_demand(target)}"


def _demand(target: TargetText) -> str:
    return f"{COMPARATORS.get(target.comparator, target.comparator)}{target.value.normalize():f}{target.unit}"


def _deadline(old: MeasureText | None, new: MeasureText | None, year: int) -> tuple[Run, ...]:
    return _swap(_due(old, year), _due(new, year))


def _deadline_of_one(old: MeasureText | None, new: MeasureText | None, year: int) -> tuple[Run, ...]:
    only, kind = (new, NEW) if new else (old, GONE)
    return (Run(kind, _due(only, year)),) if not (old and new) and only and only.due_on else ()


def _due(measure: MeasureText | None, year: int) -> str:
    if measure is None:
        return ""
    return _day(measure.due_on, year) if measure.due_on else measure.due_text or YEAR_END


def _day(day: date, year: int) -> str:
    return f"{'' if day.year == year else f'{day.year}年'}{day.month}月{day.day}日"
