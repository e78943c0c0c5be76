"""Quantities of a clause judged and given their subjects: shares (%, ‰) and counts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from intake.reader.model import Comparator
from intake.reader.targets.quantities import Quantity
from intake.reader.targets.source import FREE, Source
from intake.reader.targets.subjects import attribute_of, coordinated, ends_with, lead_length
from intake.reader.targets.thread import Thread, joined
from intake.reader.targets.words import (
    ACTS,
    COMPARED,
    DEEDS,
    DURATIONS,
    EXISTING,
    FALLS,
    GOALS,
    LOOSE_DEEDS,
    RISES,
    SIZES,
    alternatives,
)

_ACT: Final = re.compile(alternatives(ACTS))
_DEED: Final = re.compile(alternatives(DEEDS))
_COMPARED: Final = re.compile(COMPARED)
_SPEED: Final = re.compile("压缩|缩短|缩减|压减|办结|审批|办理|时限|时间|耗时|周期|用时")
_JUDGED: Final = re.compile("考核|得分|评分|评价|测评|成绩|评议|分数|总分")
_OFTEN: Final = re.compile(
    "每(?:个)?(?:年度?|半年|季度?|月|周|旬|日|天|学期|学年|家|户|人|所|镇|村|乡镇|街道)|人均|年均"
)
_OF: Final = re.compile("(不低于|不少于|不超过|达到|占|高于|超过|覆盖)(.+)的$")
_FROM: Final = re.compile("[由从][^，]{0,20}$")
_PER: Final = re.compile("每(?:千人|万人|十万人)口?(?:食品)?")
_WHOLE: Final = re.compile("全[国省市区县镇乡]")
_MONEY: Final = re.compile("资金|经费|投资|预算|贷款|保费")
_STANDARD: Final = re.compile("^(?:依据|按照|对照|根据)(.{2,20}?)的?(?:要求|标准|指标|办法|细则)")
_GOAL_NOUNS: Final = ("目标", "要求", "标准", "水平", "任务")
_AFTERTHOUGHTS: Final = ("（", "并", "且", "以", "用于", "作为", "的", "，", "”", "、", "和", "及", "）")
_SHORT: Final = 5
_JOINTS: Final = ("、", "以及", "和", "并", "及", "与")


@dataclass(frozen=True, slots=True)
class Target:
    """A target in the source: its stretch is `start`…`end`."""

    subject: str
    comparator: Comparator
    value: Decimal
    unit: str
    implied: bool
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Item:
    """A quantity with the words before it (from `start`) and the words after it that belong to it (to `end`)."""

    start: int
    quantity: Quantity
    end: int
    before: str
    after: str


def targets_of(source: Source, start: int, end: int, found: list[Quantity], thread: Thread) -> list[Target]:
    """The targets among the quantities of a clause, in order; one that is none stays in the next one's words."""
    targets: list[Target] = []
    at = start
    for i, quantity in enumerate(found):
        stop = _stop(source, quantity, found[i + 1].head if i + 1 < len(found) else end, last=i + 1 == len(found))
        item = Item(at, quantity, stop, source.text[at : quantity.head], source.text[quantity.end : stop])
        made = _share(item, thread) if quantity.share else _count(item, thread, source)
        if made:
            targets += made
            at = stop
    return targets


def _stop(source: Source, quantity: Quantity, limit: int, last: bool) -> int:
    """Where the words after a quantity end: at the joint before the next one, else at the clause's end."""
    if last:
        return limit
    for i in range(quantity.end, limit):
        if source.cover[i] == FREE and source.text.startswith(_JOINTS, i):
            return i
    return quantity.end


def _target(item: Item, subject: str, skipped: int, whole: bool) -> Target:
    """`skipped` characters at the item's start are no part of it; `whole` takes in the words after the number."""
    q = item.quantity
    return Target(subject, q.comparator, q.value, q.unit, False, item.start + skipped, item.end if whole else q.end)


def _share(item: Item, thread: Thread) -> list[Target]:
    """The targets of a percentage: one for each subject of a list."""
    if item.quantity.bracketed and not _states_goal(item):
        return []
    skipped = lead_length(item.before)
    named, whole = _share_subjects(item.before[skipped:], item.after, thread)
    subjects = list(dict.fromkeys(subject for name in named for subject in thread.resolve(name)))
    thread.subjects = subjects or thread.subjects
    return [_target(item, subject, skipped, whole) for subject in subjects if subject]


def _share_subjects(core: str, after: str, thread: Thread) -> tuple[list[str], bool]:
    """The subjects as written and whether the words after the number belong to them."""
    core = core.replace("（其中", "").strip("（")
    if changed := _changed(core, thread):
        return changed, False
    if of := _OF.search(core):
        return [of[2].removesuffix("总数") + _with_share(core[: of.start()], of[1])], False
    if after.startswith("的") and attribute_of(core) and not after.endswith(_GOAL_NOUNS):
        return [], False  # 合格率低于 90% 的品种: a condition
    if attribute_of(core) or not after or after.startswith(("（", "并", "且", "、", "和")):
        return _before_number(core, thread), False
    return [_around_number(core, after.removeprefix("的"))], True


def _with_share(left: str, verb: str) -> str:
    return left if attribute_of(left) else left + ("占比" if verb == "占" else "比例")


def _changed(core: str, thread: Thread) -> list[str]:
    """A rise or a fall: 事故起数同比下降 gives 事故起数下降幅度."""
    verb = ends_with(core.removesuffix("了"), [*RISES, *FALLS])
    if not verb:
        return []
    noun = _COMPARED.sub("", core.removesuffix("了").removesuffix(verb)) or attribute_phrase(thread.last_clause())
    noun = (thread.opening() if len(noun) < _SHORT else "") + noun
    kind = "幅度" if verb in FALLS else "比例"
    return [name + verb.removesuffix("幅") + kind for name in coordinated(noun)]


def attribute_phrase(clause: str) -> str:
    """A clause up to its last attribute: 合格率 of 合格率稳步提升; the whole where it has none."""
    ends = [i for i in range(len(clause), 1, -1) if attribute_of(clause[:i])]
    return clause[: ends[0]] if ends else clause


def _before_number(core: str, thread: Thread) -> list[str]:
    """Subjects that stand whole before their number."""
    if not core:
        last = thread.last_clause()
        return [attribute_phrase(last[lead_length(last) :])]
    if attribute_of(core):
        return coordinated(core)
    tail = "" if _ACT.search(core) else thread.tail()
    return [name + (tail or "比例") for name in coordinated(core)]


def _around_number(core: str, after: str) -> str:
    """A share of subjects that do something: 80%以上的经营店达到标准, 市场100%达到要求."""
    core = core.replace("所有", "")
    act = _ACT.search(after, 0 if core else 1)
    if "比例" in after[:3]:
        return core + after.replace("比例", "", 1) + "比例"
    if core and (not act or act.start()):
        return core + after + "比例"
    name, act_text = (core, after) if core else (after[: act.start()], after[act.start() :]) if act else (after, "")
    whole = _WHOLE.match(name)
    first = whole.group() if whole and act_text else ""
    return f"{first}{act_text}的{name.removeprefix(first)}比例" if act_text else name + "比例"


def _states_goal(item: Item) -> bool:
    """A number in brackets is a target only where the bracket says so itself: （每千人不少于4批次）."""
    opened = item.before.rfind("（")
    inside = item.before[opened:] if opened >= 0 else item.before
    return (
        item.quantity.stated
        and not item.after.startswith("的")
        and not re.search("人数|面积|规模", inside)
        and item.quantity.goal
    )


def _count(item: Item, thread: Thread, source: Source) -> list[Target]:
    """The target of a count, or nothing where it only tells a size or what exists."""
    if not _is_demanded(item, thread):
        return []
    skipped = lead_length(item.before, mild=True)
    core = _PER.sub("", _FROM.sub("", item.before[skipped:])).replace("（其中", "").strip("（")
    after = "" if item.after.startswith(_AFTERTHOUGHTS) else item.after
    deeds = _DEED.findall(core)
    subject = _count_subject(_completed(core, after, deeds, item.quantity, thread))
    thread.deed = deeds[0] if deeds else thread.deed
    thread.counted = _DEED.sub("", core + after, count=1)
    if item.quantity.unit == "分":
        thread.subjects = [subject]
    return [_target(item, subject, skipped, bool(after))] if subject else []


def _completed(core: str, after: str, deeds: list[str], quantity: Quantity, thread: Thread) -> str:
    """What is counted, with what the sentence elides: the verb of the count before it, or what the clause before is about."""
    if quantity.unit == "分":
        return _scored(core, thread)
    if not core.strip("每年季度月周学期") and not after:
        return joined(thread.last_clause(), core)
    if not deeds and thread.deed and not quantity.prefixed:
        return thread.deed + core + after
    verbal = bool(_DEED.match(core)) and len(core + after) <= _SHORT
    if quantity.prefixed and (verbal or (quantity.unit in DURATIONS and len(core) <= _SHORT)):
        return joined(thread.nearest(), core + after)
    return core + after


def _scored(core: str, thread: Thread) -> str:
    """A score, with the standard that the sentence's first clause names."""
    found = _STANDARD.match(thread.clauses[0]) if thread.clauses else None
    return (found[1] if found else "") + core


def _count_subject(subject: str) -> str:
    verb = ends_with(subject, FALLS)
    noun = _COMPARED.sub("", subject.removesuffix(verb))
    return noun + verb + "幅度" if verb and noun else subject


def _is_demanded(item: Item, thread: Thread) -> bool:
    """Whether a count is asked for: by a word of direction, a verb of doing, or a rhythm."""
    q, before = item.quantity, item.before
    if q.bracketed and not _states_goal(item):
        return False
    if _bounds(item) or (not q.prefixed and before.endswith(tuple(EXISTING))):
        return False
    if q.unit in DURATIONS:
        return bool(q.prefixed or _SPEED.search(before + item.after)) and (q.stated or bool(_SPEED.search(before)))
    if q.unit == "分":
        return q.prefixed or bool(_JUDGED.search(before))
    deeds = _DEED.findall(before)
    meant = (bool(deeds) and (q.arabic or deeds[-1] not in LOOSE_DEEDS)) or (
        "元" in q.unit and bool(_MONEY.search(before))
    )
    carried = bool(thread.deed) and q.arabic and len(before) < 16
    return (
        q.prefixed or meant or carried or bool(_OFTEN.search(before)) or (q.stated and bool(before) and not item.after)
    )


def _bounds(item: Item) -> bool:
    """A size that bounds a subject: 300人以上的食堂, 500平方米以上餐饮单位, 超过3次的."""
    q, after = item.quantity, item.after
    directly = bool(_DEED.search(item.before[-3:])) or (q.prefixed and q.goal)
    if after.startswith("的"):
        return not directly
    return q.suffixed and q.unit in SIZES and bool(after) and not after.startswith(_AFTERTHOUGHTS) and not q.prefixed
