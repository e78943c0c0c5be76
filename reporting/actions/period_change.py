"""新增、改期、取消、恢复: what the office does with a single period. Each keeps its reason on the period."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction

from core import audit, calendar, clock
from core.errors import BadInput, WrongState
from departments.editions import require_edition
from departments.models import Jurisdiction, User
from reporting.calendar_rules import ONCE, TO_OFFICE, lock_date
from reporting.models import ProgressReport, ReportingPeriod
from reporting.periods.planning import next_ordinal, terms_of
from reporting.policies import may_run
from reporting.standing.stale import mark_place
from tasks.actions.reasons import checked_reason
from tasks.models import Plan

TITLE_LENGTH = 60


def add_period(
    jurisdiction: Jurisdiction, *, actor: User, title: str, start: date, end: date, due: date, reason: str
) -> ReportingPeriod:
    """A round of its own (专项) that asks everything of all plans in force; the due date moves to a working day.

    Raises `BadInput` for dates out of order, a title that is taken, or where no plan is in force.
    """
    reason = checked_reason(reason, "依据")
    with transaction.atomic():
        jurisdiction = Jurisdiction.objects.select_for_update().get(pk=jurisdiction.pk)
        may_run(actor, jurisdiction, "新增报送期").or_raise()
        require_order(start, end, due)
        standing = list(ReportingPeriod.objects.filter(jurisdiction=jurisdiction, year=end.year))
        period = ReportingPeriod(
            jurisdiction=jurisdiction,
            year=end.year,
            kind=ONCE,
            ordinal=next_ordinal(ONCE, TO_OFFICE, standing),
            title=free_title(title, standing),
            start=start,
            end=end,
            note=reason,
        )
        set_due(period, due)
        period.save()
        period.plans.set(plans_in_force(jurisdiction, end))
        mark_place(jurisdiction)
        audit.record(
            "period.added", period, actor=actor, scope=jurisdiction.code, after=dates_as_text(period), reason=reason
        )
    return period


def shift_period(period: ReportingPeriod, *, actor: User, due: date, reason: str, seen: str) -> ReportingPeriod:
    """改期 for all units: a new due date, on a working day, and with it the lock date. Raises `Overtaken`, and
    `WrongState` where the period is cancelled or locked."""
    reason = checked_reason(reason, "改期的理由")
    with transaction.atomic():
        period = lock_period(period.pk)
        may_run(actor, period.jurisdiction, "改报送期").or_raise()
        require_shiftable(period)
        if due < max(period.start, clock.today()):
            raise BadInput("新的截止日要在今天或今天之后。", field="due")
        before = dates_as_text(period)
        set_due(period, due)
        period.note = reason
        after = dates_as_text(period)
        require_edition(seen, f"{period}的截止日", now=before, mine=after)
        period.save(update_fields=["stated_due", "due", "locks_on", "note"])
        _record("period.shifted", period, actor, reason, before, after)
    return period


def cancel_period(period: ReportingPeriod, *, actor: User, reason: str) -> ReportingPeriod:
    """取消: nothing is owed for it. Raises `WrongState` where it is cancelled or somebody has reported already."""
    reason = checked_reason(reason, "取消的理由")
    with transaction.atomic():
        period = lock_period(period.pk)
        may_run(actor, period.jurisdiction, "取消报送期").or_raise()
        require_standing(period, "再次取消")
        reported = ProgressReport.objects.filter(period=period, first_submitted_at__isnull=False).count()
        if reported:
            raise WrongState(f"{period}已有{reported}家单位报送，不能取消。可以改期，或逐家准予延期。")
        period.cancelled, period.note = True, reason
        period.save(update_fields=["cancelled", "note"])
        _record("period.cancelled", period, actor, reason, {"cancelled": False}, {"cancelled": True})
    return period


def restore_period(period: ReportingPeriod, *, actor: User, reason: str) -> ReportingPeriod:
    """恢复 a cancelled period with its dates; raises `WrongState` where it stands."""
    reason = checked_reason(reason, "恢复的理由")
    with transaction.atomic():
        period = lock_period(period.pk)
        may_run(actor, period.jurisdiction, "恢复报送期").or_raise()
        if not period.cancelled:
            raise WrongState(f"{period}没有取消，不用恢复。")
        period.cancelled, period.note = False, reason
        period.save(update_fields=["cancelled", "note"])
        _record("period.restored", period, actor, reason, {"cancelled": True}, {"cancelled": False})
    return period


def lock_period(pk: int) -> ReportingPeriod:
    periods = ReportingPeriod.objects.select_for_update(of=("self",)).select_related("jurisdiction")
    period: ReportingPeriod = periods.get(pk=pk)
    return period


def require_standing(period: ReportingPeriod, verb: str) -> None:
    if period.cancelled:
        raise WrongState(f"{period}已取消，不能{verb}。要用它请先恢复。")


def require_shiftable(period: ReportingPeriod) -> None:
    """A later date would make punctual, in hindsight, who was late: once locked, units are granted time singly."""
    require_standing(period, "改期")
    if period.locks_on < clock.today():
        locked = f"{period}已于{period.locks_on:%-m月%-d日}锁定，不能改期。"
        raise WrongState(f"{locked}还没报的单位，请在报送情况里逐家准予延期。")


def require_order(start: date, end: date, due: date) -> None:
    if end < start:
        raise BadInput("结束日期早于开始日期，请核对。", field="end")
    if due < max(start, clock.today()):
        raise BadInput("截止日要在今天或今天之后，并且不早于开始日期。", field="due")


def free_title(title: str, standing: list[ReportingPeriod]) -> str:
    title = " ".join(title.split())
    if not 0 < len(title) <= TITLE_LENGTH:
        raise BadInput(f"名称要填，最多{TITLE_LENGTH}个字。", field="title")
    if any(period.title == title for period in standing):
        raise BadInput(f"已有名为“{title}”的报送期，请换个名称。", field="title")
    return title


def plans_in_force(jurisdiction: Jurisdiction, end: date) -> list[Plan]:
    """Raises `BadInput` where none is: the round would ask nothing."""
    plans = Plan.objects.filter(jurisdiction=jurisdiction, stage=Plan.Stage.ISSUED, issued_on__lte=end, year=end.year)
    found = list(plans)
    if not found:
        raise BadInput(f"{end.year}年没有在结束日期前印发的计划，这个报送期没有要报的内容。", field="end")
    return found


def set_due(period: ReportingPeriod, due: date) -> None:
    """The stated date, moved to the next working day, and the lock date that follows from it."""
    known = calendar.load(since=due)
    period.stated_due, period.due = due, known.next_working_day(due)
    period.locks_on = lock_date(period.due, known, terms_of(period.jurisdiction))


def dates_as_text(period: ReportingPeriod) -> dict[str, str]:
    """Label → value, for the audit and for comparing editions."""
    return {"截止日": period.due.isoformat(), "锁定日": period.locks_on.isoformat()}


def _record(
    verb: str, period: ReportingPeriod, actor: User, reason: str, before: Mapping[str, Any], after: Mapping[str, Any]
) -> None:
    scope = period.jurisdiction.code
    mark_place(period.jurisdiction)
    audit.record(verb, period, actor=actor, scope=scope, before=before, after=after, reason=reason)
