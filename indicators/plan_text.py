"""A plan of the ledger as a text that can be compared with another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from indicators.models import Indicator
from tasks.models import Assignment, Measure, Plan, ReportingRule, Task
from tasks.plan_text import DutyText, MeasureText, PlanText, TargetText, TaskText, UnitText


def from_plan(plan: Plan) -> PlanText:
    """What the ledger says now; five queries, whatever the size."""
    tasks = list(Task.objects.filter(plan=plan).select_related("section").order_by("number"))
    numbers = {task.pk: task.number for task in tasks}
    units, targets = _units(plan), _targets(plan)
    measures: dict[int, list[MeasureText]] = defaultdict(list)
    for row in Measure.objects.of_plan(plan).order_by("position"):
        number = f"{numbers[row.task_id]}.{row.position}"
        measures[row.task_id].append(_measure(row, number, units[row.pk], targets[row.pk]))
    duties = tuple(_duty(rule) for rule in plan.reporting_rules.all())
    return PlanText(plan.title, tuple(_task(task, measures[task.pk]) for task in tasks), duties)


def _task(task: Task, measures: Iterable[MeasureText]) -> TaskText:
    return TaskText(task.number, task.label, task.title, task.section.title if task.section else "", tuple(measures))


def _measure(row: Measure, number: str, units: Iterable[UnitText], targets: Iterable[TargetText]) -> MeasureText:
    return MeasureText(number, row.text, row.due_on, row.due_text, tuple(units), tuple(targets), row.get_absolute_url())


def _units(plan: Plan) -> dict[int, list[UnitText]]:
    """By measure; the members of a group are one."""
    found: dict[int, dict[UnitText, None]] = defaultdict(dict)
    active = Assignment.objects.active().filter(measure__task__plan=plan).order_by("position", "pk")
    names = active.values_list("measure", "role", "surface", "department__name", "via_group__name")
    for measure, role, surface, unit, group in names:
        found[measure][UnitText((unit and group) or unit or surface, role)] = None
    return defaultdict(list, {measure: list(units) for measure, units in found.items()})


def _targets(plan: Plan) -> dict[int, list[TargetText]]:
    found: dict[int, list[TargetText]] = defaultdict(list)
    rows = Indicator.objects.filter(measure__task__plan=plan).order_by("measure", "position")
    for measure, subject, comparator, value, unit in rows.values_list(
        "measure", "subject", "comparator", "value", "unit"
    ):
        found[measure].append(TargetText(subject, comparator, value, unit))
    return found


def _duty(rule: ReportingRule) -> DutyText:
    return DutyText(rule.frequency, rule.due, rule.direction, rule.owers, rule.recipients, rule.quote)
