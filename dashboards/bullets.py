"""Bullets: a figure's bar scaled to its own target, so that the targets of all bars stand in one line. Geometry in
percent of the width; the words beside say the same."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from reporting.models import IndicatorStanding

TARGET_AT = Decimal(86)  # percent of the width
WIDEST = Decimal(100)


@dataclass(frozen=True, slots=True)
class Bullet:
    """`width` of the bar, `due` where what was expected stands (empty where it is the target), `css` its light."""

    css: str
    width: str
    due: str
    target: str
    words: str


def bullet(standing: IndicatorStanding) -> Bullet | None:
    """None where there is no figure, or no target to scale it to."""
    if standing.of_target is None:
        return None
    expected = standing.due_of_target
    between = expected is not None and expected != 100
    return Bullet(
        css=standing.light,
        width=place(standing.of_target),
        due=place(expected) if expected is not None and between else "",
        target=f"{TARGET_AT}%",
        words=f"{standing.value}，{f'应达{standing.expected}' if standing.expected else standing.reason}",
    )


def place(percent: Decimal) -> str:
    """A share of the target as a place in the picture."""
    return f"{min(max(percent, Decimal(0)) * TARGET_AT / 100, WIDEST):.1f}%"
