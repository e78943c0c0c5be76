"""All rules, in the order in which a person fills an entry."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from reporting.checks import figures, texts
from reporting.checks.facts import EntryFacts, Limits
from reporting.checks.finding import Finding


def check_report(entries: Iterable[EntryFacts], limits: Limits = Limits()) -> list[Finding]:  # noqa: B008 (frozen)
    """What is wrong or doubtful in a form, entry by entry."""
    return list(chain.from_iterable(check_entry(facts, limits) for facts in entries))


def check_entry(facts: EntryFacts, limits: Limits = Limits()) -> Iterator[Finding]:  # noqa: B008 (frozen)
    yield from texts.check_state(facts)
    for figure in facts.figures:
        yield from figures.check_figure(facts.entry, figure, limits)
    yield from texts.check_done_text(facts)
    yield from texts.check_deadline(facts)
    yield from texts.check_claim(facts)
