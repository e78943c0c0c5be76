"""The population that a plan's figures per thousand residents are divided by: one base a plan and year.

It is the one in force at the year's beginning, unless the office switches (`PopulationBase`). A figure entered under
another base is flagged, and the like-for-like value is given.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from departments.models import Population
from indicators.display import day_text, plain
from indicators.models import PopulationBase
from tasks.models import Plan

THOUSAND = Decimal(1000)
MYRIAD = Decimal(10_000)


@dataclass(frozen=True, slots=True)
class Base:
    """Residents in persons, with who says so and for which day."""

    residents: int
    source: str
    as_of: date

    @property
    def thousands(self) -> Decimal:
        return Decimal(self.residents) / THOUSAND

    @property
    def words(self) -> str:
        """常住人口48.6万人，截至2025年12月31日，青禾区统计公报."""
        return f"常住人口{self.short}，截至{self.as_of.year}年{day_text(self.as_of)}，{self.source}"

    @property
    def short(self) -> str:
        """48.6万人."""
        return f"{plain(self.residents / MYRIAD)}万人"


@dataclass(frozen=True, slots=True)
class Bases:
    """The bases of one plan by the day from which each holds, the earliest first."""

    switches: Sequence[tuple[date, Base]]

    def on(self, day: date) -> Base | None:
        held = [base for since, base in self.switches if since <= day]
        return held[-1] if held else None

    def thousands(self, day: date) -> Fraction | None:
        base = self.on(day)
        return Fraction(base.residents, 1000) if base else None


def bases_of(plan: Plan) -> Bases:
    """Two queries."""
    return bases_of_plans([plan])[plan.pk]


def bases_of_plans(plans: Collection[Plan]) -> Mapping[int, Bases]:
    """By plan; two queries for any number of them."""
    known: dict[int, list[Population]] = defaultdict(list)
    for one in Population.objects.filter(jurisdiction__in={plan.jurisdiction_id for plan in plans}).order_by(
        "as_of", "year"
    ):
        known[one.jurisdiction_id].append(one)
    switches: dict[int, list[tuple[date, Base]]] = defaultdict(list)
    for row in PopulationBase.objects.filter(plan__in=plans).select_related("population").order_by("since"):
        switches[row.plan_id].append((row.since, base_from(row.population)))
    return {plan.pk: Bases(_first(plan, known[plan.jurisdiction_id]) + switches[plan.pk]) for plan in plans}


def base_from(population: Population) -> Base:
    return Base(population.residents, population.source, population.as_of)


def _first(plan: Plan, known: Sequence[Population]) -> list[tuple[date, Base]]:
    """The latest that held before the year began, else the first one known."""
    begins = date(plan.year, 1, 1)
    before = [one for one in known if one.as_of < begins]
    chosen = before[-1:] or known[:1]
    return [(date.min, base_from(one)) for one in chosen]
