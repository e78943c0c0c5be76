"""Who does what within one bracket or label line: 牵头, 配合, 分工 and the labels that say the same."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import Final

from intake.reader import units
from intake.reader.model import Role

_WHO: Final = r"(?:单位|部门|主体|机构|科室|股室|处室)(?:及部门|及单位)?"
_LABEL: Final = re.compile(
    rf"(?P<lead>(?:总|主要)?(?:牵头|主办|主责|主抓)(?:负责|责任|落实)?(?:{_WHO})?)\s*[：:]"
    rf"|(?P<support>(?:协同|协助|主要)?(?:配合|协办|协同|协助|参与|参加)(?:责任|落实)?(?:{_WHO})?)\s*[：:]"
    rf"|(?P<plain>(?:主要|共同|具体)?(?:责任|负责|承办|落实|实施|主管|执行|主体责任|监管|完成)(?:{_WHO})\s*[：:]|(?:责任|分工|职责分工|任务分工|工作分工|责任分工)\s*[：:])"
    r"|(?P<person>(?:责任|牵头|包抓|包保|分管|主管|挂钩|配合|市级|区级|县级|具体)*(?:领导|责任人|负责人|联系人|联络员|人员)|联系电话|电话|联系方式)\s*[：:]"
    r"|(?P<deadline>(?:完成|办结|整改|工作|推进|进度|落实)*(?:时限|期限|时间节点|完成时间|时间安排|时间|时间要求|时限要求|完成日期|进度安排))\s*[：:]"
)
_DUTIES: Final = (
    r"(?:分别|共同|协同|各自|具体|抓好|做好|负责|落实|牵头|配合|实施|承担|推进|推动|指导|开展"
    r"|组织|完成|执行|工作|相关|有关)*"
)
_VERB: Final = re.compile(
    rf"(?:各自)?(?:按照|根据|依据|依照|按|依)(?:各自|部门|工作|本?单位|规定|有关|相关|法定)*(?:的)?(?:职责|职能|责任|分工)(?:任务|范围|分工|职责|权限|内|和|规定|要求)*{_DUTIES}"
    rf"|(?:各自)?(?:职责|职能|责任|任务)?分工{_DUTIES}"
    r"|(?:总|共同)?牵头(?:负责|抓总|落实|组织|实施|推进|办理|抓好|协调)*"
    r"|(?:共同|分别|具体|各自|协同|联合|组织|全面|各负其责|按规定)*负责(?:组织|落实|实施|推进|抓好|牵头|指导|督促|执行|配合)*"
    r"|(?:协同|协助|积极|共同|密切|参与|做好|予以|给予|分别)*配合(?:落实|实施|做好|推进|工作)*"
    r"|(?:落实|履行|承担)(?:属地|监管|主体|行业|相关|各自)*(?:管理|监管)?(?:责任|职责)"
    r"|(?:组织|具体|抓好|共同|贯彻|分别|协同|推动|抓)*(?:落实|实施(?!方案))(?:到位)?"
    r"|各负其责|协助(?:落实|配合|做好)*|协办|参与|参加|主办|承办|承担"
)
_NAME: Final = re.compile("单位|部门|主体|机构|企业|科室")  # 各牵头单位 is a name, not a verb
_LEAD_WORDS: Final = re.compile("牵头|主办")
_SUPPORT_WORDS: Final = re.compile("配合|协助|协办|参与|参加")
_SHARED_WORDS: Final = re.compile("分工|职责|职能|分别|共同|各自|各负其责|责任")
_TIME: Final = re.compile(r"\d{1,2}月|年[底末内]|季度|半年|全年|长期|持续|常态|每[年月季]|^\d{4}年|日前")


_LONGEST_TIME: Final = 18  # characters of a deadline among units (2024年10月31日前完成)
_LABEL_WORD: Final = re.compile(
    rf"(?:^|[；;，,。、])(?:牵头|责任|配合|主办|协办|承办){_WHO}$"
)  # a label that lost its colon
_SEPARATORS: Final = re.compile("[、，,；;：:]")


class Word(Enum):
    """What a verb or label says of the units beside it."""

    LEAD = "lead"
    SUPPORT = "support"
    SHARED = "shared"
    PLAIN = "plain"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Clause:
    """Units under one word; `labelled` where a label before them says it, not a verb behind."""

    word: Word
    items: tuple[units.Item, ...]
    labelled: bool


@dataclass(frozen=True, slots=True)
class Named:
    """A unit with its role; `item` lies in the content that was parsed."""

    item: units.Item
    role: Role


@dataclass(frozen=True, slots=True)
class Content:
    """What the inside of a bracket or a label line says. `odd` counts entries that have no unit's form."""

    named: tuple[Named, ...]
    labelled: bool
    spoken: bool
    odd: int
    sure: int
    deadline: str
    closed: bool


def label_at(text: str, position: int) -> re.Match[str] | None:
    """A label (责任单位：) that begins exactly here."""
    return _LABEL.match(text, position)


def labels(text: str) -> Iterator[re.Match[str]]:
    """Every label in a text."""
    return _LABEL.finditer(text)


def parse(raw: str) -> Content:
    """Read the inside of a bracket or a label line; items lie in it as it was given."""
    text, places = _spaceless(raw)
    content = _parse(text)
    return replace(content, named=tuple(_replaced(named, places) for named in content.named))


def _replaced(named: Named, places: Sequence[int]) -> Named:
    item = named.item
    end = places[item.end - 1] + 1 if item.end > item.start else places[item.start]
    return Named(replace(item, start=places[item.start], end=end), named.role)


def _spaceless(raw: str) -> tuple[str, list[int]]:
    """The text without white space, a comma where it parts two units, and where each character stood."""
    kept: list[str] = []
    places: list[int] = []
    words = list(re.finditer(r"\S+", raw))
    for word, following in zip(words, [*words[1:], None], strict=False):
        kept.append(word.group())
        places.extend(range(word.start(), word.end()))
        if following and _LABEL_WORD.search(word.group()):
            kept.append("：")
            places.append(word.end())
        elif (
            following
            and _is_whole(_SEPARATORS.split(word.group())[-1])
            and _is_whole(_SEPARATORS.split(following.group())[0])
        ):
            kept.append("、")
            places.append(word.end())
    return "".join(kept), [*places, len(raw)]


def _is_whole(word: str) -> bool:
    verb = _VERB.search(word)
    return units.stands_apart(word[: verb.start()] if verb else word)


def _parse(text: str) -> Content:
    found = list(_LABEL.finditer(text))
    clauses = list(_spoken(text, 0, found[0].start() if found else len(text)))
    deadlines: list[str] = []
    for label, following in zip(found, [*found[1:], None], strict=False):
        end = following.start() if following else len(text)
        if label.lastgroup == "deadline":
            deadlines.append(text[label.end() : end].rstrip("；;。，,"))
        elif label.lastgroup != "person":
            clauses.extend(_labelled(text, Word(label.lastgroup), label.end(), end))
    return _content(clauses, deadlines, labelled=bool(found))


def _content(clauses: list[Clause], deadlines: list[str], *, labelled: bool) -> Content:
    times = [item.text for clause in clauses for item in clause.items if _is_time(item.text)]
    kept = [_without_times(clause) for clause in clauses]
    items = [item for clause in kept for item in clause.items if item.text]
    return Content(
        named=tuple(_named(kept)),
        labelled=labelled,
        spoken=any(clause.word is not Word.NONE for clause in kept if not clause.labelled),
        odd=sum(not units.is_unit(item.text) for item in items),
        sure=sum(units.is_surely_unit(item.text) for item in items),
        deadline="；".join(deadlines + times),
        closed=any(item.closed for clause in kept for item in clause.items),
    )


def _is_time(name: str) -> bool:
    return len(name) <= _LONGEST_TIME and bool(_TIME.search(name)) and not units.is_unit(name)


def _without_times(clause: Clause) -> Clause:
    return Clause(clause.word, tuple(item for item in clause.items if not _is_time(item.text)), clause.labelled)


def _labelled(text: str, word: Word, start: int, end: int) -> Iterator[Clause]:
    """The units behind a label; a verb among them (B配合) has the last word."""
    for clause in _spoken(text, start, end):
        yield Clause(word, clause.items, True) if clause.word in (Word.NONE, Word.PLAIN, Word.SHARED) else clause


def _spoken(text: str, start: int, end: int) -> Iterator[Clause]:
    """Clauses by their verbs: the units before a verb are its own, those behind the last have none."""
    at = start
    word = Word.NONE
    for verb in _VERB.finditer(text, start, end):
        if _NAME.match(text, verb.end()):
            continue
        items = _items(text, at, verb.start())
        word = _word(verb.group())
        if items or at == start:
            yield Clause(word, items, False)
        at = verb.end()
    rest = _items(text, at, end)
    if rest:
        yield Clause(Word.SUPPORT if word is Word.SUPPORT else Word.NONE, rest, False)


def _items(text: str, start: int, end: int) -> tuple[units.Item, ...]:
    return tuple(
        units.Item(item.text, item.start + start, item.end + start, item.closed) for item in units.cut(text[start:end])
    )


def _word(verb: str) -> Word:
    if _LEAD_WORDS.search(verb):
        return Word.LEAD
    if _SUPPORT_WORDS.search(verb):
        return Word.SUPPORT
    return Word.SHARED if _SHARED_WORDS.search(verb) else Word.PLAIN


def _named(clauses: list[Clause]) -> Iterator[Named]:
    """Roles: 负责 or no word is one unit's own task only where nobody leads and no other unit stands beside it."""
    led = any(clause.word is Word.LEAD and clause.items for clause in clauses)
    for clause in clauses:
        count = sum(bool(item.text) for item in clause.items)
        role = _role(clause.word, alone=count == 1 and not led)
        yield from (Named(item, role) for item in clause.items if item.text)


def _role(word: Word, *, alone: bool) -> Role:
    if word is Word.LEAD:
        return Role.LEAD
    if word is Word.SUPPORT:
        return Role.SUPPORT
    return Role.RESPONSIBLE if alone and word is not Word.SHARED else Role.SHARED
