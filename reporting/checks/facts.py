"""What the checks judge: one entry with what stood there before. Built by `reporting.entries.loading`, or by a test."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from indicators.models import Indicator
from reporting.entries.content import EntryContent, FigureContent


@dataclass(frozen=True, slots=True)
class Limits:
    """Beyond which a change is asked about: `jump` as a share of what was to be expected (0.5: by half)."""

    jump: Decimal = Decimal("0.5")


@dataclass(frozen=True, slots=True)
class FigureFacts:
    """`last` is the last accepted figure, as of `last_on`; None where there is none of this year. `on` is the date
    of the present one."""

    indicator: Indicator
    content: FigureContent
    on: date
    last: FigureContent | None = None
    last_on: date | None = None


@dataclass(frozen=True, slots=True)
class EntryFacts:
    """`role` is one of `Assignment.Role`; `period_end` the last day of the period.

    `last` is what the unit submitted before; `done_before` that it was accepted as done, so that only its figures
    are asked.
    """

    entry: int
    role: str
    content: EntryContent
    period_end: date
    due_on: date | None = None
    figures: tuple[FigureFacts, ...] = ()
    last: EntryContent | None = None
    done_before: bool = False
