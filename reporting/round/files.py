"""The evidence of an entry, and where the same file was handed in before."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from reporting.models import Evidence, ProgressEntry, ProgressReport


@dataclass(frozen=True, slots=True)
class File:
    """`also` says where else the same content stands: 区商务局2026年第二季度3.1."""

    evidence: Evidence
    also: tuple[str, ...]


def files_of(entry: ProgressEntry, report: ProgressReport, *, until: datetime | None) -> tuple[File, ...]:
    """Files of what was sent: none that a unit adds to a returned entry afterwards. Two queries."""
    kept = Evidence.objects.filter(entry=entry, removed_at__isnull=True).order_by("pk")
    files = list(kept.filter(uploaded_at__lte=until) if until else kept)
    elsewhere = same_elsewhere(entry, report, {file.sha256 for file in files})
    return tuple(File(file, tuple(elsewhere[file.sha256])) for file in files)


def same_elsewhere(entry: ProgressEntry, report: ProgressReport, contents: set[str]) -> dict[str, list[str]]:
    """By content, within the jurisdiction; only of what has been sent."""
    found: dict[str, list[str]] = defaultdict(list)
    others = Evidence.objects.filter(
        sha256__in=contents,
        removed_at__isnull=True,
        entry__report__period__jurisdiction=report.period.jurisdiction_id,
        entry__report__first_submitted_at__isnull=False,
    ).exclude(entry=entry)
    related = ("entry__report__department", "entry__report__period", "entry__assignment__measure__task")
    for other in others.select_related(*related).order_by("pk"):
        place = f"{other.entry.report}{other.entry.assignment.measure.number}"
        found[other.sha256].append(place)
    return found
