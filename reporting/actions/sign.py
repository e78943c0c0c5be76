"""送审签、审签、撤回审签: between a unit's reporter and its approver."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from core import audit, clock
from departments.models import User
from reporting.actions.locking import bump, lock_report, require_version
from reporting.entries.findings import findings_of
from reporting.errors import ChecksFailed
from reporting.life_cycle import REPORT_WORKFLOW
from reporting.models import ProgressReport
from reporting.policies import may_ask_signature, may_edit, may_sign


def ask_signature(report: ProgressReport, *, actor: User, version: int) -> ProgressReport:
    """送审签: put the form among the approver's duties. Asking twice asks once."""
    with transaction.atomic():
        report = lock_report(report.pk)
        may_ask_signature(actor, report).or_raise()
        REPORT_WORKFLOW.require("ask_signature", report.status)
        require_version(report, version)
        require_no_errors(report)
        if report.signature_asked_at is None:
            report.signature_asked_at = clock.now()
            bump(report, "signature_asked_at")
            _record("report.signature_asked", report, actor, report.status)
    return report


def sign(report: ProgressReport, *, actor: User, version: int) -> ProgressReport:
    """审签: the approver answers for the form as the page showed it. Raises `WrongState` where it was changed since."""
    with transaction.atomic():
        report = lock_report(report.pk)
        may_sign(actor, report).or_raise()
        before, target = report.status, REPORT_WORKFLOW.require("sign", report.status)
        require_version(report, version)
        require_no_errors(report)
        report.status, report.signed_by, report.signed_at = target, actor, clock.now()
        bump(report, "status", "signed_by", "signed_at")
        _record("report.signed", report, actor, before)
    return report


def unsign(report: ProgressReport, *, actor: User, version: int) -> ProgressReport:
    """撤回审签: back to the draft, to be changed and signed again."""
    with transaction.atomic():
        report = lock_report(report.pk)
        may_edit(actor, report).or_raise()
        REPORT_WORKFLOW.require("unsign", report.status)
        require_version(report, version)
        take_signature_back(report, actor=actor)
    return report


def take_signature_back(report: ProgressReport, *, actor: User) -> None:
    """For a locked form that is about to be changed: a signature does not cover what is written after it."""
    before = report.status
    report.status = REPORT_WORKFLOW.require("unsign", before)
    report.signed_by = report.signed_at = report.signature_asked_at = None
    bump(report, "status", "signed_by", "signed_at", "signature_asked_at")
    _record("report.unsigned", report, actor, before)


def require_no_errors(report: ProgressReport) -> None:
    """Raise `ChecksFailed` for errors; questions are confirmed with the submission."""
    findings = findings_of(report)
    errors = [finding for finding in findings if finding.is_error]
    if errors:
        raise ChecksFailed(f"还有{len(errors)}处没有填对，改好后再送审签。{errors[0].sentence}", findings)


def _record(verb: str, report: ProgressReport, actor: User, before: str) -> None:
    scope, after = report.period.jurisdiction.code, {"status": report.status}
    changed: dict[str, Any] = {"status": before}
    audit.record(verb, report, actor=actor, scope=scope, before=changed, after=after)
