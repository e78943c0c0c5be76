"""The population that figures per thousand residents are divided by."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from departments.models import Jurisdiction, Population
from reporting.entries.content import EntryContent, FigureContent

THOUSAND = Decimal(1000)


def population_in_force(jurisdiction: Jurisdiction, on: date) -> Population | None:
    """The latest that holds on the date; the same all year as long as the office enters no other."""
    known = Population.objects.filter(jurisdiction=jurisdiction, as_of__lte=on)
    return known.order_by("-as_of", "-year").first()


def in_thousands(population: Population | None) -> Decimal | None:
    return Decimal(population.residents) / THOUSAND if population else None


def with_base(content: EntryContent, based: frozenset[int], base: Decimal | None) -> EntryContent:
    """The figures of the indicators `based` with the population as denominator: nobody types it."""
    figures = tuple(divided(f, base) if f.indicator in based else f for f in content.figures)
    return replace(content, figures=figures)


def divided(figure: FigureContent, base: Decimal | None) -> FigureContent:
    return replace(figure, denominator=None if figure.numerator is None else base)
