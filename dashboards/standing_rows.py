"""How measures, targets and units' parts stand, as rows say it. Read from what the jobs have stored."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from departments.models import Department, User
from indicators.display import day_text, short_day
from indicators.models import Indicator
from reporting.models import AssignmentStanding, IndicatorStanding, Light, MeasureStanding
from reporting.querysets import overseen, served
from reporting.standing.loading import short_title
from tasks.models import Assignment, Measure, Plan

CLAIMED, REVIEWED, VERIFIED = "自报完成", "审核通过", "核实销号"
NO_DATA = "无数据"


@dataclass(frozen=True, slots=True)
class Lit:
    """A light for the page: `css` behind light-, its word, its one line of reason."""

    css: str
    word: str
    reason: str


@dataclass(frozen=True, slots=True)
class Progress:
    """What was accepted last: of which period, from which unit."""

    when: str
    unit: str
    text: str


@dataclass(frozen=True, slots=True)
class StandingLine:
    """A measure's light, the furthest of its three states of done, and its progress where the person may read it."""

    lit: Lit
    done: str
    since: date
    progress: Progress | None


@dataclass(frozen=True, slots=True)
class ValueLine:
    """An indicator's figure: 86.2%, 112÷130所，6月末. `value` is 无数据 where there is none."""

    value: str
    note: str
    lit: Lit
    expected: str


def lit(light: str, reason: str) -> Lit:
    return Lit(light, str(Light(light).label), reason)


def standing_line(measure: Measure, readable: frozenset[int] | None) -> StandingLine | None:
    """None before the first judgement. `readable` holds the measures whose texts the person may read, None all."""
    found: MeasureStanding | None = getattr(measure, "standing", None)
    if found is None:
        return None
    told = found.progress and (readable is None or measure.pk in readable)
    return StandingLine(
        lit(found.light, found.reason),
        done_word(found.claimed, found.reviewed, found.verified_on),
        found.since,
        progress_of(found) if told else None,
    )


def progress_of(standing: MeasureStanding) -> Progress:
    when = short_title(standing.progress_period) if standing.progress_period else ""
    return Progress(when, standing.progress_unit.name if standing.progress_unit else "", standing.progress)


def done_word(claimed: bool, reviewed: bool, verified_on: date | None) -> str:
    """The furthest of the three states; empty where nobody says done."""
    if verified_on:
        return VERIFIED
    if reviewed:
        return REVIEWED
    return CLAIMED if claimed else ""


def value_line(indicator: Indicator) -> ValueLine | None:
    found: IndicatorStanding | None = getattr(indicator, "standing", None)
    return standing_value(found) if found else None


def standing_value(found: IndicatorStanding) -> ValueLine:
    return ValueLine(
        found.value or NO_DATA,
        "，".join(filter(None, (found.formula, as_of_words(found.as_of)))),
        lit(found.light, found.reason),
        found.expected,
    )


def as_of_words(as_of: date | None) -> str:
    return short_day(as_of) if as_of else ""


def unit_lit(assignment: Assignment) -> Lit | None:
    """What the measure counts as for the assignment's unit."""
    found: AssignmentStanding | None = getattr(assignment, "standing", None)
    return lit(found.counted_light, found.counted_reason) if found else None


def since_words(line: StandingLine, today: date) -> str:
    """自9月1日起; of a light of today 今日起."""
    if line.since == today:
        return "今日起"
    year = "" if line.since.year == today.year else f"{line.since.year}年"
    return f"{year}{day_text(line.since)}起"


def reads_all(user: User, plan: Plan) -> bool:
    """Office and leaders of the place or above read what every unit has had accepted."""
    return overseen(user).filter(pk=plan.jurisdiction_id).exists()


def readable_measures(
    user: User, plan: Plan, measures: Collection[int] | QuerySet[Measure, int]
) -> frozenset[int] | None:
    """Those of `measures` whose accepted progress the person may read, None for all: a unit reads on what it answers
    for together with others, and what it wrote itself. One query for office and leaders, two for units."""
    if reads_all(user, plan):
        return None
    units: list[Department] = list(served(user))
    shared = Assignment.objects.active().filter(measure__in=measures, department__in=units).exclude(role="support")
    own = MeasureStanding.objects.filter(measure__in=measures, progress_unit__in=units).values_list("pk", flat=True)
    return frozenset([*shared.values_list("measure", flat=True), *own])
