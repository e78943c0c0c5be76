"""Numbers that a clerk may take for targets and the reader did not: sizes that bound a subject, values too long."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from intake.reader.model import Indicator, Span
from intake.reader.targets.counts import bounds_subject
from intake.reader.targets.quantities import Quantity, quantities
from intake.reader.targets.reading import Context
from intake.reader.targets.source import Clause, Source, clauses, source_of
from intake.reader.targets.words import DURATIONS

_WHOLE_DIGITS: Final = 11
_DECIMALS: Final = 4
_FOLLOWING: Final = 8


@dataclass(frozen=True, slots=True)
class Aside:
    """A number left in the text: its words (300人以上) and their stretch; `fits` is False where a value is too long."""

    words: str
    span: Span
    fits: bool


def fits(value: Decimal) -> bool:
    """Whether a value has at most 11 digits before and 4 behind the point, as the ledger keeps them."""
    exponent = value.normalize().as_tuple().exponent
    return value.adjusted() < _WHOLE_DIGITS and isinstance(exponent, int) and exponent >= -_DECIMALS


def asides(text: str, contexts: Iterable[Context], indicators: Sequence[Indicator]) -> Iterator[Aside]:
    """The asides of the measures in order, without those inside a target's own sentence."""
    spans = sorted((indicator.span for indicator in indicators), key=lambda span: span.start)
    at = reach = 0
    for aside in (one for context in contexts for one in _of_measure(text, context)):
        while at < len(spans) and spans[at].start <= aside.span.start:
            reach = max(reach, spans[at].end)
            at += 1
        if aside.span.start >= reach:
            yield aside


def _of_measure(text: str, context: Context) -> Iterator[Aside]:
    places = range(max(0, min(context.span.start, len(text))), min(len(text), max(0, context.span.end)))
    source = source_of(text, list(places))
    for clause in clauses(source):
        for quantity in quantities(source, clause.start, clause.end):
            too_long = not fits(quantity.value)
            if too_long or _is_bound(source, clause, quantity):
                words = source.text[quantity.start : quantity.end]
                yield Aside(words, source.span(quantity.start, quantity.end), not too_long)


def _is_bound(source: Source, clause: Clause, quantity: Quantity) -> bool:
    following = source.text[quantity.end : min(clause.end, quantity.end + _FOLLOWING)]
    before = source.text[clause.start : quantity.head]
    sized = quantity.stated and quantity.arabic and quantity.unit not in DURATIONS  # 15日内报送: a time, no size
    return sized and bounds_subject(quantity, before, following)
