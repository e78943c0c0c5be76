"""Counts judged and given their subjects: what is to be done, not what exists or how large something is."""

from __future__ import annotations

import re
from typing import Final

from intake.reader.targets.items import FROM, Item, Target, unbracketed
from intake.reader.targets.lists import apart, coordinated
from intake.reader.targets.quantities import Quantity
from intake.reader.targets.subjects import attribute_of, ends_with, lead_length
from intake.reader.targets.thread import Thread, joined
from intake.reader.targets.words import (
    COMPARED,
    DEEDS,
    DURATIONS,
    EXISTING,
    FALLS,
    LOOSE_DEEDS,
    PREDICATES,
    RISES,
    SIZES,
    alternatives,
)

_DEED: Final = re.compile(alternatives(DEEDS))
_COMPARED: Final = re.compile(COMPARED)
_SPEED: Final = re.compile("压缩|缩短|缩减|压减|办结|审批|办理|时限|时间|耗时|周期|用时")
_JUDGED: Final = re.compile("考核|得分|评分|评价|测评|成绩|评议|分数|总分")
_OFTEN: Final = re.compile(
    "每个?(?:年度?|半年|季度?|月|周|旬|日|天|学期|学年|家|户|人|所|镇|村|乡镇|街道|行政村|社区)|人均|年均"
)
_MONEY: Final = re.compile("资金|经费|投资|预算|贷款|保费|保额|融资")
_PER: Final = re.compile("每(?:千人|万人|十万人)口?")
_STANDARD: Final = re.compile("^(?:依据|按照|对照|根据)(.{2,20}?)的?(?:要求|标准|指标|办法|细则)")
_AFTERTHOUGHTS: Final = ("（", "并", "且", "以", "用于", "作为", "的", "，", "”", "、", "和", "及", "）")
_RHYTHM: Final = "每年季度月周学期半全内累计人家户次所个"
_CONDITION: Final = re.compile("(?:[且并或][^，]{0,6})?的")
_ANSWERS: Final = re.compile("回应|回复|答复|反馈|受理|响应|办|完成|启动|处理|到场|整改|公示|公开|核|审")
_RATE: Final = re.compile("[^，]{1,5}率")
_EACH_OF: Final = re.compile("(每.{1,3})?对([^，]{2,60}、[^，]{2,40})")
_BARELY: Final = ("", "基本", "全面", "全部")
_TIMES: Final = ("次", "遍", "轮", "轮次")
_SHORT: Final = 5
_NEAR: Final = 16


def count_targets(item: Item, thread: Thread) -> list[Target]:
    """The target of a count, or nothing where it only tells a size or what exists."""
    if not _is_demanded(item, thread):
        return []
    skipped = lead_length(item.before, mild=True)
    core = _without_predicate(_PER.sub("", FROM.sub("", unbracketed(item.before[skipped:]))))
    after = "" if item.after.startswith(_AFTERTHOUGHTS) else item.after
    core = core.replace("分别", "") if item.several else core
    subject = _fallen(_completed(core, after, item, thread))
    _remember(core + after, subject, item, thread)
    subjects = apart(subject) if item.several else _each_of(subject, item)
    return [item.target(name, skipped, bool(after)) for name in subjects if name]


def _each_of(subject: str, item: Item) -> list[str]:
    """每学期对A、B检查不少于2次: each is checked as often."""
    found = _EACH_OF.fullmatch(subject) if item.quantity.unit in _TIMES else None
    return [(found[1] or "") + name for name in coordinated(found[2])] if found else [subject]


def _remember(words: str, subject: str, item: Item, thread: Thread) -> None:
    deed = _DEED.search(words)
    thread.deed = deed.group() if deed else thread.deed
    if _DEED.sub("", words) not in _BARELY:
        thread.counted = words[deed.end() :] if deed and not deed.start() else words
    if item.quantity.unit == "分":
        thread.subjects = [subject]


def _without_predicate(core: str) -> str:
    """食品检验量达到(每千人): the predicate that stood before 每千人 goes too."""
    return core.removesuffix(ends_with(core, tuple(word for word in PREDICATES if len(word) > 1)))


def _completed(core: str, after: str, item: Item, thread: Thread) -> str:
    """What is counted, with what the sentence elides: the verb of the count before, or what was spoken of before."""
    quantity = item.quantity
    if quantity.unit == "分":
        return _scored(core, thread)
    if not core.strip(_RHYTHM) and not after:
        return joined(thread.last_clause(), core)
    if not quantity.prefixed and not _DEED.search(core) and _goes_on(item):
        return thread.deed + core + after
    verbal = bool(_DEED.match(core)) and not attribute_of(core) and not _MONEY.search(core)
    if quantity.prefixed and len(core + after) <= _SHORT and (verbal or quantity.unit in DURATIONS):
        return joined(thread.nearest(), core + after)
    if not after and _DEED.sub("", core) in _BARELY:
        return core + thread.counted
    return core + after


def _goes_on(item: Item) -> bool:
    """Whether an item without a verb goes on with the list before it: 、绿道130公里, 其中大要案5件."""
    return item.before.startswith(("、", "和", "及", "其中", "以及", "（其中"))


def _scored(core: str, thread: Thread) -> str:
    """A score, with the standard that the sentence's first clause names."""
    found = _STANDARD.match(thread.clauses[0]) if thread.clauses else None
    return (found[1] if found else "") + core


def _fallen(subject: str) -> str:
    verb = ends_with(subject, FALLS)
    noun = _COMPARED.sub("", subject.removesuffix(verb))
    return noun + verb + "幅度" if verb and noun else subject


def _is_demanded(item: Item, thread: Thread) -> bool:
    """Whether a count is asked for: by a word of direction, a verb of doing, or a rhythm."""
    q, before = item.quantity, item.before
    if (q.bracketed and not item.set_in_brackets) or bounds_subject(q, before, item.following):
        return False
    if not q.prefixed and (q.whole or before.endswith(EXISTING)):
        return False
    if q.unit in DURATIONS and not ends_with(before, FALLS + RISES):
        return q.prefixed or bool(_SPEED.search(before)) or _is_promised(item)
    if q.unit == "分":
        return q.prefixed or bool(_JUDGED.search(before))
    return q.prefixed or bool(_OFTEN.search(before)) or _is_meant(item, thread)


def _is_promised(item: Item) -> bool:
    """A time that an answer may take at most: 举报3个工作日内核查; not one counted from an event (发生后2小时内)."""
    q, following = item.quantity, item.following
    if _RATE.match(following):
        return False  # 5个工作日内办结率: part of the rate's name
    if following.startswith(("办结", "办理", "办完")):
        return True
    acts = bool(_DEED.match(following) or _ANSWERS.match(following))
    after_event = item.before.endswith(("后", "起"))
    return acts and q.suffixed and q.unit == "工作日" and len(item.before) > 1 and not after_event


def _is_meant(item: Item, thread: Thread) -> bool:
    """A number without a word of direction: after a verb of doing, in a list that goes on, or money set aside."""
    q, before = item.quantity, item.before
    deeds = _DEED.findall(before)
    if deeds and (q.arabic or deeds[-1] not in LOOSE_DEEDS):
        return True
    if ("元" in q.unit and _MONEY.search(before)) or (attribute_of(before) and not item.following):
        return True
    ends = not item.following[:1].strip("，；。、（和0123456789") or not before.strip("、和及")
    goes_on = bool(thread.deed) and q.arabic and ends and len(before) < _NEAR
    return goes_on or (q.suffixed and not item.following and lead_length(before) + 1 < len(before))


def bounds_subject(q: Quantity, before: str, following: str) -> bool:
    """A size that bounds a subject: 300人以上的食堂, 500平方米以上餐饮单位, 超过3次的."""
    if _CONDITION.match(following):
        return not (_DEED.search(before[-3:]) or q.goal)
    return (
        q.suffixed and q.unit in SIZES and bool(following) and not following.startswith(_AFTERTHOUGHTS) and not q.goal
    )
