"""Paragraph and character styles: what a style says itself or takes from the style it is based on."""

from __future__ import annotations

import re
from collections.abc import Iterator

from intake.reader.formats.docx_xml import child, is_on, number, value, w
from intake.reader.formats.package import Element

_HEADING_NAME = re.compile(r"(?:heading|标题)\s*([1-9])$", re.IGNORECASE)
_CONTENTS_NAME = re.compile(r"(?:toc|目录)\s*\d", re.IGNORECASE)
_BODY_LEVEL = 9  # w:outlineLvl counts from 0; 9 is body text


class Styles:
    """The styles of one document by id; a missing style says nothing."""

    def __init__(self, root: Element | None) -> None:
        found = () if root is None else root.iter(w("style"))
        self._styles = {style.get(w("styleId"), ""): style for style in found}
        self._default = next((name for name, style in self._styles.items() if _is_default_paragraph(style)), "")

    def paragraph_chain(self, paragraph: Element) -> list[Element]:
        """The paragraph's style and those it is based on, nearest first."""
        return list(self._chain(value(paragraph, "pPr", "pStyle") or self._default))

    def heading(self, paragraph: Element) -> int | None:
        """The heading level, 1 the highest: stated by the paragraph, else by its styles; None for body text."""
        for source in (paragraph, *self.paragraph_chain(paragraph)):
            level = number(source, "pPr", "outlineLvl")
            if level is not None:
                return level + 1 if 0 <= level < _BODY_LEVEL else None
            named = _HEADING_NAME.match(value(source, "name") or "")
            if named:
                return int(named[1])
        return None

    def is_contents(self, paragraph: Element) -> bool:
        """Whether the paragraph is a row of a table of contents."""
        return any(_CONTENTS_NAME.match(value(style, "name") or "") for style in self.paragraph_chain(paragraph)[:1])

    def is_hidden(self, run: Element) -> bool:
        """Whether a run is hidden text, by itself or by its character style."""
        stated = is_on(run, "rPr", "vanish")
        if stated is not None:
            return stated
        chain = self._chain(value(run, "rPr", "rStyle") or "")
        return next((hidden for style in chain if (hidden := is_on(style, "rPr", "vanish")) is not None), False)

    def numbering(self, paragraph: Element) -> tuple[Element, str] | None:
        """The nearest `w:numPr` of the paragraph's styles and the id of the style that has it, or None."""
        for style in self.paragraph_chain(paragraph):
            stated = child(style, "pPr", "numPr")
            if stated is not None:
                return stated, style.get(w("styleId"), "")
        return None

    def linked_list(self, name: str) -> str:
        """The id of the list that a list style stands for, or empty."""
        return value(self._styles.get(name), "pPr", "numPr", "numId") or ""

    def _chain(self, name: str) -> Iterator[Element]:
        seen: set[str] = set()
        while name in self._styles and name not in seen:
            seen.add(name)
            yield self._styles[name]
            name = value(self._styles[name], "basedOn") or ""


def _is_default_paragraph(style: Element) -> bool:
    return style.get(w("type")) == "paragraph" and style.get(w("default")) in ("1", "true", "on")
