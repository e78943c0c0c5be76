"""What the address of the round page asks for: a tab, an order, a unit, an entry."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import Any

from django.http import QueryDict
from django.utils.http import urlencode

from reporting.round.rows import Turn


class Sort(StrEnum):
    TURN = ""
    UNIT = "unit"
    DAYS = "days"


SORTS = ((Sort.TURN, "按办理状态"), (Sort.UNIT, "按单位顺序"), (Sort.DAYS, "按等待时间"))


@dataclass(frozen=True, slots=True)
class Choice:
    """Empty or None where the address does not say; what it says wrongly counts as not said."""

    state: str = ""
    sort: str = ""
    unit: int | None = None
    entry: int | None = None

    def query(self, **changed: Any) -> str:
        """The address's query with some of it changed, beginning with ?."""
        kept = {name: value for name, value in asdict(replace(self, **changed)).items() if value}
        return f"?{urlencode(kept)}"


def choice_of(given: QueryDict) -> Choice:
    state, sort = given.get("state", ""), given.get("sort", "")
    return Choice(
        state=state if state in set(Turn) else "",
        sort=sort if sort in set(Sort) else "",
        unit=number(given.get("unit")),
        entry=number(given.get("entry")),
    )


def number(text: str | None) -> int | None:
    """A key of at most 15 digits."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) <= 15 else None
