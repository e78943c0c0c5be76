"""Automatic checks of a form before it is submitted. Pure: `reporting.entries.findings` loads what they judge."""

from reporting.checks.facts import EntryFacts, FigureFacts, Limits
from reporting.checks.finding import Finding, Level
from reporting.checks.rules import check_entry, check_report

__all__ = ["EntryFacts", "FigureFacts", "Finding", "Level", "Limits", "check_entry", "check_report"]
