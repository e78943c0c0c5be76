"""What the office does with units: add, change, move in the customary order, take out of use and back."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from core import audit
from core.errors import BadInput
from departments.editions import require_edition
from departments.models import Department, DepartmentAlias, DepartmentGroup, Jurisdiction, User
from departments.names import SHORT_NAME_LENGTH, checked_name, clean_name, require_free, taken_names
from departments.policies import may_change_unit, may_deactivate_unit, may_manage, may_reactivate_unit
from departments.queries import next_position

STEP = 10


@dataclass(frozen=True, slots=True)
class UnitFields:
    """What a unit is called and where it belongs; `groups` are of its own jurisdiction."""

    name: str
    short_name: str = ""
    aliases: tuple[str, ...] = ()
    groups: tuple[DepartmentGroup, ...] = ()
    represents: Jurisdiction | None = None

    def as_text(self) -> dict[str, str]:
        """Label → value, for the audit and for comparing editions."""
        return {
            "名称": self.name,
            "简称": self.short_name,
            "别名": "、".join(self.aliases),
            "集合单位": "、".join(sorted(group.name for group in self.groups)),
            "代表的下级行政区": self.represents.name if self.represents else "",
        }


def fields_of(unit: Department) -> UnitFields:
    """What the unit says now."""
    aliases = tuple(alias.name for alias in unit.aliases.all())
    return UnitFields(unit.name, unit.short_name, aliases, tuple(unit.groups.all()), unit.represents)


def add_unit(jurisdiction: Jurisdiction, *, actor: User, fields: UnitFields) -> Department:
    """A new unit at the end of the order. The same form sent twice gives the unit that the first one made.

    Raises `BadInput` for a name that is empty, too long or already something's.
    """
    fields = checked(fields)
    with transaction.atomic():
        jurisdiction = Jurisdiction.objects.select_for_update().get(pk=jurisdiction.pk)
        may_manage(actor, jurisdiction).or_raise()
        same: Department | None = Department.objects.filter(jurisdiction=jurisdiction, name=fields.name).first()
        if same and fields_of(same).as_text() == fields.as_text():
            return same
        _require_free(jurisdiction, fields)
        unit = Department(jurisdiction=jurisdiction, position=next_position(jurisdiction))
        _write(unit, fields)
        audit.record("unit.added", unit, actor=actor, scope=jurisdiction.code, after=fields.as_text())
    return unit


def change_unit(unit: Department, *, actor: User, fields: UnitFields, seen: str) -> Department:
    """Change names, groups and representation. `seen` is the edition that the form was drawn from.

    Raises `Overtaken` when somebody else changed the unit meanwhile, `BadInput` for an unfit name.
    """
    fields = checked(fields)
    with transaction.atomic():
        jurisdiction = Jurisdiction.objects.select_for_update().get(pk=unit.jurisdiction_id)
        unit = Department.objects.select_for_update().get(pk=unit.pk)
        may_change_unit(actor, unit).or_raise()
        before = fields_of(unit).as_text()
        require_edition(seen, f"“{unit.name}”", now=before, mine=fields.as_text())
        if before == fields.as_text():
            return unit
        _require_free(jurisdiction, fields, without=unit)
        _write(unit, fields)
        audit.record("unit.changed", unit, actor=actor, scope=jurisdiction.code, before=before, after=fields.as_text())
    return unit


def move_unit(unit: Department, *, actor: User, to: int) -> None:
    """Put the unit at place `to` (from 1) of the customary order; beyond the ends means first or last."""
    with transaction.atomic():
        jurisdiction = Jurisdiction.objects.select_for_update().get(pk=unit.jurisdiction_id)
        may_change_unit(actor, unit).or_raise()
        order = list(Department.objects.filter(jurisdiction=jurisdiction))
        before = order.index(unit) + 1
        order.remove(unit)
        order.insert(max(to, 1) - 1, unit)
        after = order.index(unit) + 1
        if after == before:
            return
        for place, each in enumerate(order, start=1):
            each.position = place * STEP
        Department.objects.bulk_update(order, ["position"], batch_size=500)
        audit.record(
            "unit.moved", unit, actor=actor, scope=jurisdiction.code, before={"次序": before}, after={"次序": after}
        )


def deactivate_unit(unit: Department, *, actor: User) -> None:
    """停用: no new plan can name the unit; what it has done and still owes stays."""
    with transaction.atomic():
        unit = Department.objects.select_for_update().get(pk=unit.pk)
        may_deactivate_unit(actor, unit).or_raise()
        _set_active(unit, "unit.deactivated", actor=actor, active=False)


def reactivate_unit(unit: Department, *, actor: User) -> None:
    """恢复使用."""
    with transaction.atomic():
        unit = Department.objects.select_for_update().get(pk=unit.pk)
        may_reactivate_unit(actor, unit).or_raise()
        _set_active(unit, "unit.reactivated", actor=actor, active=True)


def checked(fields: UnitFields) -> UnitFields:
    """Cleaned fields; raises `BadInput`. An alias that repeats the unit's own name is dropped."""
    name = checked_name(fields.name, "单位名称", field="name")
    short_name = clean_name(fields.short_name)
    if len(short_name) > SHORT_NAME_LENGTH:
        raise BadInput(f"简称有{len(short_name)}个字，最多{SHORT_NAME_LENGTH}个字，请缩短。", field="short_name")
    aliases = dict.fromkeys(checked_name(alias, f"别名“{alias[:12]}…”", field="aliases") for alias in fields.aliases)
    aliases.pop(name, None)
    return UnitFields(name, short_name, tuple(aliases), fields.groups, fields.represents)


def _require_free(jurisdiction: Jurisdiction, fields: UnitFields, *, without: Department | None = None) -> None:
    taken = taken_names(jurisdiction, without=without)
    require_free([fields.name], taken, field="name")
    require_free(fields.aliases, taken, field="aliases")


def _write(unit: Department, fields: UnitFields) -> None:
    unit.name, unit.short_name, unit.represents = fields.name, fields.short_name, fields.represents
    unit.save()
    if fields.aliases != fields_of(unit).aliases:
        unit.aliases.all().delete()
        DepartmentAlias.objects.bulk_create(
            DepartmentAlias(jurisdiction_id=unit.jurisdiction_id, department=unit, name=name) for name in fields.aliases
        )
    unit.groups.set(fields.groups)


def _set_active(unit: Department, verb: str, *, actor: User, active: bool) -> None:
    unit.active = active
    unit.save(update_fields=["active"])
    audit.record(verb, unit, actor=actor, scope=unit.jurisdiction.code)
