"""Bytes of a text into characters: byte order mark, then UTF-8, then GB18030; what is no text is refused.

A file of which a few bytes are broken is still read: in the wrong encoding most of a Chinese text breaks, not a little.
"""

from __future__ import annotations

import codecs
import re
import unicodedata

from intake.reader.formats.refusals import Refusal
from intake.reader.model import Unreadable

MAX_CHARACTERS = 2_000_000
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x19\x1b-\x1f\x7f-\x84\x86-\x9f]")
_ODD_CATEGORIES = ("Cn", "Co", "Cs")  # unassigned, private use, surrogates: what random bytes decode to
_MOST_CONTROLS = 0.01
_MOST_ODD = 0.05
_MOST_BROKEN = 0.05  # of what is beyond ASCII


def decode(data: bytes) -> str:
    """The text of `data`. Raises `Unreadable` for binaries, unknown encodings and more than two million characters."""
    marked = _by_mark(data)
    return _checked(marked if marked is not None else _without_mark(data))


def _by_mark(data: bytes) -> str | None:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, errors="replace")
    return None


def _without_mark(data: bytes) -> str:
    if b"\x00" in data:
        raise Unreadable(Refusal.NOT_TEXT)
    for encoding in ("utf-8", "gb18030"):
        text = data.decode(encoding, errors="replace")
        if _holds(text):
            return text
    raise Unreadable(Refusal.UNKNOWN_ENCODING)


def _holds(text: str) -> bool:
    """Whether a text was decoded rightly: a broken byte or two (\\ufffd) may be, a wrong encoding breaks most."""
    broken = text.count("\ufffd")
    return broken <= _MOST_BROKEN * sum(character > "\x7f" for character in text)


def _checked(text: str) -> str:
    if len(text) > MAX_CHARACTERS:
        raise Unreadable(Refusal.TOO_LONG)
    if not text.strip():
        raise Unreadable(Refusal.EMPTY)
    if len(_CONTROLS.findall(text)) > len(text) * _MOST_CONTROLS:
        raise Unreadable(Refusal.NOT_TEXT)
    if sum(unicodedata.category(character) in _ODD_CATEGORIES for character in text) > len(text) * _MOST_ODD:
        raise Unreadable(Refusal.UNKNOWN_ENCODING)
    return text
