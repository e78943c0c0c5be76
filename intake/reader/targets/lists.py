"""Coordinated lists taken apart, each subject with what the list shares."""

from __future__ import annotations

import re
from typing import Final

from intake.reader.targets.source import split_top
from intake.reader.targets.subjects import after_body, attribute_of, ends_with, entity_of, is_bare, stem_of
from intake.reader.targets.words import AMOUNTS, ENTITIES, SHARES

JOINTS: Final = ("、", "以及", "和", "及", "与")
_SURROUNDED: Final = re.compile("[及和](?:其|周边|相关|有关)|等(?!级)")
_LEVELS: Final = re.compile(r"^.{0,3}[两三四五][级方类]")
_PLAIN: Final = ("合格", "达标", "覆盖", "完成", "按时", "按时完成", "按期完成", "及时", "符合", "通过")
_GRADES: Final = "ABCDEⅠⅡⅢⅣ国省市区县乡镇村高中低初一二三四五甲乙丙"
_SHORT: Final = 3
_LONGEST: Final = 80
_MOST: Final = 16


def coordinated(text: str) -> list[str]:
    """The subjects of a list: A、B合格率 gives A合格率 and B合格率; one where no list is seen or it is a sum."""
    parts = [] if _SURROUNDED.search(text) else split_top(text, JOINTS)
    if not 1 < len(parts) <= _MOST or not all(parts):
        return [text]
    named = next((i for i, part in enumerate(parts) if ends_with(part, SHARES)), len(parts) - 1)
    last, rest = parts[named], parts[named + 1 :]
    if ends_with(last, AMOUNTS) or not all(ends_with(part, SHARES) for part in rest):
        return [text]
    subjects = _with_shared_tail(parts[:named], last, strict="、" not in text)
    return _with_siblings(subjects, rest) if subjects else [text]


def apart(text: str) -> list[str]:
    """A list that its numbers take apart (A、B分别达到…), sums too: one subject a number."""
    parts = split_top(text, JOINTS)
    if len(parts) > _MOST:
        return [text]
    if all(map(attribute_of, parts)):
        return [parts[0], *(carried(parts[0], part) if _is_sibling(part) else part for part in parts[1:])]
    return _with_shared_tail(parts[:-1], parts[-1], strict=False) or parts


def _with_siblings(subjects: list[str], rest: list[str]) -> list[str]:
    """自查率和报告率 after two entities: each entity has both."""
    if is_bare(subjects[0]):
        return subjects + rest
    found = []
    for subject in subjects:
        found.append(subject)
        found += [carried(subject, sibling) for sibling in rest if _is_sibling(sibling)]
    return found + [sibling for sibling in rest if not _is_sibling(sibling)]


def _is_sibling(item: str) -> bool:
    """Whether a list's item is a rate of the subject before it: 报废率 after 重点车辆检验率."""
    return is_bare(item) or len(item) <= _SHORT


def carried(before: str, bare: str) -> str:
    """A bare rate with the subject of the rate before it: 肉制品企业抽考覆盖率, 合格率 gives 肉制品企业抽考合格率."""
    if stem_of(bare) not in _PLAIN:
        return entity_of(before)[-_LONGEST:] + bare
    stem = stem_of(before)
    while word := ends_with(stem, _PLAIN):
        stem = stem.removesuffix(word)
    return stem[-_LONGEST:] + bare


def _with_shared_tail(heads: list[str], last: str, strict: bool) -> list[str]:
    """Each head with the tail of the last item, and the last with the heads' modifier; empty where no list is seen.

    `strict`: the joints are but 和 and its like, which stand inside names too.
    """
    if not heads:
        return [last]
    tail = last[_boundary(heads[-1], last, strict) :]
    if tail == last or any(len(head) < 2 or head.endswith("的") for head in heads) or _LEVELS.match(last):
        return []
    items = [heads[0], *(_modified(heads[0], item) for item in [*heads[1:], last.removesuffix(tail)])]
    return [item if attribute_of(item) else item + tail for item in items]


def _modified(first: str, item: str) -> str:
    """A later item with what stands before the first one's noun: 食堂A级、B级 gives 食堂B级, 较多的A、B 较多的B."""
    if len(item) <= _SHORT and first[-1] == item[-1] and item[0] in _GRADES:
        return first[: -len(item)] + item
    return item if "的" in item else first[: first.rfind("的") + 1] + item


def _boundary(head: str, last: str, strict: bool) -> int:
    """Where the last item of a list ends and what all items share begins; 0 where it cannot be told."""
    if strict and not ends_with(head, ENTITIES) and head[-1] != last[:1]:
        return _parallel(head, last)
    return _parallel(head, last) or after_body(last) or _before_processes(last)


def _parallel(head: str, last: str) -> int:
    """省级、市级抽检…: the item ends like the one before it."""
    for size in (2, 1):
        at = last.find(head[-size:])
        if len(head) >= size and 0 < at <= len(head) + 6:
            return at + size
    return 0


def _before_processes(last: str) -> int:
    entity = entity_of(last)
    named = entity != stem_of(last) or len(attribute_of(last)) > 1  # 率 alone names no work
    return len(entity) if named else 0
