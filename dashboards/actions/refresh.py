"""Judge plans anew: standings and today's snapshots, from the rows as they are now.

The plans' rows are locked before anything is read. Who comes second waits, reads what the first change and the first
job have left, and so never writes older figures over newer ones. Running twice or dying half-way does no harm.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from core import clock
from dashboards.models import Snapshot
from dashboards.snapshots import write_snapshots
from reporting.standing.writing import write_standings
from tasks.models import Plan
from tasks.standing import mark_stale

AT_ONCE = 20  # plans in one transaction


def refresh_by_key(key: str) -> None:
    """Handler of `tasks.standing.PLAN_TOPIC`: one plan."""
    refresh([int(key)])


def refresh_place_by_key(key: str) -> None:
    """Handler of `departments.standing.PLACE_TOPIC`: asks for every plan in force of the jurisdiction."""
    with transaction.atomic():
        mark_stale(in_force().filter(jurisdiction=int(key)).values_list("pk", flat=True))


def refresh_the_day() -> int:
    """Every plan in force that has no snapshot of today yet: all of them after midnight, and what an outage left."""
    today = Snapshot.objects.filter(plan=OuterRef("pk"), date=clock.today(), scope=Snapshot.Scope.PLAN)
    return refresh(in_force().filter(~Exists(today)).values_list("pk", flat=True))


def refresh_all() -> int:
    """Every plan in force, whatever stands already."""
    return refresh(in_force().values_list("pk", flat=True))


def refresh(plans: Iterable[int]) -> int:
    """The plans among these that are in force, `AT_ONCE` in a transaction; how many they were."""
    pks = sorted(plans)
    return sum(_refresh(pks[start : start + AT_ONCE]) for start in range(0, len(pks), AT_ONCE))


def in_force() -> QuerySet[Plan]:
    """A plan that is closed keeps its last standing."""
    return Plan.objects.filter(stage=Plan.Stage.ISSUED)


def _refresh(pks: Collection[int]) -> int:
    with transaction.atomic():
        locked = in_force().filter(pk__in=pks).select_for_update(of=("self",), no_key=True).order_by("pk")
        plans = list(locked)
        write_snapshots(write_standings(plans))
    return len(plans)
