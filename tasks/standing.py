"""Asking for plans to be judged anew. Whatever changes how a plan stands calls `mark_stale` in its own transaction."""

from __future__ import annotations

from collections.abc import Iterable

from core import outbox

PLAN_TOPIC = "plan.standing"


def mark_stale(plans: Iterable[int]) -> None:
    """Put each plan (its key) into the outbox, in their order, so that two who ask do not wait for each other."""
    for pk in sorted(set(plans)):
        outbox.put(PLAN_TOPIC, pk)
