"""单位合并, the names' part: the unit that goes is taken out of use, the one that stays answers to its names."""

from __future__ import annotations

from django.db import transaction

from core import audit
from core.errors import BadInput, WrongState
from departments.models import Department, DepartmentAlias, Jurisdiction, User
from departments.names import NAME_LENGTH, require_free, taken_names
from departments.policies import may_change_unit


def take_over_names(old: Department, into: Department, *, actor: User) -> str:
    """Deactivate `old`, give its name and aliases to `into` as aliases; returns the name that `old` had.

    What `old` has done stays its own, under a name that says where it went: no two things share a name.
    Raises `WrongState` where either is out of use, `BadInput` where they are one or of two places.
    """
    with transaction.atomic():
        Jurisdiction.objects.select_for_update().get(pk=old.jurisdiction_id)
        old, into = (Department.objects.select_related("jurisdiction").get(pk=unit.pk) for unit in (old, into))
        may_change_unit(actor, old).or_raise()
        require_mergeable(old, into)
        names = [old.name, *old.aliases.values_list("name", flat=True)]
        gone = f"{old.name[: NAME_LENGTH - len(into.name) - 5]}（已并入{into.name}）"
        require_free([gone], taken_names(old.jurisdiction), field="into")
        _write(old, into, names, gone)
        scope, before, after = old.jurisdiction.code, {"名称": names[0], "在用": "是"}, {"名称": gone, "在用": "否"}
        audit.record("unit.merged", old, actor=actor, scope=scope, before=before, after=after)
        audit.record("unit.took_over", into, actor=actor, scope=scope, after={"新增别名": "、".join(names)})
    return names[0]


def require_mergeable(old: Department, into: Department) -> None:
    if old.pk == into.pk:
        raise BadInput(f"“{old.name}”不能并入自己。请选择另一家单位。", field="into")
    if old.jurisdiction_id != into.jurisdiction_id:
        raise BadInput(f"“{into.name}”不在{old.jurisdiction.name}，不能合并。", field="into")
    for unit in (old, into):
        if not unit.active:
            raise WrongState(f"“{unit.name}”已经停用，不能再合并。请刷新页面后再看。")


def _write(old: Department, into: Department, names: list[str], gone: str) -> None:
    """The old unit lets go of its names before the other takes them."""
    old.aliases.all().delete()
    old.name, old.active = gone, False
    old.save(update_fields=["name", "active"])
    DepartmentAlias.objects.bulk_create(
        DepartmentAlias(jurisdiction_id=into.jurisdiction_id, department=into, name=name) for name in names
    )
