"""What an entry held at one submission, as JSON and back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from reporting.entries.content import EntryContent, FigureContent
from reporting.models import Evidence, ProgressEntry, ReportedFigure

TEXTS = ("done_text", "problems", "next_steps")
FIELDS = ("state", *TEXTS, "same_as_last", "told_lead")
NUMBERS = ("numerator", "denominator", "value")


def content_of(entry: ProgressEntry, figures: Iterable[ReportedFigure], files: Iterable[Evidence]) -> dict[str, Any]:
    """The state and texts, `figures` by indicator with their numbers as strings, and the names of the `files`."""
    content: dict[str, Any] = {field: getattr(entry, field) for field in FIELDS}
    content["figures"] = [figure_content(figure) for figure in figures]
    content["files"] = [{"sha256": file.sha256, "name": file.name} for file in files]
    return content


def figure_content(figure: ReportedFigure) -> dict[str, Any]:
    numbers = {name: as_text(getattr(figure, name)) for name in NUMBERS}
    return {"indicator": figure.indicator_id, **numbers, "absence": figure.absence, "explanation": figure.explanation}


def as_text(number: Decimal | None) -> str | None:
    """Without trailing zeros, so that 12.5 and 12.5000 are the same."""
    return None if number is None else f"{number.normalize():f}"


def as_number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def as_content(content: Mapping[str, Any]) -> EntryContent:
    """What `content_of` wrote, to be compared with what stands there now."""
    figures = tuple(as_figure(figure) for figure in content.get("figures", ()))
    return EntryContent(**{field: content[field] for field in FIELDS if field in content}, figures=figures)


def as_figure(content: Mapping[str, Any]) -> FigureContent:
    numbers = {name: as_number(content[name]) for name in NUMBERS}
    return FigureContent(
        content["indicator"], **numbers, absence=content["absence"], explanation=content["explanation"]
    )


def whole(content: EntryContent, entry: ProgressEntry) -> EntryContent:
    """With an empty figure for each indicator that the entry has gained since; `entry.figures` are read."""
    known = {figure.indicator for figure in content.figures}
    gained = (FigureContent(row.indicator_id) for row in entry.figures.all() if row.indicator_id not in known)
    return replace(content, figures=(*content.figures, *gained))
