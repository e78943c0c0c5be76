"""Initial passwords: made by the portal, shown once, changed at the first log-in."""

from __future__ import annotations

import secrets

from django.contrib.auth.hashers import PBKDF2PasswordHasher, check_password, get_hasher
from django.utils.crypto import salted_hmac

from departments.models import User

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # without i, l, o, 0 and 1, which paper confuses
GROUPS, GROUP_LENGTH = 3, 4
# Twelve random letters (59 bits) need no slow hash, and a list of 300 people would take minutes by one.
# The framework's full number of rounds is applied when the person's own password is set.
ROUNDS = 2_000


def new_key() -> str:
    """A key for one form; the same form sent twice gives the same password instead of a second one."""
    return secrets.token_urlsafe(24)


def initial_password(key: str, *, actor: User, username: str) -> str:
    """k7mn-2xpq-9rtc: follows from the form's key, who sends it and for whom, and the site's secret."""
    seed = salted_hmac("departments.initial_password", f"{actor.pk}:{key}:{username}", algorithm="sha256")
    number = int.from_bytes(seed.digest(), "big")
    letters = []
    for _ in range(GROUPS * GROUP_LENGTH):
        number, rest = divmod(number, len(LETTERS))
        letters.append(LETTERS[rest])
    return "-".join("".join(letters[start : start + GROUP_LENGTH]) for start in range(0, len(letters), GROUP_LENGTH))


def hash_initial(password: str) -> str:
    """For the database; `password` must be one of ours, for one that a person chose this hash is too quick."""
    hasher = get_hasher()
    if isinstance(hasher, PBKDF2PasswordHasher):
        return hasher.encode(password, hasher.salt(), iterations=ROUNDS)
    return hasher.encode(password, hasher.salt())


def still_initial(person: User, password: str) -> bool:
    """Whether the person has this initial password and has not yet changed it."""
    return person.must_change_password and check_password(password, person.password)
