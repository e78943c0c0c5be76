"""代填: the office takes over the form of a unit that has not begun, fills it in and submits it, marked so."""

from __future__ import annotations

from django.db import transaction

from core import audit, clock
from departments.models import User
from reporting.actions.locking import bump, lock_report
from reporting.life_cycle import REPORT_WORKFLOW
from reporting.models import ProgressReport
from reporting.policies import may_file_on_behalf
from tasks.actions.reasons import checked_reason


def file_on_behalf(report: ProgressReport, *, actor: User, reason: str) -> ProgressReport:
    """From now on the office alone edits and submits this form. Taking it over twice does so once."""
    reason = checked_reason(reason, "代填的理由")
    with transaction.atomic():
        report = lock_report(report.pk)
        may_file_on_behalf(actor, report).or_raise()
        REPORT_WORKFLOW.require("file_on_behalf", report.status)
        if not report.on_behalf:
            report.on_behalf, report.opened_at = True, report.opened_at or clock.now()
            bump(report, "on_behalf", "opened_at")
            audit.record(
                "report.filed_on_behalf",
                report,
                actor=actor,
                scope=report.period.jurisdiction.code,
                after={"on_behalf": True},
                reason=reason,
            )
    return report
