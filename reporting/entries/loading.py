"""A whole form loaded for page, checks and paper: the same number of queries for 200 entries as for 10."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.db.models import OuterRef, Prefetch, QuerySet, Subquery

from indicators.models import Reading
from reporting.checks import EntryFacts, FigureFacts
from reporting.entries.content import EntryContent, FigureContent, content_of
from reporting.models import ProgressEntry, ProgressReport, ReportedFigure

Status = ProgressEntry.Status
SENT = (Status.SUBMITTED, Status.ACCEPTED, Status.RETURNED)
IN_ORDER = ("assignment__measure__task__plan", "assignment__measure__task__number", "assignment__measure__position")


@dataclass(frozen=True, slots=True)
class LoadedEntry:
    """`last` is the unit's entry on the same measure in an earlier period; `readings` the last accepted reading of
    each of the entry's indicators."""

    entry: ProgressEntry
    content: EntryContent
    facts: EntryFacts
    last: ProgressEntry | None
    last_content: EntryContent | None


def load_entries(report: ProgressReport) -> list[LoadedEntry]:
    """In the order of the plans; five queries. `report` comes with its period."""
    entries = list(entries_of(report))
    last = last_entries(report)
    readings = last_readings(report)
    return [loaded(report, entry, last.get(entry.assignment.measure_id), readings) for entry in entries]


def load_entry(report: ProgressReport, pk: int) -> LoadedEntry:
    """One entry without what stood there last time; two queries."""
    return loaded(report, entries_of(report).get(pk=pk), None, {})


def entries_of(report: ProgressReport) -> QuerySet[ProgressEntry]:
    related = ("assignment__measure__task__section", "assignment__measure__task__plan", "saved_by")
    found = ProgressEntry.objects.filter(report=report).select_related(*related).order_by(*IN_ORDER, "pk")
    return with_figures(found)


def with_figures(entries: QuerySet[ProgressEntry]) -> QuerySet[ProgressEntry]:
    rows = ReportedFigure.objects.select_related("indicator").order_by("indicator__position", "pk")
    return entries.prefetch_related(Prefetch("figures", rows))


def last_entries(report: ProgressReport) -> dict[int, ProgressEntry]:
    """By measure: what the unit submitted last, before this period."""
    own = ProgressEntry.objects.filter(report=report).values("assignment__measure")
    earlier = ProgressEntry.objects.filter(
        report__department=report.department_id,
        report__period__end__lt=report.period.end,
        assignment__measure=OuterRef("assignment__measure"),
        status__in=SENT,
    )
    latest = Subquery(earlier.order_by("-report__period__end", "-pk").values("pk")[:1])
    wanted = ProgressEntry.objects.filter(report=report, assignment__measure__in=own).annotate(latest=latest)
    found = ProgressEntry.objects.filter(pk__in=wanted.values("latest"))
    rows = with_figures(found.select_related("assignment", "report__period"))
    return {row.assignment.measure_id: row for row in rows}


def last_readings(report: ProgressReport) -> dict[int, Reading]:
    """By indicator: the unit's last accepted reading before the period's end."""
    earlier = Reading.objects.filter(
        current=True,
        department=report.department_id,
        as_of__lt=report.period.end,
        indicator=OuterRef("indicator"),
    )
    latest = Subquery(earlier.order_by("-as_of").values("pk")[:1])
    wanted = ReportedFigure.objects.filter(entry__report=report).annotate(latest=latest).values("latest")
    return {reading.indicator_id: reading for reading in Reading.objects.filter(pk__in=wanted)}


def loaded(
    report: ProgressReport, entry: ProgressEntry, last: ProgressEntry | None, readings: dict[int, Reading]
) -> LoadedEntry:
    content = content_of(entry)
    last_content = content_of(last) if last else None
    facts = facts_of(report, entry, content, last=last, last_content=last_content, readings=readings)
    return LoadedEntry(entry, content, facts, last, last_content)


def facts_of(
    report: ProgressReport,
    entry: ProgressEntry,
    content: EntryContent,
    *,
    last: ProgressEntry | None,
    last_content: EntryContent | None,
    readings: dict[int, Reading],
) -> EntryFacts:
    done = last is not None and last.status == Status.ACCEPTED and last.state == ProgressEntry.State.DONE
    return EntryFacts(
        entry=entry.pk,
        role=entry.assignment.role,
        content=content,
        period_end=report.period.end,
        due_on=entry.assignment.measure.due_on,
        figures=tuple(figure_facts(report, entry.figures.all(), content.figures, readings)),
        last=last_content,
        done_before=done,
    )


def figure_facts(
    report: ProgressReport,
    rows: Iterable[ReportedFigure],
    figures: Sequence[FigureContent],
    readings: dict[int, Reading],
) -> Iterator[FigureFacts]:
    contents = {figure.indicator: figure for figure in figures}
    for row in rows:
        reading = readings.get(row.indicator_id)
        yield FigureFacts(
            indicator=row.indicator,
            content=contents[row.indicator_id],
            on=report.period.end,
            last=content_of_reading(reading) if reading else None,
            last_on=reading.as_of if reading else None,
        )


def content_of_reading(reading: Reading) -> FigureContent:
    numbers = (reading.numerator, reading.denominator, reading.value)
    return FigureContent(reading.indicator_id, *numbers, reading.absence, reading.reason)
