"""What the judging stages hand to one another: a target, and a quantity with the words around it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from intake.reader.model import Comparator
from intake.reader.targets.quantities import Quantity

# What a number was before: 由80个工作日(压缩至60个工作日).
FROM: Final = re.compile("[由从][^，]{0,20}[0-9][^，]{0,8}$")


@dataclass(frozen=True, slots=True)
class Target:
    """A target in the source: its stretch is `start`…`end`."""

    subject: str
    comparator: Comparator
    value: Decimal
    unit: str
    implied: bool
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Item:
    """A quantity with the words before it (from `start`) and the words after it that belong to it (to `end`).

    `following` is what stands behind the number whether it belongs to it or not; `several` says that the numbers of
    a list follow one another (A、B分别达到…).
    """

    start: int
    quantity: Quantity
    end: int
    before: str
    after: str
    following: str
    several: bool = False

    def target(self, subject: str, skipped: int, whole: bool) -> Target:
        """`skipped` characters at the start are no part of the stretch; `whole` takes in the words after the number."""
        q = self.quantity
        end = self.end if whole else q.end
        return Target(subject, q.comparator, q.value, q.unit, False, self.start + skipped, end)

    @property
    def set_in_brackets(self) -> bool:
        """Whether a number in brackets sets a goal of its own: （每千人不少于4批次）, not （300人以上的）."""
        inside = self.before[self.before.rfind("（") + 1 :]
        sized = any(word in inside for word in ("人数", "面积", "规模"))
        return self.quantity.goal and not sized and not self.following.startswith("的")


def unbracketed(words: str) -> str:
    """Words before a number without the bracket that they open and do not close."""
    at = words.rfind("（")
    if at < 0 or "）" in words[at:]:
        return words
    return words[:at] + words[at + 1 :].removeprefix("其中").removeprefix("含")
