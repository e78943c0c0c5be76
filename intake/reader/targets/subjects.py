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
    ENTITIES,
    GUIDES,
    LEADS,
    MILD_LEADS,
    PROCESSES,
    SHARES,
    alternatives,
)

_LEAD: Final = re.compile(alternatives(LEADS))
_MILD_LEAD: Final = re.compile(alternatives(MILD_LEADS))
_DATE: Final = re.compile(
    r"(?:(?:到|至|截至|力争)?(?:20[0-9]{2}年)?(?:底|末|年底|年末|[0-9]{1,2}月(?:[0-9]{1,2}日)?(?:底|末|中旬|上旬|下旬)?)?(?:前|之前|以前)?)"
)
_ENTITY: Final = re.compile(alternatives(ENTITIES))
_BODY: Final = re.compile(alternatives(BODIES))
_JOINTS: Final = ("、", "以及", "和", "及", "与")
_LEVELS: Final = re.compile(r"^.{0,3}[两三四五][级方类]")
_GUIDED: Final = re.compile(
    rf"(?:{alternatives(GUIDES)})((?:[^，。；、和]{{1,12}}[、和]){{0,3}}[^，。；、]{{0,14}}?(?:企业|单位|者|机构|学校|食堂|部门|平台|经营户|医院|药店|市场))"
)


def lead_length(text: str, mild: bool = False) -> int:
    """How many characters at the start of a clause add nothing to a subject; never all but the last word's."""
    pattern, at = (_MILD_LEAD if mild else _LEAD), 0
    while found := pattern.match(text, at) or _dated(text, at):
        at = found.end()
    return at


def _dated(text: str, at: int) -> re.Match[str] | None:
    found = _DATE.match(text, at)
    return found if found and found.end() > at and text[found.end() - 1] in "年前底末日旬" else None


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
    """An entity whose coverage is spoken of without what covers it: 学校食堂覆盖率."""
    return text.endswith("覆盖率") and bool(entity := entity_of(text)) and entity == text.removesuffix("覆盖率")


def names_entity(text: str) -> bool:
    """Whether somebody or something supervised is named."""
    return bool(_ENTITY.search(text))


def ends_in_entity(text: str) -> bool:
    """Whether the phrase ends with what is supervised, so that it states no share of its own."""
    return bool(ends_with(text.rstrip("）").split("（")[0] or text, ENTITIES))


def guided(text: str) -> str:
    """Whom a clause directs: 经营企业 of 督促经营企业落实自查."""
    found = _GUIDED.search(text)
    return found[1] if found else ""


def object_of(clause: str) -> str:
    """What a clause is about, without its verb and generic closing nouns: 登记备案 of 加强登记备案管理."""
    text = clause[lead_length(clause) :]
    while word := ends_with(text, CLOSERS):
        text = text.removesuffix(word)
    return text


def coordinated(text: str) -> list[str]:
    """The subjects of a list, each with what it shares: A、B合格率 gives A合格率 and B合格率."""
    parts = split_top(text, _JOINTS)
    named = next((i for i, part in enumerate(parts) if ends_with(part, SHARES)), len(parts) - 1)
    heads, last, rest = parts[:named], parts[named], parts[named + 1 :]
    if (
        len(parts) == 1
        or not all(parts)
        or ends_with(last, AMOUNTS)
        or not all(ends_with(part, SHARES) for part in rest)
    ):
        return [text]
    subjects = _with_shared_tail(heads, last)
    if not subjects:
        return [text]
    return _with_siblings(subjects, rest)


def _with_siblings(subjects: list[str], rest: list[str]) -> list[str]:
    """自查率和报告率 after two entities: each entity has both."""
    found = []
    for subject in subjects:
        found.append(subject)
        found += [carried(subject, sibling) for sibling in rest if is_bare(sibling)]
    return found + [sibling for sibling in rest if not is_bare(sibling)]


def carried(before: str, bare: str) -> str:
    """A bare rate with the subject of the rate before it: 肉制品企业抽考覆盖率, 合格率 gives 肉制品企业抽考合格率."""
    own = stem_of(bare)
    plain = own in ("合格", "达标", "覆盖", "完成", "按时完成", "按期完成", "及时", "符合", "通过")
    stem = stem_of(before).removesuffix("覆盖") if plain else entity_of(before)
    stem = stem.removesuffix("完成").removesuffix("合格") if plain else stem
    return stem + bare


def _with_shared_tail(heads: list[str], last: str) -> list[str]:
    """Each head with the tail of the last item, and the last with the heads' modifier; empty where no list is seen."""
    if not heads:
        return [last]
    tail = last[_boundary(heads[-1], last) :]
    if tail == last or any(len(head) < 2 for head in heads) or _LEVELS.match(last):
        return []
    modifier = heads[0][: heads[0].rfind("的") + 1]
    rest = [head if "的" in head else modifier + head for head in [*heads[1:], last.removesuffix(tail)]]
    return [item if attribute_of(item) else item + tail for item in [heads[0], *rest]]


def _boundary(head: str, last: str) -> int:
    """Where the last item of a list ends and what all items share begins; 0 where it cannot be told."""
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
