"""延期: asked by a unit, granted or refused by the office, which may also grant it unasked."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from core import audit, clock
from core.errors import BadInput, WrongState
from departments.models import User
from reporting.actions.locking import bump, lock_report
from reporting.life_cycle import EXTENSION_WORKFLOW, REPORT_WORKFLOW
from reporting.models import Extension, ProgressReport
from reporting.policies import deadline_of, may_ask_extension, may_grant_extension
from reporting.standing.stale import mark_period
from tasks.actions.reasons import checked_reason

ASKED_ALREADY = "已有一份延期申请在等食安办答复，不用重复申请。"


def ask_extension(report: ProgressReport, *, actor: User, until: date, reason: str) -> Extension:
    """Raises `WrongState` where one is waiting already, `BadInput` for a date that is no later than the present one."""
    reason = checked_reason(reason, "延期理由")
    with transaction.atomic():
        report = lock_report(report.pk)
        may_ask_extension(actor, report).or_raise()
        REPORT_WORKFLOW.require("extend", report.status)
        require_later(report, until)
        if Extension.objects.filter(report=report, state=Extension.State.ASKED).exists():
            raise WrongState(ASKED_ALREADY)
        extension = Extension.objects.create(
            report=report, until=until, reason=reason, asked_by=actor, asked_at=clock.now()
        )
        _record("extension.asked", extension, actor, reason)
    return extension


def grant_extension(extension: Extension, *, actor: User, until: date, answer: str = "") -> Extension:
    """准予 until the date asked for or another one."""
    with transaction.atomic():
        extension, report = lock_extension(extension)
        may_grant_extension(actor, report).or_raise()
        extension.state = EXTENSION_WORKFLOW.require("grant", extension.state)
        require_later(report, until)
        extension.until, extension.answer = until, answer.strip()
        extension.save(update_fields=["state", "until", "answer"])
        report.extended_until = until
        bump(report, "extended_until")
        mark_period(report.period)
        _record("extension.granted", extension, actor, extension.answer)
    return extension


def refuse_extension(extension: Extension, *, actor: User, answer: str) -> Extension:
    answer = checked_reason(answer, "不准予的理由")
    with transaction.atomic():
        extension, report = lock_extension(extension)
        may_grant_extension(actor, report).or_raise()
        extension.state, extension.answer = EXTENSION_WORKFLOW.require("refuse", extension.state), answer
        extension.save(update_fields=["state", "answer"])
        _record("extension.refused", extension, actor, answer)
    return extension


def extend(report: ProgressReport, *, actor: User, until: date, reason: str) -> ProgressReport:
    """The office extends unasked, as for a unit that was locked out with a half-filled form."""
    reason = checked_reason(reason, "延期理由")
    with transaction.atomic():
        report = lock_report(report.pk)
        may_grant_extension(actor, report).or_raise()
        REPORT_WORKFLOW.require("extend", report.status)
        require_later(report, until)
        before, report.extended_until = deadline_of(report), until
        bump(report, "extended_until")
        mark_period(report.period)
        audit.record(
            "report.extended",
            report,
            actor=actor,
            scope=report.period.jurisdiction.code,
            before={"until": before.isoformat()},
            after={"until": until.isoformat()},
            reason=reason,
        )
    return report


def lock_extension(extension: Extension) -> tuple[Extension, ProgressReport]:
    """The extension after its form."""
    report = lock_report(extension.report_id)
    return Extension.objects.select_for_update().get(pk=extension.pk), report


def require_later(report: ProgressReport, until: date) -> None:
    present = deadline_of(report)
    if until <= present or until < clock.today():
        raise BadInput(f"延期日期要晚于现在的截止日{present:%-m月%-d日}，也不能在今天之前。", field="until")


def _record(verb: str, extension: Extension, actor: User, reason: str) -> None:
    scope, after = extension.report.period.jurisdiction.code, {"until": extension.until.isoformat()}
    audit.record(verb, extension, actor=actor, scope=scope, after=after, reason=reason)
