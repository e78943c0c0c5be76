"""Digits that a scan's recognition took for letters: l00% for 100%, 2O25年 for 2025年."""

from __future__ import annotations

import re
from typing import Final

# A letter is a digit only within a number: names (O2O, H2O, 5G) begin or end with letters and stay.
_MISREAD: Final = re.compile(
    r"(?<![A-Za-z0-9])(?:[lI](?=[0-9Oo]))?[0-9](?:[0-9Oo]|[lI](?=[0-9Oo%％‰年月日号]))*(?![A-Za-z])"
)
_DIGITS: Final = str.maketrans("lIOo", "1100")


def with_digits(text: str) -> str:
    """The text with such letters as digits; its length stays, so that places in it stay too."""
    return _MISREAD.sub(lambda found: found.group().translate(_DIGITS), text)
