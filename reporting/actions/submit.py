"""报送: a unit's form goes to the office. Set-wise: as many statements for 200 entries as for 10."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max, QuerySet

from core import audit, clock
from core.errors import BadInput, WrongState
from departments.models import User
from reporting.actions.locking import bump, lock_report, require_version
from reporting.entries.findings import findings_of
from reporting.errors import ChecksFailed
from reporting.life_cycle import REPORT_WORKFLOW
from reporting.models import EntryVersion, Evidence, ProgressEntry, ProgressReport, ReportedFigure
from reporting.owed import owed_assignments
from reporting.policies import may_submit
from reporting.standing.stale import mark_report
from reporting.versions import content_of

Status = ProgressEntry.Status
EMPTY = "这份填报单没有要报送的项。"


def submit(
    report: ProgressReport, *, actor: User, version: int, confirmed_questions: Collection[str] = ()
) -> ProgressReport:
    """Send what the unit still holds: open entries, after a return the returned ones alone.

    The first submission fixes the date that counts. `version` is the form's as the page showed it. Raises
    `WrongState` where the form moved on, `ChecksFailed` for errors and for questions that are not confirmed.
    """
    with transaction.atomic():
        report = lock_report(report.pk)
        may_submit(actor, report).or_raise()
        target = REPORT_WORKFLOW.require("submit", report.status)
        require_version(report, version)
        require_complete(report)
        require_answered(report, confirmed_questions)
        entries = list(held(report))
        if not entries:
            raise BadInput(EMPTY)
        before, now = report.status, clock.now()
        keep_versions(entries, actor=actor, at=now)
        held(report).update(status=Status.SUBMITTED, answer_due=None, decided_by=None, decided_at=None)
        report.status, report.submitted_at = target, now
        report.first_submitted_at = report.first_submitted_at or now
        bump(report, "status", "submitted_at", "first_submitted_at")
        mark_report(report)
        audit.record(
            "report.submitted",
            report,
            actor=actor,
            scope=report.period.jurisdiction.code,
            before={"status": before},
            after={"status": target, "entries": len(entries), "on_behalf": report.on_behalf},
        )
    return report


def require_complete(report: ProgressReport) -> None:
    """Raise `WrongState` where an amendment of the plan asks for entries that this form, never sent, has not yet."""
    if report.first_submitted_at is not None:
        return
    owed = owed_assignments(report.period, [report.department])
    new = owed.exclude(pk__in=ProgressEntry.objects.filter(report=report).values("assignment")).count()
    if new:
        raise WrongState(f"计划刚作了更正，本单位新增{new}项。请刷新页面填写后再报送，已保存的内容都在。")


def require_answered(report: ProgressReport, confirmed: Collection[str]) -> None:
    """Raise `ChecksFailed` for errors, and for questions whose keys are not among the `confirmed`."""
    findings = findings_of(report)
    errors = [finding for finding in findings if finding.is_error]
    if errors:
        raise ChecksFailed(f"还有{len(errors)}处没有填对，改好后再报送。{errors[0].sentence}", findings)
    left = [finding for finding in findings if finding.key not in confirmed]
    if left:
        raise ChecksFailed(f"有{len(left)}处需要核对，确认无误后再报送。{left[0].sentence}", findings)


def held(report: ProgressReport) -> QuerySet[ProgressEntry]:
    """Entries that the unit may still change, which the next submission sends."""
    return ProgressEntry.objects.filter(report=report).with_unit()


def keep_versions(entries: Iterable[ProgressEntry], *, actor: User, at: datetime) -> None:
    """One `EntryVersion` for each of the entries; four statements."""
    chosen = list(entries)
    pks = [entry.pk for entry in chosen]
    counted = EntryVersion.objects.filter(entry__in=pks).order_by().values_list("entry").annotate(Max("ordinal"))
    last = dict(counted)
    figures = by_entry(ReportedFigure.objects.filter(entry__in=pks))
    files = by_entry(Evidence.objects.filter(entry__in=pks, removed_at__isnull=True))
    EntryVersion.objects.bulk_create(
        EntryVersion(
            entry=entry,
            ordinal=last.get(entry.pk, 0) + 1,
            content=content_of(entry, figures[entry.pk], files[entry.pk]),
            submitted_at=at,
            submitted_by=actor,
        )
        for entry in chosen
    )


def by_entry(rows: Iterable[Any]) -> dict[int, list[Any]]:
    grouped: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        grouped[row.entry_id].append(row)
    return grouped
