"""A process that obeys lines about how a plan stands.

`make ENTRIES` (a plan in force whose one form is sent and judged) · `accept N` (the next N entries, one by one) ·
`drain` · `rebuild` · `rebuilds N` (N times) · `figures` → measures with an accepted text, figures accepted, and what
the day's snapshot counts as met · `wrong` → the tables in which a rebuild from nothing finds other rows ·
`waiting` → how many on PostgreSQL wait for another's lock.

With a `GATE` in the environment, the path of a pipe, a job says `holding` between standings and snapshots, and waits
until somebody has opened the pipe and closed it.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from decimal import Decimal
from pathlib import Path
from unittest import mock

import django

django.setup()

from django.db import connection  # noqa: E402
from django.db.models import Sum  # noqa: E402

from core import clock, outbox  # noqa: E402
from dashboards.actions import refresh  # noqa: E402
from dashboards.models import Snapshot  # noqa: E402
from dashboards.snapshots import write_snapshots  # noqa: E402
from departments.models import Membership  # noqa: E402
from foodsafety import wiring  # noqa: E402
from indicators.models import Indicator  # noqa: E402
from reporting.actions.accept import accept_entry  # noqa: E402
from reporting.models import IndicatorStanding, MeasureStanding, ProgressEntry  # noqa: E402
from reporting.standing.writing import JudgedPlan  # noqa: E402
from tasks.models import Plan  # noqa: E402
from tests.factories import DepartmentFactory, IndicatorReporterFactory, office_user  # noqa: E402
from tests.judged import TABLES, stored  # noqa: E402
from tests.reporting_factories import make_report, make_round  # noqa: E402

HANDLERS: dict[str, outbox.Handler] = wiring.HANDLERS
WAITING = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"


def say(line: str) -> None:
    os.write(1, f"{line}\n".encode())  # not `print`, which Celery turns into a log line


def hold(judged: Iterable[JudgedPlan]) -> None:
    """In place of `write_snapshots`."""
    say("holding")
    Path(os.environ["GATE"]).read_bytes()
    write_snapshots(judged)


if "GATE" in os.environ:
    mock.patch.object(refresh, "write_snapshots", hold).start()


def make(entries: str) -> str:
    """Targets of 80 %, which the 86 % of every entry meet once they are accepted."""
    period, plan = make_round()
    unit = DepartmentFactory.create(jurisdiction=period.jurisdiction)
    make_report(period, unit, plan, int(entries), submitted=True)
    Indicator.objects.update(value=Decimal(80))
    for one in Indicator.objects.all():
        IndicatorReporterFactory.create(indicator=one, department=unit)
    office_user(period.jurisdiction)
    return rebuild()


def accept(number: str) -> str:
    actor = Membership.objects.get(role=Membership.Role.OFFICE).user
    for entry in ProgressEntry.objects.waiting().order_by("pk")[: int(number)]:
        accept_entry(entry, actor=actor, version=entry.version)
    return "accepted"


def drain() -> str:
    return f"drained {outbox.drain()}"


def rebuild() -> str:
    return f"rebuilt {refresh.refresh_all()}"


def rebuilds(number: str) -> str:
    for _ in range(int(number)):
        rebuild()
    return "rebuilt"


def figures() -> str:
    told = MeasureStanding.objects.exclude(progress="").count()
    answered = IndicatorStanding.objects.aggregate(n=Sum("answered"))["n"]
    met = Snapshot.objects.filter(scope="plan", date=clock.today()).aggregate(n=Sum("met"))["n"]
    return f"{told} {answered} {met}"


def wrong() -> str:
    """Judged anew, with nothing stored, on the same day."""
    before = stored()
    for table in TABLES:
        table._default_manager.all().delete()
    refresh.refresh([Plan.objects.get().pk])
    after = stored()
    return " ".join(name for name in before if before[name] != after[name])


def waiting() -> str:
    with connection.cursor() as cursor:
        cursor.execute(WAITING)
        return str(cursor.fetchone()[0])


COMMANDS: dict[str, Callable[..., str]] = {
    "make": make,
    "accept": accept,
    "drain": drain,
    "rebuild": rebuild,
    "rebuilds": rebuilds,
    "figures": figures,
    "wrong": wrong,
    "waiting": waiting,
}

if __name__ == "__main__":
    for line in sys.stdin:
        command, *words = line.split()
        say(COMMANDS[command](*words))
