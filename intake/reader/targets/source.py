"""The measure's text as the stages see it: no white space, signs folded one to one, quotes and brackets known."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import Final

from intake.reader.model import Span
from intake.reader.scans import with_digits

_PAGE_NUMBER: Final = re.compile(r"(?<=\n)[ \t]*[-—–][ \t]*[0-9]{1,4}[ \t]*[-—–][ \t]*(?=\n)")
_MARKUP: Final = "*#`\u200b\ufeff"
FREE, BRACKET, QUOTE = 0, 1, 2
PAIRS: Final = {
    **{opening: (closing, BRACKET) for opening, closing in ("（）", "〔〕", "【】")},
    **{opening: (closing, QUOTE) for opening, closing in ("“”", "‘’", "《》", "「」", "『』")},
}
CLOSING: Final = {closing: opening for opening, (closing, _) in PAIRS.items()}
_WIDE: Final = str.maketrans(
    {",": "，", ";": "；", ":": "：", "(": "（", ")": "）", "!": "！", "?": "？", "[": "〔", "]": "〕"}
)
_NARROW: Final = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F) if chr(code) not in "，；：（）！？"}


_STOPS: Final = "，；。！？："
_FULL_STOPS: Final = "。！？"
_LONGEST: Final = 400


@dataclass(frozen=True, slots=True)
class Source:
    """Folded text without white space; `places[i]` is where its i-th character stands in the document.

    `cover[i]` is FREE, BRACKET or QUOTE (quotation marks and book titles).
    """

    text: str
    places: tuple[int, ...]
    cover: bytes

    def span(self, start: int, end: int) -> Span:
        """The document's stretch of the characters start…end (end excluded, start < end)."""
        return Span(self.places[start], self.places[end - 1] + 1)


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of the source between two commas; `sentence` counts full stops."""

    start: int
    end: int
    sentence: int


def source_of(text: str, places: list[int]) -> Source:
    """The characters of the document at `places`, white space left out."""
    numbers = (
        {i for found in _PAGE_NUMBER.finditer(text, places[0], places[-1] + 1) for i in range(*found.span())}
        if places
        else set()
    )
    kept = [
        place for place in places if not text[place].isspace() and text[place] not in _MARKUP and place not in numbers
    ]
    folded = fold("".join(text[place] for place in kept))
    return Source(folded, tuple(kept), cover_of(folded))


def fold(text: str) -> str:
    """Full-width signs and what a scan misread become half-width digits, punctuation full-width; the length stays."""
    folded = with_digits(text.translate(_NARROW))
    wide = folded.translate(_WIDE)
    return "".join(_folded(folded, i, char) for i, char in enumerate(wide))


def _folded(text: str, i: int, char: str) -> str:
    """A comma between digits stays one; a point behind words is a full stop."""
    if char == ".":
        return "。" if i and not text[i - 1].isascii() and not _digit(text[i + 1 : i + 2]) else char
    return "," if char == "，" and _groups_digits(text, i) else char


def _groups_digits(text: str, i: int) -> bool:
    """A comma between thousands: 12,000."""
    after = text[i + 1 : i + 5]
    return text[i] == "," and _digit(text[i - 1 : i]) and _digits(after[:3]) and not _digit(after[3:])


def _digit(text: str) -> bool:
    return len(text) == 1 and text in "0123456789"


def _digits(text: str) -> bool:
    return len(text) == 3 and all(map(_digit, text))


def cover_of(text: str) -> bytes:
    """What covers each character; a mark without its partner covers nothing."""
    cover = bytearray(len(text))
    end = 0
    for start, stop, kind in sorted(_pairs(text)):
        if start >= end:  # inner pairs lie inside their outermost one
            cover[start : stop + 1] = bytes([kind]) * (stop + 1 - start)
            end = stop + 1
    return bytes(cover)


def _pairs(text: str) -> list[tuple[int, int, int]]:
    found: list[tuple[int, int, int]] = []
    open_at: dict[str, list[int]] = {opening: [] for opening in PAIRS}
    straight = -1
    for i, char in enumerate(text):
        if char in PAIRS:
            open_at[char].append(i)
        elif char in CLOSING and open_at[CLOSING[char]]:
            found.append((open_at[CLOSING[char]].pop(), i, PAIRS[CLOSING[char]][1]))
        elif char == '"':
            straight = _straight(found, straight, i)
        elif char == "。":
            straight = -1
            _forget(open_at)
    return found


def _forget(open_at: dict[str, list[int]]) -> None:
    """A quotation mark left open does not reach past its sentence; a bracket may."""
    for opening in "“‘":
        open_at[opening].clear()


def _straight(found: list[tuple[int, int, int]], opened: int, here: int) -> int:
    if opened < 0:
        return here
    found.append((opened, here, QUOTE))
    return -1


def clauses(source: Source, body: int = 0) -> list[Clause]:
    """The source cut at commas, semicolons and full stops that nothing covers; empty stretches left out.

    A heading without a stop ends where the text under it begins, at the document's place `body`. What runs on past all
    measure is cut too, so that the work on a clause has a bound.
    """
    found: list[Clause] = []
    start = sentence = 0
    head = bisect_left(source.places, body)
    for i, char in enumerate(source.text + "。"):
        if i == head > start:
            found.append(Clause(start, i, sentence))
            start, sentence = i, sentence + 1
        free = i == len(source.text) or source.cover[i] == FREE
        ends = free and char in _STOPS
        if i > start and (ends or i - start >= _LONGEST):
            found.append(Clause(start, i, sentence))
        if ends or i - start >= _LONGEST:
            start = i + ends
            sentence += ends and char in _FULL_STOPS
    return found


def split_top(text: str, marks: tuple[str, ...]) -> list[str]:
    """`text` cut at the marks that stand outside brackets and quotes; the marks are dropped."""
    cover = cover_of(text)
    parts, start, i = [], 0, 0
    while i < len(text):
        mark = next((m for m in marks if cover[i] == FREE and text.startswith(m, i)), "")
        if mark:
            parts.append(text[start:i])
            start = i + len(mark)
        i += len(mark) or 1
    return [*parts, text[start:]]
