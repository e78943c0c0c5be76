"""Writing a checked list in one transaction: units with their reporters, or people with their posts."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction

from core import audit
from departments.actions.people import NewAccount
from departments.lists.checking import require_faultless
from departments.lists.people import PersonEntry, check_people
from departments.lists.sheets import Table
from departments.lists.units import UnitEntry, check_units
from departments.models import Department, DepartmentAlias, DepartmentGroup, Jurisdiction, Membership, User
from departments.passwords import hash_initial, initial_password, still_initial
from departments.policies import may_manage
from departments.posts import Post, Role, as_words, require_fit, write_posts
from departments.queries import next_position

STEP = 10


def import_people(jurisdiction: Jurisdiction, *, actor: User, table: Table, key: str) -> list[NewAccount]:
    """Make all accounts or none; those that an earlier sending (`key`) made are given again with their passwords.

    Raises `ListRefused` when the list has come to contradict the users or units since it was shown.
    """
    with transaction.atomic():
        jurisdiction = Jurisdiction.objects.select_for_update().get(pk=jurisdiction.pk)
        may_manage(actor, jurisdiction).or_raise()
        checked = check_people(table, jurisdiction, made_by(actor, key))
        require_faultless(checked)
        return [_account(entry, jurisdiction, actor=actor, key=key) for entry in checked.entries]


def import_units(jurisdiction: Jurisdiction, *, actor: User, table: Table, key: str) -> list[NewAccount]:
    """Add or complete all units or none; returns the accounts made for reporters.

    A unit already there keeps what it has: aliases and groups are added, a short name given replaces the old one.
    Raises `ListRefused` when the list has come to contradict the names or users since it was shown.
    """
    with transaction.atomic():
        jurisdiction = Jurisdiction.objects.select_for_update().get(pk=jurisdiction.pk)
        may_manage(actor, jurisdiction).or_raise()
        writer = _UnitWriter(jurisdiction, actor)
        accounts = []
        checked = check_units(table, jurisdiction)
        require_faultless(checked)
        for entry in checked.entries:
            unit = writer.write(entry)
            if entry.username:
                reporter = PersonEntry(entry.reporter, entry.username, entry.phone, "", [Post(Role.REPORTER, unit)])
                accounts.append(_account(reporter, jurisdiction, actor=actor, key=key))
    unique = {account.person.pk: account for account in accounts if account.password}
    return list(unique.values())


def made_by(actor: User, key: str) -> Callable[[User], bool]:
    """Whether an earlier sending of the list with this key made the user's account."""
    return lambda person: still_initial(person, initial_password(key, actor=actor, username=person.username))


class _UnitWriter:
    """Keeps units and groups at hand, so that a list costs a few statements a row."""

    def __init__(self, jurisdiction: Jurisdiction, actor: User) -> None:
        self.jurisdiction, self.actor = jurisdiction, actor
        self.units = {unit.name: unit for unit in Department.objects.filter(jurisdiction=jurisdiction)}
        self.groups: dict[str, DepartmentGroup] = {
            group.name: group for group in DepartmentGroup.objects.filter(jurisdiction=jurisdiction)
        }
        self.position = next_position(jurisdiction)

    def write(self, entry: UnitEntry) -> Department:
        unit = self.units.get(entry.name)
        verb = "unit.completed" if unit else "unit.added"
        if unit is None:
            unit = Department.objects.create(
                jurisdiction=self.jurisdiction, name=entry.name, short_name=entry.short_name, position=self.position
            )
            self.units[entry.name] = unit
            self.position += STEP
        elif entry.short_name and entry.short_name != unit.short_name:
            unit.short_name = entry.short_name
            unit.save(update_fields=["short_name"])
        DepartmentAlias.objects.bulk_create(
            DepartmentAlias(jurisdiction=self.jurisdiction, department=unit, name=name) for name in entry.aliases
        )
        if entry.groups:
            unit.groups.add(*(self._group(name) for name in entry.groups))
        after = {"简称": entry.short_name, "别名": "、".join(entry.aliases), "集合单位": "、".join(entry.groups)}
        audit.record(verb, unit, actor=self.actor, scope=self.jurisdiction.code, after=after, reason="从Excel导入")
        return unit

    def _group(self, name: str) -> DepartmentGroup:
        if name not in self.groups:
            group: DepartmentGroup = DepartmentGroup.objects.create(jurisdiction=self.jurisdiction, name=name)
            self.groups[name], scope = group, self.jurisdiction.code
            audit.record("group.added", group, actor=self.actor, scope=scope, reason="从Excel导入")
        return self.groups[name]


def _account(entry: PersonEntry, jurisdiction: Jurisdiction, *, actor: User, key: str) -> NewAccount:
    """The account of one person; without a password where somebody else than this list made it."""
    require_fit(entry.posts, jurisdiction)
    password = initial_password(key, actor=actor, username=entry.username)
    person = User.objects.filter(username__iexact=entry.username).first()
    if person is not None:
        return _add_posts(person, entry, jurisdiction, actor=actor, password=password)
    person = User.objects.create(
        username=entry.username, name=entry.name, phone=entry.phone, email=entry.email,
        password=hash_initial(password), must_change_password=True, home=jurisdiction,
    )
    write_posts(person, entry.posts, jurisdiction)
    after = {"用户名": entry.username, "姓名": entry.name, "任职": as_words(entry.posts)}
    audit.record("user.created", person, actor=actor, scope=jurisdiction.code, after=after, reason="从Excel导入")
    return NewAccount(person, password)


def _add_posts(
    person: User, entry: PersonEntry, jurisdiction: Jurisdiction, *, actor: User, password: str
) -> NewAccount:
    added = []
    for post in entry.posts:
        place = None if post.department else jurisdiction
        _, new = Membership.objects.get_or_create(
            user=person, role=post.role, department=post.department, jurisdiction=place
        )
        if new:
            added.append(post)
    if added:
        after = {"任职": as_words(added)}
        audit.record("user.changed", person, actor=actor, scope=jurisdiction.code, after=after, reason="从Excel导入")
    return NewAccount(person, password if still_initial(person, password) else "")
