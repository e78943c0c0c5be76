"""Figures per thousand residents: the unit types batches alone, the plan's base is their denominator."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from reporting.entries.content import EntryContent, FigureContent


def with_base(content: EntryContent, based: frozenset[int], base: Decimal | None) -> EntryContent:
    """The figures of the indicators `based` with the population as denominator: nobody types it."""
    figures = tuple(divided(f, base) if f.indicator in based else f for f in content.figures)
    return replace(content, figures=figures)


def divided(figure: FigureContent, base: Decimal | None) -> FigureContent:
    return replace(figure, denominator=None if figure.numerator is None else base)
