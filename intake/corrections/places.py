"""Which fact of a draft lies at a stretch of the source."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from intake.corrections import stretches
from intake.corrections.draft import Draft
from intake.corrections.facts import Fact, Kind, every

_BACK = 8  # facts of one kind that may begin before the one that holds a stretch and still reach beyond it


class FactsByPlace:
    """The facts of a draft, those removed too, by kind and place. `owner` gives an assignment's measure."""

    def __init__(self, draft: Draft) -> None:
        found: dict[Kind, list[tuple[int, int, str]]] = defaultdict(list)
        self.owner: dict[str, str] = {}
        removed = (entry for entry in draft.removed.values())
        for kind, fact in [*every(draft.reading), *removed]:
            if kind is not Kind.DOUBT:
                found[kind].append((fact["span"][0], fact["span"][1], fact["id"]))
            if kind is Kind.MEASURE:
                self.owner |= {unit["id"]: fact["id"] for unit in fact["assignments"]}
        self._sorted = {kind: sorted(places) for kind, places in found.items()}

    def at(self, span: stretches.Stretch, kinds: Iterable[Kind]) -> tuple[Kind, str] | None:
        """The first kind's fact that shares a character with the stretch, and its id."""
        for kind in kinds:
            found = self._of(kind, span)
            if found is not None:
                return kind, found
        return None

    def _of(self, kind: Kind, span: stretches.Stretch) -> str | None:
        places: Sequence[tuple[int, int, str]] = self._sorted.get(kind, ())
        last = bisect_left(places, (span[1],))
        for start, end, id_ in reversed(places[max(0, last - _BACK) : last]):
            if stretches.overlap((start, end), span):
                return id_
        return None


def measures_of(reading: Mapping[str, Any]) -> dict[str, Fact]:
    """All measures by id."""
    return {measure["id"]: measure for task in reading["tasks"] for measure in task["measures"]}
