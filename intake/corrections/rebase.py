"""Corrections carried over to a new reading of the same document, after rules or joined text changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from typing import Any, Final

from intake.corrections.alignment import Alignment
from intake.corrections.draft import Correction, Orphan
from intake.corrections.facts import LABELS, Fact, Kind, Names, every, identified
from intake.corrections.operations import Operation, SettleDoubt
from intake.corrections.wording import said
from intake.reader.units import squeezed

_NEAR: Final = 40  # characters between where one of several alike should be and where it is


class _Lost(Exception):
    """What a correction speaks of is gone; `str()` says what."""


class _Found:
    """The facts of one reading by id and by what they say."""

    def __init__(self, reading: Mapping[str, Any], text: str) -> None:
        self.by_id: dict[str, tuple[Kind, Fact, str]] = {}
        self.alike: dict[tuple[Kind, str], list[Fact]] = defaultdict(list)
        for kind, fact in every(identified(reading, Names())):
            quote = _quote(kind, fact, text)
            self.by_id[fact["id"]] = kind, fact, quote
            self.alike[kind, quote].append(fact)


def rebase(
    corrections: Iterable[Correction],
    old_reading: Mapping[str, Any],
    old_text: str,
    new_reading: Mapping[str, Any],
    new_text: str,
) -> tuple[tuple[Correction, ...], tuple[Orphan, ...]]:
    """The corrections with their targets and stretches in the new reading, and those that have none there."""
    old, new = _Found(old_reading, old_text), _Found(new_reading, new_text)
    mover = _Mover(old, new, Alignment(old_text, new_text))
    kept: list[Correction] = []
    lost: list[Orphan] = []
    for correction in corrections:
        try:
            kept.append(replace(correction, operation=mover.operation(correction.operation)))
        except _Lost as reason:
            sentence = f"“{said(correction.operation)}”没有保留：{reason}，请在新的识读结果上重做。"
            lost.append(Orphan(correction, sentence))
    return tuple(kept), tuple(lost)


class _Mover:
    """Finds targets of the old reading in the new one."""

    def __init__(self, old: _Found, new: _Found, alignment: Alignment) -> None:
        self.old = old
        self.new = new
        self.alignment = alignment

    def operation(self, operation: Operation) -> Operation:
        """The same correction of the new reading; raises `_Lost`."""
        moved: dict[str, Any] = {}
        for name in (own.name for own in fields(operation)):
            value = getattr(operation, name)
            if value is None:
                continue
            if name in operation.references:
                moved[name] = self.doubt(value) if isinstance(operation, SettleDoubt) else self.target(value)
            elif name == "span":
                moved[name] = self.span(value)
            elif name == "at":
                moved[name] = self.place(value)
            elif name == "changes":
                moved[name] = self.changes(value)
        return replace(operation, **moved)

    def target(self, id_: str) -> str:
        """The fact's id in the new reading; ids that corrections gave stay or move with their place."""
        known = self.old.by_id.get(id_)
        if known is None:
            return self.given(id_)
        kind, fact, quote = known
        same = self.new.by_id.get(id_)
        if same is not None and same[0] is kind and same[2] == quote:
            return id_
        candidates = self.new.alike.get((kind, quote), [])
        if len(candidates) == 1 and len(self.old.alike[kind, quote]) == 1:
            return str(candidates[0]["id"])
        place = self.alignment.moved(_start(fact))
        near = [other for other in candidates if place is not None and abs(_start(other) - place) <= _NEAR]
        if not near or place is None:
            raise _Lost(f"新的识读结果里没有这一{LABELS[kind]}")
        return str(min(near, key=lambda other: abs(_start(other) - place))["id"])

    def given(self, id_: str) -> str:
        """`c7` as it is; `m120`, the second half of a split, moves with the cut."""
        if not id_.startswith(Kind.MEASURE):
            return id_
        place, dot, further = id_[1:].partition(".")
        return f"m{self.place(int(place))}{dot}{further}"

    def doubt(self, id_: str) -> str:
        """A warning as a fact, a doubt about a fact (`f:<kind>:<id>`) with its fact."""
        if not id_.startswith("f:"):
            return self.target(id_)
        mark, kind, fact = id_.split(":", 2)
        return f"{mark}:{kind}:{self.target(fact)}"

    def span(self, span: tuple[int, int]) -> tuple[int, int]:
        """The same words in the new text; raises `_Lost`."""
        found = self.alignment.moved_span(span)
        if found is None:
            raise _Lost("新的正文里找不到所选的文字")
        return found

    def place(self, at: int) -> int:
        """The same place in the new text; raises `_Lost`."""
        found = self.alignment.moved(at)
        if found is None:
            raise _Lost("新的正文里找不到拆分的位置")
        return found

    def changes(self, changes: Mapping[str, Any]) -> dict[str, Any]:
        """New values, those that name another fact moved."""
        held = {name: self.target(changes[name]) for name in ("measure", "task") if changes.get(name)}
        return {**changes, **held}


def _quote(kind: Kind, fact: Fact, text: str) -> str:
    """By what a fact is known again, white space apart."""
    if kind in (Kind.SECTION, Kind.TASK):
        return squeezed(fact["label"] + fact["title"])
    if kind is Kind.ASSIGNMENT:
        return squeezed(fact["surface"])
    if kind is Kind.INDICATOR:
        return squeezed(f"{fact['subject']}|{fact['quote']}")
    if kind is Kind.DUTY:
        return squeezed(f"{fact['frequency']}|{fact['quote']}")
    words = squeezed(text[slice(*fact["span"])]) if fact["span"] else ""
    return f"{fact['code']}|{words}" if kind is Kind.DOUBT else words


def _start(fact: Fact) -> int:
    return int(fact["span"][0]) if fact["span"] else 0
