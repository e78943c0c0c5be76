"""与上期相同: take over in one press what the unit reported last; one line of its own is still asked."""

from __future__ import annotations

from dataclasses import replace

from core.errors import WrongState
from departments.models import User
from reporting.actions.save_entry import save_entry
from reporting.entries.content import EntryContent, FigureContent, content_of
from reporting.entries.loading import last_entries
from reporting.models import ProgressEntry


def same_as_last(entry: ProgressEntry, *, actor: User, content: EntryContent, seen: int) -> ProgressEntry:
    """State, problems, next steps and figures of the last submitted entry, where `content` as typed has none.

    `entry` comes with `report.period`. Raises `WrongState` where there is none, and as `save_entry` does.
    """
    last = last_entries(entry.report).get(entry.assignment.measure_id)
    if last is None:
        raise WrongState("这项措施上期没有报过，不能与上期相同。请直接填写。")
    return save_entry(entry, actor=actor, content=taken_over(content, content_of(last)), seen=seen)


def taken_over(now: EntryContent, last: EntryContent) -> EntryContent:
    before = {figure.indicator: figure for figure in last.figures}
    return replace(
        now,
        state=last.state,
        problems=now.problems or last.problems,
        next_steps=now.next_steps or last.next_steps,
        same_as_last=True,
        figures=tuple(_kept(figure, before.get(figure.indicator)) for figure in now.figures),
    )


def _kept(now: FigureContent, last: FigureContent | None) -> FigureContent:
    """A figure that was typed already stays."""
    return last if last and now.empty else now
