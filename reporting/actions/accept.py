"""通过: the office accepts entries; their figures become readings, and a form whose entries all are is accepted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db import transaction
from django.db.models import QuerySet

from core import audit, clock
from core.errors import WrongState
from departments.models import User
from reporting.actions.locking import lock_entry, lock_reports, require_entry_version
from reporting.life_cycle import ENTRY_WORKFLOW
from reporting.models import ProgressEntry, ProgressReport, ReportingPeriod
from reporting.policies import may_review, may_review_period
from reporting.readings import make_readings
from reporting.standing.stale import mark_entries

Status = ProgressEntry.Status
NOTHING_LEFT = "选中的待审项都已有人审过或退回，没有可通过的。请刷新后再看。"


def accept_entry(entry: ProgressEntry, *, actor: User, version: int) -> ProgressEntry:
    """通过 one entry as the page showed it. Raises `WrongState` where somebody was first or the unit changed it."""
    with transaction.atomic():
        entry = lock_entry(entry.pk)
        may_review(actor, entry).or_raise()
        target = ENTRY_WORKFLOW.require("accept", entry.status)
        require_entry_version(entry, version)
        make_readings([entry])
        entry.status, entry.decided_by, entry.decided_at, entry.reason = target, actor, clock.now(), ""
        entry.save(update_fields=["status", "decided_by", "decided_at", "reason"])
        finish([entry.report])
        mark_entries([entry])
        scope = entry.report.period.jurisdiction.code
        after = {"status": target, "report": entry.report.status}
        audit.record(
            "entry.accepted", entry, actor=actor, scope=scope, before={"status": Status.SUBMITTED}, after=after
        )
    return entry


def accept_filtered(period: ReportingPeriod, *, actor: User, seen: Mapping[int, int]) -> int:
    """批量通过: accept those of the entries `seen` (key to version, as the page showed them) that still wait unchanged.

    The statements do not grow with the entries; one audit entry names them all. Returns how many were accepted:
    fewer than `seen` where others decided or units changed some meanwhile. Raises `WrongState` where none was left.
    """
    with transaction.atomic():
        may_review_period(actor, period).or_raise()
        of_period = ProgressEntry.objects.filter(pk__in=seen, report__period=period)
        reports = lock_reports(of_period.values_list("report", flat=True))
        entries = waiting_unchanged(of_period, reports, seen)
        if not entries:
            raise WrongState(NOTHING_LEFT)
        make_readings(entries)
        ProgressEntry.objects.filter(pk__in=[entry.pk for entry in entries]).update(
            status=Status.ACCEPTED, decided_by=actor, decided_at=clock.now(), reason=""
        )
        finish({entry.report_id: entry.report for entry in entries}.values())
        mark_entries(entries)
        audit.record(
            "entries.accepted",
            period,
            actor=actor,
            scope=period.jurisdiction.code,
            after={"count": len(entries), "entries": [entry.pk for entry in entries]},
        )
    return len(entries)


def waiting_unchanged(
    entries: QuerySet[ProgressEntry], reports: Mapping[int, ProgressReport], seen: Mapping[int, int]
) -> list[ProgressEntry]:
    """Locked by key, each with its locked form."""
    locked = entries.select_for_update(of=("self",)).order_by("pk")
    found = [entry for entry in locked if entry.status == Status.SUBMITTED and entry.version == seen[entry.pk]]
    for entry in found:
        entry.report = reports[entry.report_id]
    return found


def finish(reports: Iterable[ProgressReport]) -> None:
    """Set the locked forms to accepted whose entries all are now; two statements."""
    by_pk = {report.pk: report for report in reports if report.status == ProgressReport.Status.SUBMITTED}
    unfinished = ProgressEntry.objects.filter(report__in=by_pk).exclude(status=Status.ACCEPTED)
    done = by_pk.keys() - set(unfinished.values_list("report", flat=True))
    for pk in done:
        by_pk[pk].status = ProgressReport.Status.ACCEPTED
        by_pk[pk].version += 1
    ProgressReport.objects.bulk_update([by_pk[pk] for pk in sorted(done)], ["status", "version"])
