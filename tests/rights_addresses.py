"""What a route's address takes from the world of the rights table."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from intake.corrections.facts import Kind
from tests.rights_world import World

Take = Callable[[World], dict[str, Any]]


def nothing(world: World) -> dict[str, Any]:
    return {}


def filled(world: World) -> dict[str, Any]:
    """A form as a browser sends it with every field left empty."""
    return {"csrfmiddlewaretoken": "any"}


def unit(world: World) -> dict[str, Any]:
    return {"pk": world.unit.pk}


def unused_unit(world: World) -> dict[str, Any]:
    return {"pk": world.unused_unit.pk}


def group(world: World) -> dict[str, Any]:
    return {"pk": world.group.pk}


def population(world: World) -> dict[str, Any]:
    return {"pk": world.population.pk}


def colleague(world: World) -> dict[str, Any]:
    return {"pk": world.colleague.pk}


def retired(world: World) -> dict[str, Any]:
    return {"pk": world.retired.pk}


def draft(world: World) -> dict[str, Any]:
    return {"pk": world.draft.pk}


def plan(world: World) -> dict[str, Any]:
    return {"pk": world.plan.pk}


def measure(world: World) -> dict[str, Any]:
    return {"pk": world.measure.pk}


def period(world: World) -> dict[str, Any]:
    return {"pk": world.period.pk}


def import_(world: World) -> dict[str, Any]:
    return {"pk": world.import_.pk}


def indicator(world: World) -> dict[str, Any]:
    return {"pk": world.indicator.pk}


def two_plans(world: World) -> dict[str, Any]:
    return {"new": world.plan.pk, "old": world.older.pk}


def round_(world: World) -> dict[str, Any]:
    return {"pk": world.round.period.pk}


def round_unit(world: World) -> dict[str, Any]:
    return {"pk": world.round.period.pk, "unit": world.round.unit.pk}


def waiting(world: World) -> dict[str, Any]:
    return {"pk": world.round.waiting.pk}


def done(world: World) -> dict[str, Any]:
    return {"pk": world.round.done.pk}


def accepted(world: World) -> dict[str, Any]:
    return {"pk": world.round.accepted.pk}


def figure(world: World) -> dict[str, Any]:
    return {"pk": world.round.figure.pk}


def late(world: World) -> dict[str, Any]:
    return {"pk": world.round.locked.pk}


def extension(world: World) -> dict[str, Any]:
    return {"pk": world.round.extension.pk}


def requested(world: World) -> dict[str, Any]:
    return {"pk": world.round.requested.pk}


def closed(world: World) -> dict[str, Any]:
    return {"pk": world.round.closed.pk}


def form(world: World) -> dict[str, Any]:
    return {"pk": world.form.report.pk}


def form_entry(world: World) -> dict[str, Any]:
    return {"pk": world.form.report.pk, "entry": world.form.entry.pk}


def form_of_period(world: World) -> dict[str, Any]:
    return {"period": world.form.report.period_id, "department": world.unit.pk}


def evidence(world: World) -> dict[str, Any]:
    return {"pk": world.form.evidence.pk}


def narrative(world: World) -> dict[str, Any]:
    return {"pk": world.form.narrative.pk}


def fact_of(kind: Kind) -> Take:
    return lambda world: {"pk": world.import_.pk, "fact": world.facts[kind]}
