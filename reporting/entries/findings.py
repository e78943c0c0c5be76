"""The checks of a form as it stands in the database."""

from __future__ import annotations

from reporting.checks import Finding, check_report
from reporting.entries.loading import load_entries
from reporting.life_cycle import WITH_UNIT
from reporting.models import ProgressReport


def findings_of(report: ProgressReport) -> list[Finding]:
    """Of the entries that the unit still holds: those that a submission would send. `report` comes with its period."""
    held = [loaded.facts for loaded in load_entries(report) if loaded.entry.status in WITH_UNIT]
    return check_report(held)
