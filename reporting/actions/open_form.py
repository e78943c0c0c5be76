"""打开填报单: the unit's first look at its form, which begins the time it takes."""

from __future__ import annotations

from django.db import transaction

from core import audit, clock
from departments.models import Department, User
from reporting.actions.locking import lock_report
from reporting.models import ProgressReport, ReportingPeriod
from reporting.owed import open_report
from reporting.policies import may_edit


def open_form(period: ReportingPeriod, department: Department, *, actor: User) -> ProgressReport:
    """The form with all that is owed today; raises `AccessDenied` where the person may not fill it."""
    report = open_report(period, department)
    may_edit(actor, report).or_raise()
    if report.opened_at is None:
        with transaction.atomic():
            report = lock_report(report.pk)
            _begin(report, actor)
    return report


def _begin(report: ProgressReport, actor: User) -> None:
    if report.opened_at is not None:
        return
    report.opened_at, report.timed_until = clock.now(), clock.machine_now()
    report.save(update_fields=["opened_at", "timed_until"])
    audit.record("report.opened", report, actor=actor, scope=report.period.jurisdiction.code)
