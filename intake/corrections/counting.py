"""How many facts the corrections touched, for the audit trail and for judging the reader."""

from __future__ import annotations

from collections import Counter

from intake.corrections.conflict import LISTS
from intake.corrections.draft import Draft
from intake.corrections.facts import Kind, every

NAMES = {
    Kind.PLAN: "plan",
    Kind.SECTION: "sections",
    Kind.TASK: "tasks",
    Kind.MEASURE: "measures",
    Kind.ASSIGNMENT: "assignments",
    Kind.INDICATOR: "indicators",
    Kind.DUTY: "reporting",
    Kind.DOUBT: "doubts",
}


def touched_ids(draft: Draft) -> set[str]:
    """The facts that corrections changed, added, cut, joined or removed; not what was added and removed again."""
    ids: set[str] = set()
    for effect in draft.effects.values():
        ids |= effect.reshaped | {id_ for id_, names in effect.changed.items() if names - LISTS}
    return {id_ for id_ in ids if not (id_ in draft.removed and id_.startswith("c"))}


def counts(draft: Draft) -> dict[str, int]:
    """{kind in the plural: how many facts were touched}, all kinds; settled doubts count as doubts."""
    kinds = {fact["id"]: kind for kind, fact in every(draft.reading)} | {"plan": Kind.PLAN}
    kinds |= {id_: kind for id_, (kind, _) in draft.removed.items()}
    found = Counter(NAMES[kinds.get(id_, Kind.DOUBT)] for id_ in touched_ids(draft))
    return {name: found[name] for name in NAMES.values()}
