"""调整分工: end units' parts in a measure, change roles, bring other units in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction

from core.errors import BadInput
from departments.editions import edition, require_edition
from departments.models import Department, DepartmentGroup, User
from tasks.actions.amending import Change, Ground, Words, checked_ground, write_down
from tasks.actions.locking import lock_for_change
from tasks.models import Amendment, Assignment, Measure
from tasks.parts import Part, part_of, parts_of, roles_in_words

ENDED = "ended"  # in place of a role


@dataclass(frozen=True, slots=True)
class Added:
    """A unit that is to take part from now on, alone or as a member of a group."""

    department: Department
    role: str
    group: DepartmentGroup | None = None


@dataclass(frozen=True, slots=True)
class Reassignment:
    """`roles` maps the key of a part (`key_of`) to its role from now on, or to `ENDED`; those not named stay."""

    roles: Mapping[str, str]
    added: Sequence[Added] = ()


def key_of(row: Assignment) -> str:
    """The unit's, which outlives a change of role; that of the row for a name left open."""
    return f"d{row.department_id}" if row.department_id else f"a{row.pk}"


def active_of(measure: Measure) -> list[Assignment]:
    """With departments and groups, in the document's order; one query."""
    rows = Assignment.objects.active().filter(measure=measure).select_related("department", "via_group")
    return list(rows.order_by("position", "pk"))


def units_edition(measure: Measure) -> str:
    """The edition that a form for `reassign` carries."""
    return edition(roles_in_words(parts_of(active_of(measure))))


def reassign(measure: Measure, *, actor: User, wanted: Reassignment, seen: str, ground: Ground | None = None) -> bool:
    """Whether anything changed. In a plan in force assignments end and others start on the date of the ground; before
    that rows are changed and deleted freely.

    `seen` is the edition that the form was drawn from: raises `Overtaken` where somebody else was first, `BadInput`
    for a unit that is out of use, foreign or named twice, and where nobody would be left. Sent twice, it changes once.
    """
    with transaction.atomic():
        plan = lock_for_change(measure.task.plan_id, actor=actor)
        rows = active_of(measure)
        wanted = _without_those_there(rows, wanted)
        before = roles_in_words(parts_of(rows))
        after = roles_in_words(_parts_wanted(rows, wanted))
        require_edition(seen, f"{measure.number}的责任单位", now=before, mine=after)
        if before == after:
            return False
        _check_roles(wanted)
        _check_added(measure, rows, wanted)
        ground = checked_ground(plan, ground)
        if ground:
            _require_somebody(measure, rows, wanted)
        _write(measure, rows, wanted, ground)
        write_down(plan, _change(measure, before, after), actor=actor, ground=ground)
    return True


def _change(measure: Measure, before: Words, after: Words) -> Change:
    return Change(Amendment.Kind.UNITS, measure, before, after, measure=measure)


def _without_those_there(rows: Sequence[Assignment], wanted: Reassignment) -> Reassignment:
    """What takes part in that role already is not added: the same form sent twice changes nothing."""
    there = {(row.department_id, row.role) for row in rows}
    return Reassignment(wanted.roles, [new for new in wanted.added if (new.department.pk, new.role) not in there])


def _role_wanted(row: Assignment, wanted: Reassignment) -> str:
    return wanted.roles.get(key_of(row), row.role)


def _parts_wanted(rows: Sequence[Assignment], wanted: Reassignment) -> list[Part]:
    roles = [(row, _role_wanted(row, wanted)) for row in rows]
    kept = [part_of(row.department, role, row.surface, row.via_group) for row, role in roles if role != ENDED]
    return kept + [part_of(new.department, new.role, "", new.group) for new in wanted.added]


def _check_roles(wanted: Reassignment) -> None:
    known = {*Assignment.Role.values, ENDED}
    if not known.issuperset({*wanted.roles.values(), *(new.role for new in wanted.added)}):
        raise BadInput("角色不明。请从牵头、负责、分工、配合中选择。")


def _check_added(measure: Measure, rows: Sequence[Assignment], wanted: Reassignment) -> None:
    kept = {row.department_id: row.get_role_display() for row in rows if _role_wanted(row, wanted) != ENDED}
    times = Counter(new.department.pk for new in wanted.added)
    for unit in (new.department for new in wanted.added):
        if unit.jurisdiction_id != measure.task.plan.jurisdiction_id or not unit.active:
            raise BadInput(f"“{unit.name}”不是本行政区在用的单位，不能承担{measure.number}。")
        if times[unit.pk] > 1:
            raise BadInput(f"“{unit.name}”填了两次。一家单位在一项措施里只有一个角色。")
        if unit.pk in kept:
            raise BadInput(f"“{unit.name}”已经是{kept[unit.pk]}单位。要改它的角色，请在它那一行改。")


def _require_somebody(measure: Measure, rows: Sequence[Assignment], wanted: Reassignment) -> None:
    """Nobody left is worse than the wrong one; a measure that never had a unit may stay so."""
    had = [row for row in rows if row.department_id]
    if had and not wanted.added and all(_role_wanted(row, wanted) == ENDED for row in had):
        raise BadInput(f"这样{measure.number}就没有单位承担了。请同时填写接手的单位。")


def _write(measure: Measure, rows: Sequence[Assignment], wanted: Reassignment, ground: Ground | None) -> None:
    changed = [(row, role) for row in rows if (role := _role_wanted(row, wanted)) != row.role]
    end_assignments([row.pk for row, role in changed if ground or role == ENDED], ground)
    moved = [(row, role) for row, role in changed if role != ENDED]
    if ground:
        Assignment.objects.bulk_create(successor(row, ground, role=role) for row, role in moved)
    else:
        for row, role in moved:
            row.role = role
            row.save(update_fields=["role"])
    last = max((row.position for row in rows), default=0)
    Assignment.objects.bulk_create(_new(measure, new, last + n, ground) for n, new in enumerate(wanted.added, start=1))


def end_assignments(keys: Sequence[int], ground: Ground | None) -> None:
    """End them on the date of the ground; where the plan is not in force they leave no trace but the audit's."""
    rows = Assignment.objects.filter(pk__in=keys)
    if ground:
        rows.update(ended_on=ground.decided_on)
    else:
        rows.delete()


def successor(
    row: Assignment, ground: Ground | None, *, role: str | None = None, department: Department | None = None
) -> Assignment:
    """An unsaved assignment that goes on where `row` ends, in another role or by another unit."""
    return Assignment(
        measure_id=row.measure_id,
        department=department or row.department,
        role=role or row.role,
        via_group=row.via_group if department is None else None,
        position=row.position,
        surface=row.surface,
        span_start=row.span_start,
        span_end=row.span_end,
        started_on=ground.decided_on if ground else None,
    )


def _new(measure: Measure, new: Added, position: int, ground: Ground | None) -> Assignment:
    """The document does not name it: its span is empty, at the end of the measure."""
    return Assignment(
        measure=measure,
        department=new.department,
        role=new.role,
        via_group=new.group,
        position=position,
        surface=new.department.name,
        span_start=measure.span_end,
        span_end=measure.span_end,
        started_on=ground.decided_on if ground else None,
    )
