"""常住人口: the office states it a year at a time, with its source. Rates that divide by it are then judged anew."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from core import audit, outbox
from core.errors import BadInput
from departments.editions import require_edition
from departments.models import Jurisdiction, Population, User
from departments.policies import may_change_population, may_manage
from departments.standing import PLACE_TOPIC


def add_population(
    jurisdiction: Jurisdiction, *, actor: User, year: int, residents: int, source: str, as_of: date
) -> Population:
    """A year's residents. The same form sent twice gives the first one's; a year already stated is `BadInput`."""
    with transaction.atomic():
        jurisdiction = Jurisdiction.objects.select_for_update().get(pk=jurisdiction.pk)
        may_manage(actor, jurisdiction).or_raise()
        new = Population(jurisdiction=jurisdiction, year=year, residents=residents, source=source, as_of=as_of)
        stated: Population | None = Population.objects.filter(jurisdiction=jurisdiction, year=year).first()
        if stated and population_as_text(stated) == population_as_text(new):
            return stated
        if stated:
            raise BadInput(f"{year}年的常住人口已填为{stated.residents}人。要改请在列表里点“修改”。", field="year")
        new.save()
        audit.record("population.added", new, actor=actor, scope=jurisdiction.code, after=population_as_text(new))
        outbox.put(PLACE_TOPIC, jurisdiction.pk)
    return new


def change_population(
    population: Population, *, actor: User, residents: int, source: str, as_of: date, seen: str
) -> Population:
    """Correct a year's residents. Raises `Overtaken`."""
    with transaction.atomic():
        population = Population.objects.select_for_update().get(pk=population.pk)
        may_change_population(actor, population).or_raise()
        before = population_as_text(population)
        population.residents, population.source, population.as_of = residents, source, as_of
        after = population_as_text(population)
        require_edition(seen, f"{population.year}年常住人口", now=before, mine=after)
        if before != after:
            population.save()
            scope = population.jurisdiction.code
            audit.record("population.changed", population, actor=actor, scope=scope, before=before, after=after)
            outbox.put(PLACE_TOPIC, population.jurisdiction_id)
    return population


def population_as_text(population: Population) -> dict[str, str]:
    """Label → value, for the audit and for comparing editions."""
    return {
        "年份": str(population.year),
        "常住人口": str(population.residents),
        "来源": population.source,
        "截至": population.as_of.isoformat(),
    }
