"""Noun phrases: what stands before a number, cleaned, and coordinated lists taken apart."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from intake.reader.targets.words import (
    ATTRIBUTES,
    BODIES,
    CLOSERS,
    COMPOUNDS,
    ENTITIES,
    GUIDES,
    LEADS,
    MILD_LEADS,
    OPENERS,
    PREDICATES,
    PROCESSES,
    alternatives,
)

_SHARE_NOUN: Final = "(?!率|比例|占比|度(?!假))"


def _openings(words: tuple[str, ...]) -> re.Pattern[str]:
    """Opening words, not where they are the first half of a longer one (应急, 完成率)."""
    guarded = [re.escape(word) + f"(?![{COMPOUNDS[word]}])" for word in words if COMPOUNDS.get(word)]
    plain = alternatives(word for word in words if not COMPOUNDS.get(word))
    return re.compile(f"[、，：。；]|(?:{plain}|{'|'.join(guarded)}){_SHARE_NOUN}")


_LEAD: Final = _openings(LEADS)
_MILD_LEAD: Final = _openings(MILD_LEADS)
_OPENER: Final = _openings(LEADS + OPENERS)
_DATE: Final = re.compile(
    r"(?:(?:到|至|截至|力争)?(?:20[0-9]{2}年)?(?:底|末|年底|年末|[0-9]{1,2}月(?:[0-9]{1,2}日)?(?:底|末|中旬|上旬|下旬)?)?(?:前|之前|以前)?)"
)
_ENTITY: Final = re.compile(alternatives(ENTITIES))
_BODY: Final = re.compile(alternatives(BODIES))
_NUMBER_ON: Final = re.compile(
    rf"(?:{alternatives(word for word in PREDICATES if len(word) > 1)})?[0-9][0-9.,]*[^0-9]{{0,6}}$"
)
_TO_ATTRIBUTE: Final = re.compile(f".+(?:{alternatives(ATTRIBUTES)})")
_NUMBERING: Final = re.compile("（[0-9一二三四五六七八九十]{1,3}）|[0-9]{1,2}[.、](?![0-9])|[①-⑳]")
_BRACKETED: Final = re.compile("（[^）]*(?:）|$)")
_DOING: Final = re.compile("(?<=..)(?:开展|进行|实行|实施)(?=..)")
_COUNTED: Final = re.compile("[0-9][0-9.,]*[万亿]{0,2}[个家所处条座项件批名户]?")
_GUIDED: Final = re.compile(
    rf"(?:{alternatives(GUIDES)}){{1,3}}((?:[^，。；、和]{{1,12}}[、和]){{0,3}}[^，。；、]{{0,14}}?(?:{alternatives(BODIES)}))"
)


def lead_length(text: str, mild: bool = False) -> int:
    """How many characters at the start of a clause add nothing to a subject."""
    return _opening_length(text, _MILD_LEAD if mild else _LEAD)


def _opening_length(text: str, pattern: re.Pattern[str]) -> int:
    at = 0
    while found := pattern.match(text, at) or _NUMBERING.match(text, at) or _dated(text, at):
        at = found.end()
    return at


def _dated(text: str, at: int) -> re.Match[str] | None:
    found = _DATE.match(text, at)
    return found if found and found.end() > at + 1 and text[found.end() - 1] in "年前底末月日旬" else None


def ends_with(text: str, words: tuple[str, ...]) -> str:
    """The longest of the words that `text` ends with, or an empty string."""
    if not text.endswith(words):
        return ""
    return max((word for word in words if text.endswith(word)), key=len)


def attribute_of(text: str) -> str:
    """The word that names the share or amount: 率 of 合格率, or an empty string."""
    return ends_with(text, ATTRIBUTES)


def stem_of(text: str) -> str:
    """`text` without the word that names the share: 学校食堂覆盖 of 学校食堂覆盖率."""
    return text.removesuffix(attribute_of(text))


def entity_of(text: str) -> str:
    """`text` without its attribute and the supervisory nouns before it: 学校食堂 of 学校食堂监督抽考合格率."""
    stem = stem_of(text)
    while (word := ends_with(stem, PROCESSES)) or stem.endswith(("的", "“", "工作", "后")):
        stem = stem.removesuffix(word) if word else stem[:-1]
    return stem


def is_bare(text: str) -> bool:
    """Nothing but supervisory nouns and an attribute: 合格率, 按时完成率."""
    return not entity_of(text)


def lacks_object(text: str) -> bool:
    """A body whose coverage is spoken of without what covers it: 学校食堂覆盖率."""
    return text.endswith("覆盖率") and ends_in_body(text.removesuffix("覆盖率"))


def names_entity(text: str) -> bool:
    """Whether the phrase names whom or what it is about."""
    return bool(_ENTITY.search(text))


def names_body(text: str) -> bool:
    """Whether the phrase names whom it is about."""
    return bool(_BODY.search(text))


def ends_in_body(text: str) -> bool:
    """Whether the phrase ends with whom it is about, a bracket behind the name left aside."""
    return bool(ends_with(text.rpartition("（")[0] if text.endswith("）") else text, BODIES))


def tail_of(text: str) -> str:
    """What a subject says of its entity: 参保覆盖率 of 大型超市参保覆盖率; empty where it names no attribute."""
    tail = text[after_body(text) or len(entity_of(text)) :] if attribute_of(text) else ""
    return text[text.rfind("“") :] if tail.startswith("”") else tail


def guided(text: str) -> str:
    """Whom a clause directs, with what they own: 学校食堂 of 督促学校食堂落实自查."""
    found = _GUIDED.search(text)
    return text[found.start(1) : found.end() + after_body(text[found.end() :], at_start=True)] if found else ""


def without_number(clause: str) -> str:
    """A clause up to its last number and the predicate before it."""
    return _NUMBER_ON.sub("", clause)


@lru_cache(maxsize=256)  # a bare rate asks for the same few clauses again and again
def object_of(clause: str) -> str:
    """What a clause is about, without its verb, number and generic closing nouns: 登记备案 of 加强登记备案管理."""
    opened = clause[_opening_length(clause, _OPENER) :]
    text = _COUNTED.sub("", without_number(_BRACKETED.sub("", opened))).removesuffix("的")
    text = _DOING.sub("", text[_opening_length(text, _OPENER) :])
    while word := ends_with(text, CLOSERS):
        text = text.removesuffix(word)
    return text


def after_body(text: str, at_start: bool = False) -> int:
    """The end of the first body's name, with a body that it owns (养老院食堂); 0 where none is named.

    `at_start`: only a body right at the start counts.
    """
    found = _BODY.match(text) if at_start else _BODY.search(text)
    end = 0
    while found:
        end = found.end()
        end = text.find("）", end) + 1 if text.startswith("（", end) and "）" in text[end:] else end
        found = _BODY.match(text, end)
    return end


def attribute_phrase(clause: str) -> str:
    """A clause up to its last attribute, its opening words left out: 合格率 of 确保合格率稳步提升; else the whole."""
    text = clause[lead_length(clause) :]
    found = _TO_ATTRIBUTE.match(text)
    return found.group() if found else text
