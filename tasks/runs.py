"""Two wordings as one stretch of text with what is new and what is gone. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

SAME, NEW, GONE = "same", "new", "gone"
# Figures and Latin words change as wholes, Chinese by the character.
PIECES = re.compile(r"[0-9A-Za-z.%％‰]+|\s+|.", re.DOTALL)
NAMES = re.compile(r"[^、；，（）]+|.", re.DOTALL)
ISLAND = 2  # so few unchanged pieces between two changes only make them hard to read


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text of one kind: same, new or gone."""

    kind: str
    text: str


def runs(old: str, new: str) -> tuple[Run, ...]:
    """What is gone stands before what came in its place."""
    return _runs(PIECES.findall(old), PIECES.findall(new))


def runs_of_names(old: str, new: str) -> tuple[Run, ...]:
    """Lists of names parted by 、: a name stays, goes or comes as a whole."""
    return _runs(NAMES.findall(old), NAMES.findall(new))


def _runs(a: Sequence[str], b: Sequence[str]) -> tuple[Run, ...]:
    blocks = SequenceMatcher(None, a, b, autojunk=False).get_opcodes()
    found: list[Run] = []
    for start, end, new_start, new_end, same in _merged(blocks):
        if same:
            found.append(Run(SAME, "".join(a[start:end])))
            continue
        found += [Run(GONE, "".join(a[start:end]))] if end > start else []
        found += [Run(NEW, "".join(b[new_start:new_end]))] if new_end > new_start else []
    return tuple(found)


def _merged(blocks: Sequence[tuple[str, int, int, int, int]]) -> list[tuple[int, int, int, int, bool]]:
    """Neighbouring changes become one, and take the islands between them along."""
    found: list[tuple[int, int, int, int, bool]] = []
    for n, (tag, start, end, new_start, new_end) in enumerate(blocks):
        same = tag == "equal" and not (end - start < ISLAND and 0 < n < len(blocks) - 1)
        if found and not same and not found[-1][4]:
            first, _, new_first, _, _ = found.pop()
            found.append((first, end, new_first, new_end, False))
        else:
            found.append((start, end, new_start, new_end, same))
    return found
