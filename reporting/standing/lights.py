"""Lights and what they go by. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from departments.models import OfficeSettings
from indicators.judging import PaceLimits, State
from reporting.models import Light

SEVERITY = {light: place for place, light in enumerate(Light)}
LIGHT_OF = {
    State.MET: Light.GREEN,
    State.ON_PACE: Light.GREEN,
    State.BEHIND: Light.AMBER,
    State.INCOMPLETE: Light.AMBER,
    State.FAR_BEHIND: Light.RED,
    State.PENDING: Light.GREY,
    State.NO_DATA: Light.GREY,
    State.NOT_ASKED: Light.GREY,
}


@dataclass(frozen=True, slots=True)
class Limits:
    """An office's thresholds: working days that a report may be late before it is red, and percent."""

    late_working_days: int = 5
    pace: PaceLimits = PaceLimits()
    plan_red_percent: int = 20
    plan_amber_percent: int = 20


@dataclass(frozen=True, slots=True)
class Verdict:
    """A light and its reason."""

    light: Light
    reason: str

    @property
    def is_fault(self) -> bool:
        return self.light in (Light.RED, Light.AMBER)


def limits_of(settings: OfficeSettings) -> Limits:
    return Limits(
        settings.late_working_days,
        PaceLimits(settings.behind_percent, settings.far_behind_percent),
        settings.plan_red_percent,
        settings.plan_amber_percent,
    )


def worst(verdicts: Iterable[Verdict]) -> Verdict | None:
    """The first of the worst; grey counts as better than green, because nothing is known of it."""
    return min(verdicts, key=lambda verdict: SEVERITY[verdict.light], default=None)


def light_of_many(red: int, amber: int, green: int, limits: Limits) -> Light:
    """Of a part, a unit or a plan by its measures; those that nothing is known of yet do not count."""
    judged = red + amber + green
    if not judged:
        return Light.GREY
    if red and red * 100 >= limits.plan_red_percent * judged:
        return Light.RED
    late = red + amber
    return Light.AMBER if late and late * 100 >= limits.plan_amber_percent * judged else Light.GREEN
