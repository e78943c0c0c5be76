"""What the fast path has written and what the slow path says, in the same form, so that a test can compare them."""

from __future__ import annotations

import re
from dataclasses import astuple
from fractions import Fraction
from typing import Any

from core import clock
from dashboards.models import Snapshot
from indicators.display import rounded
from reporting.models import AssignmentStanding, IndicatorStanding, MeasureStanding
from tasks.models import Plan
from tests.slow_snapshots import COLUMNS, Scope, slow_snapshots
from tests.slow_standings import SlowPlan

Rows = dict[Any, Any]
NUMBER = re.compile(r"-?\d+(?:\.(\d+))?")


def differences(slow: SlowPlan) -> list[str]:
    """All that differs between the two paths, in words; empty where they agree."""
    pairs = (
        ("measure", fast_measures(slow.plan), slow_measures(slow)),
        ("assignment", fast_assignments(slow.plan), slow_assignments(slow)),
        ("indicator", fast_indicators(slow.plan), slow_indicators(slow)),
        ("snapshot", fast_snapshots(slow.plan), slow_snapshots(slow)),
    )
    found = wrong_values(slow)
    for what, fast, exact in pairs:
        for key in {**fast, **exact}:
            if fast.get(key) != exact.get(key):
                found.append(f"{what} {key}: fast {fast.get(key)}, slow {exact.get(key)}")
    return found


def fast_measures(plan: Plan) -> Rows:
    rows = MeasureStanding.objects.filter(measure__task__plan=plan)
    return {row.pk: (row.light, row.claimed, row.reviewed, row.verified_on) for row in rows}


def slow_measures(slow: SlowPlan) -> Rows:
    return {each.pk: astuple(slow.measure(each)) for each in slow.all_measures}


def fast_assignments(plan: Plan) -> Rows:
    rows = AssignmentStanding.objects.filter(assignment__measure__task__plan=plan)
    return {row.pk: (row.light, row.counted_light, row.claimed, row.reviewed) for row in rows}


def slow_assignments(slow: SlowPlan) -> Rows:
    return {each.pk: astuple(slow.assignment(each)) for each in slow.assignments()}


def fast_indicators(plan: Plan) -> Rows:
    rows = IndicatorStanding.objects.filter(indicator__measure__task__plan=plan)
    return {row.pk: (row.as_of, row.state, row.light, row.answered, row.reporters, row.progress) for row in rows}


def slow_indicators(slow: SlowPlan) -> Rows:
    rows = {}
    for indicator in slow.indicators():
        figure = slow.figure(indicator)
        progress = None if figure.progress is None else rounded(figure.progress * 100, 1)
        rows[indicator.pk] = (
            figure.as_of,
            figure.state,
            figure.light,
            figure.answered,
            figure.reporters,
            progress,
        )
    return rows


def wrong_values(slow: SlowPlan) -> list[str]:
    """Indicators whose text is not what the slow path's exact value rounds to."""
    found = []
    for indicator in slow.indicators():
        value, text = slow.figure(indicator).value, IndicatorStanding.objects.get(pk=indicator.pk).value
        if not shows(text, value):
            found.append(f"{indicator.pk} {indicator}: {text!r} for {value}")
    return found


def shows(text: str, value: Fraction | None) -> bool:
    """Whether the number in the text is the value, rounded half up to as many places; without places it is exact."""
    if value is None:
        return not text
    number = NUMBER.match(text)
    if number is None:
        return False
    if number[1] is None:
        return Fraction(number[0]) == value
    return Fraction(number[0]) == Fraction(rounded(value, len(number[1])))


def fast_snapshots(plan: Plan) -> dict[Scope, dict[str, Any]]:
    """Of today, each column but the moment at which it was counted."""
    rows = Snapshot.objects.filter(plan=plan, date=clock.today())
    return {
        (row.scope, row.section_id, row.department_id): {name: getattr(row, name) for name in [*COLUMNS, "light"]}
        for row in rows
    }
