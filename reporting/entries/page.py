"""The whole page of a form: its head, its steps, the entry shown, the bar at the foot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core import calendar
from core.access import Answer
from departments.models import User
from reporting.entries import words
from reporting.entries.entry_form import EntryForm
from reporting.entries.loading import LoadedEntry, load_entries
from reporting.entries.panel import Panel, panel_of
from reporting.entries.steps import Progress, Step, first_open, grouped, progress_of, steps_of
from reporting.life_cycle import WITH_UNIT
from reporting.models import Narrative, ProgressReport
from reporting.policies import deadline_of, has_approver, may_edit
from tasks.models import Assignment


@dataclass(frozen=True, slots=True)
class Burden:
    """What the form asks of the unit: entries, those of one line, figures; minutes it took last time, 0 unknown."""

    entries: int
    one_line: int
    figures: int
    last_minutes: int


@dataclass(frozen=True, slots=True)
class FormPage:
    """`panel` is None in a form without entries. `editing` says whether the person may fill it, or why not."""

    report: ProgressReport
    entries: tuple[LoadedEntry, ...]
    steps: tuple[Step, ...]
    parts: list[tuple[str, list[Step]]]
    progress: Progress
    burden: Burden
    editing: Answer
    signs: bool
    days: int
    due: str
    panel: Panel | None
    previous: Step | None
    following: Step | None
    next_open: Step | None
    narratives: tuple[Narrative, ...]

    @property
    def days_words(self) -> str:
        return words.days_left(self.days)

    @property
    def this_period(self) -> str:
        return words.this_period(self.report.period.kind)

    @property
    def last_period(self) -> str:
        return words.last_period(self.report.period.kind)

    @property
    def end(self) -> str:
        return words.day(self.report.period.end)

    @property
    def next_step(self) -> str:
        """送审签 where the unit has somebody who signs, else 报送."""
        return "送审签" if self.signs else "报送"

    @property
    def complete(self) -> bool:
        return bool(self.progress.total) and not self.progress.left


def form_page(
    report: ProgressReport, user: User, *, chosen: int | None = None, data: EntryForm | None = None
) -> FormPage:
    """`chosen` is the entry's pk, else the first that is not filled; `data` the form as it was just typed."""
    entries = tuple(load_entries(report))
    steps = tuple(steps_of(entries))
    editing, place = may_edit(user, report), place_of(steps, chosen)
    due = deadline_of(report)
    shown = shown_panel(report, entries, steps, user, place, editing=bool(editing), form=data)
    return FormPage(
        report=report,
        entries=entries,
        steps=steps,
        parts=grouped(entries, steps),
        progress=progress_of(steps),
        burden=burden_of(report, entries),
        editing=editing,
        signs=not report.on_behalf and has_approver(report.department),
        days=calendar.days_left(due),
        due=words.weekday(due),
        panel=shown,
        previous=steps[place - 1] if place else None,
        following=next(iter(steps[place + 1 :]), None),
        next_open=first_open(steps, after=steps[place].entry if steps else None),
        narratives=tuple(report.narratives.filter(removed_at__isnull=True)),
    )


def place_of(steps: Sequence[Step], chosen: int | None) -> int:
    """Where the entry to be shown stands in the list."""
    wanted = first_open(steps) if chosen is None else None
    pk = wanted.entry if wanted else chosen
    return next((place for place, step in enumerate(steps) if step.entry == pk), 0)


def shown_panel(
    report: ProgressReport,
    entries: Sequence[LoadedEntry],
    steps: Sequence[Step],
    user: User,
    place: int,
    *,
    editing: bool,
    form: EntryForm | None,
) -> Panel | None:
    if not entries:
        return None
    loaded = entries[place]
    this = words.this_period(report.period.kind)
    form = form or EntryForm(facts=loaded.facts, done_label=f"{this}做了什么")
    editable = editing and loaded.entry.status in WITH_UNIT
    return panel_of(report, loaded, steps[place], form, user, editable=editable)


def burden_of(report: ProgressReport, entries: Sequence[LoadedEntry]) -> Burden:
    earlier = ProgressReport.objects.filter(
        department=report.department_id,
        period__kind=report.period.kind,
        period__end__lt=report.period.end,
        minutes__gt=0,
    )
    return Burden(
        entries=len(entries),
        one_line=sum(loaded.entry.assignment.role == Assignment.Role.SUPPORT for loaded in entries),
        figures=sum(len(loaded.facts.figures) for loaded in entries),
        last_minutes=earlier.order_by("-period__end").values_list("minutes", flat=True).first() or 0,
    )
