"""Writing a checked list in one transaction: units with their reporters, or people with their posts."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.db import transaction
from django.db.models.functions import Lower

from core import audit
from departments.actions.people import NewAccount
from departments.lists.checking import require_faultless
from departments.lists.people import PersonEntry, check_people
from departments.lists.sheets import Table
from departments.lists.units import UnitEntry, check_units
from departments.models import Department, DepartmentAlias, DepartmentGroup, Jurisdiction, Membership, User
from departments.passwords import hash_initial, initial_password, still_initial
from departments.policies import may_manage
from departments.posts import Post, Role, as_membership, as_words, require_fit
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
        return _accounts(checked.entries, jurisdiction, actor=actor, key=key)


def import_units(jurisdiction: Jurisdiction, *, actor: User, table: Table, key: str) -> list[NewAccount]:
    """Add or complete all units or none; returns the accounts made for reporters.

    A unit already there keeps what it has: aliases and groups are added, a short name given replaces the old one.
    Raises `ListRefused` when the list has come to contradict the names or users since it was shown.
    """
    with transaction.atomic():
        jurisdiction = Jurisdiction.objects.select_for_update().get(pk=jurisdiction.pk)
        may_manage(actor, jurisdiction).or_raise()
        writer = _UnitWriter(jurisdiction, actor)
        reporters: dict[str, PersonEntry] = {}
        checked = check_units(table, jurisdiction)
        require_faultless(checked)
        for entry in checked.entries:
            unit = writer.write(entry)
            if entry.username:
                new = PersonEntry(entry.reporter, entry.username, entry.phone, "", [])
                reporters.setdefault(entry.username.lower(), new).posts.append(Post(Role.REPORTER, unit))
        accounts = _accounts(list(reporters.values()), jurisdiction, actor=actor, key=key)
    return [account for account in accounts if account.password]


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


def _accounts(entries: Sequence[PersonEntry], jurisdiction: Jurisdiction, *, actor: User, key: str) -> list[NewAccount]:
    """Accounts and posts of these people, each named once; no password for an account that was there before."""
    words = {e.username.lower(): initial_password(key, actor=actor, username=e.username) for e in entries}
    known = User.objects.alias(plain=Lower("username")).filter(plain__in=list(words))
    people: dict[str, User] = {}
    people.update((person.username.lower(), person) for person in known)
    fresh = {entry.username.lower(): entry for entry in entries if entry.username.lower() not in people}
    made = User.objects.bulk_create(_user(entry, words[name], jurisdiction) for name, entry in fresh.items())
    people |= {person.username.lower(): person for person in made}
    for entry in entries:
        require_fit(entry.posts, jurisdiction)
    added = _give_posts([(people[e.username.lower()], e.posts) for e in entries], jurisdiction)
    for name, person in people.items():
        _audit(person, added.get(person.pk, []), new=name in fresh, scope=jurisdiction.code, actor=actor)
    return [
        NewAccount(people[name], word if name in fresh or still_initial(people[name], word) else "")
        for name, word in words.items()
    ]


def _user(entry: PersonEntry, password: str, jurisdiction: Jurisdiction) -> User:
    return User(
        username=entry.username,
        name=entry.name,
        phone=entry.phone,
        email=entry.email,
        password=hash_initial(password),
        must_change_password=True,
        home=jurisdiction,
    )


def _give_posts(wanted: list[tuple[User, list[Post]]], jurisdiction: Jurisdiction) -> dict[int, list[Post]]:
    """Write the posts that are missing; answers which, by the person's key."""
    held = Membership.objects.in_place(jurisdiction).filter(user__in=[person for person, _ in wanted])
    known = set(held.values_list("user", "role", "department"))
    added: dict[int, list[Post]] = {}
    rows = []
    for person, posts in wanted:
        for post in posts:
            if (person.pk, post.role, post.department.pk if post.department else None) not in known:
                added.setdefault(person.pk, []).append(post)
                rows.append(as_membership(person, post, jurisdiction))
    Membership.objects.bulk_create(rows)
    return added


def _audit(person: User, added: list[Post], *, new: bool, scope: str, actor: User) -> None:
    after = {"任职": as_words(added)}
    if new:
        after |= {"用户名": person.username, "姓名": person.name}
    if new or added:
        verb = "user.created" if new else "user.changed"
        audit.record(verb, person, actor=actor, scope=scope, after=after, reason="从Excel导入")
