"""Passwords, locks and one's own particulars."""

from __future__ import annotations

from axes.utils import reset
from django.db import transaction

from core import audit
from departments.actions.people import NewAccount, PersonFields, checked_person, scope_of
from departments.models import User
from departments.passwords import hash_initial, initial_password, still_initial
from departments.policies import may_change_person, may_reset_password


def reset_password(person: User, *, actor: User, key: str) -> NewAccount:
    """A new initial password; the old one and all sessions end. The same form (`key`) sent twice answers the same."""
    password = initial_password(key, actor=actor, username=person.username)
    with transaction.atomic():
        person = User.objects.select_for_update().get(pk=person.pk)
        may_reset_password(actor, person).or_raise()
        if not still_initial(person, password):
            person.password, person.must_change_password = hash_initial(password), True
            person.save(update_fields=["password", "must_change_password"])
            reset(username=person.username)
            audit.record("user.password_reset", person, actor=actor, scope=scope_of(person))
    return NewAccount(person, password)


def unlock(person: User, *, actor: User) -> None:
    """Let a person whom wrong passwords locked out try again at once."""
    with transaction.atomic():
        may_change_person(actor, person).or_raise()
        reset(username=person.username)
        audit.record("user.unlocked", person, actor=actor, scope=scope_of(person))


def change_own_password(person: User, *, password: str) -> None:
    """Set the password that the person chose; the form has checked the old one and the rules."""
    with transaction.atomic():
        person.set_password(password)
        person.must_change_password = False
        person.save(update_fields=["password", "must_change_password"])
        audit.record("user.password_changed", person, actor=person, scope=scope_of(person))


def change_own_particulars(person: User, *, name: str, phone: str, email: str) -> None:
    """One's own name and contact. Raises `BadInput`."""
    fields = checked_person(PersonFields(name, phone, email))
    before = PersonFields(person.name, person.phone, person.email).as_text()
    if before == fields.as_text():
        return
    with transaction.atomic():
        person.name, person.phone, person.email = fields.name, fields.phone, fields.email
        person.save(update_fields=["name", "phone", "email"])
        audit.record(
            "user.changed", person, actor=person, scope=scope_of(person), before=before, after=fields.as_text()
        )
