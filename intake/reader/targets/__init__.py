"""Quantitative targets read out of plan sentences. `find` is all that others call.

A measure's text is folded (source), cut into clauses, searched for numbers with units (quantities); each is judged
and given its subject (targets), what the sentence elides being taken from what it spoke of before (thread, subjects);
demands for all without a number come last (implied), and each target gets its kind (kinds).
"""

from __future__ import annotations

from collections.abc import Sequence

from intake.reader.model import Indicator
from intake.reader.targets.reading import Context, indicators_of

__all__ = ["Context", "find"]


def find(text: str, contexts: Sequence[Context]) -> tuple[Indicator, ...]:
    """The indicators that the measures at `contexts` state, in the text's order. Never raises."""
    found: list[Indicator] = []
    end = 0
    for context in contexts:
        found += indicators_of(text, context, end)
        end = max(end, context.span.end)
    return tuple(found)
