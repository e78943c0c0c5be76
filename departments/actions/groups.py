"""What the office does with groups (各镇、各街道): add, change the name or the members."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from core import audit
from core.errors import BadInput
from departments.editions import require_edition
from departments.models import Department, DepartmentGroup, Jurisdiction, User
from departments.names import checked_name, require_free, taken_names
from departments.policies import may_change_group, may_manage

Members = Sequence[Department]


def add_group(jurisdiction: Jurisdiction, *, actor: User, name: str, members: Members) -> DepartmentGroup:
    """A new group. The same form sent twice gives the group that the first one made."""
    name = checked_name(name, "集合单位名称", field="name")
    with transaction.atomic():
        jurisdiction = Jurisdiction.objects.select_for_update().get(pk=jurisdiction.pk)
        may_manage(actor, jurisdiction).or_raise()
        _require_own(jurisdiction, members)
        named: DepartmentGroup | None = DepartmentGroup.objects.filter(jurisdiction=jurisdiction, name=name).first()
        if named and group_as_text(named.name, list(named.members.all())) == group_as_text(name, members):
            return named
        require_free([name], taken_names(jurisdiction), field="name")
        group: DepartmentGroup = DepartmentGroup.objects.create(jurisdiction=jurisdiction, name=name)
        group.members.set(members)
        audit.record("group.added", group, actor=actor, scope=jurisdiction.code, after=group_as_text(name, members))
    return group


def change_group(group: DepartmentGroup, *, actor: User, name: str, members: Members, seen: str) -> DepartmentGroup:
    """Rename or change the members; issued plans keep the members they were issued with. Raises `Overtaken`."""
    name = checked_name(name, "集合单位名称", field="name")
    with transaction.atomic():
        jurisdiction = Jurisdiction.objects.select_for_update().get(pk=group.jurisdiction_id)
        group = DepartmentGroup.objects.select_for_update().get(pk=group.pk)
        may_change_group(actor, group).or_raise()
        _require_own(jurisdiction, members)
        before, after = group_as_text(group.name, list(group.members.all())), group_as_text(name, members)
        require_edition(seen, f"“{group.name}”", now=before, mine=after)
        if before == after:
            return group
        require_free([name], taken_names(jurisdiction, without=group), field="name")
        group.name = name
        group.save(update_fields=["name"])
        group.members.set(members)
        audit.record("group.changed", group, actor=actor, scope=jurisdiction.code, before=before, after=after)
    return group


def group_as_text(name: str, members: Members) -> dict[str, str]:
    """Label → value, for the audit and for comparing editions."""
    ordered = sorted(members, key=lambda unit: (unit.position, unit.pk))
    return {"名称": name, "成员": "、".join(unit.name for unit in ordered)}


def _require_own(jurisdiction: Jurisdiction, members: Members) -> None:
    for unit in members:
        if unit.jurisdiction_id != jurisdiction.pk:
            raise BadInput(f"{unit.name}不是{jurisdiction.name}的单位，不能加入。", field="members")
