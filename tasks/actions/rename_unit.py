"""单位更名: a unit goes on under a new name; plans in force record it, documents still find it by the old one."""

from __future__ import annotations

from dataclasses import replace

from django.db import transaction

from core import audit
from core.errors import BadInput
from departments.actions.units import UnitFields, change_unit, fields_of
from departments.editions import edition
from departments.models import Department, Jurisdiction, User
from departments.names import checked_name
from departments.policies import may_change_unit
from tasks.actions.amending import Change, Ground, ground_in, write_down
from tasks.actions.reasons import checked_reason
from tasks.models import Amendment, Assignment, Plan
from tasks.standing import mark_stale


def unit_edition(unit: Department) -> str:
    """The edition that a form for `rename_unit` carries."""
    return edition(fields_of(unit).as_text())


def plans_in_force_with(unit: Department) -> list[Plan]:
    """Those in which the unit has a part now."""
    owed = Assignment.objects.owed_by(unit)
    return list(Plan.objects.filter(pk__in=owed.values("measure__task__plan")).select_related("jurisdiction"))


def rename_unit(unit: Department, *, actor: User, name: str, seen: str, ground: Ground) -> Department:
    """Raises `Overtaken` where somebody else changed the unit, `BadInput` for a name that is taken or the same.

    Sent twice, it renames once.
    """
    name = checked_name(name, "单位新名称", field="name")
    with transaction.atomic():
        Jurisdiction.objects.select_for_update().get(pk=unit.jurisdiction_id)
        unit = Department.objects.select_related("jurisdiction").get(pk=unit.pk)
        may_change_unit(actor, unit).or_raise()
        old = unit.name
        if old == name and seen == unit_edition(unit):
            raise BadInput(f"新名称与现在的名称“{old}”相同，没有可更名的。", field="name")
        if old != name:
            # Before the unit's row, as who accepts a unit's figures asks for a plan first and needs the unit then.
            mark_stale(plan.pk for plan in plans_in_force_with(unit))
        renamed = change_unit(unit, actor=actor, fields=_renamed(unit, name), seen=seen)
        if renamed.name != old:
            _write_down(renamed, old, actor=actor, ground=ground)
    return renamed


def _renamed(unit: Department, name: str) -> UnitFields:
    fields = fields_of(unit)
    return replace(fields, name=name, aliases=tuple(dict.fromkeys([*fields.aliases, unit.name])))


def _write_down(unit: Department, old: str, *, actor: User, ground: Ground) -> None:
    reason = checked_reason(ground.reason)
    for plan in plans_in_force_with(unit):
        change = Change(Amendment.Kind.RENAMING, unit, {"单位名称": old}, {"单位名称": unit.name})
        write_down(plan, change, actor=actor, ground=ground_in(plan, ground))
    before, after = {"单位名称": old}, {"单位名称": unit.name}
    audit.record(
        "unit.renamed", unit, actor=actor, scope=unit.jurisdiction.code, before=before, after=after, reason=reason
    )
