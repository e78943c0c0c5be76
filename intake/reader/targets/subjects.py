"""Noun phrases: what stands before a number, cleaned, and coordinated lists taken apart."""

from __future__ import annotations

import re
from typing import Final

from intake.reader.targets.source import split_top
from intake.reader.targets.words import (
    AMOUNTS,
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
    SHARES,
    alternatives,
)

_SHARE_NOUN: Final = "(?!率|比例|占比|数|量|度(?!假)|面)"


def _openings(words: tuple[str, ...]) -> re.Pattern[str]:
    """Opening words, not where they are the first half of a longer one (应急, 完成率)."""
    guarded = [re.escape(word) + f"(?![{COMPOUNDS[word]}])" for word in words if COMPOUNDS.get(word)]
    plain = alternatives(word for word in words if not COMPOUNDS.get(word))
    return re.compile(f"(?:{plain}|{'|'.join(guarded)}){_SHARE_NOUN}")


_LEAD: Final = _openings(LEADS)
_MILD_LEAD: Final = _openings(MILD_LEADS)
_OPENER: Final = _openings(LEADS + OPENERS)
_DATE: Final = re.compile(
    r"(?:(?:到|至|截至|力争)?(?:20[0-9]{2}年)?(?:底|末|年底|年末|[0-9]{1,2}月(?:[0-9]{1,2}日)?(?:底|末|中旬|上旬|下旬)?)?(?:前|之前|以前)?)"
)
_ENTITY: Final = re.compile(alternatives(ENTITIES))
_BODY: Final = re.compile(alternatives(BODIES))
_JOINTS: Final = ("、", "以及", "和", "及", "与")
_NUMBER_ON: Final = re.compile(
    rf"(?:{alternatives(word for word in PREDICATES if len(word) > 1)})?[0-9][0-9.,]*[^0-9]{{0,6}}$"
)
_COUNTED: Final = re.compile("[0-9][0-9.,]*[万亿]{0,2}[个家所处条座项件批名户]?")
_SURROUNDED: Final = re.compile("[及和](?:其|周边|相关|有关)")
_LEVELS: Final = re.compile(r"^.{0,3}[两三四五][级方类]")
_GUIDED: Final = re.compile(
    rf"(?:{alternatives(GUIDES)}){{1,3}}((?:[^，。；、和]{{1,12}}[、和]){{0,3}}[^，。；、]{{0,14}}?(?:企业|单位|者|机构|学校|食堂|部门|平台|经营户|医院|药店|市场))"
)


def lead_length(text: str, mild: bool = False) -> int:
    """How many characters at the start of a clause add nothing to a subject."""
    return _opening_length(text, _MILD_LEAD if mild else _LEAD)


def _opening_length(text: str, pattern: re.Pattern[str]) -> int:
    at = 0
    while found := pattern.match(text, at) or _dated(text, at):
        at = found.end()
    return at


def _dated(text: str, at: int) -> re.Match[str] | None:
    found = _DATE.match(text, at)
    return found if found and found.end() > at + 1 and text[found.end() - 1] in "年前底末月日旬" else None


def ends_with(text: str, words: tuple[str, ...] | list[str]) -> str:
    """The longest of the words that `text` ends with, or an empty string."""
    return max((word for word in words if text.endswith(word)), key=len, default="")


def attribute_of(text: str) -> str:
    """The word that names the share or amount: 率 of 合格率, or an empty string."""
    return ends_with(text, ATTRIBUTES)


def stem_of(text: str) -> str:
    """`text` without the word that names the share: 学校食堂覆盖 of 学校食堂覆盖率."""
    return text.removesuffix(attribute_of(text))


def entity_of(text: str) -> str:
    """`text` without its attribute and the supervisory nouns before it: 学校食堂 of 学校食堂监督抽考合格率."""
    stem = stem_of(text)
    while (word := ends_with(stem, PROCESSES)) or stem.endswith(("的", "“", "”", "工作", "后")):
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
    return text[_after_entity(text) or len(entity_of(text)) :] if attribute_of(text) else ""


def guided(text: str) -> str:
    """Whom a clause directs: 经营企业 of 督促经营企业落实自查."""
    found = _GUIDED.search(text)
    return found[1] if found else ""


def object_of(clause: str) -> str:
    """What a clause is about, without its verb, number and generic closing nouns: 登记备案 of 加强登记备案管理."""
    opened = clause[_opening_length(clause, _OPENER) :]
    text = _COUNTED.sub("", _NUMBER_ON.sub("", opened)).removesuffix("的")
    text = text[_opening_length(text, _OPENER) :]
    while word := ends_with(text, CLOSERS):
        text = text.removesuffix(word)
    return text


def coordinated(text: str) -> list[str]:
    """The subjects of a list, each with what it shares: A、B合格率 gives A合格率 and B合格率."""
    parts = split_top(_SURROUNDED.sub("〇", text), _JOINTS)
    if "〇" in text or any("〇" in part for part in parts):
        return [text]
    named = next((i for i, part in enumerate(parts) if ends_with(part, SHARES)), len(parts) - 1)
    heads, last, rest = parts[:named], parts[named], parts[named + 1 :]
    if (
        len(parts) == 1
        or not all(parts)
        or ends_with(last, AMOUNTS)
        or not all(ends_with(part, SHARES) for part in rest)
    ):
        return [text]
    subjects = _with_shared_tail(heads, last, strict="、" not in text)
    if not subjects:
        return [text]
    return _with_siblings(subjects, rest)


def _with_siblings(subjects: list[str], rest: list[str]) -> list[str]:
    """自查率和报告率 after two entities: each entity has both."""
    if is_bare(subjects[0]):
        return subjects + rest
    found = []
    for subject in subjects:
        found.append(subject)
        found += [carried(subject, sibling) for sibling in rest if _is_sibling(subject, sibling)]
    return found + [sibling for sibling in rest if not _is_sibling(subjects[0], sibling)]


def _is_sibling(subject: str, item: str) -> bool:
    """Whether a list's item is a rate of the subject before it: 报废率 after 重点车辆检验率."""
    return is_bare(item) or (len(item) < len(subject) and not names_entity(item))


def carried(before: str, bare: str) -> str:
    """A bare rate with the subject of the rate before it: 肉制品企业抽考覆盖率, 合格率 gives 肉制品企业抽考合格率."""
    own = stem_of(bare)
    plain = own in ("合格", "达标", "覆盖", "完成", "按时完成", "按期完成", "及时", "符合", "通过")
    stem = stem_of(before).removesuffix("覆盖") if plain else entity_of(before)
    stem = stem.removesuffix("完成").removesuffix("合格") if plain else stem
    return stem + bare


def _with_shared_tail(heads: list[str], last: str, strict: bool) -> list[str]:
    """Each head with the tail of the last item, and the last with the heads' modifier; empty where no list is seen.

    `strict`: the joints are but 和 and its like, which stand inside names too.
    """
    if not heads:
        return [last]
    tail = last[_boundary(heads[-1], last, strict) :]
    if tail == last or any(len(head) < 2 or head.endswith("的") for head in heads) or _LEVELS.match(last):
        return []
    modifier = heads[0][: heads[0].rfind("的") + 1]
    rest = [head if "的" in head else modifier + head for head in [*heads[1:], last.removesuffix(tail)]]
    return [item if attribute_of(item) else item + tail for item in [heads[0], *rest]]


def _boundary(head: str, last: str, strict: bool) -> int:
    """Where the last item of a list ends and what all items share begins; 0 where it cannot be told."""
    if strict and not ends_with(head, ENTITIES) and head[-1] != last[:1]:
        return _parallel(head, last)
    return _parallel(head, last) or _after_entity(last) or _before_processes(last)


def _parallel(head: str, last: str) -> int:
    """省级、市级抽检…: the item ends like the one before it."""
    for size in (2, 1):
        at = last.find(head[-size:])
        if len(head) >= size and 0 < at <= len(head) + 6:
            return at + size
    return 0


def _after_entity(last: str) -> int:
    """The end of the first entity's name, with an entity that it owns: 养老院食堂."""
    found = _BODY.search(last)
    end = 0
    while found:
        end = found.end()
        end = last.find("）", end) + 1 if last.startswith("（", end) and "）" in last[end:] else end
        found = _BODY.match(last, end)
    return end


def _before_processes(last: str) -> int:
    entity = entity_of(last)
    return len(entity) if entity != stem_of(last) else 0
