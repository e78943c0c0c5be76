"""The demo's baselines, and what the nightly job left behind on some days of its year."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, time
from decimal import Decimal

from core import clock
from dashboards.actions.refresh import refresh
from departments.models import User
from indicators.actions.set_baselines import Baseline, baselines_edition, climbing, set_baselines
from tasks.models import Plan

END_OF_DAY = time(23, 50)


def write_baselines(plan: Plan, clerk: User, rows: Iterable[Mapping[str, str]]) -> None:
    """As the office collects them after the plan was issued; targets that the rows do not name have none."""
    known = {(one.measure.number, one.subject): one.pk for one in climbing(plan)}
    baselines = {known[row["measure"], row["subject"]]: Baseline(Decimal(row["value"]), row["source"]) for row in rows}
    set_baselines(plan, actor=clerk, baselines=baselines, seen=baselines_edition(plan))


def judge_on(plan: Plan, *days: str) -> None:
    """Standings and snapshots as of the end of the days (MM-DD of the plan's year)."""
    for day in days:
        moment = datetime.combine(datetime.fromisoformat(f"{plan.year}-{day}"), END_OF_DAY)
        with clock.pinned(moment):
            refresh([plan.pk])


def judge_now(plan: Plan) -> None:
    refresh([plan.pk])
