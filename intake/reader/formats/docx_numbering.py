"""Automatic numbering: the label (一、（一）1.) that Word shows before a paragraph and keeps out of its text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from intake.reader.formats.docx_numerals import numeral
from intake.reader.formats.docx_styles import Styles
from intake.reader.formats.docx_xml import COMPATIBILITY, child, is_on, number, value, w
from intake.reader.formats.package import Element

_LEVELS = 9
_PLACEHOLDER = re.compile(r"%([1-9])")
_CLOSED = re.compile(r"[、，。．）】〕》：;；：]$")


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list. `restart` is the count of levels above it whose use starts it anew (0: none does)."""

    start: int
    number_format: str
    text: str
    restart: int
    tight: bool
    plain_figures: bool
    style: str


@dataclass(slots=True)
class _Counts:
    """How far the lists on one abstract definition have counted; the numbers of a definition share it."""

    values: dict[int, int] = field(default_factory=dict)
    begun: set[str] = field(default_factory=set)


class Numbering:
    """Counts through a document: ask for the label of each paragraph once, in order."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._styles = styles
        self._abstracts = _by_id(root, "abstractNum", "abstractNumId")
        self._numbers = _by_id(root, "num", "numId")
        self._counts: dict[str, _Counts] = {}
        self._levels: dict[str, dict[int, Level]] = {}

    def label(self, paragraph: Element) -> str:
        """The number that Word shows, with a space after it unless its mark closes it; empty where there is none."""
        place = self._place(paragraph)
        if place is None:
            return ""
        list_id, depth = place
        levels = self._levels_of(list_id)
        if depth not in levels:
            return ""
        values = self._advance(list_id, depth, levels)
        return _shown(depth, levels, values)

    def _place(self, paragraph: Element) -> tuple[str, int] | None:
        """The list and level of a paragraph, stated by itself or its style; list 0 takes a style's number away."""
        direct, styled = child(paragraph, "pPr", "numPr"), self._styles.numbering(paragraph)
        list_id = value(direct, "numId") or (value(styled[0], "numId") if styled else None)
        if not list_id or list_id not in self._numbers:
            return None
        depth = number(direct, "ilvl")
        if depth is None:
            depth = self._styled_depth(paragraph, list_id, styled)
        return list_id, min(max(depth, 0), _LEVELS - 1)

    def _styled_depth(self, paragraph: Element, list_id: str, styled: tuple[Element, str] | None) -> int:
        """The level that names one of the paragraph's styles, else the level that the style states, else the first."""
        chain = [style.get(w("styleId"), "") for style in self._styles.paragraph_chain(paragraph)]
        linked = {level.style: depth for depth, level in self._levels_of(list_id).items() if level.style}
        for style in chain:
            if style in linked:
                return linked[style]
        return (number(styled[0], "ilvl") if styled else None) or 0

    def _advance(self, list_id: str, depth: int, levels: dict[int, Level]) -> dict[int, int]:
        counts = self._counts.setdefault(self._abstract_id(list_id), _Counts())
        self._start_overrides(list_id, counts)
        for above in range(depth):
            if above in levels:
                counts.values.setdefault(above, levels[above].start)
        counts.values[depth] = counts.values.get(depth, levels[depth].start - 1) + 1
        for below in list(counts.values):
            if below > depth and below in levels and depth < levels[below].restart:
                del counts.values[below]
        return counts.values

    def _start_overrides(self, list_id: str, counts: _Counts) -> None:
        """A list that overrides the start of a level begins it anew, the first time that the list is used."""
        if list_id in counts.begun:
            return
        counts.begun.add(list_id)
        for override in self._numbers[list_id].iterfind(w("lvlOverride")):
            if number(override, "startOverride") is not None:
                counts.values.pop(number(override, name="ilvl") or 0, None)

    def _abstract_id(self, list_id: str) -> str:
        """The definition under a list; one that only links to a list style gives way to that style's own."""
        seen: set[str] = set()
        abstract_id = value(self._numbers[list_id], "abstractNumId") or ""
        while abstract_id not in seen:
            seen.add(abstract_id)
            linked = self._styles.linked_list(value(self._abstracts.get(abstract_id), "numStyleLink") or "")
            if linked in self._numbers:
                abstract_id = value(self._numbers[linked], "abstractNumId") or ""
        return abstract_id

    def _levels_of(self, list_id: str) -> dict[int, Level]:
        if list_id not in self._levels:
            self._levels[list_id] = self._read_levels(list_id)
        return self._levels[list_id]

    def _read_levels(self, list_id: str) -> dict[int, Level]:
        levels: dict[int, Level] = {}
        for element in _level_elements(self._abstracts.get(self._abstract_id(list_id))):
            levels[number(element, name="ilvl") or 0] = _level(element, None)
        for override in self._numbers[list_id].iterfind(w("lvlOverride")):
            depth, start = number(override, name="ilvl") or 0, number(override, "startOverride")
            element = child(override, "lvl")
            if element is not None:
                levels[depth] = _level(element, start)
            elif start is not None and depth in levels:
                levels[depth] = _restarted(levels[depth], start)
        return levels


def _by_id(root: Element | None, tag: str, attribute: str) -> dict[str, Element]:
    return {} if root is None else {item.get(w(attribute), ""): item for item in root.iterfind(w(tag))}


def _level_elements(abstract: Element | None) -> list[Element]:
    return [] if abstract is None else abstract.findall(w("lvl"))


def _level(element: Element, start: int | None) -> Level:
    depth, restart = number(element, name="ilvl") or 0, number(element, "lvlRestart")
    first = number(element, "start") if start is None else start
    return Level(
        start=0 if first is None else first,
        number_format=_number_format(element),
        text=value(element, "lvlText") or "",
        restart=depth if restart is None else restart,
        tight=value(element, "suff") == "nothing",
        plain_figures=bool(is_on(element, "isLgl")),
        style=value(element, "pStyle") or "",
    )


def _restarted(level: Level, start: int) -> Level:
    return Level(start, level.number_format, level.text, level.restart, level.tight, level.plain_figures, level.style)


def _number_format(element: Element) -> str:
    """A custom format stands in a choice; its fallback names one that every reader knows."""
    stated = value(element, "numFmt")
    fallback = element.find(f"{COMPATIBILITY}AlternateContent/{COMPATIBILITY}Fallback")
    return stated or value(fallback, "numFmt") or "decimal"


def _shown(depth: int, levels: dict[int, Level], values: dict[int, int]) -> str:
    own = levels[depth]
    if own.number_format == "bullet":
        return ""

    def figure(match: re.Match[str]) -> str:
        level = int(match[1]) - 1
        if level not in levels or level not in values:
            return ""
        return numeral(values[level], "decimal" if own.plain_figures else levels[level].number_format)

    text = _PLACEHOLDER.sub(figure, own.text)
    return text if not text or own.tight or _CLOSED.search(text) else f"{text} "
