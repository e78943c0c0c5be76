"""The round: periods, one form a unit and period, its entries, figures, evidence, and the closure of measures."""

from reporting.models.closures import Closure
from reporting.models.evidence import Evidence, Narrative
from reporting.models.forms import EntryVersion, Extension, ProgressEntry, ProgressReport, ReportedFigure
from reporting.models.periods import ReportingPeriod
from reporting.models.standings import AssignmentStanding, IndicatorStanding, Light, MeasureStanding

__all__ = [
    "AssignmentStanding",
    "Closure",
    "EntryVersion",
    "Evidence",
    "Extension",
    "IndicatorStanding",
    "Light",
    "MeasureStanding",
    "Narrative",
    "ProgressEntry",
    "ProgressReport",
    "ReportedFigure",
    "ReportingPeriod",
]
