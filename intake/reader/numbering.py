"""Numbers that open a heading: 第一部分 一、 （一） 1. 1.1 （1） ①, as marks in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from intake.reader.joining import BULLETS

_DIGITS: Final = {char: value for value, char in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
_CN: Final = r"[〇零一二三四五六七八九十百]{1,5}"
_GAP: Final = r"[ \t\u3000]{0,3}"
_MARK: Final = re.compile(
    rf"(?P<part>第{_GAP}(?:{_CN}|\d{{1,2}}){_GAP}(?:部分|章|编|篇)[、：:]?)"
    rf"|(?P<article>第{_GAP}(?:{_CN}|\d{{1,3}}){_GAP}[条节][、：:]?)"
    rf"|(?P<chinese>(?<![〇零一二三四五六七八九十百第之]){_CN}{_GAP}[、．.﹑](?!\d))"
    rf"|(?P<chinese_bracket>[（(〔\[【]{_GAP}{_CN}{_GAP}[）)〕\]】][、．.]?)"
    rf"|(?P<decimal>(?<![\d.．])\d{{1,2}}(?:[.．]\d{{1,2}}){{1,3}}(?![\d.．%‰]))"
    rf"|(?P<digit>(?<![\d.．a-zA-Z])\d{{1,3}}{_GAP}[.．、](?:(?!{_GAP}\d)|(?={_GAP}\d{{4}}{_GAP}年)))"
    rf"|(?P<digit_bracket>(?:[（(]{_GAP}\d{{1,3}}{_GAP}|(?<![\d.．a-zA-Z])\d{{1,2}})[）)][、．.]?)"
    r"|(?P<circled>[①-⑳])"
)
_BARE_DIGIT: Final = re.compile(r"\d{1,3}(?=[ \t\u3000]+[^\d\s])")
_AFTER_STOP: Final = frozenset("。！？；;!?）)〕】]”》：:.\t")
_UNITS_END: Final = ("负责", "配合", "牵头", "落实")
_NOT_AFTER: Final = frozenset("第条款项之章节及和与至到、，,")


class Family(IntEnum):
    """A way to number, outermost first as official documents nest them."""

    PART = 0
    ARTICLE = 1
    CHINESE = 2
    CHINESE_BRACKET = 3
    DIGIT = 4
    DECIMAL = 5
    DIGIT_BRACKET = 6
    CIRCLED = 7


class Strength(IntEnum):
    """How likely a mark opens a heading by where it stands: inside a sentence, after a stop, at a line's start."""

    WITHIN = 0
    AFTER_STOP = 1
    AT_START = 2


@dataclass(frozen=True, slots=True)
class Mark:
    """A number as written at `start`…`end` of the text; `number` is its last component."""

    family: Family
    number: int
    start: int
    end: int
    strength: Strength


def marks(text: str, paragraph_starts: frozenset[int], headings: frozenset[int]) -> Iterator[Mark]:
    """Every number that may open a heading; `headings` are the starts of lines that the format calls headings."""
    for start in sorted(headings):
        bare = _BARE_DIGIT.match(text, start)
        if bare:
            yield Mark(Family.DIGIT, int(bare.group()), start, bare.end(), Strength.AT_START)
    for match in _MARK.finditer(text):
        family = Family[str(match.lastgroup).upper()]
        strength = _strength(text, match.start(), paragraph_starts)
        if family is Family.DECIMAL and strength is not Strength.AT_START:
            continue
        if number := numeral(match.group()):
            yield Mark(family, number, match.start(), match.end(), strength)


def _strength(text: str, start: int, paragraph_starts: frozenset[int]) -> Strength:
    if start in paragraph_starts:
        return Strength.AT_START
    before = start - 1
    while before >= max(0, start - 8) and (text[before].isspace() or text[before] in BULLETS):
        if before in paragraph_starts:
            return Strength.AT_START  # ■一、
        before -= 1
    return Strength.AFTER_STOP if before < 0 or text[before] in _AFTER_STOP else Strength.WITHIN


def may_open(text: str, mark: Mark) -> bool:
    """Whether a mark inside a sentence could open a heading at all: 第（二）项 and 一、二类 could not.

    Arabic numbers could only behind a space or a verb that ends a list of units, whose bracket is then missing.
    """
    before = text[max(0, mark.start - 4) : mark.start]
    if mark.family <= Family.CHINESE_BRACKET:
        return before[-1:] not in _NOT_AFTER
    return before.endswith(_UNITS_END) or (before[-1:].isspace() and before.rstrip()[-1:] not in _NOT_AFTER)


def numeral(written: str) -> int:
    """The value of a number as written, its last component for 1.2; 0 where there is none."""
    if "①" <= written[0] <= "⑳":
        return ord(written[0]) - ord("①") + 1
    if digits := re.findall(r"\d+", written):
        return int(digits[-1])
    return chinese_number("".join(char for char in written if char in _DIGITS or char in "十百"))


def chinese_number(written: str) -> int:
    """二十七 → 27, 一百零二 → 102; an empty string is 0."""
    total = digit = 0
    for char in written:
        if char in "十百":
            total += (digit or 1) * (10 if char == "十" else 100)
            digit = 0
        else:
            digit = digit * 10 + _DIGITS[char]
    return total + digit
