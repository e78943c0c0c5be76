"""报送设置: the office's own numbers."""

from __future__ import annotations

from django.db import transaction

from core import audit
from departments.editions import require_edition
from departments.models import Jurisdiction, OfficeSettings, User
from departments.policies import may_manage
from departments.queries import office_settings

NUMBERS = {
    "due_days": "期末后几日内报送",
    "lock_working_days": "截止后几个工作日锁定",
    "answer_working_days": "退回后几个工作日内补报",
}


def change_office_settings(
    jurisdiction: Jurisdiction,
    *,
    actor: User,
    due_days: int,
    lock_working_days: int,
    answer_working_days: int,
    seen: str,
) -> OfficeSettings:
    """New numbers for what is due from now on; dates already given to units stay. Raises `Overtaken`."""
    with transaction.atomic():
        jurisdiction = Jurisdiction.objects.select_for_update().get(pk=jurisdiction.pk)
        may_manage(actor, jurisdiction).or_raise()
        settings = office_settings(jurisdiction)
        before = settings_as_text(settings)
        settings.due_days, settings.lock_working_days = due_days, lock_working_days
        settings.answer_working_days = answer_working_days
        after = settings_as_text(settings)
        require_edition(seen, "报送设置", now=before, mine=after)
        if before != after:
            settings.save()
            scope = jurisdiction.code
            audit.record("office_settings.changed", settings, actor=actor, scope=scope, before=before, after=after)
    return settings


def settings_as_text(settings: OfficeSettings) -> dict[str, str]:
    """Label → value, for the audit and for comparing editions."""
    return {label: str(getattr(settings, name)) for name, label in NUMBERS.items()}
