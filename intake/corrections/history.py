"""Undo and redo: which of an import's corrections count. Pure functions from one history to the next."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from intake.corrections.draft import Correction
from intake.corrections.operations import Operation


class State(StrEnum):
    """Active ones count; undone ones can come back; dropped ones were undone before something else was done."""

    ACTIVE = "active"
    UNDONE = "undone"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Entry:
    """One correction that was ever made; `author` is the key of the person who made it, 0 where unknown."""

    ordinal: int
    operation: Operation
    state: State = State.ACTIVE
    author: int = 0


History = Sequence[Entry]


def active(history: Iterable[Entry]) -> list[Correction]:
    """What counts, in order, as `draft.apply` takes it."""
    return [Correction(entry.ordinal, entry.operation) for entry in history if entry.state is State.ACTIVE]


def next_ordinal(history: History) -> int:
    """The ordinal that the next correction gets; dropped ones keep theirs, so that no id is given twice."""
    return max((entry.ordinal for entry in history), default=0) + 1


def record(history: History, operation: Operation, *, author: int = 0) -> list[Entry]:
    """With one more correction; what was undone can no longer come back."""
    kept = [_moved(entry, State.DROPPED) if entry.state is State.UNDONE else entry for entry in history]
    return [*kept, Entry(next_ordinal(history), operation, author=author)]


def to_undo(history: History) -> Entry | None:
    """The last correction that counts, None where there is none."""
    return next((entry for entry in reversed(history) if entry.state is State.ACTIVE), None)


def to_redo(history: History) -> Entry | None:
    """The correction that was undone last, None where there is none."""
    return next((entry for entry in history if entry.state is State.UNDONE), None)


def undo(history: History) -> list[Entry]:
    """Without the last correction; the same where nothing is left to undo."""
    return _with(history, to_undo(history), State.UNDONE)


def redo(history: History) -> list[Entry]:
    """With the correction undone last; the same where nothing is left to redo."""
    return _with(history, to_redo(history), State.ACTIVE)


def _with(history: History, chosen: Entry | None, state: State) -> list[Entry]:
    return [_moved(entry, state) if entry is chosen else entry for entry in history]


def _moved(entry: Entry, state: State) -> Entry:
    return replace(entry, state=state)
