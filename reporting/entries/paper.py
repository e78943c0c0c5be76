"""The whole form to be read or printed: every entry with its figures and files."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from departments.models import User
from indicators.display import target_text
from indicators.models import Reading
from reporting.entries import words
from reporting.entries.as_sent import as_sent
from reporting.entries.content import FigureContent
from reporting.entries.formulas import formula_text
from reporting.entries.loading import LoadedEntry, load_entries
from reporting.entries.steps import Step, grouped, steps_of
from reporting.models import Evidence, Narrative, ProgressReport
from reporting.policies import reads_drafts


@dataclass(frozen=True, slots=True)
class PaperFigure:
    subject: str
    target: str
    said: str
    explanation: str


@dataclass(frozen=True, slots=True)
class PaperEntry:
    step: Step
    loaded: LoadedEntry
    figures: tuple[PaperFigure, ...]
    files: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """`parts` are heads with their entries; `sent` the submission in words."""

    parts: tuple[tuple[str, tuple[PaperEntry, ...]], ...]
    count: int
    end: str
    sent: str
    narratives: tuple[Narrative, ...]


def paper_of(report: ProgressReport, user: User) -> Paper:
    """Some ten queries, however many entries. Others than the unit read what was sent, not what is being mended."""
    own = reads_drafts(user, report)
    entries = load_entries(report) if own else as_sent(load_entries(report))
    steps = steps_of(entries)
    until = None if own else report.submitted_at
    files = files_of(report, until=until)
    rows = {
        step.entry: PaperEntry(step, loaded, figures_of(loaded), tuple(files[step.entry]))
        for loaded, step in zip(entries, steps, strict=True)
    }
    parts = tuple((head, tuple(rows[step.entry] for step in own)) for head, own in grouped(entries, steps))
    return Paper(
        parts=parts,
        count=len(entries),
        end=words.day(report.period.end),
        sent=sent_words(report),
        narratives=narratives_of(report, until=until),
    )


def narratives_of(report: ProgressReport, *, until: datetime | None) -> tuple[Narrative, ...]:
    kept = report.narratives.filter(removed_at__isnull=True)
    return tuple(kept.filter(uploaded_at__lte=until) if until else kept)


def files_of(report: ProgressReport, *, until: datetime | None) -> dict[int, list[Evidence]]:
    found: dict[int, list[Evidence]] = defaultdict(list)
    kept = Evidence.objects.filter(entry__report=report, removed_at__isnull=True).order_by("pk")
    for file in kept.filter(uploaded_at__lte=until) if until else kept:
        found[file.entry_id].append(file)
    return found


def figures_of(loaded: LoadedEntry) -> tuple[PaperFigure, ...]:
    contents = {figure.indicator: figure for figure in loaded.content.figures}
    indicators = [facts.indicator for facts in loaded.facts.figures]
    return tuple(
        PaperFigure(
            subject=indicator.subject,
            target=target_text(indicator),
            said=absence_words(contents[indicator.pk]) or formula_text(indicator, contents[indicator.pk]),
            explanation=contents[indicator.pk].explanation,
        )
        for indicator in indicators
    )


def absence_words(figure: FigureContent) -> str:
    return str(Reading.Absence(figure.absence).label) if figure.absence else ""


def sent_words(report: ProgressReport) -> str:
    """10月12日报送, or that it has not been."""
    if report.submitted_at is None:
        return "尚未报送"
    by = "，食安办代填" if report.on_behalf else ""
    return f"{words.day(report.submitted_at)}报送{by}"
