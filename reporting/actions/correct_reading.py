"""更正数据: an accepted figure was wrong. A new reading with its reason supersedes it; the old one stays."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction

from core import audit, clock
from core.errors import BadInput, WrongState
from departments.models import User
from indicators.models import Reading
from reporting.actions.locking import lock_entry
from reporting.life_cycle import ENTRY_WORKFLOW
from reporting.models import ReportedFigure
from reporting.policies import may_review
from reporting.readings import NUMBERS
from reporting.standing.stale import mark_entries
from reporting.versions import as_text
from tasks.actions.reasons import checked_reason


@dataclass(frozen=True, slots=True)
class Numbers:
    """Either numerator and denominator, or a value."""

    numerator: Decimal | None = None
    denominator: Decimal | None = None
    value: Decimal | None = None


def correct_reading(figure: ReportedFigure, *, actor: User, numbers: Numbers, reason: str) -> Reading:
    """Raises `WrongState` unless the entry is accepted, `BadInput` where the numbers are no figure or the same."""
    reason = checked_reason(reason, "更正的理由")
    require_figure(numbers)
    with transaction.atomic():
        entry = lock_entry(figure.entry_id)
        may_review(actor, entry).or_raise()
        ENTRY_WORKFLOW.require("correct", entry.status)
        figure = ReportedFigure.objects.select_related("indicator").get(pk=figure.pk)
        old = Reading.objects.select_for_update(of=("self",)).filter(reported=figure, current=True).first()
        if old is None:
            raise WrongState("这个数据已由后来的报送或更正替换，请刷新后再看。")
        if all(getattr(old, name) == getattr(numbers, name) for name in NUMBERS):
            raise BadInput("数据没有变化，不用更正。")
        new = supersede(old, numbers, reason)
        figure.reading, figure.absence = new, ""
        figure.numerator, figure.denominator, figure.value = numbers.numerator, numbers.denominator, numbers.value
        figure.save(update_fields=["reading", "absence", *NUMBERS])
        mark_entries([entry])
        before, after = ({name: as_text(getattr(one, name)) for name in NUMBERS} for one in (old, new))
        scope = entry.report.period.jurisdiction.code
        audit.record("reading.corrected", new, actor=actor, scope=scope, before=before, after=after, reason=reason)
    return new


def supersede(old: Reading, numbers: Numbers, reason: str) -> Reading:
    old.current = False
    old.save(update_fields=["current"])
    return Reading.objects.create(
        indicator_id=old.indicator_id,
        department_id=old.department_id,
        as_of=old.as_of,
        numerator=numbers.numerator,
        denominator=numbers.denominator,
        value=numbers.value,
        reason=reason,
        supersedes=old,
        recorded_at=clock.now(),
    )


def require_figure(numbers: Numbers) -> None:
    ratio = numbers.numerator is not None and numbers.denominator is not None
    half = (numbers.numerator is None) != (numbers.denominator is None)
    if half or ratio == (numbers.value is not None):
        raise BadInput("请填分子和分母两个数，或只填一个数值。")
    given = [number for number in (numbers.numerator, numbers.denominator, numbers.value) if number is not None]
    if any(number < 0 for number in given) or numbers.denominator == 0:
        raise BadInput("数据不能是负数，分母不能是0，请核对。")
