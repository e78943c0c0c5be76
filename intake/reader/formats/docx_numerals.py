"""The number formats of Word's automatic numbering: a count into the characters that Word shows for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

_DIGITS = "〇一二三四五六七八九"
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
    (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_MOST = 9999  # beyond, every format counts in plain figures


def _chinese(number: int, digits: str = "零一二三四五六七八九", units: str = "千百十", ten: str = "十") -> str:
    """Counting with 十, 百, 千 (十一, 二十, 一百零一). `ten` stands for 10 to 19's leading figure."""
    if 10 <= number < 20:
        return ten + (digits[number % 10] if number % 10 else "")
    text = ""
    for size, unit in zip((1000, 100, 10), units, strict=True):
        figure = number // size % 10
        text += digits[figure] + unit if figure else digits[0] if text and not text.endswith(digits[0]) else ""
    text += digits[number % 10] if number % 10 else ""
    return text.rstrip(digits[0])


def _legal_simplified(number: int) -> str:
    return _chinese(number, "零壹贰叁肆伍陆柒捌玖", "仟佰拾", "壹拾")


def _legal_traditional(number: int) -> str:
    return _chinese(number, "零壹貳參肆伍陸柒捌玖", "仟佰拾", "壹拾")


def _japanese(number: int) -> str:
    """Japanese counting says no 一 before 十, 百 and 千."""
    text = _chinese(number).replace("零", "")
    return text.replace("一十", "十").replace("一百", "百").replace("一千", "千")


def _digital(number: int) -> str:
    return "".join(_DIGITS[int(figure)] for figure in str(number))


def _full_width(number: int) -> str:
    return "".join(chr(ord("０") + int(figure)) for figure in str(number))


def _letters(number: int) -> str:
    """Word repeats the letter after z: aa, bb."""
    repeats, letter = divmod(number - 1, 26)
    return chr(ord("a") + letter) * (repeats + 1)


def _roman(number: int) -> str:
    text = ""
    for size, numeral in _ROMAN:
        text += numeral * (number // size)
        number %= size
    return text


def _from_blocks(*blocks: tuple[int, int, int]) -> Callable[[int], str]:
    """Characters that stand in Unicode in a row: (first number, last number, code of the first); else figures."""

    def numeral(number: int) -> str:
        found = (chr(code + number - first) for first, last, code in blocks if first <= number <= last)
        return next(found, str(number))

    return numeral


def _cycle(characters: Sequence[str]) -> Callable[[int], str]:
    return lambda number: characters[(number - 1) % len(characters)]


_CIRCLED = _from_blocks((1, 20, 0x2460), (21, 35, 0x3251), (36, 50, 0x32B1))

_FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda number: f"{number:02}",
    "decimalFullWidth": _full_width,
    "decimalFullWidth2": _full_width,
    "decimalEnclosedCircle": _CIRCLED,
    "decimalEnclosedCircleChinese": _CIRCLED,
    "decimalEnclosedFullstop": _from_blocks((1, 20, 0x2488)),
    "decimalEnclosedParen": _from_blocks((1, 20, 0x2474)),
    "numberInDash": lambda number: f"- {number} -",
    "chineseCounting": _chinese,
    "chineseCountingThousand": _chinese,
    "taiwaneseCounting": _chinese,
    "taiwaneseCountingThousand": _chinese,
    "japaneseCounting": _japanese,
    "koreanCounting": _japanese,
    "ideographDigital": _digital,
    "japaneseDigitalTenThousand": _digital,
    "taiwaneseDigital": _digital,
    "chineseLegalSimplified": _legal_simplified,
    "ideographLegalTraditional": _legal_traditional,
    "ideographTraditional": _cycle("甲乙丙丁戊己庚辛壬癸"),
    "ideographZodiac": _cycle("子丑寅卯辰巳午未申酉戌亥"),
    "ideographEnclosedCircle": _from_blocks((1, 10, 0x3280)),
    "lowerLetter": _letters,
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
    "none": lambda _number: "",
}


def numeral(number: int, number_format: str) -> str:
    """The text of `number` in a format of Word; an unknown format, zero and huge numbers give plain figures."""
    if number_format == "none" or 1 <= number <= _MOST:
        return _FORMATS.get(number_format, str)(number)
    return str(number)
