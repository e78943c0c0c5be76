"""The portal's routes and one bare view beside them, served for `submit.py` alone."""

from __future__ import annotations

import json

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from django.views.decorators.http import require_POST

from core import clock
from core.models import AuditEntry
from reporting.models import EntryVersion, ProgressEntry, ProgressReport, ReportedFigure

ENTRY_FIELDS = ("status", "done_text", "version")
FIGURE_FIELDS = ("numerator", "denominator")


@require_POST
def bare(request: HttpRequest, pk: int) -> HttpResponse:
    """Writes the rows of one submission set-wise and asks nothing: no rights, no state, no checks."""
    with transaction.atomic():
        report = ProgressReport.objects.select_for_update().get(pk=pk)
        entries = list(ProgressEntry.objects.filter(report=report))
        figures = list(ReportedFigure.objects.filter(entry__report=report))
        now = clock.now()
        for entry in entries:
            entry.status, entry.version = "submitted", entry.version + 1
        ProgressEntry.objects.bulk_update(entries, ENTRY_FIELDS)
        ReportedFigure.objects.bulk_update(figures, FIGURE_FIELDS)
        EntryVersion.objects.bulk_create(
            EntryVersion(
                entry=entry,
                ordinal=1,
                content={"done_text": entry.done_text},
                submitted_at=now,
                submitted_by_id=request.user.pk,
            )
            for entry in entries
        )
        report.status, report.submitted_at, report.first_submitted_at = "submitted", now, now
        report.save(update_fields=["status", "submitted_at", "first_submitted_at"])
        AuditEntry.objects.create(
            actor_id=request.user.pk,
            verb="report.submitted",
            object_type="reporting.progressreport",
            object_id=str(pk),
            object_label=str(pk),
            at=now,
        )
    return HttpResponse(json.dumps({"entries": len(entries)}), status=201)


urlpatterns = [path("bare/<int:pk>/", bare), path("", include("foodsafety.urls"))]
