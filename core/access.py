"""Answers of the policies: `may_<verb>(user, obj) -> Allowed | Denied(reason)`."""

from __future__ import annotations

from dataclasses import dataclass

from core.errors import AccessDenied


@dataclass(frozen=True, slots=True)
class Allowed:
    """Yes. True in a condition."""

    reason: str = ""

    def __bool__(self) -> bool:
        return True

    def or_raise(self) -> None:
        """Nothing to raise."""


@dataclass(frozen=True, slots=True)
class Denied:
    """No, with the reason as one Chinese sentence. False in a condition."""

    reason: str

    def __bool__(self) -> bool:
        return False

    def or_raise(self) -> None:
        """Raise `AccessDenied` with the reason."""
        raise AccessDenied(self.reason)


Answer = Allowed | Denied
