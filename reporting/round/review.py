"""One entry as the reviewer reads it: what was sent, against what was sent before, with what the checks found.

What a unit is changing of a returned entry is not shown: the last version that was sent stands there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from departments.models import User
from indicators.display import target_text
from indicators.models import Indicator
from reporting.checks import Finding
from reporting.checks.rules import check_entry
from reporting.entries import words
from reporting.entries.content import EntryContent, FigureContent
from reporting.entries.content import content_of as live_content
from reporting.entries.formulas import Result, formula_text, result_of
from reporting.entries.loading import facts_of, last_entries, last_readings
from reporting.entries.neighbours import Neighbour, RoleLine, neighbours_of, role_lines
from reporting.entries.panel import change_words, quote_of, words_of
from reporting.models import EntryVersion, ProgressEntry, ProgressReport, ReportedFigure
from reporting.policies import entry_verbs
from reporting.round.files import File, files_of
from reporting.round.trend import Trend, trend_of
from reporting.versions import as_content, whole
from tasks.marked_text import Paragraph
from tasks.runs import SAME, Run, runs

FIELDS = (("done_text", "做了什么"), ("problems", "还有什么问题"), ("next_steps", "下一步"))


@dataclass(frozen=True, slots=True)
class FigureLine:
    """A figure as a formula with its result, its target, and how it stands to the last one."""

    row: ReportedFigure
    formula: str
    result: Result | None
    absence: str
    target: str
    last: str
    change: str
    changed: bool
    trend: Trend | None


@dataclass(frozen=True, slots=True)
class TextLine:
    """A field with its text against the earlier one; `changed` is false where it says the same."""

    label: str
    text: str
    runs: tuple[Run, ...]
    changed: bool


@dataclass(frozen=True, slots=True)
class Review:
    """`base` says in words what the texts are compared with, empty where there is nothing earlier. `again`: the unit
    has answered a return, so that only what changed is to be read. `version` is what a decision refers to."""

    entry: ProgressEntry
    content: EntryContent
    quote: tuple[Paragraph, ...]
    roles: tuple[RoleLine, ...]
    figures: tuple[FigureLine, ...]
    texts: tuple[TextLine, ...]
    base: str
    again: bool
    empty: bool
    files: tuple[File, ...]
    neighbours: tuple[Neighbour, ...]
    findings: tuple[Finding, ...]
    can: frozenset[str]

    @property
    def changed(self) -> list[TextLine]:
        return [line for line in self.texts if line.changed]

    @property
    def unchanged(self) -> list[TextLine]:
        return [line for line in self.texts if not line.changed and line.text]

    @property
    def state(self) -> str:
        return str(ProgressEntry.State(self.content.state).label) if self.content.state else "未填状态"

    @property
    def same_files(self) -> bool:
        return any(file.also for file in self.files)


def review_of(entry: ProgressEntry, report: ProgressReport, user: User) -> Review:
    """`entry` comes with its measure and figures, `report` with its period; some twenty queries, whatever the form."""
    versions = list(EntryVersion.objects.filter(entry=entry).order_by("-ordinal")[:2])
    content = whole(as_content(versions[0].content), entry) if versions else live_content(entry)
    last = last_entries(report).get(entry.assignment.measure_id)
    last_content = live_content(last) if last else None
    again = len(versions) > 1
    before = as_content(versions[1].content) if again else last_content
    readings = last_readings(report)
    facts = facts_of(report, entry, content, last=last, last_content=last_content, readings=readings)
    sent = versions[0].submitted_at if versions else None
    return Review(
        entry=entry,
        content=content,
        quote=quote_of(entry.assignment.measure),
        roles=role_lines(entry.assignment.measure),
        figures=tuple(figure_lines(entry, report, content, before, last_content)),
        texts=tuple(text_lines(content, before)),
        base=base_words(report, again=again, before=before),
        again=again,
        empty=not content.done_text.strip() and not content.problems.strip(),
        files=files_of(entry, report, until=sent),
        neighbours=tuple(neighbours_of(entry, report, user)),
        findings=tuple(check_entry(facts)),
        can=entry_verbs(user, entry),
    )


def base_words(report: ProgressReport, *, again: bool, before: EntryContent | None) -> str:
    """与退回前相比 or 与上季度相比."""
    if before is None:
        return ""
    return "与退回前相比" if again else f"与{words.last_period(report.period.kind)}相比"


def text_lines(content: EntryContent, before: EntryContent | None) -> list[TextLine]:
    return [text_line(label, getattr(content, name), getattr(before, name, None)) for name, label in FIELDS]


def text_line(label: str, text: str, before: str | None) -> TextLine:
    if before is None:
        return TextLine(label, text, (Run(SAME, text),), changed=bool(text))
    return TextLine(label, text, runs(before, text), changed=text != before)


def figure_lines(
    entry: ProgressEntry,
    report: ProgressReport,
    content: EntryContent,
    before: EntryContent | None,
    last: EntryContent | None,
) -> list[FigureLine]:
    """In the order of the indicators."""
    now = {figure.indicator: figure for figure in content.figures}
    return [
        figure_line(row, report, now.get(row.indicator_id, FigureContent(row.indicator_id)), before, last)
        for row in entry.figures.all()
    ]


def figure_line(
    row: ReportedFigure,
    report: ProgressReport,
    figure: FigureContent,
    before: EntryContent | None,
    last: EntryContent | None,
) -> FigureLine:
    indicator: Indicator = row.indicator
    earlier = of_indicator(last, indicator)
    return FigureLine(
        row=row,
        formula=formula_text(indicator, figure),
        result=result_of(indicator, figure),
        absence=words_of(indicator, figure) if figure.absence else "",
        target=target_text(indicator),
        last=words_of(indicator, earlier) if earlier else "",
        change=change_words(indicator, figure, earlier) if earlier else "",
        changed=before is not None and figure != of_indicator(before, indicator),
        trend=trend_of(indicator, report, figure),
    )


def of_indicator(content: EntryContent | None, indicator: Indicator) -> FigureContent | None:
    figures: Sequence[FigureContent] = content.figures if content else ()
    return next((figure for figure in figures if figure.indicator == indicator.pk), None)
