"""What each field of a correction may hold. A check answers the value to keep or raises `BadOperation`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any, Final

from intake.corrections.problems import BadOperation
from intake.reader.model import Comparator, Direction, Frequency, IndicatorKind, Role

Check = Callable[[Any], Any]

NAME_LENGTH: Final = 100
LAST_NUMBER: Final = 9999
_YEARS: Final = (2000, 2100)
_WHOLE_DIGITS: Final = 11
_DECIMALS: Final = 4
_MOST_REPORTERS: Final = 200
_ID: Final = re.compile(r"[stmaidc]\d{1,9}(\.\d{1,6})?")
_DOUBT: Final = re.compile(r"(?:w:[\w-]{1,60}:(?:-|\d{1,9})|f:[a-z_]{1,30}:[stmaidc]\d{1,9})(\.\d{1,6})?")
_DAY: Final = re.compile(r"(\d\d)-(\d\d)")


class Family(StrEnum):
    """How an indicator's figures of several units and dates make one."""

    CUMULATE = "cumulate"
    FLOW_RATIO = "flow_ratio"
    STOCK = "stock"


class Path(StrEnum):
    """How a stock indicator comes to its target."""

    CLIMB = "climb"
    HOLD = "hold"


class Stage(StrEnum):
    """What a document can be when it is imported."""

    CONSULTATION = "consultation"
    ISSUED = "issued"


class PlanKind(StrEnum):
    """工作要点 or 重点工作安排."""

    KEY_POINTS = "key_points"
    ARRANGEMENTS = "arrangements"


def text(label: str, length: int, *, empty: bool = False) -> Check:
    """A check for words of at most `length` characters, white space at the ends taken off."""

    def check(value: Any) -> str:
        words = _string(label, value).strip()
        if not words and not empty:
            raise BadOperation(f"{label}不能为空，请填写。")
        if len(words) > length:
            raise BadOperation(f"{label}有{len(words)}个字，最多{length}个字，请缩短。")
        return words

    return check


def choice(label: str, kinds: Iterable[StrEnum]) -> Check:
    """A check for one of a closed list of codes."""
    known = [kind.value for kind in kinds]

    def check(value: Any) -> str:
        if not isinstance(value, str) or value not in known:
            raise BadOperation(f"{label}“{_shown(value)}”不在可选范围内，请从列表中选择。")
        return value

    return check


def optional(check: Check) -> Check:
    """The check, or None."""
    return lambda value: None if value is None else check(value)


def whole(label: str, least: int, most: int) -> Check:
    """A check for a whole number within bounds."""

    def check(value: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            raise BadOperation(f"{label}应是{least}到{most}之间的整数，现为“{_shown(value)}”，请改正。")
        return value

    return check


def yes_or_no(value: Any) -> bool:
    """True or False and nothing like them."""
    if not isinstance(value, bool):
        raise BadOperation(f"“{_shown(value)}”应为是或否，请重新选择。")
    return value


def amount(value: Any) -> str:
    """A decimal as a string: at most 11 digits before the point and 4 behind it."""
    try:
        number = Decimal(_string("目标值", value).strip())
    except InvalidOperation:
        raise BadOperation(f"目标值“{_shown(value)}”不是数字，请只填数字，单位填在单位栏。") from None
    if not number.is_finite():
        raise BadOperation(f"目标值“{_shown(value)}”不是数字，请只填数字，单位填在单位栏。")
    plain = f"{abs(number):f}"
    before, _, behind = plain.partition(".")
    if len(before.lstrip("0")) > _WHOLE_DIGITS or len(behind.rstrip("0")) > _DECIMALS:
        raise BadOperation(f"目标值“{_shown(value)}”太长：整数最多11位、小数最多4位，请改用更大的计量单位。")
    return f"{number:f}"


def iso_date(label: str) -> Check:
    """A check for a day as YYYY-MM-DD."""

    def check(value: Any) -> str:
        try:
            day = date.fromisoformat(_string(label, value))
        except ValueError:
            raise BadOperation(f"{label}“{_shown(value)}”不是有效日期，请按2026-08-31的样子填写。") from None
        if not _YEARS[0] <= day.year <= _YEARS[1]:
            raise BadOperation(f"{label}的年份应在{_YEARS[0]}到{_YEARS[1]}之间，请改正。")
        return day.isoformat()

    return check


def month_day(value: Any) -> str:
    """A day of any year as MM-DD."""
    match = _DAY.fullmatch(_string("报送时间", value))
    try:
        date(2024, int(match[1]), int(match[2]))  # type: ignore[index]  # None is caught as a wrong day is
    except (TypeError, ValueError):
        raise BadOperation(f"报送时间“{_shown(value)}”不是有效的月日，请按11-15的样子填写。") from None
    return str(value)


def fact_id(value: Any) -> str:
    """The id of a fact, as `facts` gives them."""
    if not isinstance(value, str) or not _ID.fullmatch(value):
        raise BadOperation(f"“{_shown(value)}”不是条目编号，请刷新页面后重试。")
    return value


def doubt_id(value: Any) -> str:
    """The id of a doubt that an answer can settle; an unbound name is settled by binding it."""
    if not isinstance(value, str) or not _DOUBT.fullmatch(value):
        raise BadOperation(f"“{_shown(value)}”不是疑点编号，请刷新页面后重试。")
    return value


def offset(value: Any) -> int:
    """A place in the source text."""
    checked: int = whole("原文位置", 0, 999_999_999)(value)
    return checked


def span(value: Any) -> tuple[int, int]:
    """A stretch of the source text that is not empty; a list from JSON becomes a tuple."""
    if not isinstance(value, list | tuple) or len(value) != 2:
        raise BadOperation("原文范围应有起止两个位置，请在原文中重新选取。")
    start, end = offset(value[0]), offset(value[1])
    if start >= end:
        raise BadOperation("选取的原文是空的，请在原文中重新选取。")
    return start, end


def reporters(value: Any) -> tuple[str, ...]:
    """Names of units, each once; none means the default, lead or responsible."""
    if not isinstance(value, list | tuple) or len(value) > _MOST_REPORTERS:
        raise BadOperation(f"填报单位应是不超过{_MOST_REPORTERS}个单位的列表，请重新选择。")
    return tuple(dict.fromkeys(unit_name(name) for name in value))


def changes(fields: dict[str, Check]) -> Check:
    """A check for new values of some of the fields, at least one."""

    def check(value: Any) -> dict[str, Any]:
        if not isinstance(value, dict) or not value:
            raise BadOperation("没有要修改的内容，请至少修改一项。")
        unknown = [name for name in value if name not in fields]
        if unknown:
            raise BadOperation(f"“{_shown(unknown[0])}”不是可以修改的栏目，请刷新页面后重试。")
        return {name: fields[name](new) for name, new in value.items()}

    return check


unit_name: Final = text("单位名称", NAME_LENGTH)
role: Final = choice("角色", Role)
comparator: Final = choice("比较方式", Comparator)
indicator_kind: Final = choice("指标类别", IndicatorKind)
family: Final = choice("汇总方式", Family)
path: Final = choice("进度方式", Path)
frequency: Final = choice("报送频次", Frequency)
direction: Final = choice("报送方向", Direction)


def _string(label: str, value: Any) -> str:
    if not isinstance(value, str):
        raise BadOperation(f"{label}应是文字，现为“{_shown(value)}”，请重新填写。")
    return value


def _shown(value: Any) -> str:
    """A foreign value as it may stand in a sentence."""
    return str(value)[:20]
