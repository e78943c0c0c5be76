"""An import's reading with the clerks' corrections."""

from __future__ import annotations

from collections.abc import Sequence

from intake.corrections.draft import Draft, apply
from intake.corrections.history import Entry, State, active
from intake.corrections.operations import from_json
from intake.models import Correction, Import


def history_of(import_: Import) -> list[Entry]:
    """All corrections that were ever made, in order; one query."""
    return [
        Entry(row.ordinal, from_json(row.operation), State(row.state), row.actor_id)
        for row in Correction.objects.filter(plan_import=import_)
    ]


def draft_of(import_: Import, history: Sequence[Entry] | None = None) -> Draft:
    """The reading as corrected up to now."""
    entries = history_of(import_) if history is None else history
    return apply(import_.reading, import_.source.text, active(entries))
