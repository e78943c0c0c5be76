"""Administration of the ground: the calendar is changed with a trace, the trace is never changed."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from core import audit, outbox
from core.models import AuditEntry, Outbox, WorkDay
from tests.factories import administrator

pytestmark = pytest.mark.django_db
SUNDAY = date(2027, 2, 14)


@pytest.fixture
def admin_pages(client: Client) -> Client:
    client.force_login(administrator(), backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def sunday() -> WorkDay:
    return WorkDay.objects.create(date=SUNDAY, kind=WorkDay.Kind.REST)


def test_a_day_added_is_in_the_audit_trail(admin_pages):
    admin_pages.post(reverse("admin:core_workday_add"), {"date": "2027-02-14", "kind": "work", "note": "春节调休上班"})
    entry = AuditEntry.objects.get(verb="work_day.added")
    assert entry.after == {"date": "2027-02-14", "kind": "work", "note": "春节调休上班"}
    assert entry.actor


def test_a_day_changed_is_in_the_audit_trail_with_what_it_was(admin_pages, sunday):
    url = reverse("admin:core_workday_change", args=[sunday.pk])
    admin_pages.post(url, {"date": "2027-02-14", "kind": "work", "note": ""})
    entry = AuditEntry.objects.get(verb="work_day.changed")
    assert (entry.before["kind"], entry.after["kind"]) == ("rest", "work")


def test_a_day_is_not_deleted(admin_pages, sunday):
    assert admin_pages.post(reverse("admin:core_workday_delete", args=[sunday.pk])).status_code == 403


@pytest.mark.parametrize("verb", ["add", "change", "delete"])
def test_the_audit_trail_is_not_touched(admin_pages, sunday, verb):
    entry = audit.record("work_day.added", sunday, actor=None)
    url = reverse(f"admin:core_auditentry_{verb}", args=[] if verb == "add" else [entry.pk])
    assert admin_pages.post(url, {"verb": "forged"}).status_code == 403
    assert list(AuditEntry.objects.values_list("verb", flat=True)) == ["work_day.added"]


@pytest.mark.parametrize("model", [AuditEntry, Outbox, WorkDay])
def test_the_lists_open(admin_pages, sunday, model):
    audit.record("work_day.added", sunday, actor=None)
    outbox.put("noted", 7)
    assert admin_pages.get(reverse(f"admin:core_{model._meta.model_name}_changelist")).status_code == 200
