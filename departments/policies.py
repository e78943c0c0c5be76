"""Who may do what with units, groups, people and population. Visible but not allowed is a 403 with the reason."""

from __future__ import annotations

from collections.abc import Callable

from core.access import Allowed, Answer, Denied
from departments.models import Department, DepartmentGroup, Jurisdiction, Membership, Population, User
from departments.queries import jurisdictions_of

READ_ONLY_BELOW = "下级行政区的资料只能查看，要修改请由{office}办理。"
OFFICE_ONLY = "单位、名称和用户由{office}维护。要修改请与{office}联系。"


def may_manage(user: User, jurisdiction: Jurisdiction) -> Answer:
    """Keep units, groups, people and population: the jurisdiction's own office, and the administrator."""
    if user.is_superuser or user.memberships.of_office().filter(jurisdiction=jurisdiction).exists():
        return Allowed()
    below = user.memberships.over(jurisdiction).exists()
    return Denied((READ_ONLY_BELOW if below else OFFICE_ONLY).format(office=jurisdiction.office_name))


def may_view_units(user: User, jurisdiction: Jurisdiction) -> Answer:
    """The whole list: office and leaders, also from above."""
    if user.is_superuser or user.memberships.over(jurisdiction).exists():
        return Allowed()
    return Denied(f"单位名录由{jurisdiction.office_name}维护，您可以看本单位的页面。")


def may_view_unit(user: User, unit: Department) -> Answer:
    """Whoever sees the list, and the unit's own people."""
    if unit.memberships.filter(user=user).exists():
        return Allowed()
    return may_view_units(user, unit.jurisdiction)


def may_view_people(user: User, jurisdiction: Jurisdiction) -> Answer:
    """Phone numbers and log-ins: the office, also the one above."""
    if user.is_superuser or user.memberships.of_office().over(jurisdiction).exists():
        return Allowed()
    return Denied(f"用户由{jurisdiction.office_name}维护，您可以在“我的账号”里看自己的资料。")


def may_change_unit(user: User, unit: Department) -> Answer:
    return may_manage(user, unit.jurisdiction)


def may_deactivate_unit(user: User, unit: Department) -> Answer:
    return may_manage(user, unit.jurisdiction) if unit.active else Denied(f"{unit.name}已经停用。")


def may_reactivate_unit(user: User, unit: Department) -> Answer:
    return Denied(f"{unit.name}正在使用，不必恢复。") if unit.active else may_manage(user, unit.jurisdiction)


def may_change_group(user: User, group: DepartmentGroup) -> Answer:
    return may_manage(user, group.jurisdiction)


def may_change_population(user: User, population: Population) -> Answer:
    return may_manage(user, population.jurisdiction)


def may_change_person(user: User, person: User) -> Answer:
    """An account is kept by the office of its place; one that also works elsewhere by the administrator alone."""
    if user.is_superuser:
        return Allowed()
    if person.is_superuser or person.is_staff:
        return Denied("系统管理员的账号只能由系统管理员维护。")
    run = set(Jurisdiction.objects.run_by(user))
    places = list(jurisdictions_of(person))
    elsewhere = [place for place in places if place not in run]
    if places and not elsewhere:
        return Allowed()
    if len(elsewhere) < len(places):
        return Denied(f"{person.name}还在{elsewhere[0].name}任职，账号由系统管理员维护。")
    return Denied(f"{person.name}的账号不由您所在的食安办维护。")


def may_reset_password(user: User, person: User) -> Answer:
    if user == person:
        return Denied("自己的密码请在“我的账号”里修改。")
    return may_change_person(user, person)


def may_deactivate_person(user: User, person: User) -> Answer:
    if user == person:
        return Denied("不能停用自己的账号，请由本办另一位工作人员或系统管理员办理。")
    return may_change_person(user, person) if person.is_active else Denied(f"{person.name}的账号已经停用。")


def may_reactivate_person(user: User, person: User) -> Answer:
    return Denied(f"{person.name}的账号正在使用。") if person.is_active else may_change_person(user, person)


def may_hand_over(user: User, person: User) -> Answer:
    """Give all of a person's roles to another one."""
    if not Membership.objects.filter(user=person).exists():
        return Denied(f"{person.name}没有任职，不必交接。")
    return may_deactivate_person(user, person)


UNIT_VERBS: dict[str, Callable[[User, Department], Answer]] = {
    "change": may_change_unit,
    "deactivate": may_deactivate_unit,
    "reactivate": may_reactivate_unit,
}
PERSON_VERBS: dict[str, Callable[[User, User], Answer]] = {
    "change": may_change_person,
    "reset_password": may_reset_password,
    "hand_over": may_hand_over,
    "deactivate": may_deactivate_person,
    "reactivate": may_reactivate_person,
}


def available_verbs(user: User, obj: Department | User) -> frozenset[str]:
    """What the person may do with this unit or this person now."""
    if isinstance(obj, Department):
        return frozenset(verb for verb, may in UNIT_VERBS.items() if may(user, obj))
    return frozenset(verb for verb, may in PERSON_VERBS.items() if may(user, obj))
