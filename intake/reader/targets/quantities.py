"""Numbers with their units, and the words beside them that say in which direction they bind."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from intake.reader.model import Comparator
from intake.reader.targets.numerals import ARABIC, CHINESE, number
from intake.reader.targets.source import BRACKET, QUOTE, Source
from intake.reader.targets.words import AT_LEAST, AT_MOST, GOALS, LESS, PREDICATES, SUFFIXES, alternatives, listed

_MEASURES: Final = listed(
    "工作日 百分点 平方公里 平方千米 平方米 立方米 千瓦时 吨标准煤 标台 公里 千米 公斤 千克 公顷 兆瓦 "
    "千瓦 斤 分钟 小时 学时 课时 批次 场次 人次 户次 家次 车次 件次 台次 条次 座次 台套 美元 标箱 床位 "
    "泊位 车位 点位 微克 毫克 克 米 吨 亩 元 人 名 位 家 所 处 条 座 项 件 份 批 场 次 遍 个 户 辆 "
    "台 套 部 篇 期 块 片 幢 栋 间 张 只 头 分 天 日 类 种 例 起 宗 组 支 倍 班 队 桩 盏 株 棵 瓶 枚 "
    "艘 门 堂 课 讲 幅 本 册 字 对 轮次 轮 亩次 口 孔 段 匹 羽 尾 方"
)
_AFTER_GE: Final = listed("工作日 百分点 小时 学时 课时 床位 泊位 车位 点位 批次 标箱")
_BASES: Final = listed(
    "百万人口 百万人 千人口 千人 万人口 万人 十万人 10万人 平方米 立方米 平方公里 升 年 月 季度 季 周 日 天 学期 人 "
    "亩 户 家 小时 吨 公里 千克"
)
_NUMBER: Final = f"(?:{ARABIC}|{CHINESE})"
_TO: Final = "[-—–－~～至到]{1,2}"
_SIGN: Final = "[%‰]"
_UNIT: Final = f"(?:个(?:{alternatives(_AFTER_GE)})|{alternatives(_MEASURES)})"
_SCALE: Final = "(?:[十百千]?[万亿]{1,2})?"
_FOUND: Final = re.compile(
    rf"(?P<part>百分之|千分之)(?P<share>{_NUMBER})"
    rf"|(?P<tenths>[一二三四五六七八九])成(?=以上|以内|左右|以下|$|，)"
    rf"|(?<=[到至在达于过])(?P<plain>{ARABIC})(?P<rate>/10?万)?(?=以[上下内]|左右|$|[，；。])"
    rf"|(?P<low>{_NUMBER})(?:(?:{_SIGN}|{_SCALE}{_UNIT}?)?{_TO}(?P<high>{_NUMBER}))?[余多]?"
    rf"(?P<unit>{_SIGN}|{_SCALE}[余多]?{_UNIT}(?:/(?:年·?)?每?(?:{alternatives(_BASES)})(?:[·.]年)?)?)"
)
_SUFFIX: Final = re.compile(alternatives(SUFFIXES))
_PER_HEAD: Final = re.compile(r"每(千人|万人|十万人)口?[^0-9，。；]{0,8}$")
_NAMED_AFTER: Final = ("性", "月", "周年", "年", "季", "间", "之", "面", "期工程", "线", "级", "星")
_NAMED_BEFORE: Final = re.compile(r"[0-9A-Za-z.+×*·第/]$")
_REPEATED: Final = ("次", "场", "场次", "遍", "轮", "期")
_EACH: Final = ("人", "户", "年", "亩", "日", "月")
_WINDOW: Final = 16


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number in the source: `start`…`end` with its unit and suffix, `head` where the words before it begin.

    `prefixed` and `suffixed` say that a word before or after it gives the direction, `goal` that this word sets
    a goal (不少于), `whole` that it counts all there are (全部8个), `arabic` that it is written in digits,
    `bracketed` that it stands in brackets.
    """

    head: int
    start: int
    end: int
    value: Decimal
    unit: str
    comparator: Comparator
    prefixed: bool
    suffixed: bool
    goal: bool
    whole: bool
    arabic: bool
    bracketed: bool

    @property
    def stated(self) -> bool:
        """Whether a word beside it gives the direction."""
        return self.prefixed or self.suffixed

    @property
    def share(self) -> bool:
        """A percentage or a rate per thousand, rather than a count."""
        return self.unit in ("%", "‰", "百分点")


def quantities(source: Source, start: int, end: int) -> list[Quantity]:
    """The quantities of a stretch in order; numbers in quotes, in names (ISO22000, 7S) and of dates are none."""
    found = []
    for match in _FOUND.finditer(source.text, start, end):
        if not _is_name(source, match):
            quantity = _quantity(source, match, start, end)
            if not _manner_of_speaking(quantity, match):
                found.append(quantity)
    return found


def _is_name(source: Source, match: re.Match[str]) -> bool:
    """Part of a name or a date: 第3批, 7S, “四个最严”, 11月15日, 3个月."""
    text, start, end = source.text, match.start(), match.end()
    before, after = text[max(0, start - 1) : start], text[end : end + 3]
    named = source.cover[start] == QUOTE or bool(_NAMED_BEFORE.match(before)) or after.startswith(_NAMED_AFTER)
    return named or (before == "月" and match["unit"] == "日") or after[:1].isascii() and after[:1].isalpha()


def _manner_of_speaking(quantity: Quantity, match: re.Match[str]) -> bool:
    """Chinese numerals that count nothing: 一批, 一个, 百家, 十分, and a rhythm (每季度不少于一次)."""
    if quantity.arabic or match["low"] is None:
        return False
    if match["low"] == "一":
        return not quantity.stated or quantity.unit in _REPEATED
    return not set(match["low"]) - set("百千") or (match["low"] == "十" and quantity.unit == "分")


def _quantity(source: Source, match: re.Match[str], start: int, end: int) -> Quantity:
    text = source.text
    head, before = _direction_before(text, match.start(), start)
    suffix = _SUFFIX.match(text, match.end(), end)
    after = SUFFIXES[suffix.group()] if suffix else None
    comparator = _comparator(before, after)
    return Quantity(
        head=head,
        start=match.start(),
        end=suffix.end() if suffix else match.end(),
        value=_value(match, comparator),
        unit=_unit(match, text[max(start, head - _WINDOW) : match.start()]),
        comparator=comparator,
        prefixed=before is not None,
        suffixed=suffix is not None,
        goal=text[head : match.start()].endswith(GOALS),
        whole=text[head : match.start()].endswith("全部"),
        arabic=match.group()[0].isascii(),
        bracketed=source.cover[match.start()] == BRACKET,
    )


def _direction_before(text: str, start: int, floor: int) -> tuple[int, Comparator | None]:
    """Where the predicate before a number begins, and its direction: the word nearest to the number that has one."""
    head, direction = start, None
    while word := _word_before(text, head, max(floor, start - _WINDOW)):
        head -= len(word)
        direction = direction or PREDICATES[word]
    return head, direction


def _word_before(text: str, head: int, floor: int) -> str:
    for size in range(min(_LONGEST, head - floor), 0, -1):
        word = text[head - size : head]
        if word in PREDICATES and not (word == "均" and text[head - 2 : head - 1] in _EACH):
            return word
    return ""


_LONGEST: Final = max(map(len, PREDICATES))


def _comparator(before: Comparator | None, after: Comparator | None) -> Comparator:
    """The direction of a number between two words: 控制在 5% 以下 is <, 超过 80% 以上 >, 缩短至 3 日内 <=."""
    if after is LESS or (after is AT_MOST and before is not LESS):
        return after
    return before or after or AT_LEAST


def _value(match: re.Match[str], comparator: Comparator) -> Decimal:
    """The number; of a range the bound that the direction asks for."""
    if match["tenths"]:
        return number(match["tenths"]) * 10
    low = number(match["share"] or match["plain"] or match["low"])
    if not match["high"]:
        return low
    high = number(match["high"])
    return max(low, high) if comparator in (AT_MOST, LESS) else min(low, high)


def _unit(match: re.Match[str], before: str) -> str:
    """The unit in its one spelling: 批次/千人, 工作日 without 个, a multiplier kept (万人)."""
    if match["plain"]:
        return match["rate"] or ""
    if match["tenths"] or match["part"] == "百分之":
        return "%"
    unit = (match["unit"] or "‰").replace("余", "").replace("多", "").replace("千人口", "千人").replace("/每", "/")
    unit = unit[1:] if unit.startswith("个") and len(unit) > 1 else unit
    per = _PER_HEAD.search(before)
    unit = f"{unit}/{per[1]}" if per and "/" not in unit else unit
    return unit.replace("批/", "批次/").removesuffix("·年").removesuffix(".年") if "/" in unit else unit
