"""The visible text of a Word paragraph: insertions kept, deletions, instructions of fields and hidden runs left out."""

from __future__ import annotations

from collections.abc import Iterator

from intake.reader.formats.docx_styles import Styles
from intake.reader.formats.docx_xml import MATH, child, children, is_on, value, w
from intake.reader.formats.package import Element

_SILENT = frozenset(
    w(name)
    for name in (
        "del", "moveFrom", "instrText", "delText", "delInstrText", "pPr", "rPr", "sdtPr", "sdtEndPr", "rt",
        "softHyphen", "footnoteReference", "endnoteReference", "commentReference",
        "annotationRef", "fldData", "pgNum",
    )
)  # fmt: skip
_MARKS = {w("tab"): " ", w("ptab"): " ", w("br"): "\n", w("cr"): "\n", w("noBreakHyphen"): "-"}
_TEXTS = (w("t"), f"{MATH}t")
_PRIVATE_USE = range(0xE000, 0xF900)  # where symbol fonts keep their bullets and boxes


class Text:
    """The text of one paragraph (lines broken by \\n) and the text boxes that are anchored in it."""

    def __init__(self, paragraph: Element, styles: Styles) -> None:
        self._styles = styles
        self._fields: list[bool] = []  # for each open field, whether its instruction still runs
        self.boxes: list[Element] = []
        self.text = "".join(self._pieces(paragraph))

    def _pieces(self, element: Element) -> Iterator[str]:
        for item in children(element):
            if item.tag == w("txbxContent"):
                self.boxes.append(item)
            elif item.tag == w("fldChar"):
                self._follow_field(item.get(w("fldCharType"), ""))
            elif not self._is_silent(item):
                yield from self._spoken(item)

    def _spoken(self, item: Element) -> Iterator[str]:
        if item.tag in _TEXTS:
            yield item.text or ""
        elif item.tag == w("sym"):
            yield _symbol(item.get(w("char"), ""))
        elif item.tag in _MARKS:
            yield _MARKS[item.tag]
        else:
            yield from self._pieces(item)

    def _is_silent(self, item: Element) -> bool:
        if item.tag in _SILENT or (item.tag == w("r") and self._styles.is_hidden(item)):
            return True
        return any(self._fields) and (item.tag in _TEXTS or item.tag in _MARKS)

    def _follow_field(self, kind: str) -> None:
        if kind == "begin":
            self._fields.append(True)
        elif kind == "separate" and self._fields:
            self._fields[-1] = False
        elif kind == "end" and self._fields:
            self._fields.pop()


def _symbol(code: str) -> str:
    """The character of a `w:sym`, or nothing where only its font gives it a meaning."""
    try:
        point = int(code, 16)
    except ValueError:
        return ""
    return chr(point) if 0x20 <= point < 0xD800 and point not in _PRIVATE_USE else ""  # noqa: PLR2004


def mark_is_removed(paragraph: Element) -> bool:
    """Whether a tracked change took the paragraph's end away, so that it runs on into the next one."""
    properties = child(paragraph, "pPr", "rPr")
    return child(properties, "del") is not None or child(properties, "moveFrom") is not None


def mark_is_hidden(paragraph: Element) -> bool:
    """Whether the paragraph's end, and with it its number, is hidden text."""
    return bool(is_on(paragraph, "pPr", "rPr", "vanish"))


def is_contents_control(control: Element) -> bool:
    """Whether a content control is Word's table of contents."""
    return value(control, "sdtPr", "docPartObj", "docPartGallery") == "Table of Contents"
