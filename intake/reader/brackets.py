"""Pairs of brackets of any width and shape, mismatched ones too, in one pass over the text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

OPENING: Final = "（(〔[【［﹝〖"
CLOSING: Final = "）)〕]】］﹞〗"


@dataclass(frozen=True, slots=True)
class Pair:
    """An opening bracket at `start` and its closing one just before `end`."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Brackets:
    """The pairs of a text by their start; brackets that have no partner stand apart."""

    pairs: tuple[Pair, ...]
    unclosed: tuple[int, ...]
    unopened: tuple[int, ...]


def find(text: str) -> Brackets:
    """Match every closing bracket with the nearest open one, whatever its shape: scans mix widths."""
    opened: list[int] = []
    pairs: list[Pair] = []
    unopened: list[int] = []
    for position, char in enumerate(text):
        if char in OPENING:
            opened.append(position)
        elif char in CLOSING:
            if opened:
                pairs.append(Pair(opened.pop(), position + 1))
            else:
                unopened.append(position)
    return Brackets(tuple(sorted(pairs, key=lambda pair: pair.start)), tuple(opened), tuple(unopened))


def depth_steps(text: str) -> list[int]:
    """The bracket depth at each character of a short text; a bracket itself counts as inside."""
    depths: list[int] = []
    depth = 0
    for char in text:
        depth += char in OPENING
        depths.append(depth)
        depth -= char in CLOSING and depth > 0
    return depths
