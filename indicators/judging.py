"""Whether an indicator is met, on its way or behind, with the reason in one line. Pure.

A total is judged at its own date; only that the end has passed is asked of today. 相等 is judged at the end.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from indicators.display import amount, day_text, percent, result_text
from indicators.formulas import FALLING, Comparator, Family, Path, is_met, is_per_residents, target_of
from indicators.models import Indicator
from indicators.pace import Expected, First, Span, expected_at, progress
from indicators.totals import Answer, Total


class State(StrEnum):
    """How an indicator stands. INCOMPLETE: units that owe a figure have not given it. PENDING: judged later."""

    MET = "met"
    ON_PACE = "on_pace"
    BEHIND = "behind"
    FAR_BEHIND = "far_behind"
    INCOMPLETE = "incomplete"
    PENDING = "pending"
    NO_DATA = "no_data"
    NOT_ASKED = "not_asked"


LABELS = {
    State.MET: "达标",
    State.ON_PACE: "在进度",
    State.BEHIND: "落后",
    State.FAR_BEHIND: "严重落后",
    State.INCOMPLETE: "未报齐",
    State.PENDING: "待判定",
    State.NO_DATA: "无数据",
    State.NOT_ASKED: "不适用",
}


@dataclass(frozen=True, slots=True)
class PaceLimits:
    """Percent of what was expected: under `behind` it is behind, under `far_behind` far."""

    behind: int = 95
    far_behind: int = 80


@dataclass(frozen=True, slots=True)
class Judgement:
    """`progress` is the share of what was expected, None where nothing was."""

    state: State
    reason: str
    expected: Expected | None = None
    progress: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Terms:
    """What a judgement goes by. `over_since` is the day after which a missed target is overdue: the end of the span,
    or for the end of the year the day by which its figures are due. `collecting`: units may still report in time."""

    span: Span
    over_since: date
    today: date
    limits: PaceLimits = PaceLimits()
    first: First | None = None
    collecting: bool = False


def judge(indicator: Indicator, total: Total | None, terms: Terms) -> Judgement:
    """`total` is None where no unit has given any figure yet."""
    if total is None:
        return Judgement(State.NO_DATA, "还没有审核通过的数据")
    if total.value is None:
        return _without_value(total)
    if not total.complete:
        return _incomplete(indicator, total, terms)
    return _of_value(indicator, total.value, total.on, terms)


def _without_value(total: Total) -> Judgement:
    answers = {part.answer for part in total.parts}
    if Answer.FIGURE in answers:
        return Judgement(State.NO_DATA, "没有常住人口，算不出来")
    if answers and answers <= {Answer.NO_OBJECT, Answer.NOT_APPLICABLE}:
        word = "无对象" if Answer.NO_OBJECT in answers else "不适用"
        return Judgement(State.NOT_ASKED, f"{'各单位' if len(total.parts) > 1 else ''}已报{word}")
    return Judgement(State.NO_DATA, "已报无数据" if Answer.NO_DATA in answers else "还没有审核通过的数据")


def _incomplete(indicator: Indicator, total: Total, terms: Terms) -> Judgement:
    """Never met. A ratio of those that have reported may be behind already; of a sum the rest is simply missing."""
    judged = _of_value(indicator, total.value or Fraction(0), total.on, terms)
    said = f"{total.answered}／{total.reporters}家单位已报数"
    behind = judged.state in (State.BEHIND, State.FAR_BEHIND)
    if behind and total.denominator is not None and not terms.collecting and not is_per_residents(indicator):
        return Judgement(judged.state, f"{judged.reason}（{said}）", judged.expected, judged.progress)
    state = State.PENDING if terms.collecting else State.INCOMPLETE
    return Judgement(state, said, judged.expected, judged.progress)


def _of_value(indicator: Indicator, value: Fraction, on: date, terms: Terms) -> Judgement:
    expected = expected_by(indicator, on, terms)
    share = None if expected.value is None else progress(indicator, value, expected.value)
    met, final = is_met(indicator, value), on >= terms.span.end
    if met and (final or not _is_kept_at_the_end(indicator)):
        return Judgement(State.MET, "指标已达标", expected, share)
    if not met and _is_limit(indicator):
        return Judgement(State.FAR_BEHIND, f"{result_text(indicator, value)}，已超过限额", expected, share)
    if met and terms.today > terms.over_since:
        return Judgement(State.INCOMPLETE, f"期限{day_text(terms.span.end)}已过，没有到期的数", expected, share)
    if terms.today > terms.over_since or (final and not met):
        return Judgement(State.FAR_BEHIND, f"期限{day_text(terms.span.end)}已过，未达标", expected, share)
    if expected.value is None or share is None:
        return Judgement(State.PENDING, expected.basis, expected)
    return _by_pace(indicator, value, expected, share, terms)


def expected_by(indicator: Indicator, on: date, terms: Terms) -> Expected:
    """What the figure of the date should come to: the target itself once that is overdue."""
    if terms.today > terms.over_since:
        return Expected(target_of(indicator), f"期限{day_text(terms.span.end)}已过，按目标判定")
    return expected_at(indicator, on, terms.span, terms.first)


def _is_limit(indicator: Indicator) -> bool:
    """On what adds up over the year: once exceeded it can not be kept any more."""
    return indicator.family == Family.CUMULATE and indicator.comparator in FALLING


def _is_kept_at_the_end(indicator: Indicator) -> bool:
    """Before the end nobody knows: a limit may still be exceeded, an exact number missed."""
    return indicator.comparator == Comparator.EQUAL or _is_limit(indicator)


def _by_pace(indicator: Indicator, value: Fraction, expected: Expected, share: Fraction, terms: Terms) -> Judgement:
    """What is to be held each time is behind as soon as it is missed; without a baseline nothing is far behind."""
    limits, target = terms.limits, expected.value or Fraction(0)
    held = indicator.path == Path.HOLD and indicator.family != Family.CUMULATE
    if share * 100 >= limits.behind and not held:
        return Judgement(State.ON_PACE, f"应达{amount(indicator, target)}，在进度", expected, share)
    far = share * 100 < limits.far_behind and not expected.provisional
    said = percent(share, below=limits.far_behind if far else limits.behind)
    reason = behind_words(indicator, value, target, said, held=held)
    return Judgement(State.FAR_BEHIND if far else State.BEHIND, reason, expected, share)


def behind_words(indicator: Indicator, value: Fraction, expected: Fraction, share: str, *, held: bool) -> str:
    """为应达76.3%的91.9%; 97.2%，未达到目标 where the target itself is what was due."""
    if held:
        return f"{result_text(indicator, value)}，未达到目标"
    if indicator.comparator in FALLING:
        return f"{result_text(indicator, value)}，超过应控制的{amount(indicator, expected)}"
    return f"为应达{amount(indicator, expected)}的{share}"
