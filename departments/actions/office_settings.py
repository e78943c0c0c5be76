"""食安办设置: the office's own numbers, for reports and for the lights."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from core import audit, outbox
from core.errors import BadInput
from departments.editions import require_edition
from departments.models import Jurisdiction, OfficeSettings, User
from departments.policies import may_manage
from departments.queries import office_settings
from departments.standing import PLACE_TOPIC

# Name of the field → label. Those of PERIODS stand in periods already generated.
PERIODS = {"due_days": "期末后几日内报送", "lock_working_days": "截止后几个工作日锁定"}
REPORTS = PERIODS | {"answer_working_days": "退回后几个工作日内补报"}
LIGHTS = {
    "late_working_days": "迟报几个工作日内为预警",
    "behind_percent": "指标低于应达的百分之几为预警",
    "far_behind_percent": "指标低于应达的百分之几为滞后",
    "plan_red_percent": "滞后措施占到百分之几为滞后",
    "plan_amber_percent": "不正常措施占到百分之几为预警",
}
NUMBERS = REPORTS | LIGHTS


@dataclass(frozen=True, slots=True)
class Numbers:
    """What `OfficeSettings` keeps: days of the calendar, working days and whole percents, as their names say."""

    due_days: int
    lock_working_days: int
    answer_working_days: int
    late_working_days: int
    behind_percent: int
    far_behind_percent: int
    plan_red_percent: int
    plan_amber_percent: int

    def as_text(self) -> dict[str, str]:
        """Label → value, for the audit and for comparing editions."""
        return {label: str(getattr(self, name)) for name, label in NUMBERS.items()}

    def differing_from(self, other: Numbers) -> frozenset[str]:
        """Names of the numbers that are not the same."""
        return frozenset(name for name in NUMBERS if getattr(self, name) != getattr(other, name))


def numbers_of(settings: OfficeSettings) -> Numbers:
    """What the row says now."""
    return Numbers(**{name: getattr(settings, name) for name in NUMBERS})


def change_office_settings(jurisdiction: Jurisdiction, *, actor: User, numbers: Numbers, seen: str) -> frozenset[str]:
    """New numbers for what is due and judged from now on; dates already given to units stay.

    Returns the names of those that changed. Raises `BadInput` and `Overtaken`.
    """
    with transaction.atomic():
        jurisdiction = Jurisdiction.objects.select_for_update().get(pk=jurisdiction.pk)
        may_manage(actor, jurisdiction).or_raise()
        _require_order(numbers)
        settings = office_settings(jurisdiction)
        before = numbers_of(settings)
        require_edition(seen, "设置", now=before.as_text(), mine=numbers.as_text())
        changed = numbers.differing_from(before)
        if changed:
            _write(settings, numbers)
            _record(settings, before, actor=actor)
        if changed & LIGHTS.keys():
            outbox.put(PLACE_TOPIC, jurisdiction.pk)
    return changed


def _require_order(numbers: Numbers) -> None:
    if numbers.far_behind_percent >= numbers.behind_percent:
        raise BadInput(
            f"“{LIGHTS['far_behind_percent']}”填的是{numbers.far_behind_percent}，"
            f"应小于“{LIGHTS['behind_percent']}”的{numbers.behind_percent}。",
            field="far_behind_percent",
        )


def _write(settings: OfficeSettings, numbers: Numbers) -> None:
    for name in NUMBERS:
        setattr(settings, name, getattr(numbers, name))
    settings.save()


def _record(settings: OfficeSettings, before: Numbers, *, actor: User) -> None:
    audit.record(
        "office_settings.changed",
        settings,
        actor=actor,
        scope=settings.jurisdiction.code,
        before=before.as_text(),
        after=numbers_of(settings).as_text(),
    )
