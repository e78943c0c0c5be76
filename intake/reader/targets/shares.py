"""Percentages and rates judged and given their subjects."""

from __future__ import annotations

import re
from typing import Final

from intake.reader.targets.items import FROM, Item, Target, unbracketed
from intake.reader.targets.lists import apart, coordinated
from intake.reader.targets.subjects import (
    attribute_of,
    attribute_phrase,
    ends_in_body,
    ends_with,
    is_bare,
    lead_length,
    tail_of,
)
from intake.reader.targets.thread import Thread
from intake.reader.targets.words import ACTS, COMPARED, FALLS, RISES, alternatives

_ACT: Final = re.compile(alternatives(ACTS))
_COMPARED: Final = re.compile(COMPARED)
_RHYTHM: Final = re.compile("(?<=[率度例重])每个?(?:年度?|半年|季度?|月|周|学期|学年)$")  # 面访率每季度达到…
_RATE_OF: Final = re.compile("(.{2,}?率)([^率]{2,12})")  # 公示率企业不低于…、个体工商户不低于…
_GRADE: Final = re.compile("[A-E一二三四五优良][级类等](?:及?以[上下])?")
_OF: Final = re.compile("(不低于|不少于|不超过|达到|占|高于|超过|覆盖)(.+)的$")
_WHOLE: Final = re.compile("全[国省市区县镇乡]")
_GOAL_NOUNS: Final = ("目标", "要求", "标准", "水平", "任务")
_BREAKS: Final = ("（", "并", "且", "、", "和", "及", "，")
_MODALS: Final = "应要须均都"
_SHORT: Final = 5


def share_targets(item: Item, thread: Thread) -> list[Target]:
    """The targets of a percentage: one for each subject of a list."""
    quantity = item.quantity
    if (
        quantity.bracketed
        and not item.set_in_brackets
        or (not quantity.prefixed and item.before.endswith(("由", "从")))
    ):
        return []
    skipped = lead_length(item.before)
    core = _RHYTHM.sub("", FROM.sub("", unbracketed(item.before[skipped:])))
    changed = _changed(core, item, thread)
    named, whole = (changed, False) if changed else _named(core, item, thread)
    subjects = list(dict.fromkeys(subject for name in named for subject in thread.resolve(name)))
    if not changed:
        thread.subjects = subjects or thread.subjects
    return [item.target(subject, skipped, whole) for subject in subjects if subject]


def _named(core: str, item: Item, thread: Thread) -> tuple[list[str], bool]:
    """The subjects as written and whether the words after the number belong to them."""
    after = item.after
    if of := _OF.search(core):
        return [of[2].removesuffix("总数") + _with_share(core[: of.start()], of[1])], False
    if after.startswith("的") and attribute_of(core) and not after.endswith(_GOAL_NOUNS):
        return [], False  # 合格率低于 90% 的品种: a condition
    if attribute_of(core) or not after or after.startswith(_BREAKS):
        return _before_number(core, item.several, thread), False
    work = after.removeprefix("进行")
    if core and is_bare(work + "率"):
        return coordinated(core.removesuffix("实现") + work + "率"), True  # 食堂实现100%覆盖
    return [_around_number(core, after.removeprefix("的"))], True


def _with_share(left: str, verb: str) -> str:
    return left if attribute_of(left) else left + ("占比" if verb == "占" else "比例")


def _changed(core: str, item: Item, thread: Thread) -> list[str]:
    """A rise or a fall: 事故起数同比下降 gives 事故起数下降幅度."""
    verb = ends_with(core.removesuffix("了"), RISES + FALLS)
    if not verb or (item.quantity.prefixed and verb.endswith("幅")):
        return []  # 增幅不超过…: the rise itself is bounded
    goes_on = item.before.startswith("、")
    noun = _COMPARED.sub("", core.removesuffix("了").removesuffix(verb)) or (
        thread.subjects[-1] if goes_on and thread.subjects else attribute_phrase(thread.last_clause())
    )
    noun = (thread.opening() if len(noun) < _SHORT else "") + noun
    kind = "幅度" if verb in FALLS else "比例"
    return [name + verb.removesuffix("幅") + kind for name in (apart(noun) if item.several else coordinated(noun))]


def _before_number(core: str, several: bool, thread: Thread) -> list[str]:
    """Subjects that stand whole before their number."""
    core = core or attribute_phrase(thread.last_clause())
    listed = apart if several else coordinated
    if attribute_of(core):
        return listed(core)
    if (rate := _RATE_OF.fullmatch(core)) and ends_in_body(rate[2]):
        return [rate[2] + tail_of(rate[1])]
    if graded := _other_grade(core, thread):
        return [graded]
    tail = "" if _ACT.search(core) else thread.tail()
    return [name + (tail or "比例") for name in listed(core)] if core else []


def _other_grade(core: str, thread: Thread) -> str:
    """The last subject with another grade in its place: 食堂A级率…，B级以上达到…."""
    before = _GRADE.search(thread.subjects[-1]) if thread.subjects and _GRADE.fullmatch(core) else None
    return before.string[: before.start()] + core + before.string[before.end() :] if before else ""


def _around_number(core: str, after: str) -> str:
    """A share of subjects that do something: 80%以上的经营店达到标准, 市场100%达到要求."""
    core = core.replace("所有", "")
    act = _ACT.search(after, 0 if core else 1)
    if "比例" in after[:3]:
        return core + after.replace("比例", "", 1) + "比例"
    if core and (not act or act.start()):
        return core + after + "比例"
    name, deed = (core, after) if core else (after[: act.start()], after[act.start() :]) if act else (after, "")
    name = name.rstrip(_MODALS)
    whole = _WHOLE.match(name)
    first = whole.group() if whole and deed else ""
    return f"{first}{deed}的{name.removeprefix(first)}比例" if deed else name + "比例"
