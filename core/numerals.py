"""Figures as people type them: full-width digits, thousands separators, blanks, 万 and 亿, two divided. Pure."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal, InvalidOperation

DIGITS, PLACES = 15, 4
SEPARATED = re.compile(r"-?\d{1,3}(?:,\d{3})+(?:\.\d+)?")
PLAIN = re.compile(r"-?\d*\.?\d+|-?\d+\.")
DIVIDED = re.compile("[÷/∕⁄➗]")
COUNTED = re.compile("(?<=[0-9万亿])(?:批次|公里|[家户所个人份件批亩条次台处村镇])$")
MYRIADS = {"万": Decimal(10_000), "亿": Decimal(100_000_000)}
DASHES = str.maketrans("−–—－、，。", "----,,.")
EXAMPLE = "请只填数字，如120、1,200或1.2万"


class BadNumber(ValueError):
    """Not a figure; `str()` is what to tell the person."""


def parse_number(text: str, unit: str = "", *, advice: str = EXAMPLE) -> Decimal | None:
    """The figure, None for nothing. `unit` may stand behind it (92.3%, 120所).

    Raises `BadNumber`; `advice` is what to do where something is no figure at all.
    """
    bare = tidied(text)
    if not bare:
        return None
    word = unicodedata.normalize("NFKC", unit)
    number, factor = without_myriad(bare.removesuffix(word) if word else bare)
    return checked(number, factor, text, advice)


def parse_division(text: str) -> tuple[Decimal, Decimal] | None:
    """Both figures of 175÷268, 175／268家, None where there is no sign of division.

    Raises `BadNumber` where one of the two is no figure, and for nought below.
    """
    parts = DIVIDED.split(tidied(text))
    if len(parts) == 1:
        return None
    numbers = [parse_number(COUNTED.sub("", part)) for part in parts]
    top, bottom = numbers[:2]
    if len(numbers) > 2 or top is None or bottom is None:
        raise BadNumber(f"“{shortened(text)}”不是两个数相除。请写成175÷268这样。")
    if not bottom:
        raise BadNumber(f"“{shortened(text)}”除数是0，算不出来，请核对。")
    return top, bottom


def tidied(text: str) -> str:
    """Without blanks, in half-width characters."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text).translate(DASHES))


def without_myriad(text: str) -> tuple[str, Decimal]:
    for sign, factor in MYRIADS.items():
        if text.endswith(sign):
            return text.removesuffix(sign), factor
    return text, Decimal(1)


def checked(number: str, factor: Decimal, typed: str, advice: str) -> Decimal:
    if "," in number and not SEPARATED.fullmatch(number):
        raise BadNumber(f"“{shortened(typed)}”里的逗号位置不对，看不出是多少。{EXAMPLE}。")
    digits = number.replace(",", "")
    if not PLAIN.fullmatch(digits):
        raise BadNumber(f"“{shortened(typed)}”不是数字。{advice}。")
    try:
        value = Decimal(digits) * factor
    except InvalidOperation:
        raise BadNumber(f"“{shortened(typed)}”太大，放不下。{EXAMPLE}。") from None
    return within_limits(value.normalize())


def within_limits(value: Decimal) -> Decimal:
    """The value itself. Raises `BadNumber` where it has too many digits before or behind the point."""
    exponent = value.as_tuple().exponent
    places = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    if places > PLACES:
        raise BadNumber(f"小数最多{PLACES}位，请四舍五入后再填。")
    if value.adjusted() >= DIGITS - PLACES:
        raise BadNumber(f"这个数太大，整数部分最多{DIGITS - PLACES}位。请核对单位，或按万填写。")
    return value


def shortened(text: str) -> str:
    return text if len(text) <= 12 else f"{text[:12]}…"
