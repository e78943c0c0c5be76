"""The nightly job against a hand-written SQL job, and what one accepted report costs beside 100 plans.

Needs DATABASE_URL of a PostgreSQL server; makes two temporary databases beside it, one of 100 plans and one of the
first of them alone. Each plan has a place of its own, with 12 units, 60 measures of 3 units each, an indicator on
every second measure (all families and paths, per thousand residents too) and 4 quarters. Three quarters are sent and
accepted but for a few that were returned or never sent, of the fourth about two thirds; some measures are closed.

The portal's job is `dashboards.actions.refresh.refresh_all`. The other one (`benchmarks/rollup.sql`) is a set-based
job in the database alone that writes the same tables; its dates, figures and lights must be the portal's, or the
benchmark fails. Its reasons and formulas are of similar length but not the same words. They take turns, each with
empty tables and again with everything stored.

Prints a line for each figure, then `RESULT nightly_ratio=… nightly_again_ratio=… one_report_ratio=…`:
nightly_ratio        median time of the portal's job to that of the SQL job, from empty tables
nightly_again_ratio  the same where everything is stored already and nothing has changed
nightly_cpu_ratio    from empty tables, processor seconds of this process and of the database's own that serves it: on a
                     busy machine the portal's two processes wait for each other's turn, the SQL job's one does not;
                     0 where the database runs on another machine
one_report_ratio     accepting one unit's form and the background work behind it, with 100 plans to with one;
                     background_ratio of that work alone

`--plans N` makes fewer plans, for a quick try.
"""

from __future__ import annotations

import argparse
import gc
import os
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import django

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
if not os.environ.get("DATABASE_URL", "").startswith("postgres"):
    sys.exit("DATABASE_URL must name a PostgreSQL server, e.g. postgres://root@127.0.0.1:5432/postgres")
os.environ.setdefault("SECRET_KEY", "only-for-the-benchmark-" + "x" * 40)
os.environ |= {
    "VAR_DIR": tempfile.mkdtemp(prefix="benchmark-rollup-"),
    "BROKER_URL": "memory://",
    "LOG_LEVEL": "ERROR",
    "CLOCK_DATE": "2027-01-08",
    "DJANGO_SETTINGS_MODULE": "foodsafety.settings",
}
django.setup()

from django.db import connection, connections, transaction  # noqa: E402 (found only once Django is set up, as all below)

from benchmarks import rollup_world  # noqa: E402
from core import clock, outbox  # noqa: E402
from dashboards.actions.refresh import refresh_all  # noqa: E402
from dashboards.models import Snapshot  # noqa: E402
from departments.models import User  # noqa: E402
from indicators.models import Reading  # noqa: E402
from reporting.actions.accept import accept_filtered  # noqa: E402
from reporting.models import (  # noqa: E402
    AssignmentStanding,
    IndicatorStanding,
    MeasureStanding,
    ProgressEntry,
    ProgressReport,
    ReportedFigure,
)

SQL = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
NIGHTS, REPORTS = 5, 12
NAME = "benchmark_rollup"
COUNTS = "measures red amber green grey claimed reviewed verified indicators met on_pace behind unknown"
CHECKED: dict[Any, str] = {
    MeasureStanding: "light since claimed reviewed verified_on progress progress_unit progress_period",
    AssignmentStanding: "light counted_light since claimed reviewed",
    IndicatorStanding: "state light as_of progress of_target due_of_target answered reporters",
    Snapshot: f"plan date scope section department light {COUNTS}",
}
Picture = dict[str, set[tuple[Any, ...]]]


def make_databases() -> None:
    """Two that are alike; `connection` is to the first one, which all plans are for."""
    connection.settings_dict["TEST"]["NAME"] = NAME
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    rollup_world.make_base()
    connection.creation.clone_test_db("one", verbosity=0, autoclobber=True)


def other_database() -> Any:
    other = connections.create_connection("default")
    other.settings_dict = {**connection.settings_dict, "NAME": f"{NAME}_one"}
    return other


@contextmanager
def using(database: Any) -> Iterator[None]:
    """Inside the block `connection` is to that database."""
    before = connections["default"]
    connections["default"] = database
    try:
        yield
    finally:
        connections["default"] = before


def make_world(plans: int) -> None:
    started = time.perf_counter()
    rollup_world.make_plans(plans)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    print(f"{plans} plans written in {time.perf_counter() - started:.0f} s", flush=True)


def seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def busy() -> float:
    """Processor seconds so far of this process and of the database's that serves it, 0 where that is not here."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        status = Path(f"/proc/{cursor.fetchone()[0]}/stat")
    if not status.exists():
        return 0
    ticks = sum(map(int, status.read_text().rpartition(")")[2].split()[11:13]))  # user and system
    return time.process_time() + ticks / os.sysconf("SC_CLK_TCK")


def clear() -> None:
    tables = ", ".join(model._meta.db_table for model in CHECKED)
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {tables}")


def picture() -> Picture:
    """All rows of standings and snapshots, without their words."""
    found = {}
    for model, columns in CHECKED.items():
        key = [] if model is Snapshot else ["pk"]
        found[model.__name__] = set(model.objects.order_by().values_list(*key, *columns.split()))
    return found


def sql_job() -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(SQL, {"today": clock.today(), "now": clock.now()})


def compare(portal: Picture, other: Picture) -> None:
    for name, rows in portal.items():
        ours, theirs = sorted(rows - other[name], key=str), sorted(other[name] - rows, key=str)
        if ours or theirs:
            raise SystemExit(f"{name} differs in {len(ours)} rows: portal {ours[:5]}, SQL {theirs[:5]}")


def letters() -> int:
    """Of all words that standings carry."""
    found = 0
    for model, columns in (
        (MeasureStanding, ["reason"]),
        (AssignmentStanding, ["reason", "counted_reason"]),
        (IndicatorStanding, ["reason", "value", "formula", "expected"]),
    ):
        found += sum(len(word) for row in model.objects.order_by().values_list(*columns) for word in row)
    return found


def night(job: Callable[[], object]) -> tuple[float, float, float, Picture]:
    """Seconds from empty tables and again, processor seconds from empty tables."""
    clear()
    gc.freeze()  # what the benchmark itself holds is not gone through again and again
    before = busy()
    empty, after = seconds(job), busy()
    return empty, seconds(job), after - before, picture()


def nightly_ratios() -> dict[str, float]:
    rounds = []
    for number in range(NIGHTS):
        *portal, ours = night(refresh_all)
        words = letters()
        *other, theirs = night(sql_job)
        compare(ours, theirs)
        if not number:
            kinds = {name: len(rows) for name, rows in ours.items()}
            print(f"same lights and figures in {kinds}; letters {words} portal, {letters()} SQL", flush=True)
        rounds.append((*portal, *other))
        line = "empty {:.2f} s, again {:.2f} s, cpu {:.2f} s; SQL {:.2f} s, again {:.2f} s, cpu {:.2f} s"
        print(line.format(*rounds[-1]), flush=True)
    empty, again, cpu, bare, bare_again, bare_cpu = (statistics.median(each) for each in zip(*rounds, strict=True))
    ratios = {"nightly_ratio": empty / bare, "nightly_again_ratio": again / bare_again}
    return ratios | {"nightly_cpu_ratio": cpu / bare_cpu if bare_cpu else 0}


def accept_form(place: int) -> tuple[float, float]:
    """The waiting form of the fourth quarter in that place of the list, of the first plan: seconds of accepting it,
    and of the background work. Undone afterwards."""
    actor = User.objects.get(username="clerk")
    waiting = ProgressReport.objects.filter(period__jurisdiction__code=rollup_world.code_of(0), status="submitted")
    forms = list(waiting.filter(period__ordinal=4).order_by("pk"))
    form = forms[place % len(forms)]
    seen = dict(form.entries.values_list("pk", "version"))
    accepting = seconds(lambda: accept_filtered(form.period, actor=actor, seen=seen))
    following = seconds(outbox.drain)
    if form.entries.exclude(status="accepted").exists():
        raise SystemExit("the form was not accepted")
    undo(form)
    return accepting, following


def undo(form: ProgressReport) -> None:
    ReportedFigure.objects.filter(entry__report=form).update(reading=None)
    Reading.objects.filter(department=form.department_id, as_of=form.period.end).delete()
    ProgressEntry.objects.filter(report=form).update(status="submitted", decided_by=None, decided_at=None)
    ProgressReport.objects.filter(pk=form.pk).update(status="submitted")
    refresh_of_one(form)


def refresh_of_one(form: ProgressReport) -> None:
    """So that the next round finds everything stored, and something to change."""
    outbox.put("plan.standing", form.period.plans.get().pk)
    outbox.drain()


def one_report_ratios(one: Any) -> dict[str, float]:
    """The two databases take turns."""
    many = connections["default"]
    times: dict[Any, list[tuple[float, float]]] = {many: [], one: []}
    for place in range(-1, REPORTS):  # the first one warms up
        for database in (one, many) if place % 2 else (many, one):
            with using(database):
                if place < 0:
                    refresh_all()
                times[database].append(accept_form(place))
    found = {}
    for name, cost in (("one_report", sum), ("background", lambda pair: pair[1])):
        large, small = (statistics.median(map(cost, times[each][1:])) for each in (many, one))
        print(f"{name}: {large * 1000:.0f} ms in all plans, {small * 1000:.0f} ms in one plan", flush=True)
        found[f"{name}_ratio"] = large / small
    return found


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--plans", type=int, default=100)
    plans = parser.parse_args().plans
    make_databases()
    one = other_database()
    try:
        make_world(plans)
        with using(one):
            make_world(1)
        found = nightly_ratios() | one_report_ratios(one)
        print("RESULT " + " ".join(f"{name}={value:.2f}" for name, value in found.items()))
    finally:
        one.close()
        connection.creation.destroy_test_db(suffix="one", verbosity=0)
        connection.creation.destroy_test_db(verbosity=0)
        shutil.rmtree(os.environ["VAR_DIR"], ignore_errors=True)


if __name__ == "__main__":
    main()
