"""The doubts that a clerk goes through before a reading is confirmed, in the order of the text.

They come from the reader's warnings, from names that no department answers to, from targets that state no number
and from deadlines that state no day. Pure: what is bound is handed in.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from intake.corrections.doubt_kinds import LABELS, DoubtKind
from intake.corrections.draft import Draft
from intake.corrections.operations import Operation


@dataclass(frozen=True, slots=True)
class Binding:
    """What is known of a unit's name: `answered` where the clerk said so; `suggestions` are names, best first."""

    bound: bool
    suggestions: tuple[str, ...] = ()
    answered: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """A button: an operation to record, or a department's name to bind to, or a form for the page to open.

    `form` is one of due, indicator, number, unit, new_unit, new_group, open (leave the name open) and edit (the
    fact itself).
    """

    label: str
    operation: Operation | None = None
    unit: str = ""
    form: str = ""


@dataclass(frozen=True, slots=True)
class Doubt:
    """One doubt. `id` is stable for a document, `number` counts in the order of the text, settled ones too.

    `fact_id` is the fact that it stands beside, None for the whole plan; `times` how often a name stands in the plan.
    """

    id: str
    kind: DoubtKind
    fact_id: str | None
    span: tuple[int, int] | None
    question: str
    suggestion: Answer | None = None
    others: tuple[Answer, ...] = ()
    settled: bool = False
    answer: str = ""
    times: int = 1
    number: int = 0

    @property
    def label(self) -> str:
        """The kind in Chinese."""
        return LABELS[self.kind]

    @property
    def gives_up(self) -> bool:
        """Whether giving the import up is one of the answers."""
        return any(answer.form == "abandon" for answer in self.others)

    @property
    def blocks(self) -> bool:
        """Whether the reading cannot be confirmed before this is settled."""
        return self.kind is DoubtKind.UNBOUND and not self.settled


def numbered(found: Iterable[Doubt]) -> tuple[Doubt, ...]:
    """In the order of the text, those about the whole plan first, whether it is one before all; numbers from 1."""
    ordered = sorted(found, key=lambda doubt: (not doubt.gives_up, doubt.span[0] if doubt.span else -1, doubt.id))
    return tuple(replace(doubt, number=number) for number, doubt in enumerate(ordered, start=1))


def by_kind(found: Iterable[Doubt]) -> dict[DoubtKind, int]:
    """How many of each kind are not settled, kinds without any left out, in the order of the tabs."""
    counted = Counter(doubt.kind for doubt in found if not doubt.settled)
    return {kind: counted[kind] for kind in DoubtKind if counted[kind]}


def may_confirm(found: Iterable[Doubt]) -> bool:
    """Whether nothing is left that the ledger needs; other doubts may stay."""
    return not any(doubt.blocks for doubt in found)


def left_said(found: Iterable[Doubt]) -> str:
    """What is left, in a sentence: 还有5处疑点未定，其中2个单位未绑定."""
    left = [doubt for doubt in found if not doubt.settled]
    unbound = sum(doubt.blocks for doubt in left)
    if not left:
        return "疑点已全部处理"
    if unbound:
        return f"还有{len(left)}处疑点未定，其中{unbound}个单位未绑定"
    return f"还有{len(left)}处疑点未看"


def touched_fields(draft: Draft) -> dict[str, set[str]]:
    """What corrections did to each fact: the fields changed, `*` where it was added, cut, joined or removed."""
    touched: dict[str, set[str]] = {}
    for effect in draft.effects.values():
        for id_, names in effect.changed.items():
            touched.setdefault(id_, set()).update(names)
        for id_ in effect.reshaped:
            touched.setdefault(id_, set()).add("*")
    return touched


Bindings = Mapping[str, Binding]
