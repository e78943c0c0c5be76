"""The ledger at 100,000 measures: its Excel file against bare openpyxl, its memory, its page against that of 1,000.

Runs on a temporary SQLite file, or on a temporary database beside that of `DATABASE_URL` (PostgreSQL). Times are
processor seconds of this process, so that a busy machine does not blur them (of PostgreSQL's own work only the wait
is left out). Memory is measured in a process of its own for each size.

Prints a line for each figure, then `RESULT export_ratio=… page_ratio=… …`:
export_ratio   the file of 100,000 measures, with reading them, to bare openpyxl write-only of the same values
styled_ratio   the same to openpyxl write-only with the same fonts, borders and wrapping
memory_ratio   peak memory of writing 100,000 measures to that of 10,000
search_ms      the slowest of some searches through a hundred plans of sixty measures, each with its text
page_ratio     the ledger's first page at 100,000 measures to that at 1,000; last_page_ratio likewise, filtered_ratio
               with a keyword, a unit and a role
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path

import django
from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, Side

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("SECRET_KEY", "only-for-the-benchmark-" + "x" * 40)
if "BENCHMARK_DIR" not in os.environ:  # a process of its own, for the memory, is given that of the first
    os.environ["BENCHMARK_DIR"] = tempfile.mkdtemp(prefix="benchmark-ledger-")
if not os.environ.get("DATABASE_URL", "").startswith("postgres"):
    os.environ.pop("DATABASE_URL", None)
os.environ |= {
    "VAR_DIR": os.environ["BENCHMARK_DIR"],
    "BROKER_URL": "memory://",
    "LOG_LEVEL": "ERROR",
    "DJANGO_SETTINGS_MODULE": "foodsafety.settings",
}
django.setup()

from django.core.management import call_command  # noqa: E402 (found only once Django is set up, as all below)
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402

from departments.models import Department, Jurisdiction, Membership, User  # noqa: E402
from indicators.models import Indicator  # noqa: E402
from tasks.models import Assignment, Measure, Plan, Section, SourceDocument, Task  # noqa: E402

SMALL, MIDDLE, LARGE = 1_000, 10_000, 100_000
PER_TASK, PARTS, UNITS = 50, 8, 30
PAGE_RUNS = 15
TEXT = "开展校园及周边食品经营者检查，落实陪餐制度，建立问题清单和整改台账，逐项销号。"
BRACKET = "（区第1局牵头，区第2局、区第3局配合）"
SPAN = {"span_start": 0, "span_end": len(TEXT)}
SHELF_SIZE = 60
SEARCHES = ("检查", "陪餐制度 台账", "第3局", "没有这样的字")
FILTER = {"q": "检查", "role": "answers"}
BACKEND = "django.contrib.auth.backends.ModelBackend"


def make_database() -> None:
    """SQLite in the benchmark's folder, or a database beside the one named, which is left alone; and static files."""
    call_command("collectstatic", verbosity=0, interactive=False)
    if connection.vendor == "sqlite":
        call_command("migrate", verbosity=0)
        return
    connection.settings_dict["TEST"]["NAME"] = "benchmark_ledger"
    name = connection.creation.create_test_db(verbosity=0, autoclobber=True)
    os.environ["DATABASE_URL"] = f"{os.environ['DATABASE_URL'].rpartition('/')[0]}/{name}"


def make_plan(place: Jurisdiction, size: int, year: int = 2026) -> Plan:
    """A plan in force with `size` measures: two or three units each, every third with a target."""
    source = SourceDocument.objects.create(
        jurisdiction=place, sha256=f"{year}{size:060x}", name="工作要点.docx", file="", text=(TEXT + BRACKET) * 150,
        uploaded_at=datetime(2026, 3, 1, tzinfo=UTC),
    )  # fmt: skip
    plan = Plan.objects.create(
        jurisdiction=place, year=year, kind="key_points", stage="issued", title=f"{year}年食品安全工作要点",
        document_number=f"食安委〔{year}〕1号", issued_on=f"{year}-03-20", source=source,
    )  # fmt: skip
    tasks = make_tasks(plan, -(-size // PER_TASK))
    units = list(Department.objects.filter(jurisdiction=place).order_by("pk"))
    for start in range(0, len(tasks), 100):
        make_measures(tasks[start : start + 100], units)
    return plan


def make_tasks(plan: Plan, count: int) -> list[Task]:
    sections = Section.objects.bulk_create(
        Section(plan=plan, number=n + 1, label=f"{n + 1}、", title="守护校园食品安全", **SPAN)
        for n in range(min(PARTS, count))
    )
    return Task.objects.bulk_create(
        Task(
            plan=plan, section=sections[n * len(sections) // count], number=n + 1, label=f"（{n + 1}）",
            title="明厨亮灶", **SPAN,
        )
        for n in range(count)
    )  # fmt: skip


def make_measures(tasks: list[Task], units: list[Department]) -> None:
    measures = Measure.objects.bulk_create(
        Measure(task=task, position=p + 1, text=f"{TEXT}第{p + 1}批。", **SPAN)
        for task in tasks
        for p in range(PER_TASK)
    )
    Assignment.objects.bulk_create(
        Assignment(
            measure=measure, department=units[(n + k) % UNITS], role="support" if k else "lead", position=k + 1,
            surface="区局", span_start=len(TEXT) + 1 + 7 * k, span_end=len(TEXT) + 5 + 7 * k,
        )
        for n, measure in enumerate(measures) for k in range(2 + n % 2)
    )  # fmt: skip
    Indicator.objects.bulk_create(
        Indicator(
            measure=measure, position=1, subject="检查覆盖率", comparator=">=", value=100, unit="%", kind="coverage",
            quote="", **SPAN,
        )
        for measure in measures[::3]
    )  # fmt: skip


def make_world() -> dict[int, Plan]:
    """A plan of each size, each in a place of its own, under a city whose office sees them all."""
    city = Jurisdiction.objects.create(code="990000", name="临川湖市", level="city", office_name="市食安办")
    clerk = User.objects.create(username="clerk", name="林晓", must_change_password=False)
    Membership.objects.create(user=clerk, role="office", jurisdiction=city)
    plans = {}
    for size in (SMALL, MIDDLE, LARGE):
        code = f"99{size:06}"
        place = Jurisdiction.objects.create(
            code=code, name=f"青禾{code}区", level="county", office_name="区食安办", parent=city
        )
        Department.objects.bulk_create(
            Department(jurisdiction=place, name=f"区第{n}局", position=n) for n in range(1, UNITS + 1)
        )
        plans[size] = make_plan(place, size)
        print(f"{size} measures written", flush=True)
    make_shelf()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return plans


def make_shelf() -> None:
    """A place with a hundred plans of about sixty measures, and its office."""
    place = Jurisdiction.objects.create(code="991000", name="云泽县", level="county", office_name="县食安办")
    librarian = User.objects.create(username="librarian", name="顾怀", must_change_password=False)
    Membership.objects.create(user=librarian, role="office", jurisdiction=place)
    Department.objects.bulk_create(
        Department(jurisdiction=place, name=f"县第{n}局", position=n) for n in range(1, UNITS + 1)
    )
    for year in range(1927, 2027):
        make_plan(place, SHELF_SIZE, year)


def client_of(name: str) -> Client:
    client = Client(HTTP_HOST="localhost")
    client.force_login(User.objects.get(username=name), backend=BACKEND)
    return client


def cpu(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


def fetch(client: Client, path: str, data: dict[str, str] | None = None) -> int:
    """Bytes of the whole answer."""
    response = client.get(path, data or {})
    if response.status_code != 200:
        raise SystemExit(f"{path} answered {response.status_code}")
    return sum(map(len, response)) if response.streaming else len(response.content)


def page_seconds(client: Client, plan: Plan, data: dict[str, str]) -> float:
    """The median of some runs."""
    path = f"/plans/{plan.pk}/ledger/"
    fetch(client, path, data)
    return statistics.median(cpu(lambda: fetch(client, path, data)) for _ in range(PAGE_RUNS))


def export_path(plan: Plan | str) -> str:
    return f"/plans/{plan if isinstance(plan, str) else plan.pk}/ledger/export/"


def values_of(client: Client, plan: Plan) -> list[tuple[str | None, ...]]:
    """The cells of the plan's file as openpyxl reads them back."""
    with tempfile.TemporaryFile() as file:
        file.writelines(client.get(export_path(plan)))
        file.seek(0)
        return list(load_workbook(file, read_only=True).worksheets[0].iter_rows(values_only=True))


def write_bare(values: Iterable[tuple[str | None, ...]]) -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in values:
        sheet.append(row)
    with tempfile.TemporaryFile() as file:
        book.save(file)


def write_styled(values: Iterable[tuple[str | None, ...]]) -> None:
    """As the manual of openpyxl shows it: a cell object with its style for each value."""
    side = Side(style="thin")
    font, border, wrap = Font(name="宋体", size=10), Border(side, side, side, side), Alignment(wrap_text=True)
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in values:
        cells = [WriteOnlyCell(sheet, value) for value in row]
        for cell in cells:
            cell.font, cell.border, cell.alignment = font, border, wrap
        sheet.append(cells)
    with tempfile.TemporaryFile() as file:
        book.save(file)


def peak(plan: Plan | None) -> float:
    """Peak memory in MiB of a process that writes the plan's file, or only starts."""
    command = [sys.executable, __file__, "--peak", str(plan.pk if plan else "")]
    return float(subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()[-1])


def say_peak(plan: str) -> None:
    client = client_of("clerk")
    if plan:
        fetch(client, export_path(plan))
    status = Path("/proc/self/status").read_text()  # `ru_maxrss` would be that of the process which started this one
    print(int(status.split("VmHWM:")[1].split()[0]) / 1024)


def export_ratios(client: Client, plan: Plan) -> dict[str, float]:
    ours = cpu(lambda: fetch(client, export_path(plan)))
    values = values_of(client, plan)
    bare, styled = cpu(lambda: write_bare(values)), cpu(lambda: write_styled(values))
    print(f"{len(values)} rows: export {ours:.1f} s, bare openpyxl {bare:.1f} s, styled {styled:.1f} s", flush=True)
    return {"export_ratio": ours / bare, "styled_ratio": ours / styled}


def memory(plans: dict[int, Plan]) -> dict[str, float]:
    idle, middle, large = peak(None), peak(plans[MIDDLE]), peak(plans[LARGE])
    print(f"peak memory {idle:.0f} MiB idle, {middle:.0f} at {MIDDLE}, {large:.0f} at {LARGE} measures", flush=True)
    return {"peak_10k_mib": middle, "peak_100k_mib": large}


def search_time() -> dict[str, float]:
    client = client_of("librarian")
    slowest = 0.0
    for words in SEARCHES:
        fetch(client, "/search/", {"q": words})
        seconds = statistics.median(cpu(lambda: fetch(client, "/search/", {"q": words})) for _ in range(PAGE_RUNS))  # noqa: B023
        print(f"search {words} {seconds * 1000:.0f} ms", flush=True)
        slowest = max(slowest, seconds)
    return {"search_ms": slowest * 1000}


def page_ratios(client: Client, plans: dict[int, Plan]) -> dict[str, float]:
    found = {}
    for name, data in (("page", {}), ("last_page", {"page": "0"}), ("filtered", FILTER)):
        small, large = page_seconds(client, plans[SMALL], data), page_seconds(client, plans[LARGE], data)
        print(f"{name:<10} {small * 1000:6.0f} ms at {SMALL}, {large * 1000:6.0f} ms at {LARGE}", flush=True)
        found[f"{name}_ratio"] = large / small
    return found


def main() -> None:
    try:
        make_database()
        plans = make_world()
        client = client_of("clerk")
        found = search_time() | page_ratios(client, plans) | export_ratios(client, plans[LARGE]) | memory(plans)
        print("RESULT " + " ".join(f"{name}={value:.2f}" for name, value in found.items()))
    finally:
        if connection.vendor != "sqlite":
            connection.creation.destroy_test_db("", verbosity=0)
        shutil.rmtree(os.environ["BENCHMARK_DIR"], ignore_errors=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--peak"]:
        say_peak(sys.argv[2])
    else:
        main()
