"""One change of a form at a time. The order is always the same, so that no two wait for each other: the form's row,
then its entries by key, then whatever hangs on them. Several forms are locked by key."""

from __future__ import annotations

from collections.abc import Iterable

from core.errors import WrongState
from reporting.errors import STALE_ENTRY, STALE_REPORT
from reporting.models import ProgressEntry, ProgressReport


def lock_report(pk: int) -> ProgressReport:
    """The form's row, locked in the caller's transaction."""
    reports = ProgressReport.objects.select_for_update(of=("self",))
    report: ProgressReport = reports.select_related("period__jurisdiction", "department").get(pk=pk)
    return report


def require_version(report: ProgressReport, version: int) -> None:
    """Raise `WrongState` where the page showed another version of the form."""
    if report.version != version:
        raise WrongState(STALE_REPORT)


def lock_reports(pks: Iterable[int]) -> dict[int, ProgressReport]:
    """Several forms by key; one query."""
    reports = ProgressReport.objects.select_for_update(of=("self",)).filter(pk__in=set(pks)).order_by("pk")
    return {report.pk: report for report in reports.select_related("period__jurisdiction", "department")}


def lock_entry(pk: int) -> ProgressEntry:
    """The entry's row, locked after its form's."""
    report = lock_report(ProgressEntry.objects.values_list("report", flat=True).get(pk=pk))
    entries = ProgressEntry.objects.select_for_update(of=("self",)).select_related("assignment__measure__task")
    entry: ProgressEntry = entries.get(pk=pk)
    entry.report = report
    return entry


def require_entry_version(entry: ProgressEntry, version: int) -> None:
    """Raise `WrongState` where the page showed another version of the entry."""
    if entry.version != version:
        raise WrongState(STALE_ENTRY)


def bump(report: ProgressReport, *fields: str) -> None:
    """Save `fields` of the locked form and count the change, so that a page shown before is told."""
    report.version += 1
    report.save(update_fields=[*fields, "version"])
