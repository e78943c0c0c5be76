"""The round: periods, one form a unit and period, its entries, figures, evidence, and the closure of measures."""

from reporting.models.closures import Closure
from reporting.models.evidence import Evidence, Narrative
from reporting.models.forms import EntryVersion, Extension, ProgressEntry, ProgressReport, ReportedFigure
from reporting.models.periods import ReportingPeriod

__all__ = [
    "Closure",
    "EntryVersion",
    "Evidence",
    "Extension",
    "Narrative",
    "ProgressEntry",
    "ProgressReport",
    "ReportedFigure",
    "ReportingPeriod",
]
