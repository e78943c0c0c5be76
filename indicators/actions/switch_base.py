"""换基数: from a day on a plan's figures per thousand residents are divided by another population."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from core import audit, clock
from core.errors import BadInput, WrongState
from departments.models import Population, User
from indicators.display import day_text
from indicators.models import PopulationBase
from indicators.population import base_from, bases_of
from tasks.actions.locking import lock_for_change
from tasks.actions.reasons import checked_reason
from tasks.models import Plan
from tasks.standing import mark_stale


def switch_base(plan: Plan, *, actor: User, population: Population, since: date, reason: str) -> PopulationBase:
    """Figures of days before `since` keep the base before.

    Raises `BadInput` for a population of another place, a day outside the plan's year or the same base, `WrongState`
    where another switch holds from that day or a later one.
    """
    reason = checked_reason(reason, "换基数的理由")
    with transaction.atomic():
        plan = lock_for_change(plan.pk, actor=actor)
        if population.jurisdiction_id != plan.jurisdiction_id:
            raise BadInput("这个人口数不是本行政区的，请另选。", field="population")
        if since.year != plan.year:
            raise BadInput(f"起用日期要在{plan.year}年之内。", field="since")
        later = PopulationBase.objects.filter(plan=plan, since__gte=since).order_by("since").first()
        if later:
            raise WrongState(f"{day_text(later.since)}起已换过基数，新的起用日期要在那之后。")
        before, after = bases_of(plan).on(since), base_from(population)
        if before == after:
            raise BadInput(f"{day_text(since)}用的已是这个基数，不用换。", field="population")
        switched: PopulationBase = PopulationBase.objects.create(
            plan=plan, population=population, since=since, reason=reason, actor=actor, at=clock.now()
        )
        mark_stale([plan.pk])
        words = [{"base": base.words if base else ""} for base in (before, after)]
        where = {"since": since.isoformat()}
        audit.record(
            "plan.base_switched",
            plan,
            actor=actor,
            scope=plan.jurisdiction.code,
            before=words[0],
            after=words[1] | where,
            reason=reason,
        )
    return switched
