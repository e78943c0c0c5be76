"""A process that obeys lines like `actor`: acts on a round as one person, and tells of each thing whether it won.

`make REPORTS ENTRIES` → keys as JSON · `accept ACTOR PK.VERSION…` · `return ACTOR PK.VERSION…` ·
`bulk ACTOR PERIOD PK.VERSION…` · `submit ACTOR PK.VERSION…` · `sign ACTOR PK.VERSION…` · `save ACTOR PK.VERSION…` ·
`amend REPORT…` (the plan gives the unit one measure more, and the form is looked at) · `verbs` → audit verbs counted.
An answer names the keys that were won; all others were refused as moved on.
"""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date

import django

django.setup()

from django.conf import settings  # noqa: E402

from core.errors import WrongState  # noqa: E402
from core.models import AuditEntry  # noqa: E402
from departments.models import User  # noqa: E402
from reporting.actions.accept import accept_entry, accept_filtered  # noqa: E402
from reporting.actions.return_entry import return_entry  # noqa: E402
from reporting.actions.save_entry import save_entry  # noqa: E402
from reporting.actions.sign import sign  # noqa: E402
from reporting.actions.submit import submit  # noqa: E402
from reporting.entries.content import EntryContent, content_of  # noqa: E402
from reporting.models import ProgressEntry, ProgressReport, ReportingPeriod  # noqa: E402
from reporting.owed import open_report  # noqa: E402
from tests.factories import (  # noqa: E402
    AssignmentFactory,
    DepartmentFactory,
    IndicatorReporterFactory,
    approver,
    office_user,
    reporter,
)
from tests.reporting_factories import make_report, make_round  # noqa: E402

settings.CLOCK_DATE = date(2026, 10, 13)
NEW_TEXT = "本季度改写后的进展：检查食堂31家，发现问题4处，已整改。"


def make(reports: str, entries: str, status: str = "draft", signer: str = "") -> str:
    """Units with a reporter each (and an approver), their forms, and two of the office."""
    period, plan = make_round()
    made = [form(period, plan, int(entries), status, signer) for _ in range(int(reports))]
    office = [office_user(period.jurisdiction).pk for _ in range(2)]
    return json.dumps({"period": period.pk, "office": office, "forms": made})


def form(period, plan, entries: int, status: str, signer: str) -> dict[str, object]:
    unit = DepartmentFactory.create(jurisdiction=period.jurisdiction)
    report = make_report(period, unit, plan, entries, submitted=status == "submitted")
    for entry in report.entries.all():
        IndicatorReporterFactory.create(indicator=entry.figures.get().indicator, department=unit)
    return {
        "report": report.pk,
        "entries": list(report.entries.values_list("pk", flat=True)),
        "reporter": reporter(unit).pk,
        "approver": approver(unit).pk if signer else None,
    }


def each(words: Iterable[str]) -> Iterator[tuple[int, int]]:
    for word in words:
        pk, _, version = word.partition(".")
        yield int(pk), int(version or 0)


def won(words: Iterable[str], act: Callable[[int, int], object]) -> str:
    """Do it to each; the keys of those that were not refused."""
    done = []
    for pk, version in each(words):
        try:
            act(pk, version)
        except WrongState:
            continue
        done.append(str(pk))
    return f"won {' '.join(done)}"


def accept(actor: str, *words: str) -> str:
    user = User.objects.get(pk=actor)
    return won(words, lambda pk, v: accept_entry(ProgressEntry(pk=pk), actor=user, version=v))


def return_(actor: str, *words: str) -> str:
    user = User.objects.get(pk=actor)
    return won(words, lambda pk, v: return_entry(ProgressEntry(pk=pk), actor=user, reason="缺佐证材料", version=v))


def bulk(actor: str, period: str, *words: str) -> str:
    """→ how many were accepted."""
    found = ReportingPeriod.objects.select_related("jurisdiction").get(pk=period)
    try:
        return f"accepted {accept_filtered(found, actor=User.objects.get(pk=actor), seen=dict(each(words)))}"
    except WrongState:
        return "accepted 0"


def submit_(actor: str, *words: str) -> str:
    user = User.objects.get(pk=actor)
    return won(words, lambda pk, v: submit(ProgressReport(pk=pk), actor=user, version=v))


def sign_(actor: str, *words: str) -> str:
    user = User.objects.get(pk=actor)
    return won(words, lambda pk, v: sign(ProgressReport(pk=pk), actor=user, version=v))


def save(actor: str, *words: str) -> str:
    user = User.objects.get(pk=actor)

    def act(pk: int, version: int) -> None:
        entry = ProgressEntry.objects.get(pk=pk)
        content = EntryContent("under_way", NEW_TEXT, "", "四季度复查。", figures=content_of(entry).figures)
        save_entry(entry, actor=user, content=content, seen=version)

    return won(words, act)


def amend(*reports: str) -> str:
    for pk in reports:
        report = ProgressReport.objects.select_related("period__jurisdiction", "department").get(pk=pk)
        AssignmentFactory.create(department=report.department, measure__task__section__plan=report.period.plans.get())
        open_report(report.period, report.department)
    return "amended"


def verbs() -> str:
    return json.dumps(Counter(AuditEntry.objects.values_list("verb", flat=True)))


def state() -> str:
    """Of every form: its status, its entries' statuses and texts, how many versions were kept."""
    return json.dumps(
        {
            report.pk: {
                "status": report.status,
                "entries": list(report.entries.order_by("pk").values_list("status", "done_text")),
                "versions": sum(entry.versions.count() for entry in report.entries.all()),
            }
            for report in ProgressReport.objects.all()
        }
    )


COMMANDS: dict[str, Callable[..., str]] = {
    "make": make,
    "accept": accept,
    "return": return_,
    "bulk": bulk,
    "submit": submit_,
    "sign": sign_,
    "save": save,
    "amend": amend,
    "verbs": verbs,
    "state": state,
}

if __name__ == "__main__":
    for line in sys.stdin:
        command, *given = line.split()
        os.write(1, f"{COMMANDS[command](*given)}\n".encode())
