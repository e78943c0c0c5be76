"""The same file handed in elsewhere, for the reviewer."""

from __future__ import annotations

from django.db.models import QuerySet

from reporting.models import Evidence, ProgressEntry

Status = ProgressEntry.Status


def same_file_elsewhere(evidence: Evidence) -> QuerySet[Evidence]:
    """Evidence with the same content in other submitted entries of the jurisdiction, also of the unit's own earlier
    periods, the latest first; what was removed does not count."""
    place = evidence.entry.report.period.jurisdiction_id
    found = Evidence.objects.filter(
        sha256=evidence.sha256,
        removed_at__isnull=True,
        entry__report__period__jurisdiction=place,
        entry__status__in=(Status.SUBMITTED, Status.ACCEPTED, Status.RETURNED),
    ).exclude(entry=evidence.entry_id)
    related = ("entry__report__period", "entry__report__department", "entry__assignment__measure__task")
    return found.select_related(*related).order_by("-entry__report__period__end", "-pk")
