"""Which of an indicator's figures counts today: the latest for which all have reported whom its date asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from chinese_calendar import is_workday
from hypothesis import given, settings
from hypothesis import strategies as st

from core.calendar import DayCount, WorkCalendar
from indicators.judging import State
from indicators.models import Indicator
from indicators.population import Base, Bases
from indicators.totals import Given
from reporting.models import Light
from reporting.standing.facts import AssignmentFacts, IndicatorFacts, MeasureFacts, PlanFacts, Turn
from reporting.standing.figures import IndicatorVerdict, judge_indicator
from reporting.standing.lights import Limits

TODAY, YEAR_END = date(2026, 10, 13), date(2026, 12, 31)
SUMMER, AUTUMN = date(2026, 6, 30), date(2026, 9, 30)
OFFICIAL = WorkCalendar({day: is_workday(day) for day in (date(2026, 1, 1) + timedelta(n) for n in range(365))})
DAYS = DayCount.over(OFFICIAL, date(2025, 1, 1), date(2028, 12, 31))
BASES = Bases([(date.min, Base(486_000, "公报", date(2025, 12, 31)))])
PLAN = PlanFacts(1, 2026, TODAY, date(2027, 1, 15), Limits(), DAYS, BASES, ())
Q2 = Turn(2, "二季度", SUMMER, date(2026, 7, 10))
Q3 = Turn(3, "三季度", AUTUMN, date(2026, 10, 15))
AFTER_DUE = date(2026, 10, 16)

World = tuple[list[AssignmentFacts], list[Given]]
some = settings(max_examples=80, deadline=None)


def indicator(**fields: Any) -> Indicator:
    """A coverage that is climbed from 60 % to 100 %."""
    facts = {
        "pk": 7, "subject": "学校食堂明厨亮灶覆盖率", "comparator": ">=", "value": Decimal(100), "unit": "%",
        "kind": "coverage", "family": "stock", "path": "climb", "numerator_label": "已建成（所）",
        "baseline": Decimal(60),
    }  # fmt: skip
    return Indicator(**facts | fields)


COVERAGE, COUNT = indicator(), indicator(unit="家", kind="count", family="cumulate", value=Decimal(6))
SAMPLED = indicator(unit="批次/千人", kind="sampling", family="cumulate", value=Decimal("3.2"))


def unit(department: int, *turns: Turn) -> AssignmentFacts:
    return AssignmentFacts(department * 10, department, f"第{department}镇", "shared", turns)


def sent(turn: Turn, status: str = "accepted", **fields: Any) -> Turn:
    return replace(turn, status=status, state="under_way", **fields)


def ratio(department: int, top: int, bottom: int, on: date = AUTUMN) -> Given:
    return Given(department, on, numerator=Decimal(top), denominator=Decimal(bottom))


def stands(
    *given_figures: Given, of: Sequence[AssignmentFacts], judged: Indicator = COVERAGE, due_on: date | None = None,
    **plan: Any,
) -> IndicatorVerdict:  # fmt: skip
    """All units report the indicator."""
    facts = IndicatorFacts(judged, [one.department for one in of], given_figures)
    return judge_indicator(facts, MeasureFacts(1, None, due_on, of, [facts]), replace(PLAN, **plan))


def on_of(found: IndicatorVerdict) -> date | None:
    return found.total.on if found.total else None


# --- which date counts


def test_before_any_figure_there_is_no_data() -> None:
    found = stands(of=[unit(1, Q3)])
    assert (found.total, found.verdict.light, found.value, found.formula) == (None, Light.GREY, "", "")


def test_the_latest_figure_counts_once_all_have_reported() -> None:
    units = [unit(1, sent(Q2), sent(Q3))]
    assert on_of(stands(ratio(1, 60, 130, SUMMER), ratio(1, 112, 130), of=units)) == AUTUMN


def test_while_a_unit_may_report_in_time_the_date_before_counts() -> None:
    units = [unit(1, sent(Q2), sent(Q3)), unit(2, sent(Q2), Q3)]
    found = stands(ratio(1, 7, 10, SUMMER), ratio(2, 9, 10, SUMMER), ratio(1, 8, 10), of=units)
    assert (on_of(found), found.value, found.judgement.state) == (SUMMER, "80%", State.ON_PACE)


def test_on_the_due_day_itself_a_unit_may_still_report() -> None:
    units = [unit(1, sent(Q2), sent(Q3)), unit(2, sent(Q2), Q3)]
    found = stands(ratio(1, 7, 10, SUMMER), ratio(2, 9, 10, SUMMER), ratio(1, 8, 10), of=units, today=Q3.due)
    assert on_of(found) == SUMMER


def test_once_nobody_can_report_in_time_the_later_date_counts_and_is_not_complete() -> None:
    units = [unit(1, sent(Q2), sent(Q3)), unit(2, sent(Q2), Q3)]
    found = stands(ratio(1, 9, 10, SUMMER), ratio(2, 9, 10, SUMMER), ratio(1, 10, 10), of=units, today=AFTER_DUE)
    assert (on_of(found), found.judgement.state) == (AUTUMN, State.INCOMPLETE)
    assert found.verdict.reason == "1／2家单位已报数"


def test_an_extension_keeps_the_earlier_date() -> None:
    units = [unit(1, sent(Q2), sent(Q3)), unit(2, sent(Q2), replace(Q3, due=date(2026, 10, 30)))]
    found = stands(ratio(1, 7, 10, SUMMER), ratio(2, 9, 10, SUMMER), ratio(1, 8, 10), of=units, today=AFTER_DUE)
    assert on_of(found) == SUMMER


def test_a_report_that_waits_for_review_keeps_the_earlier_date() -> None:
    units = [unit(1, sent(Q2), sent(Q3)), unit(2, sent(Q2), sent(Q3, "submitted"))]
    found = stands(ratio(1, 7, 10, SUMMER), ratio(2, 9, 10, SUMMER), ratio(1, 8, 10), of=units, today=date(2026, 12, 1))
    assert on_of(found) == SUMMER


@pytest.mark.parametrize(("answer_due", "on"), [(AFTER_DUE, SUMMER), (date(2026, 10, 15), AUTUMN), (None, AUTUMN)])
def test_a_returned_report_keeps_the_earlier_date_until_its_answer_is_due(answer_due: date | None, on: date) -> None:
    units = [unit(1, sent(Q2), sent(Q3)), unit(2, sent(Q2), sent(Q3, "returned", answer_due=answer_due))]
    found = stands(ratio(1, 7, 10, SUMMER), ratio(2, 9, 10, SUMMER), ratio(1, 8, 10), of=units, today=AFTER_DUE)
    assert on_of(found) == on


def test_while_the_first_figures_are_collected_nothing_is_judged() -> None:
    found = stands(ratio(1, 1, 10), of=[unit(1, sent(Q3)), unit(2, Q3)])
    assert (on_of(found), found.judgement.state, found.verdict.light) == (AUTUMN, State.PENDING, Light.GREY)


def test_a_unit_that_the_date_did_not_ask_is_at_rest_with_its_last_figure() -> None:
    units = [unit(1, sent(Q2), sent(Q3)), unit(2, sent(Q2))]
    found = stands(ratio(2, 10, 10, SUMMER), ratio(1, 10, 10), of=units)
    assert (on_of(found), found.judgement.state) == (AUTUMN, State.MET)


def test_an_accepted_report_without_the_figure_leaves_its_unit_missing() -> None:
    units = [unit(1, sent(Q3)), unit(2, sent(Q3))]
    found = stands(ratio(1, 10, 10), of=units)
    assert (found.judgement.state, found.total and found.total.missing) == (State.INCOMPLETE, (2,))


def test_an_absence_alone_makes_no_new_date() -> None:
    units = [unit(1, sent(Q2), sent(Q3))]
    found = stands(ratio(1, 7, 10, SUMMER), Given(1, AUTUMN, absence="no_data"), of=units)
    assert on_of(found) == SUMMER


def test_that_there_is_no_object_any_more_makes_a_new_date() -> None:
    units = [unit(1, sent(Q2), sent(Q3))]
    found = stands(ratio(1, 7, 10, SUMMER), Given(1, AUTUMN, absence="no_object"), of=units)
    assert (on_of(found), found.judgement.state) == (AUTUMN, State.NOT_ASKED)


def test_no_data_alone_is_grey_and_says_so() -> None:
    found = stands(Given(1, AUTUMN, absence="no_data"), of=[unit(1, sent(Q3))])
    assert (found.verdict.light, found.verdict.reason) == (Light.GREY, "已报无数据")


def test_a_unit_that_does_not_report_the_indicator_is_neither_summed_nor_waited_for() -> None:
    facts = IndicatorFacts(COVERAGE, [1], [ratio(1, 10, 10), ratio(2, 0, 10)])
    units = [unit(1, sent(Q3)), unit(2, Q3)]
    found = judge_indicator(facts, MeasureFacts(1, None, None, units, [facts]), PLAN)
    assert (found.value, found.judgement.state) == ("100%", State.MET)


def test_a_later_figure_of_a_unit_that_reports_no_more_makes_no_new_date() -> None:
    facts = IndicatorFacts(COVERAGE, [1], [ratio(1, 8, 10, SUMMER), ratio(2, 9, 10)])
    found = judge_indicator(facts, MeasureFacts(1, None, None, [unit(1, sent(Q2))], [facts]), PLAN)
    assert on_of(found) == SUMMER


# --- what it is judged by


def test_the_pace_is_that_of_the_figure_s_date_and_not_of_today() -> None:
    units, figure = [unit(1, sent(Q2))], Given(1, SUMMER, value=Decimal(3))
    early, late = (stands(figure, of=units, judged=COUNT, today=day) for day in (date(2026, 7, 20), AFTER_DUE))
    assert early.judgement == late.judgement


def test_a_measure_s_own_date_ends_the_span() -> None:
    found = stands(ratio(1, 112, 130, SUMMER), of=[unit(1, sent(Q2))], due_on=date(2026, 8, 31), today=date(2026, 9, 1))
    assert (found.span.end, found.judgement.state) == (date(2026, 8, 31), State.FAR_BEHIND)


@pytest.mark.parametrize(
    ("today", "state"), [(date(2027, 1, 15), State.ON_PACE), (date(2027, 1, 16), State.FAR_BEHIND)]
)
def test_the_year_s_target_is_overdue_once_its_figures_are_due(today: date, state: State) -> None:
    found = stands(Given(1, AUTUMN, value=Decimal("4.5")), of=[unit(1, sent(Q3))], judged=COUNT, today=today)
    assert found.judgement.state == state


def test_the_office_s_limits_are_those_that_judge() -> None:
    lenient = Limits(pace=replace(Limits().pace, behind=50, far_behind=40))
    found = stands(Given(1, AUTUMN, value=Decimal(3)), of=[unit(1, sent(Q3))], judged=COUNT, limits=lenient)
    assert found.verdict.light == Light.GREEN


def test_without_a_baseline_the_climb_begins_at_the_year_s_first_figure() -> None:
    units, judged = [unit(1, sent(Q2), sent(Q3))], indicator(baseline=None)
    found = stands(ratio(1, 65, 100, SUMMER), ratio(1, 66, 100), of=units, judged=judged)
    assert found.first
    assert (found.first.on, found.first.value, found.verdict.light) == (SUMMER, Fraction(65), Light.AMBER)


# --- as shown


def test_batches_per_thousand_of_the_demo() -> None:
    found = stands(ratio(1, 1010, 505), of=[unit(1, sent(Q3))], judged=SAMPLED)
    shown = (found.value, found.expected, found.progress, found.verdict.light)
    assert shown == ("2.08批次/千人", "2.40批次/千人", Decimal("86.6"), Light.AMBER)


def test_coverage_of_the_demo() -> None:
    found = stands(ratio(1, 112, 130), of=[unit(1, sent(Q3))])
    assert (found.value, found.formula, found.expected) == ("86.2%", "112÷130所", "90%")


def test_three_of_six_firms_are_red() -> None:
    found = stands(Given(1, AUTUMN, value=Decimal(3)), of=[unit(1, sent(Q3))], judged=COUNT)
    assert (found.verdict.light, found.verdict.reason) == (Light.RED, "为应达4.5家的66.7%")


# --- whatever the round is like


@st.composite
def rounds(draw: st.DrawFn) -> World:
    """Up to four units, each of whose turns may be missed, waiting, returned or accepted with or without a figure."""
    units, found = [], []
    for department in range(1, draw(st.integers(1, 4)) + 1):
        turns = []
        for turn in draw(st.sampled_from([(Q2,), (Q3,), (Q2, Q3)])):
            status = draw(st.sampled_from(["", "submitted", "accepted", "returned"]))
            turns.append(replace(turn, status=status, answer_due=draw(st.sampled_from([None, Q3.due, AFTER_DUE]))))
            if status == "accepted":
                found += draw(st.sampled_from(answers_of(department, turn.end)))
        units.append(unit(department, *turns))
    return units, found


def answers_of(department: int, on: date) -> list[list[Given]]:
    absences = [[Given(department, on, absence=word)] for word in ("no_data", "no_object", "not_applicable")]
    return [[ratio(department, 9, 10, on)], [ratio(department, 3, 10, on)], [], *absences]


@some
@given(rounds(), st.dates(date(2026, 7, 1), date(2026, 12, 31)))
def test_met_and_green_need_every_reporter(world: World, today: date) -> None:
    units, found = world
    judged = stands(*found, of=units, today=today, judged=indicator(value=Decimal(50)))
    assert judged.verdict.light != Light.GREEN or (judged.total is not None and judged.total.complete)


@some
@given(rounds(), st.dates(date(2026, 7, 1), date(2026, 12, 31)))
def test_the_order_of_units_and_readings_does_not_matter(world: World, today: date) -> None:
    units, found = world
    forth, back = stands(*found, of=units, today=today), stands(*found[::-1], of=units[::-1], today=today)
    assert (forth.judgement, on_of(forth), forth.value) == (back.judgement, on_of(back), back.value)


@some
@given(rounds(), st.dates(date(2026, 7, 1), date(2026, 12, 31)))
def test_a_figure_shown_is_the_sum_of_the_figures_behind_it(world: World, today: date) -> None:
    units, found = world
    total = stands(*found, of=units, today=today).total
    used = [part.figure for part in total.parts if part.figure] if total else []
    bottom = sum(Fraction(one.denominator or 0) for one in used)
    expected = sum(Fraction(one.numerator or 0) for one in used) * 100 / bottom if bottom else None
    assert (total.value if total else None) == expected


@some
@given(rounds(), st.dates(date(2026, 7, 1), date(2026, 12, 31)))
def test_a_later_date_waits_only_for_what_may_still_come_in_time(world: World, today: date) -> None:
    units, found = world
    later = [one for one in found if one.as_of == AUTUMN and one.absence != "no_data"]
    if later and on_of(stands(*found, of=units, today=today)) != AUTUMN:
        assert any(may_still_come(turn, today) for one in units for turn in one.turns if turn.end == AUTUMN)


def may_still_come(turn: Turn, today: date) -> bool:
    until = {"": turn.due, "submitted": date.max, "returned": turn.answer_due}.get(turn.status)
    return until is not None and today <= until
