"""Two clerks at one import: does a new correction touch what another touched since the page was shown?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from intake.corrections.draft import Correction, apply
from intake.corrections.history import Entry, History, State, active, next_ordinal
from intake.corrections.operations import Operation
from intake.corrections.sheet import Effect
from intake.corrections.wording import said

LISTS = {"assignments", "indicators"}  # each may add to them beside the other


@dataclass(frozen=True, slots=True)
class Conflict:
    """Both touch the facts `ids`. `mine` and `theirs` say what each does; the values are those of `Set…` operations."""

    theirs: Entry
    ids: tuple[str, ...]
    mine_said: str
    theirs_said: str
    mine_values: Mapping[str, Any]
    theirs_values: Mapping[str, Any]


def conflicts(
    reading: Mapping[str, Any], text: str, history: History, *, seen: int, new: Operation, author: int
) -> tuple[Conflict, ...]:
    """The active corrections of others behind the ordinal `seen` that touch a fact which `new` touches.

    What `new` touches is judged by the draft that its author saw; a correction that did not fit even there has none.
    """
    before = [entry for entry in history if entry.ordinal <= seen]
    since = [e for e in history if e.ordinal > seen and e.author != author and e.state is State.ACTIVE]
    if not since:
        return ()
    mine = Correction(next_ordinal(history), new)
    wanted = apply(reading, text, [*active(before), mine]).effects.get(mine.ordinal)
    if wanted is None:
        return ()
    done = apply(reading, text, active(history)).effects
    found = ((entry, shared(wanted, done[entry.ordinal])) for entry in since if entry.ordinal in done)
    return tuple(_conflict(entry, ids, new) for entry, ids in found if ids)


def shared(one: Effect, other: Effect) -> set[str]:
    """The facts that both change, or that one cuts, joins or removes while the other needs them."""
    return _changed(one) & _changed(other) | one.reshaped & _all(other) | other.reshaped & _all(one)


def _changed(effect: Effect) -> set[str]:
    return {id_ for id_, names in effect.changed.items() if names - LISTS}


def _all(effect: Effect) -> set[str]:
    return set(effect.changed) | effect.reshaped | effect.needed


def _conflict(entry: Entry, ids: set[str], new: Operation) -> Conflict:
    return Conflict(
        theirs=entry,
        ids=tuple(sorted(ids)),
        mine_said=said(new),
        theirs_said=said(entry.operation),
        mine_values=getattr(new, "changes", {}),
        theirs_values=getattr(entry.operation, "changes", {}),
    )
