"""Quantitative targets read out of plan sentences. `find` is all that others call.

A measure's text is folded and cut into clauses (source), which are searched for numbers with units (quantities); each
number with its words (targets, items) is judged as a share (shares) or a count (counts) and given its subject: lists
are taken apart (lists), what the sentence elides comes from what it spoke of before (thread, subjects). Demands for all
without a number come last (implied); each target gets its kind (kinds). The word classes are in words.
Numbers that were left in the text though a clerk may take them for targets are asides.
"""

from __future__ import annotations

from collections.abc import Sequence

from intake.reader.model import Indicator
from intake.reader.targets.asides import Aside, asides, fits
from intake.reader.targets.reading import Context, indicators_of

__all__ = ["Aside", "Context", "asides", "find"]


def find(text: str, contexts: Sequence[Context]) -> tuple[Indicator, ...]:
    """The indicators that the measures at `contexts` state, in the text's order. Never raises."""
    found: list[Indicator] = []
    end = 0
    for context in contexts:
        inherited = found[-1].subject if found and found[-1].task == context.task else ""
        found += indicators_of(text, context, end, inherited)
        end = max(end, context.span.end)
    return tuple(indicator for indicator in found if fits(indicator.value))
