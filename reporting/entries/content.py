"""What an entry says, apart from its row: compared between two people, judged by the checks."""

from __future__ import annotations

from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any

from reporting.models import ProgressEntry, ReportedFigure


@dataclass(frozen=True, slots=True)
class FigureContent:
    """The figure of one indicator (its pk): a ratio, a value, or why there is none; all empty while nothing is entered.

    Of a figure per thousand residents the denominator is the population in force, in thousands.
    """

    indicator: int
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    value: Decimal | None = None
    absence: str = ""
    explanation: str = ""

    @property
    def empty(self) -> bool:
        """Nothing was entered, not even why."""
        return self.numerator is None and self.value is None and not self.absence


@dataclass(frozen=True, slots=True)
class EntryContent:
    """The fields of one entry that its unit fills; names are those of `ProgressEntry`."""

    state: str = ""
    done_text: str = ""
    problems: str = ""
    next_steps: str = ""
    same_as_last: bool = False
    told_lead: bool = False
    figures: tuple[FigureContent, ...] = ()

    @property
    def empty(self) -> bool:
        """Nobody has typed anything yet."""
        texts = (self.state, self.done_text, self.problems, self.next_steps)
        return not any(texts) and all(figure.empty for figure in self.figures)


TEXTS = tuple(field.name for field in fields(EntryContent) if field.name != "figures")


def content_of(entry: ProgressEntry) -> EntryContent:
    """`entry.figures` are read, prefetched where many entries are asked; in the order of their indicators' pk."""
    rows = sorted(entry.figures.all(), key=lambda row: row.indicator_id)
    return EntryContent(**{name: getattr(entry, name) for name in TEXTS}, figures=tuple(figure_of(row) for row in rows))


def figure_of(row: ReportedFigure) -> FigureContent:
    return FigureContent(row.indicator_id, row.numerator, row.denominator, row.value, row.absence, row.explanation)


def by_field(content: EntryContent) -> dict[str, Any]:
    """Each field's content under the name that page and checks give it: done_text, figure-12."""
    texts = {name: getattr(content, name) for name in TEXTS}
    return texts | {figure_field(figure.indicator): figure for figure in content.figures}


def figure_field(indicator: int) -> str:
    """The name of an indicator's figure among the fields of an entry."""
    return f"figure-{indicator}"


def differing(mine: EntryContent, theirs: EntryContent) -> tuple[str, ...]:
    """Names of the fields in which the two differ."""
    ours, others = by_field(mine), by_field(theirs)
    return tuple(name for name in ours if ours[name] != others.get(name))
