"""Open an accepted form again, as the office may with a reason."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction

from core import audit, clock
from core.errors import BadInput
from departments.models import User
from reporting.actions.locking import bump, lock_report, require_version
from reporting.actions.return_entry import answer_due_in
from reporting.life_cycle import REPORT_WORKFLOW
from reporting.models import ProgressEntry, ProgressReport
from reporting.policies import may_reopen
from reporting.standing.stale import mark_report
from tasks.actions.reasons import checked_reason


def reopen_report(
    report: ProgressReport, *, actor: User, reason: str, version: int, entries: Collection[int] = ()
) -> ProgressReport:
    """The entries named go back to the unit as returned; without names all of them.

    Their readings stand until a corrected figure is accepted. Raises `WrongState` unless all was accepted,
    `BadInput` without a reason or for entries of another form.
    """
    reason = checked_reason(reason, "重新打开的理由")
    with transaction.atomic():
        report = lock_report(report.pk)
        may_reopen(actor, report).or_raise()
        target = REPORT_WORKFLOW.require("reopen", report.status)
        require_version(report, version)
        due = answer_due_in(report.period.jurisdiction)
        chosen = ProgressEntry.objects.filter(report=report, **({"pk__in": entries} if entries else {}))
        count = chosen.update(
            status=ProgressEntry.Status.RETURNED,
            reason=reason,
            answer_due=due,
            decided_by=actor,
            decided_at=clock.now(),
        )
        if not count:
            raise BadInput("没有选中这份填报单里的项。请勾选要重新打开的项。", field="entries")
        report.status = target
        report.signed_by = report.signed_at = report.signature_asked_at = None
        bump(report, "status", "signed_by", "signed_at", "signature_asked_at")
        mark_report(report)
        after = {"status": target, "entries": count, "answer_due": due.isoformat()}
        audit.record(
            "report.reopened", report, actor=actor, scope=report.period.jurisdiction.code, after=after, reason=reason
        )
    return report
