"""绑定单位: settle what the names of a reading stand for, all in one step."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from django.db import transaction
from django.db.models import Max

from core import audit
from core.errors import BadInput
from departments.models import Department, DepartmentAlias, DepartmentGroup, Jurisdiction, User
from intake.actions.locking import lock_import
from intake.drafting import draft_of
from intake.life_cycle import IMPORT_WORKFLOW
from intake.models import Import
from intake.policies import may_work_on
from intake.queries import named_units

NAME_LENGTH = 100


class Kind(StrEnum):
    """What the clerk decides about a name."""

    NEW = "new"
    NEW_GROUP = "new_group"
    DEPARTMENT = "department"
    GROUP = "group"
    OPEN = "open"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Choice:
    """A decision: `pk` for DEPARTMENT and GROUP, `members` (names, created where missing) for NEW_GROUP.

    `other` is the name, decided in the same step, that means the same body, for SAME.
    """

    kind: Kind
    pk: int = 0
    members: tuple[str, ...] = ()
    other: str = ""


def bind_names(import_: Import, *, actor: User, choices: Mapping[str, Choice], version: int) -> Import:
    """Create what is new, remember the rest as aliases, leave open what is to stay open.

    Raises `WrongState` for a stale version or a state past binding, `BadInput` for a name that cannot be a unit's.
    """
    with transaction.atomic():
        import_ = lock_import(import_, version=version)
        may_work_on(actor, import_).or_raise()
        IMPORT_WORKFLOW.require("bind", import_.state)
        binder = _Binder(import_.source.jurisdiction, list(import_.open_names))
        known = named_units(draft_of(import_).reading)
        decided = {name: choices[name] for name in known if name in choices}
        for name, choice in sorted(decided.items(), key=lambda item: item[1].kind is Kind.SAME):
            binder.settle(name, as_other(name, decided) if choice.kind is Kind.SAME else choice)
        import_.open_names = binder.open_names
        import_.settled_names = sorted({*import_.settled_names, *choices})
        import_.version += 1
        import_.save(update_fields=["open_names", "settled_names", "version"])
        audit.record(
            "import.bound",
            import_,
            actor=actor,
            scope=import_.source.jurisdiction.code,
            after={name: str(choice.kind) for name, choice in choices.items()},
        )
    return import_


def as_other(name: str, decided: Mapping[str, Choice]) -> Choice:
    """What a SAME comes to: the decision about the other name, carried over by name where that one is new."""
    other = decided[name].other
    choice = decided.get(other)
    if choice is None or choice.kind is Kind.SAME:
        raise BadInput(f"“{name}”选了与“{other[:20]}”相同，可是“{other[:20]}”还没有选定。请先给它选一个单位。")
    return replace(choice, other=other) if choice.kind in (Kind.NEW, Kind.NEW_GROUP) else choice


class _Binder:
    """Carries out choices in one jurisdiction."""

    def __init__(self, jurisdiction: Jurisdiction, open_names: list[str]) -> None:
        self.jurisdiction = jurisdiction
        self.open_names = open_names

    def settle(self, name: str, choice: Choice) -> None:
        if choice.kind is Kind.OPEN:
            self.open_names = sorted({*self.open_names, name})
        elif choice.kind is Kind.NEW and choice.other:
            self.alias(name, self.department(choice.other).pk)
        elif choice.kind is Kind.NEW:
            self.department(name)
        elif choice.kind is Kind.DEPARTMENT:
            self.alias(name, choice.pk)
        else:
            self.group(name, choice)

    def department(self, name: str) -> Department:
        """The department of this name, created at the end of the customary order where it is missing."""
        if not 2 <= len(name) <= NAME_LENGTH:
            raise BadInput(f"“{name[:20]}”不能作单位名称：应为2到{NAME_LENGTH}个字。请改为绑定已有单位或留作未明确。")
        last = self.jurisdiction.departments.aggregate(last=Max("position"))["last"] or 0
        department, _ = Department.objects.get_or_create(
            jurisdiction=self.jurisdiction, name=name, defaults={"position": last + 1}
        )
        return department

    def alias(self, name: str, pk: int) -> None:
        department = self.jurisdiction.departments.filter(pk=pk).first()
        if department is None:
            raise BadInput(f"“{name}”所选的单位不在{self.jurisdiction.name}。请重新选择。")
        DepartmentAlias.objects.update_or_create(
            jurisdiction=self.jurisdiction, name=name, defaults={"department": department}
        )

    def group(self, name: str, choice: Choice) -> None:
        """A group of this name: of the named members, or of the same members as a known group."""
        group, _ = DepartmentGroup.objects.get_or_create(jurisdiction=self.jurisdiction, name=name)
        if choice.kind is Kind.NEW_GROUP:
            group.members.add(*self.members(choice.members))
            return
        like = self.jurisdiction.groups.filter(pk=choice.pk).first()
        if like is None:
            raise BadInput(f"“{name}”所选的集合单位不在{self.jurisdiction.name}。请重新选择。")
        group.members.set(like.members.all())

    def members(self, names: Iterable[str]) -> list[Department]:
        return [self.department(name) for name in names]
