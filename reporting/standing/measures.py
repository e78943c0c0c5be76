"""How a measure stands, and what it counts as for each of its units. Pure.

A measure has the worst light of the units that answer for it and of its indicators; past its date and not done it is
red. A closed one is past no date. What a light is for is said first, then what the measure has reached.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from indicators.display import day_text
from indicators.judging import State
from reporting.models import Light
from reporting.standing.assignments import is_claimed, is_reviewed, judge_assignment
from reporting.standing.facts import AssignmentFacts, MeasureFacts, PlanFacts, Status, Turn
from reporting.standing.figures import IndicatorVerdict, judge_indicator
from reporting.standing.lights import Verdict, worst

NO_UNITS = Verdict(Light.GREY, "没有单位承担")
NAMED = 2  # units named in a reason
SEVERAL_LATE = "逾期未报或退回未补"


@dataclass(frozen=True, slots=True)
class AssignmentVerdict:
    """`own` by what the unit reports, `counted` what the measure counts as in lists of the unit."""

    facts: AssignmentFacts
    own: Verdict
    counted: Verdict
    claimed: bool
    reviewed: bool


@dataclass(frozen=True, slots=True)
class MeasureVerdict:
    """`progress` is the turn and unit whose accepted text is shown, None while nothing was accepted."""

    facts: MeasureFacts
    verdict: Verdict
    claimed: bool
    reviewed: bool
    assignments: tuple[AssignmentVerdict, ...]
    indicators: tuple[IndicatorVerdict, ...]
    progress: tuple[Turn, AssignmentFacts] | None


def judge_measure(facts: MeasureFacts, plan: PlanFacts) -> MeasureVerdict:
    indicators = tuple(judge_indicator(one, facts, plan) for one in facts.indicators)
    own = {a.pk: judge_assignment(a.turns, plan.today, plan.days, plan.limits) for a in facts.assignments}
    answering = [one for one in facts.assignments if one.answers]
    claimed = bool(answering) and all(is_claimed(one.turns) for one in answering)
    reviewed = bool(answering) and all(is_reviewed(one.turns) for one in answering)
    past = past_its_date(facts, plan, done=reviewed or facts.verified_on is not None, claimed=claimed)
    behind = [(named(one.verdict, one, indicators), one) for one in indicators if one.verdict.is_fault]
    faults = [*([past] if past else ()), *(verdict for verdict, _ in behind), *late_units(answering, own)]
    verdict = with_closure(worst(faults), facts) or at_best(
        facts, answering, own, indicators, plan.today, reviewed=reviewed
    )
    assignments = tuple(counted(one, own[one.pk], facts, behind, past) for one in facts.assignments)
    return MeasureVerdict(facts, verdict, claimed, reviewed, assignments, indicators, latest_progress(facts))


def with_closure(fault: Verdict | None, facts: MeasureFacts) -> Verdict | None:
    """A closed measure keeps its light and carries its mark."""
    if fault is None or facts.verified_on is None:
        return fault
    return Verdict(fault.light, f"{fault.reason}；✓ {day_text(facts.verified_on)}核实销号")


def past_its_date(facts: MeasureFacts, plan: PlanFacts, *, done: bool, claimed: bool) -> Verdict | None:
    """A claim alone does not end it, but the reason says that it waits for the office."""
    if done or plan.today <= plan.over_since(facts):
        return None
    late = plan.days.between(plan.end_of(facts), plan.today)
    return Verdict(Light.RED, f"期限已过{late}个工作日{'，已自报完成，待审' if claimed else ''}")


def named(verdict: Verdict, one: IndicatorVerdict, indicators: Sequence[IndicatorVerdict]) -> Verdict:
    """With the indicator's name where the measure has several."""
    return Verdict(verdict.light, f"{one.indicator.subject}{verdict.reason}") if len(indicators) > 1 else verdict


def late_units(answering: Sequence[AssignmentFacts], own: Mapping[int, Verdict]) -> list[Verdict]:
    """One verdict a light, with the units' names where the measure has several."""
    found = []
    for light in (Light.RED, Light.AMBER):
        late = [one for one in answering if own[one.pk].light == light]
        if late:
            reasons = {own[one.pk].reason for one in late}
            reason = reasons.pop() if len(reasons) == 1 else SEVERAL_LATE
            found.append(Verdict(light, f"{units_said(late)}{reason}" if len(answering) > 1 else reason))
    return found


def units_said(units: Sequence[AssignmentFacts]) -> str:
    """青溪镇, or of many 青溪镇、禾丰镇等3家."""
    names = "、".join(one.unit for one in units[:NAMED])
    return f"{names}等{len(units)}家" if len(units) > NAMED else names


def at_best(
    facts: MeasureFacts,
    answering: Sequence[AssignmentFacts],
    own: Mapping[int, Verdict],
    indicators: Sequence[IndicatorVerdict],
    today: date,
    *,
    reviewed: bool,
) -> Verdict:
    """Without any fault: closed, done, by its figures, by its reports."""
    if facts.verified_on:
        return Verdict(Light.GREEN, f"✓ {day_text(facts.verified_on)}核实销号")
    judged = [one for one in indicators if one.verdict.light == Light.GREEN]
    met = bool(judged) and all(one.judgement.state == State.MET for one in judged)
    if reviewed:
        return Verdict(Light.GREEN, "已达标，可申请销号" if met else "已审核完成，可申请销号")
    if judged:
        on_pace = next((one for one in judged if one.judgement.state != State.MET), judged[0])
        return named(on_pace.verdict, on_pace, indicators) if len(judged) < len(indicators) else on_pace.verdict
    if not answering:
        return NO_UNITS
    return reports_said(answering, own, today)


def reports_said(answering: Sequence[AssignmentFacts], own: Mapping[int, Verdict], today: date) -> Verdict:
    """三季度已审核; of several units that differ 三季度已报3／6家."""
    verdicts = [own[one.pk] for one in answering]
    green = [verdict for verdict in verdicts if verdict.light == Light.GREEN]
    if not green or len({verdict.reason for verdict in verdicts}) == 1:
        return (green or verdicts)[0]
    turns = [turn for one in answering for turn in one.turns]
    current = max((turn for turn in turns if turn.sent or turn.end < today), key=lambda turn: turn.end)
    asked = [turn for turn in turns if turn.period == current.period]
    sent = sum(turn.sent for turn in asked)
    if sent == len(asked):
        accepted = sum(turn.status == Status.ACCEPTED for turn in asked)
        return Verdict(Light.GREEN, f"{current.title}已审核{accepted}／{len(asked)}家")
    return Verdict(Light.GREEN, f"{current.title}已报{sent}／{len(asked)}家")


def counted(
    facts: AssignmentFacts,
    own: Verdict,
    measure: MeasureFacts,
    behind: Iterable[tuple[Verdict, IndicatorVerdict]],
    past: Verdict | None,
) -> AssignmentVerdict:
    """A fault counts where it lies; what is past its date not with a unit that has done its part or says so."""
    claimed, reviewed = is_claimed(facts.turns), is_reviewed(facts.turns)
    faults = [
        *([past] if past and facts.answers and not (claimed or reviewed) else ()),
        *(verdict for verdict, one in behind if lies_with(facts.department, one)),
        *([own] if own.is_fault else ()),
    ]
    closed = Verdict(Light.GREEN, f"✓ {day_text(measure.verified_on)}核实销号") if measure.verified_on else None
    return AssignmentVerdict(facts, own, worst(faults) or closed or own, claimed, reviewed)


def lies_with(department: int, one: IndicatorVerdict) -> bool:
    """With all that report an indicator behind; of one that is not complete with those that are missing, if any."""
    if one.total is None or department not in {part.department for part in one.total.parts}:
        return False
    incomplete = one.judgement.state == State.INCOMPLETE and one.total.missing
    return not incomplete or department in one.total.missing


def latest_progress(facts: MeasureFacts) -> tuple[Turn, AssignmentFacts] | None:
    """What was accepted last of the units that lead or are responsible; where there are none, of those that share. Of
    the same period that of the foremost unit."""
    accepted = [
        (turn, one)
        for one in facts.assignments
        if one.answers
        for turn in one.turns
        if turn.status == Status.ACCEPTED and turn.entry
    ]
    leading = [(turn, one) for turn, one in accepted if one.role != "shared"]
    return max(leading or accepted, key=lambda found: found[0].end, default=None)
