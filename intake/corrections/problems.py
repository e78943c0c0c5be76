"""The refusal of a correction."""

from __future__ import annotations

from core.errors import BadInput


class BadOperation(BadInput):
    """A correction that cannot be made; `str()` is one Chinese sentence: what, where and how to mend it."""
