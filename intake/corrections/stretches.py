"""Stretches of the source text: half-open pairs in code points, as the JSON form of a reading has them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from typing import Any, Final

from intake.reader import brackets
from intake.reader.units import squeezed

Stretch = Sequence[int]

_LOOSE: Final = "。；;，,、．. \t\r\n\u3000"  # what stands alone before a measure belongs to none
_STOPS: Final = "。！？!?；;：:，,、"


def overlap(one: Stretch, other: Stretch) -> bool:
    """Whether the two share a character."""
    return max(one[0], other[0]) < min(one[1], other[1])


def within(inner: Stretch, outer: Stretch) -> bool:
    """Whether `inner` lies in `outer`, edges included."""
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def trimmed(text: str, stretch: Stretch) -> list[int] | None:
    """The stretch without stops and white space before it and white space behind it; None where nothing is left."""
    start, end = stretch
    while start < end and text[start] in _LOOSE:
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return [start, end] if start < end else None


def without(parts: Iterable[Stretch], hole: Stretch) -> list[list[int]]:
    """The parts less what lies in `hole`."""
    left: list[list[int]] = []
    for start, end in parts:
        kept = ([start, min(end, hole[0])], [max(start, hole[1]), end])
        left.extend([part for part in kept if part[0] < part[1]] if overlap((start, end), hole) else [[start, end]])
    return left


def cut(parts: Iterable[Stretch], at: int) -> tuple[list[list[int]], list[list[int]]]:
    """The parts before and from `at` on."""
    before = [[start, min(end, at)] for start, end in parts if start < at]
    behind = [[max(start, at), end] for start, end in parts if end > at]
    return before, behind


def clean(text: str, parts: Iterable[Stretch]) -> list[list[int]]:
    """The parts trimmed, empty ones left out."""
    return [kept for part in parts if (kept := trimmed(text, part))]


def words(text: str, parts: Iterable[Stretch]) -> str:
    """What the parts say, without white space; a part that ends without a stop is closed where another follows."""
    said = ""
    for start, end in parts:
        said += "。" if said and said[-1] not in _STOPS else ""
        said += squeezed(text[start:end])
    return said


def in_bracket(text: str, hull: Stretch, at: int) -> bool:
    """Whether `at` lies inside a pair of brackets of the hull."""
    pairs = brackets.find(text[hull[0] : hull[1]]).pairs
    return any(pair.start < at - hull[0] < pair.end for pair in pairs)


def brackets_in(pieces: Sequence[dict[str, Any]], stretch: Stretch) -> list[Stretch]:
    """The pieces within the stretch that name units."""
    return [piece["span"] for piece in touching(pieces, stretch) if piece["kind"] == "bracket"]


def touching(pieces: Sequence[dict[str, Any]], stretch: Stretch) -> Sequence[dict[str, Any]]:
    """The pieces, which partition the text in order, that the stretch touches."""
    first = bisect_right(pieces, stretch[0], key=lambda piece: piece["span"][1])
    last = bisect_left(pieces, stretch[1], key=lambda piece: piece["span"][0])
    return pieces[first:last]


def paint(pieces: list[dict[str, Any]], stretch: Stretch, kind: str) -> None:
    """Make the stretch one piece of `kind`; the pieces that it cuts keep their kind outside of it."""
    start, end = stretch
    if start >= end:
        return
    first = bisect_right(pieces, start, key=lambda piece: piece["span"][1])
    last = bisect_left(pieces, end, key=lambda piece: piece["span"][0])
    before, behind = pieces[first], pieces[last - 1]
    edges: tuple[dict[str, Any], ...] = (
        {"kind": before["kind"], "span": [before["span"][0], start]},
        {"kind": kind, "span": [start, end]},
        {"kind": behind["kind"], "span": [end, behind["span"][1]]},
    )
    pieces[first:last] = [piece for piece in edges if piece["span"][0] < piece["span"][1]]


def recolour(pieces: list[dict[str, Any]], stretch: Stretch, kinds: Iterable[str], kind: str) -> None:
    """Make those pieces of the stretch that are of `kinds` pieces of `kind`, each cut to the stretch."""
    wanted = set(kinds)
    for piece in list(touching(pieces, stretch)):
        if piece["kind"] in wanted:
            paint(pieces, (max(piece["span"][0], stretch[0]), min(piece["span"][1], stretch[1])), kind)
