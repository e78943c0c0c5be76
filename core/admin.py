"""Administration pages of the ground: the work calendar, the audit trail, work that waits."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db import transaction
from django.forms import ModelForm
from django.http import HttpRequest

from core import audit
from core.models import AuditEntry, Outbox, WorkDay

WORK_DAY_FIELDS = ("date", "kind", "note")


def _refuse(*args: Any) -> bool:
    return False


# The permission of what people may look at and not touch.
NOBODY: Any = _refuse


@admin.register(AuditEntry)
class AuditEntryAdmin(admin.ModelAdmin):
    has_add_permission = has_change_permission = has_delete_permission = NOBODY
    list_display = ("at", "actor", "verb", "object_label", "scope", "reason")
    list_filter = ("verb",)
    list_select_related = ("actor",)
    search_fields = ("object_label", "object_id", "scope", "reason")
    date_hierarchy = "at"


@admin.register(Outbox)
class OutboxAdmin(admin.ModelAdmin):
    has_add_permission = has_change_permission = has_delete_permission = NOBODY
    list_display = ("topic", "key", "due_at", "leased_until", "attempts", "last_error")
    list_filter = ("topic",)
    ordering = ("due_at",)


@admin.register(WorkDay)
class WorkDayAdmin(admin.ModelAdmin):
    """A date is never deleted, it is set to 上班 or 放假: a deleted one would come back with the next seed."""

    list_display = WORK_DAY_FIELDS
    list_filter = ("kind",)
    date_hierarchy = "date"

    def has_delete_permission(self, request: HttpRequest, obj: WorkDay | None = None) -> bool:
        return False

    @transaction.atomic
    def save_model(self, request: HttpRequest, obj: WorkDay, form: ModelForm[WorkDay], change: bool) -> None:
        before = _facts(WorkDay.objects.get(pk=obj.pk)) if change else {}
        super().save_model(request, obj, form, change)
        verb = "work_day.changed" if change else "work_day.added"
        audit.record(verb, obj, actor=request.user, before=before, after=_facts(obj))


def _facts(day: WorkDay) -> dict[str, str]:
    return {name: str(getattr(day, name)) for name in WORK_DAY_FIELDS}
