"""Handlers that the outbox's tests wire in place of the site's."""

from __future__ import annotations

from core import outbox

handled: list[str] = []
fails: set[str] = set()
puts_again: set[str] = set()


def note(key: str) -> None:
    """Notes the key; fails for those in `fails`, once puts again those in `puts_again`."""
    handled.append(key)
    if key in puts_again:
        puts_again.remove(key)
        outbox.put("noted", key)
    if key in fails:
        raise RuntimeError(f"cannot note {key}")


HANDLERS = {"noted": note}
