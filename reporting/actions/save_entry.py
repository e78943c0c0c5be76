"""保存: write what a unit's person has typed into one entry, by itself and often."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from core import audit, clock
from departments.models import User
from indicators.display import plain
from indicators.formulas import is_per_residents
from indicators.population import bases_of
from reporting.actions.locking import bump, lock_entry
from reporting.actions.sign import take_signature_back
from reporting.entries.content import TEXTS, EntryContent, FigureContent, by_field, content_of, differing
from reporting.entries.population import with_base
from reporting.errors import EditedMeanwhile
from reporting.life_cycle import ENTRY_WORKFLOW, REPORT_WORKFLOW
from reporting.models import ProgressEntry, ProgressReport, ReportedFigure
from reporting.policies import may_edit

PAUSE = timedelta(minutes=10)  # a longer gap between two saves is no time spent on the form
MINUTE = timedelta(minutes=1)


def save_entry(entry: ProgressEntry, *, actor: User, content: EntryContent, seen: int) -> ProgressEntry:
    """Write `content` as it was typed on a page that showed version `seen`.

    Figures of indicators that the entry does not ask are dropped; denominators per thousand residents are set.
    Raises `EditedMeanwhile` where somebody saved other words since, `WrongState` where the entry is no longer open.
    The trail names a person once, when the entry passes into their hands, with what stood there before.
    """
    with transaction.atomic():
        entry = lock_entry(entry.pk)
        report = entry.report
        may_edit(actor, report).or_raise()
        REPORT_WORKFLOW.require("edit", report.status)
        entry.status = ENTRY_WORKFLOW.require("edit", entry.status)
        before = content_of(entry)
        content = completed(entry, content, before)
        if content != before:
            _require_seen(entry, seen, mine=content, theirs=before)
            _record_hand_over(entry, actor, before, content)
            _write(entry, actor, content, before)
        _count_time(report)
    return entry


def completed(entry: ProgressEntry, content: EntryContent, before: EntryContent) -> EntryContent:
    """The content with one figure for each that the entry asks, in its order, per residents with their base."""
    given = {figure.indicator: figure for figure in content.figures}
    figures = tuple(given.get(figure.indicator, figure) for figure in before.figures)
    rows = entry.figures.select_related("indicator")
    based = frozenset(row.indicator_id for row in rows if is_per_residents(row.indicator))
    content = replace(content, figures=figures)
    if not based:
        return content
    base = bases_of(entry.assignment.measure.task.plan).on(entry.report.period.end)
    return with_base(content, based, base.thousands if base else None)


def _require_seen(entry: ProgressEntry, seen: int, *, mine: EntryContent, theirs: EntryContent) -> None:
    if entry.version == seen:
        return
    names = differing(mine, theirs)
    ours, others = by_field(mine), by_field(theirs)
    by = entry.saved_by.name if entry.saved_by else ""
    raise EditedMeanwhile(mine={n: ours[n] for n in names}, theirs={n: others[n] for n in names}, by=by)


def _write(entry: ProgressEntry, actor: User, content: EntryContent, before: EntryContent) -> None:
    for name in TEXTS:
        setattr(entry, name, getattr(content, name))
    entry.saved_by, entry.saved_at, entry.version = actor, clock.now(), entry.version + 1
    entry.save(update_fields=[*TEXTS, "saved_by", "saved_at", "version"])
    for figure, old in zip(content.figures, before.figures, strict=True):
        if figure != old:
            _write_figure(entry, figure)
    if entry.report.status == ProgressReport.Status.SIGNED:
        take_signature_back(entry.report, actor=actor)
    else:
        bump(entry.report)


def _write_figure(entry: ProgressEntry, figure: FigureContent) -> None:
    ReportedFigure.objects.filter(entry=entry, indicator=figure.indicator).update(
        numerator=figure.numerator,
        denominator=figure.denominator,
        value=figure.value,
        absence=figure.absence,
        explanation=figure.explanation,
    )


def _record_hand_over(entry: ProgressEntry, actor: User, before: EntryContent, after: EntryContent) -> None:
    if entry.saved_by_id == actor.pk:
        return
    names = differing(after, before)
    audit.record(
        "entry.edited",
        entry,
        actor=actor,
        scope=entry.report.period.jurisdiction.code,
        before=as_words(before, names),
        after=as_words(after, names),
    )


def as_words(content: EntryContent, names: tuple[str, ...]) -> Mapping[str, Any]:
    """What the trail keeps of the fields: texts as they are, figures in words."""
    fields = by_field(content)
    return {name: figure_words(fields[name]) for name in names}


def figure_words(value: Any) -> Any:
    if not isinstance(value, FigureContent):
        return value
    numbers = (plain(number) for number in (value.numerator, value.denominator, value.value))
    return "／".join(filter(None, [*numbers, value.absence, value.explanation]))


def _count_time(report: ProgressReport) -> None:
    """Whole minutes since the last save, unless it was a pause; what is left of a minute counts with the next save."""
    now, since = clock.machine_now(), report.timed_until
    gap = now - since if since else timedelta()
    if since is None or not timedelta() <= gap <= PAUSE:
        _time_from(report, now)
    elif gap >= MINUTE:
        report.minutes += gap // MINUTE
        _time_from(report, since + gap // MINUTE * MINUTE)


def _time_from(report: ProgressReport, moment: datetime) -> None:
    report.timed_until = moment
    report.save(update_fields=["minutes", "timed_until"])
