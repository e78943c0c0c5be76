"""Judge plans anew: standings and today's snapshots, from the rows as they are now.

The plans' rows are locked before anything is read. Who comes second waits, reads what the first change and the first
job have left, and so never writes older figures over newer ones. Running twice or dying half-way does no harm.
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterable, Iterator

from django.db import transaction
from django.db.models import CharField, Exists, OuterRef, QuerySet
from django.db.models.functions import Cast

from core import clock
from core.models import Outbox
from dashboards.models import Snapshot
from dashboards.snapshots import write_snapshots
from reporting.standing.writing import write_standings
from tasks.models import Plan
from tasks.standing import PLAN_TOPIC, mark_stale

AT_ONCE = 20  # plans in one transaction
log = logging.getLogger(__name__)


def refresh_by_key(key: str) -> None:
    """Handler of `tasks.standing.PLAN_TOPIC`: one plan.

    If it was closed while it waited, what came before still counts; nothing asks for a plan that is closed.
    """
    _refresh(Plan.objects.filter(pk=int(key), stage__in=(Plan.Stage.ISSUED, Plan.Stage.CLOSED)))


def refresh_place_by_key(key: str) -> None:
    """Handler of `departments.standing.PLACE_TOPIC`: asks for every plan in force of the jurisdiction."""
    with transaction.atomic():
        mark_stale(in_force().filter(jurisdiction=int(key)).values_list("pk", flat=True))


def refresh_the_day() -> int:
    """Every plan in force that has no snapshot of today yet: all of them after midnight, and what an outage left.

    What the outbox is going to judge anyway is left to it. So are plans that fail here together: one that cannot be
    judged keeps no others from it. Returns how many were judged.
    """
    today = Snapshot.objects.filter(plan=OuterRef("pk"), date=clock.today(), scope=Snapshot.Scope.PLAN)
    asked = Outbox.objects.filter(topic=PLAN_TOPIC, key=Cast(OuterRef("pk"), CharField()))
    left = in_force().filter(~Exists(today), ~Exists(asked)).values_list("pk", flat=True)
    return sum(_refresh_or_ask(pks) for pks in _batches(left))


def refresh_all() -> int:
    """Every plan in force, whatever stands already."""
    return refresh(in_force().values_list("pk", flat=True))


def refresh(plans: Iterable[int]) -> int:
    """The plans among these that are in force, `AT_ONCE` in a transaction; how many they were."""
    return sum(_refresh(in_force().filter(pk__in=pks)) for pks in _batches(plans))


def in_force() -> QuerySet[Plan]:
    """A plan that is closed keeps its last standing."""
    return Plan.objects.filter(stage=Plan.Stage.ISSUED)


def _batches(plans: Iterable[int]) -> Iterator[list[int]]:
    """In their order, so that two who lock several do not wait for each other."""
    pks = sorted(plans)
    return (pks[start : start + AT_ONCE] for start in range(0, len(pks), AT_ONCE))


def _refresh_or_ask(pks: Collection[int]) -> int:
    try:
        return _refresh(in_force().filter(pk__in=pks))
    except Exception:
        log.exception("plans %s left to the outbox", pks)
        with transaction.atomic():
            mark_stale(pks)
        return 0


def _refresh(chosen: QuerySet[Plan]) -> int:
    with transaction.atomic():
        plans = list(chosen.select_for_update(of=("self",), no_key=True).order_by("pk"))
        write_snapshots(write_standings(plans))
    return len(plans)
