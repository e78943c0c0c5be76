"""30 units send their forms at the same moment to the running server: nothing lost, nothing double, no 5xx.

Needs DATABASE_URL of a PostgreSQL server; makes a temporary database beside it. The server is gunicorn as the portal
runs it, with two web processes. Each unit's form has 40 entries and 10 figures. A round is 30 requests let loose at
once; its time is that from the first to the last answer. Rounds of the portal and of a bare Django view, which writes
the same rows (40 entries, 10 figures, 40 versions, the form, one audit row) set-wise and asks nothing, take turns.
Every request of the portal is sent twice, the second one at once behind the first, in rounds of their own, so that a
double press is part of what is counted.

Prints a line for each figure, then `RESULT submit_ratio=… lost=0 doubled=0 errors=0`:
submit_ratio   median time of the portal's rounds to that of the bare view's
lost           entries that are not submitted, or forms without their audit row, after a round
doubled        entries with more than one version, or forms with more than one audit row
errors         answers of 500 and above
"""

from __future__ import annotations

import http.client
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import django

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
if not os.environ.get("DATABASE_URL", "").startswith("postgres"):
    sys.exit("DATABASE_URL must name a PostgreSQL server, e.g. postgres://root@127.0.0.1:5432/postgres")
os.environ.setdefault("SECRET_KEY", "only-for-the-benchmark-" + "x" * 40)
os.environ |= {
    "VAR_DIR": tempfile.mkdtemp(prefix="benchmark-submit-"),
    "BROKER_URL": "memory://",
    "LOG_LEVEL": "ERROR",
    "CLOCK_DATE": "2026-10-13",
    "DJANGO_SETTINGS_MODULE": "benchmarks.submit_settings",
}
django.setup()

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from core.models import AuditEntry  # noqa: E402
from departments.models import Department, Jurisdiction, Membership, User  # noqa: E402
from indicators.models import Indicator, IndicatorReporter  # noqa: E402
from reporting.models import (  # noqa: E402
    EntryVersion,
    ProgressEntry,
    ProgressReport,
    ReportedFigure,
    ReportingPeriod,
)
from reporting.owed import open_period  # noqa: E402
from tasks.models import Assignment, Measure, Plan, Task  # noqa: E402

UNITS, ENTRIES, FIGURES, ROUNDS = 30, 40, 10, 7
SPAN = {"span_start": 0, "span_end": 20}
TEXT = "本季度检查学校食堂和周边食品经营者{n}家，发现问题{m}处，均已立案整改并复查；培训从业人员{n}人次。"
TOKEN = "a" * 32
SECONDS = 120
BACKEND = "django.contrib.auth.backends.ModelBackend"


def make_world() -> list[ProgressReport]:
    """One plan that asks every unit for every measure; a reporter a unit; forms filled in."""
    place = Jurisdiction.objects.create(code="990001", name="青禾区", office_name="青禾区食安办", level="county")
    plan = Plan.objects.create(
        jurisdiction=place,
        year=2026,
        kind="key_points",
        stage="issued",
        title="2026年青禾区食品安全工作要点",
        document_number="青食安委〔2026〕2号",
        issued_on=date(2026, 3, 20),
    )
    units = Department.objects.bulk_create(
        Department(jurisdiction=place, name=f"区第{n}局", position=n) for n in range(UNITS)
    )
    make_duties(plan, units)
    period = ReportingPeriod.objects.create(
        jurisdiction=place,
        year=2026,
        kind="quarter",
        ordinal=3,
        title="2026年第三季度",
        start=date(2026, 7, 1),
        end=date(2026, 9, 30),
        stated_due=date(2026, 10, 15),
        due=date(2026, 10, 15),
        locks_on=date(2026, 10, 29),
    )
    period.plans.add(plan)
    for unit in units:
        user = User.objects.create(username=f"reporter{unit.pk}", name=f"联络员{unit.pk}")
        Membership.objects.create(user=user, role="reporter", department=unit)
    open_period(period)
    fill()
    return list(ProgressReport.objects.select_related("department").order_by("pk"))


def make_duties(plan: Plan, units: list[Department]) -> None:
    task = Task.objects.create(plan=plan, number=1, title="守护校园", **SPAN)
    measures = Measure.objects.bulk_create(
        Measure(task=task, position=n + 1, text=f"完成第{n + 1}项检查，问题整改率达到100%。", **SPAN)
        for n in range(ENTRIES)
    )
    Assignment.objects.bulk_create(
        Assignment(measure=measure, department=unit, role="shared", position=unit.position, surface=unit.name, **SPAN)
        for measure in measures
        for unit in units
    )
    indicators = Indicator.objects.bulk_create(
        Indicator(
            measure=measure,
            position=1,
            subject="问题整改率",
            comparator=">=",
            value=100,
            unit="%",
            kind="completion",
            numerator_label="已整改问题数",
            denominator_label="发现问题数",
            quote="问题整改率达到100%",
            **SPAN,
        )
        for measure in measures[:FIGURES]
    )
    IndicatorReporter.objects.bulk_create(
        IndicatorReporter(indicator=indicator, department=unit) for indicator in indicators for unit in units
    )


def fill() -> None:
    entries = list(ProgressEntry.objects.all())
    for n, entry in enumerate(entries):
        entry.state, entry.done_text = "under_way", TEXT.format(n=20 + n, m=n % 7)
        entry.next_steps = "四季度复查整改情况。"
    ProgressEntry.objects.bulk_update(entries, ["state", "done_text", "next_steps"], batch_size=200)
    ReportedFigure.objects.update(numerator=90, denominator=100)


def start_again() -> None:
    """All forms as drafts, nothing sent."""
    EntryVersion.objects.all().delete()
    AuditEntry.objects.all().delete()
    ProgressEntry.objects.update(status="open", version=1)
    ProgressReport.objects.update(
        status="draft", first_submitted_at=None, submitted_at=None, version=1, signature_asked_at=None
    )


def sessions(reports: list[ProgressReport]) -> dict[int, str]:
    """A logged-in session of each form's reporter."""
    found = {}
    for report in reports:
        user = User.objects.get(username=f"reporter{report.department_id}")
        store = SessionStore()
        store[SESSION_KEY], store[BACKEND_SESSION_KEY] = str(user.pk), BACKEND
        store[HASH_SESSION_KEY] = user.get_session_auth_hash()
        store.save()
        found[report.pk] = str(store.session_key)
    return found


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start_server(port: int) -> subprocess.Popen[bytes]:
    """As the portal's own supervisor starts it: two web processes of four threads."""
    bind = ["--bind", f"127.0.0.1:{port}", "--workers", "2", "--threads", "4", "--timeout", "60", "--preload"]
    words = [sys.executable, "-m", "gunicorn", *bind, "--no-control-socket", "--log-level", "error"]
    server = subprocess.Popen([*words, "foodsafety.wsgi"], cwd=ROOT)
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.2)
        else:
            return server
    raise SystemExit("the server did not start")


def post(port: int, path: str, session: str, gate: threading.Barrier, answers: list[int]) -> None:
    connected = http.client.HTTPConnection("127.0.0.1", port, timeout=SECONDS)
    headers = {
        "Cookie": f"sessionid={session}; csrftoken={TOKEN}",
        "X-CSRFToken": TOKEN,
        "Content-Type": "application/x-www-form-urlencoded",
    }
    connected.connect()
    gate.wait()
    connected.request("POST", path, "version=1", headers)
    answers.append(connected.getresponse().status)
    connected.close()


def at_once(port: int, requests: list[tuple[str, str]]) -> tuple[float, list[int]]:
    """All requests (path, session) at the same moment; seconds until the last answer, and the answers."""
    answers: list[int] = []
    gate = threading.Barrier(len(requests) + 1)
    threads = [threading.Thread(target=post, args=(port, *request, gate, answers)) for request in requests]
    for thread in threads:
        thread.start()
    gate.wait()
    began = time.perf_counter()
    for thread in threads:
        thread.join()
    return time.perf_counter() - began, answers


def missing() -> int:
    entries = ProgressEntry.objects.exclude(status="submitted").count()
    return entries + UNITS - AuditEntry.objects.filter(verb="report.submitted").values("object_id").distinct().count()


def double() -> int:
    versions = EntryVersion.objects.count() - EntryVersion.objects.values("entry").distinct().count()
    audits = AuditEntry.objects.filter(verb="report.submitted")
    return versions + audits.count() - audits.values("object_id").distinct().count()


class Bench:
    """Rounds against one server, and what they came to."""

    def __init__(self, port: int, reports: list[ProgressReport]) -> None:
        self.port, self.sessions = port, sessions(reports)
        self.lost = self.doubled = self.errors = 0

    def round(self, address: str, times: int = 1) -> float:
        """Each unit sends its form `times` times at once; checks what stands in the database afterwards."""
        start_again()
        requests = [(address.format(pk=pk), session) for pk, session in self.sessions.items()] * times
        seconds, answers = at_once(self.port, requests)
        self.errors += sum(status >= 500 for status in answers)
        if "reports" in address:
            self.lost += missing()
            self.doubled += double()
        return seconds


def make_database() -> None:
    connection.settings_dict["TEST"]["NAME"] = "benchmark_submit"
    name = connection.creation.create_test_db(verbosity=0, autoclobber=True)
    os.environ["DATABASE_URL"] = urlsplit(os.environ["DATABASE_URL"])._replace(path="/" + name).geturl()


def main() -> None:
    call_command("collectstatic", verbosity=0, interactive=False)
    make_database()
    reports = make_world()
    port = free_port()
    server = start_server(port)
    bench = Bench(port, reports)
    ours, bare = "/reports/{pk}/submit/", "/bare/{pk}/"
    try:
        for address in (ours, bare):
            bench.round(address)
        pairs = [(bench.round(ours), bench.round(bare)) for _ in range(ROUNDS)]
        bench.round(ours, times=2)
    finally:
        server.terminate()
        server.wait()
        connection.creation.destroy_test_db("benchmark_submit", verbosity=0)
    portal, plain = (statistics.median(times) for times in zip(*pairs, strict=True))
    print(f"30 forms at once, median of {ROUNDS}: portal {portal:.3f} s, bare view {plain:.3f} s")
    print(f"RESULT submit_ratio={portal / plain:.2f} lost={bench.lost} doubled={bench.doubled} errors={bench.errors}")


if __name__ == "__main__":
    main()
