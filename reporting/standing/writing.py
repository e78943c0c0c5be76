"""Stores how plans stand: only rows that have changed are written, in a few statements for any number of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection, models

from core import clock
from reporting.models import AssignmentStanding, IndicatorStanding, MeasureStanding, ProgressEntry
from reporting.standing.facts import PlanFacts
from reporting.standing.figures import IndicatorVerdict
from reporting.standing.loading import load_plans
from reporting.standing.measures import AssignmentVerdict, MeasureVerdict, judge_measure
from tasks.models import Plan

Fields = Mapping[str, Any]
Row = tuple[Any, ...]
BATCH = 500


@dataclass(frozen=True, slots=True)
class Table:
    """Where a kind of standing is stored: `key` is the column of what it is of, `plan` the way from there to the
    plan; `dated` that it knows since when its light holds."""

    model: type[models.Model]
    key: str
    plan: str
    dated: bool


MEASURES = Table(MeasureStanding, "measure", "task__plan", dated=True)
ASSIGNMENTS = Table(AssignmentStanding, "assignment", "measure__task__plan", dated=True)
INDICATORS = Table(IndicatorStanding, "indicator", "measure__task__plan", dated=False)


@dataclass(frozen=True, slots=True)
class JudgedPlan:
    """A plan's facts and what they came to, measure by measure."""

    facts: PlanFacts
    measures: list[MeasureVerdict]


def write_standings(plans: Collection[Plan]) -> list[JudgedPlan]:
    """Judge the plans as of today and store it; call it in a transaction that holds the plans' rows.

    Rows of what is no longer active are taken away.
    """
    judged = [JudgedPlan(facts, [judge_measure(one, facts) for one in facts.measures]) for facts in load_plans(plans)]
    verdicts = [verdict for plan in judged for verdict in plan.measures]
    texts = texts_of(verdicts)
    store(MEASURES, plans, {v.facts.pk: measure_fields(v, texts) for v in verdicts})
    store(ASSIGNMENTS, plans, {a.facts.pk: assignment_fields(a) for v in verdicts for a in v.assignments})
    store(INDICATORS, plans, {i.indicator.pk: indicator_fields(i) for v in verdicts for i in v.indicators})
    return judged


def texts_of(verdicts: Iterable[MeasureVerdict]) -> Mapping[int, str]:
    """The accepted texts that are shown, by entry; one query."""
    entries = [verdict.progress[0].entry or 0 for verdict in verdicts if verdict.progress]
    return dict(ProgressEntry.objects.filter(pk__in=entries).order_by().values_list("pk", "done_text"))


def measure_fields(verdict: MeasureVerdict, texts: Mapping[int, str]) -> Fields:
    turn, unit = verdict.progress or (None, None)
    return {
        "light": verdict.verdict.light.value,
        "reason": verdict.verdict.reason,
        "claimed": verdict.claimed,
        "reviewed": verdict.reviewed,
        "verified_on": verdict.facts.verified_on,
        "progress": texts.get(turn.entry or 0, "") if turn else "",
        "progress_unit_id": unit.department if unit else None,
        "progress_period_id": turn.period if turn else None,
    }


def assignment_fields(verdict: AssignmentVerdict) -> Fields:
    return {
        "light": verdict.own.light.value,
        "reason": verdict.own.reason,
        "counted_light": verdict.counted.light.value,
        "counted_reason": verdict.counted.reason,
        "claimed": verdict.claimed,
        "reviewed": verdict.reviewed,
    }


def indicator_fields(verdict: IndicatorVerdict) -> Fields:
    total = verdict.total
    return {
        "as_of": total.on if total else None,
        "state": verdict.judgement.state.value,
        "light": verdict.verdict.light.value,
        "reason": verdict.verdict.reason,
        "value": verdict.value,
        "formula": verdict.formula,
        "expected": verdict.expected,
        "progress": verdict.progress,
        "of_target": verdict.of_target,
        "due_of_target": verdict.due_of_target,
        "answered": total.answered if total else 0,
        "reporters": len(verdict.reporters),
    }


def store(table: Table, plans: Collection[Plan], wanted: Mapping[int, Fields]) -> None:
    """Two statements and one for each `BATCH` of rows that differ."""
    names = [*next(iter(wanted.values()), {}), *(["since"] if table.dated else [])]
    stored, today = stored_rows(table, plans, names), clock.today()
    if gone := stored.keys() - wanted.keys():
        table.model._default_manager.filter(pk__in=gone).delete()
    rows = {pk: row_of(table, fields, stored.get(pk), today) for pk, fields in wanted.items()}
    if changed := [(pk, *row) for pk, row in rows.items() if stored.get(pk) != row]:
        upsert(table, names, changed)


def stored_rows(table: Table, plans: Collection[Plan], names: Iterable[str]) -> dict[int, Row]:
    """By key, the columns `names`."""
    found = table.model._default_manager.filter(**{f"{table.key}__{table.plan}__in": plans}).order_by()
    return {pk: tuple(row) for pk, *row in found.values_list("pk", *names)}


def row_of(table: Table, fields: Fields, old: Row | None, today: date) -> Row:
    """The row's columns; of a dated one, whose first is its light, the last is the day since which that holds."""
    if not table.dated:
        return tuple(fields.values())
    same = old is not None and old[0] == fields["light"]
    return (*fields.values(), old[-1] if old and same else today)


def upsert(table: Table, names: Iterable[str], rows: Sequence[Row]) -> None:
    """Write the rows, which begin with the key; `names` are the other columns. In plain SQL: to make an object of each
    would cost more than to judge it."""
    key, *columns = (connection.ops.quote_name(name) for name in (f"{table.key}_id", *names))
    into = f"INSERT INTO {table.model._meta.db_table} ({', '.join((key, *columns))}) VALUES "  # noqa: S608 (our names)
    update = f" ON CONFLICT ({key}) DO UPDATE SET {', '.join(f'{name} = excluded.{name}' for name in columns)}"
    places = f"({', '.join(['%s'] * (len(columns) + 1))})"
    size = min(BATCH, connection.ops.bulk_batch_size([key, *columns], rows))
    with connection.cursor() as cursor:
        for batch in (rows[start : start + size] for start in range(0, len(rows), size)):
            cursor.execute(into + ", ".join([places] * len(batch)) + update, [value for row in batch for value in row])
