"""Numbers as plans write them: 12,000, 3.2, 三, 二十五, 一百二十, 九点五."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

DIGITS: Final = {
    char: value
    for value, chars in enumerate(("零〇", "一", "二两", "三", "四", "五", "六", "七", "八", "九"))
    for char in chars
}
SCALES: Final = {"十": 10, "百": 100, "千": 1000}
ARABIC: Final = r"[0-9]{1,12}(?:,[0-9]{3}){0,4}(?:\.[0-9]{1,6})?"
CHINESE: Final = r"[零〇一二两三四五六七八九十百千]{1,12}(?:点[零一二三四五六七八九]{1,6})?"


def number(written: str) -> Decimal:
    """The value of what ARABIC or CHINESE matched."""
    if written[0].isascii():
        return Decimal(written.replace(",", ""))
    whole, _, part = written.partition("点")
    fraction = "".join(str(DIGITS[char]) for char in part)
    return Decimal(f"{_whole(whole)}.{fraction}" if fraction else _whole(whole))


def _whole(written: str) -> int:
    total = digit = 0
    for char in written:
        if char in SCALES:
            total += (digit or 1) * SCALES[char]
            digit = 0
        else:
            digit = digit * 10 + DIGITS[char]  # 二〇二四 is read digit by digit
    return total + digit
