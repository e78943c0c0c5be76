"""What the office does with accounts: make, change, take out of use, hand over. Passwords: see `accounts`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import ValidationError
from django.db import transaction

from core import audit
from core.errors import BadInput, WrongState
from departments.editions import require_edition
from departments.models import Jurisdiction, User
from departments.names import checked_name, clean_username
from departments.passwords import hash_initial, initial_password, still_initial
from departments.policies import (
    may_change_person,
    may_deactivate_person,
    may_hand_over,
    may_manage,
    may_reactivate_person,
)
from departments.posts import Post, as_words, posts_of, require_fit, require_office_seat, write_posts
from departments.queries import jurisdictions_of

PERSON_NAME_LENGTH, USERNAME_LENGTH = 40, 30
PHONE = re.compile(r"\+?[0-9][0-9 \-]{4,18}")


@dataclass(frozen=True, slots=True)
class PersonFields:
    """Who a person is and which posts they hold in one jurisdiction."""

    name: str
    phone: str = ""
    email: str = ""
    posts: tuple[Post, ...] = ()

    def as_text(self) -> dict[str, str]:
        """Label → value, for the audit and for comparing editions."""
        return {"姓名": self.name, "手机": self.phone, "邮箱": self.email, "任职": as_words(self.posts)}


@dataclass(frozen=True, slots=True)
class NewAccount:
    """An account and its initial password, which is shown once and stored nowhere."""

    person: User
    password: str


def fields_of_person(person: User, jurisdiction: Jurisdiction) -> PersonFields:
    return PersonFields(person.name, person.phone, person.email, posts_of(person, jurisdiction))


def create_person(
    jurisdiction: Jurisdiction, *, actor: User, username: str, fields: PersonFields, key: str
) -> NewAccount:
    """A new account with an initial password. The same form (`key`) sent twice gives the first one's answer.

    Raises `BadInput` for a user name that is taken or unfit, or posts that do not fit the jurisdiction.
    """
    username, fields = checked_username(username), checked_person(fields)
    password = initial_password(key, actor=actor, username=username)
    with transaction.atomic():
        jurisdiction = Jurisdiction.objects.select_for_update().get(pk=jurisdiction.pk)
        may_manage(actor, jurisdiction).or_raise()
        require_fit(fields.posts, jurisdiction)
        namesake = User.objects.filter(username__iexact=username).first()
        if namesake and still_initial(namesake, password):
            return NewAccount(namesake, password)
        if namesake:
            raise BadInput(say_username_taken(namesake, jurisdiction), field="username")
        person = User.objects.create(
            username=username,
            name=fields.name,
            phone=fields.phone,
            email=fields.email,
            password=hash_initial(password),
            must_change_password=True,
            home=jurisdiction,
        )
        write_posts(person, fields.posts, jurisdiction)
        after = {"用户名": username, **fields.as_text()}
        audit.record("user.created", person, actor=actor, scope=jurisdiction.code, after=after)
    return NewAccount(person, password)


def change_person(person: User, jurisdiction: Jurisdiction, *, actor: User, fields: PersonFields, seen: str) -> User:
    """Change name, contact and the posts in this jurisdiction. Raises `Overtaken`, `BadInput`, and `WrongState`
    when the office would be left without anybody."""
    fields = checked_person(fields)
    with transaction.atomic():
        jurisdiction = Jurisdiction.objects.select_for_update().get(pk=jurisdiction.pk)
        person = User.objects.select_for_update().get(pk=person.pk)
        may_change_person(actor, person).or_raise()
        require_fit(fields.posts, jurisdiction)
        before = fields_of_person(person, jurisdiction).as_text()
        require_edition(seen, f"{person.name}的资料", now=before, mine=fields.as_text())
        if before == fields.as_text():
            return person
        person.name, person.phone, person.email = fields.name, fields.phone, fields.email
        person.save(update_fields=["name", "phone", "email"])
        write_posts(person, fields.posts, jurisdiction)
        if not actor.is_superuser:
            require_office_seat(jurisdiction)
        after = fields.as_text()
        audit.record("user.changed", person, actor=actor, scope=jurisdiction.code, before=before, after=after)
    return person


def deactivate_person(person: User, *, actor: User) -> None:
    """停用: cannot log in any more and is signed out everywhere; posts and history stay."""
    with transaction.atomic():
        person = User.objects.select_for_update().get(pk=person.pk)
        may_deactivate_person(actor, person).or_raise()
        person.is_active = False
        person.save(update_fields=["is_active"])
        audit.record("user.deactivated", person, actor=actor, scope=scope_of(person))


def reactivate_person(person: User, *, actor: User) -> None:
    """恢复使用, with the posts that the account had."""
    with transaction.atomic():
        person = User.objects.select_for_update().get(pk=person.pk)
        may_reactivate_person(actor, person).or_raise()
        person.is_active = True
        person.save(update_fields=["is_active"])
        audit.record("user.reactivated", person, actor=actor, scope=scope_of(person))


def hand_over(person: User, *, actor: User, to: User) -> None:
    """交接: `to` takes over all of the person's posts, and the person's account goes out of use. One transaction."""
    with transaction.atomic():
        person = User.objects.select_for_update().get(pk=person.pk)
        to = User.objects.select_for_update().get(pk=to.pk)
        may_hand_over(actor, person).or_raise()
        may_change_person(actor, to).or_raise()
        if to == person or not to.is_active:
            raise WrongState(f"不能交接给{to.name}：接手的应是另一位正在使用的用户。")
        scope, before = scope_of(person), [str(membership) for membership in person.memberships.all()]
        for membership in person.memberships.select_related("department", "jurisdiction"):
            to.memberships.get_or_create(
                role=membership.role, department=membership.department, jurisdiction=membership.jurisdiction
            )
        person.home = person.home or jurisdictions_of(person).first()
        person.memberships.all().delete()
        person.is_active = False
        person.save(update_fields=["is_active", "home"])
        after = {"接手": to.name, "接手用户名": to.username}
        audit.record("user.handed_over", person, actor=actor, scope=scope, before={"任职": before}, after=after)


def hand_over_to_new(
    person: User, jurisdiction: Jurisdiction, *, actor: User, username: str, fields: PersonFields, key: str
) -> NewAccount:
    """交接 to somebody who has no account yet: both in one transaction. Sent twice, it gives the first answer."""
    with transaction.atomic():
        account = create_person(jurisdiction, actor=actor, username=username, fields=fields, key=key)
        if person.memberships.exists() or not account.person.memberships.exists():
            hand_over(person, actor=actor, to=account.person)
    return account


def checked_username(text: str) -> str:
    """The cleaned user name; raises `BadInput` where it is empty, too long or has signs that are hard to type."""
    username = clean_username(text)
    if not username or len(username) > USERNAME_LENGTH:
        raise BadInput(f"用户名要有1至{USERNAME_LENGTH}个字符。", field="username")
    try:
        UnicodeUsernameValidator()(username)
    except ValidationError:
        raise BadInput(f"用户名“{username}”只能用字母、数字、汉字和@ . + - _。", field="username") from None
    return username


def checked_person(fields: PersonFields) -> PersonFields:
    """Cleaned fields; raises `BadInput`."""
    name = checked_name(fields.name, "姓名", limit=PERSON_NAME_LENGTH, field="name")
    return PersonFields(name, checked_phone(fields.phone), fields.email.strip(), fields.posts)


def checked_phone(text: str) -> str:
    phone = clean_username(text)
    if phone and not PHONE.fullmatch(phone):
        raise BadInput(f"手机“{phone[:24]}”不像电话号码，请填5至20位数字。", field="phone")
    return phone


def say_username_taken(namesake: User, jurisdiction: Jurisdiction) -> str:
    """Names the owner only where the office keeps that account."""
    if jurisdictions_of(namesake).filter(pk=jurisdiction.pk).exists():
        return f"用户名“{namesake.username}”已是{namesake.name}的。同一个人请直接改任职，不是的请换一个用户名。"
    return f"用户名“{namesake.username}”已被使用，请换一个，例如“{namesake.username}2”。"


def scope_of(person: User) -> str:
    """The code of the person's (first) jurisdiction, for the audit."""
    place = jurisdictions_of(person).first()
    return place.code if place else ""
