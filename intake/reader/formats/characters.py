"""The characters of a line put right: invisible ones out, blanks joined, radicals folded into characters."""

from __future__ import annotations

import re
import unicodedata

# Fonts whose maps are careless give the radical instead of the character (⻝品 for 食品). Unicode folds the Kangxi
# radicals (U+2F00…) but not these of the supplement.
_SUPPLEMENT = {
    "⺠": "民", "⺫": "目", "⺼": "月", "⻁": "虎", "⻄": "西", "⻅": "见", "⻆": "角", "⻉": "贝", "⻋": "车",
    "⻓": "长", "⻔": "门", "⻘": "青", "⻙": "韦", "⻚": "页", "⻛": "风", "⻜": "飞", "⻝": "食", "⻢": "马",
    "⻣": "骨", "⻤": "鬼", "⻥": "鱼", "⻦": "鸟", "⻨": "麦", "⻩": "黄", "⻬": "齐", "⻮": "齿", "⻰": "龙",
}  # fmt: skip
_FOLDED_RANGES = ((0x2F00, 0x2FD5), (0x2E9F, 0x2E9F), (0x2EF3, 0x2EF3), (0xF900, 0xFAD9))
_INVISIBLE = "\u00ad\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u2060\u2061\u2062\u2063\u2064\ufeff\ufff9\ufffa\ufffb"
_DIRECTION_MARKS = (*range(0x202A, 0x202F), *range(0x2066, 0x2070))
_CONTROLS = tuple(
    code for code in (*range(0x20), *range(0x7F, 0xA0)) if code not in (0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x85)
)


def _table() -> dict[int, str | None]:
    table: dict[int, str | None] = {ord(radical): character for radical, character in _SUPPLEMENT.items()}
    for first, last in _FOLDED_RANGES:
        table |= {code: unicodedata.normalize("NFKC", chr(code)) for code in range(first, last + 1)}
    hidden = (*map(ord, _INVISIBLE), *_DIRECTION_MARKS, *_CONTROLS, *range(0xFE00, 0xFE10), *range(0xD800, 0xE000))
    return table | dict.fromkeys(hidden, None)


_PUT_RIGHT = _table()
_BLANKS = re.compile(r"\s+")


def put_right(text: str) -> str:
    """The text without invisible and control characters, radicals folded; blanks and line breaks stay."""
    return text.translate(_PUT_RIGHT)


def clean(text: str) -> str:
    """One line of text put right: runs of blanks (also 　 and no-break ones) become one space, the ends are bare."""
    return _BLANKS.sub(" ", put_right(text)).strip()


def squeeze(text: str) -> str:
    """The text with no blanks at all, for comparing."""
    return _BLANKS.sub("", put_right(text))
