"""A reading's facts as rows of the ledger, group names expanded to their members."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from departments.models import DepartmentGroup
from indicators.defaults import propose
from indicators.models import Indicator, IndicatorReporter
from intake.binding import Bound, Target
from tasks.models import Assignment, Measure, Plan, ReportingRule, Section, Task

ROLE_STRENGTH = {"lead": 0, "responsible": 1, "shared": 2, "support": 3}
SUMMING = ("family", "path", "numerator_label", "denominator_label")
REPORTING_ROLES = {"lead", "responsible"}


@dataclass(frozen=True, slots=True)
class Binder:
    """What each name of the reading stands for, and each group's members in customary order."""

    bound: Mapping[str, Bound]
    members: Mapping[int, tuple[int, ...]]


def binder_for(bound: Mapping[str, Bound]) -> Binder:
    """With the members of all groups that `bound` names; one query."""
    groups = {b.pk for b in bound.values() if b.target is Target.GROUP}
    rows: dict[int, tuple[int, ...]] = dict.fromkeys(groups, ())
    links = DepartmentGroup.members.through.objects.filter(
        departmentgroup_id__in=groups, department__active=True
    ).order_by("department__position", "department_id")
    for group, department in links.values_list("departmentgroup_id", "department_id"):
        rows[group] += (department,)
    return Binder(bound, rows)


def write_plan_rows(plan: Plan, reading: Mapping[str, Any], binder: Binder) -> None:
    """Write everything below the plan, each kind in one statement; call it in the confirming transaction."""
    sections = {s.number: s for s in Section.objects.bulk_create(_section(plan, s) for s in reading["sections"])}
    tasks = {t.number: t for t in Task.objects.bulk_create(_task(plan, sections, t) for t in reading["tasks"])}
    measures = _write_measures(tasks, reading)
    assignments = [a for key, facts in _measure_facts(reading) for a in _assignments(measures[key], facts, binder)]
    Assignment.objects.bulk_create(assignments)
    _write_indicators(measures, reading["indicators"], assignments, binder)
    ReportingRule.objects.bulk_create(_rule(plan, tasks, r) for r in reading["reporting"])


def _section(plan: Plan, facts: Mapping[str, Any]) -> Section:
    start, end = facts["span"]
    return Section(
        plan=plan, number=facts["number"], label=facts["label"], title=facts["title"], span_start=start, span_end=end
    )


def _task(plan: Plan, sections: Mapping[int, Section], facts: Mapping[str, Any]) -> Task:
    start, end = facts["span"]
    return Task(
        plan=plan,
        section=sections.get(facts["section"]),
        number=facts["number"],
        label=facts["label"],
        title=facts["title"],
        span_start=start,
        span_end=end,
    )


def _measure_facts(reading: Mapping[str, Any]) -> Iterable[tuple[tuple[int, int], Mapping[str, Any]]]:
    for task in reading["tasks"]:
        for position, facts in enumerate(task["measures"], start=1):
            yield (task["number"], position), facts


def _write_measures(tasks: Mapping[int, Task], reading: Mapping[str, Any]) -> dict[tuple[int, int], Measure]:
    keyed = [(key, _measure(tasks[key[0]], key[1], facts)) for key, facts in _measure_facts(reading)]
    Measure.objects.bulk_create(measure for _, measure in keyed)
    return dict(keyed)


def _measure(task: Task, position: int, facts: Mapping[str, Any]) -> Measure:
    start, end = facts["span"]
    return Measure(
        task=task,
        position=position,
        text=facts["text"],
        span_start=start,
        span_end=end,
        due_on=date.fromisoformat(facts["due_on"]) if facts["due_on"] else None,
        due_text=facts["due_text"],
    )


def _assignments(measure: Measure, facts: Mapping[str, Any], binder: Binder) -> list[Assignment]:
    """One a department, in its strongest role, named itself rather than through a group; names left open stay."""
    wanted = [row for fact in facts["assignments"] for row in _expand(measure, fact, binder)]
    named = sorted(wanted, key=lambda a: (ROLE_STRENGTH[a.role], a.via_group_id is not None))
    kept = {a.department_id: a for a in reversed(named) if a.department_id is not None}
    rows = [a for a in wanted if a.department_id is None or kept[a.department_id] is a]
    for position, row in enumerate(rows, start=1):
        row.position = position
    return rows


def _expand(measure: Measure, fact: Mapping[str, Any], binder: Binder) -> list[Assignment]:
    bound = binder.bound[fact["department"]]
    start, end = fact["span"]
    common = {
        "measure": measure,
        "role": fact["role"],
        "surface": fact["surface"],
        "span_start": start,
        "span_end": end,
    }
    if bound.target is Target.DEPARTMENT:
        return [Assignment(department_id=bound.pk, **common)]
    if bound.target is Target.OPEN:
        return [Assignment(**common)]
    members = binder.members[bound.pk] or (None,)
    return [Assignment(department_id=pk, via_group_id=bound.pk, **common) for pk in members]


def _write_indicators(
    measures: Mapping[tuple[int, int], Measure],
    facts: Sequence[Mapping[str, Any]],
    assignments: list[Assignment],
    binder: Binder,
) -> None:
    rows = _indicators(measures, facts)
    Indicator.objects.bulk_create(rows)
    answering: dict[int, list[int]] = {}
    for a in assignments:
        if a.role in REPORTING_ROLES and a.department_id is not None:
            answering.setdefault(a.measure.pk, []).append(a.department_id)
    IndicatorReporter.objects.bulk_create(
        IndicatorReporter(indicator=row, department_id=pk)
        for row, fact in zip(rows, facts, strict=True)
        for pk in dict.fromkeys(_chosen(fact, binder) or answering.get(row.measure.pk, []))
    )


def _chosen(fact: Mapping[str, Any], binder: Binder) -> list[int]:
    """The departments that the clerk named to supply the figure, groups expanded."""
    found: list[int] = []
    for name in fact.get("reporters") or ():
        bound = binder.bound.get(name)
        if bound and bound.target is Target.DEPARTMENT:
            found.append(bound.pk)
        elif bound and bound.target is Target.GROUP:
            found.extend(binder.members[bound.pk])
    return found


def _indicators(measures: Mapping[tuple[int, int], Measure], facts: Iterable[Mapping[str, Any]]) -> list[Indicator]:
    rows, count = [], Counter[tuple[int, int]]()
    for fact in facts:
        key = fact["task"], fact["measure"]
        count[key] += 1
        rows.append(_indicator(measures[key], count[key], fact))
    return rows


def _indicator(measure: Measure, position: int, facts: Mapping[str, Any]) -> Indicator:
    start, end = facts["span"]
    return Indicator(
        measure=measure,
        position=position,
        subject=facts["subject"],
        comparator=facts["comparator"],
        value=Decimal(facts["value"]),
        unit=facts["unit"],
        kind=facts["kind"],
        implied=facts["implied"],
        quote=facts["quote"],
        span_start=start,
        span_end=end,
        **asdict(propose(facts["kind"], facts["unit"], facts["subject"])) | _corrected(facts),
    )


def _corrected(facts: Mapping[str, Any]) -> dict[str, str]:
    """How the figures are summed, where the clerk said so."""
    return {name: facts[name] for name in SUMMING if facts.get(name)}


def _rule(plan: Plan, tasks: Mapping[int, Task], facts: Mapping[str, Any]) -> ReportingRule:
    start, end = facts["span"]
    return ReportingRule(
        plan=plan,
        task=tasks.get(facts["task"]),
        frequency=facts["frequency"],
        due=facts["due"] or "",
        direction=facts["direction"],
        owers=facts["owers"],
        recipients=facts["recipients"],
        quote=facts["quote"],
        span_start=start,
        span_end=end,
    )
