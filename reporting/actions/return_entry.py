"""退回: send one entry back to its unit, which may then change that entry alone."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from core import audit, calendar, clock
from departments.models import Jurisdiction, User
from departments.queries import office_settings
from reporting.actions.locking import bump, lock_entry, require_entry_version
from reporting.life_cycle import ENTRY_WORKFLOW, REPORT_WORKFLOW
from reporting.models import ProgressEntry, ProgressReport
from reporting.policies import may_review
from reporting.standing.stale import mark_entries
from tasks.actions.reasons import checked_reason


def return_entry(entry: ProgressEntry, *, actor: User, reason: str, version: int) -> ProgressEntry:
    """Raises `BadInput` without a reason, `WrongState` where somebody decided first or the unit changed the entry."""
    reason = checked_reason(reason, "退回原因")
    with transaction.atomic():
        entry = lock_entry(entry.pk)
        may_review(actor, entry).or_raise()
        target = ENTRY_WORKFLOW.require("return", entry.status)
        require_entry_version(entry, version)
        entry.status, entry.reason = target, reason
        entry.decided_by, entry.decided_at = actor, clock.now()
        entry.answer_due = answer_due_in(entry.report.period.jurisdiction)
        entry.save(update_fields=["status", "reason", "decided_by", "decided_at", "answer_due"])
        back_to_unit(entry.report)
        mark_entries([entry])
        audit.record(
            "entry.returned",
            entry,
            actor=actor,
            scope=entry.report.period.jurisdiction.code,
            before={"status": ProgressEntry.Status.SUBMITTED},
            after={"status": target, "answer_due": entry.answer_due.isoformat()},
            reason=reason,
        )
    return entry


def answer_due_in(jurisdiction: Jurisdiction) -> date:
    """As many working days from today as the office gives its units."""
    return calendar.add_working_days(clock.today(), office_settings(jurisdiction).answer_working_days)


def back_to_unit(report: ProgressReport) -> None:
    """The locked form is the unit's again, to be signed again where the unit has an approver."""
    report.status = REPORT_WORKFLOW.require("return", report.status)
    report.signed_by = report.signed_at = report.signature_asked_at = None
    bump(report, "status", "signed_by", "signed_at", "signature_asked_at")
