"""How a measure stands by its units and indicators, what it counts as for each unit, and its three states of done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.calendar import DayCount, WorkCalendar
from indicators.models import Indicator
from indicators.population import Bases
from indicators.totals import Given
from reporting.models import Light
from reporting.standing.facts import AssignmentFacts, IndicatorFacts, MeasureFacts, PlanFacts, Turn
from reporting.standing.lights import Limits, Verdict
from reporting.standing.measures import AssignmentVerdict, MeasureVerdict, judge_measure

TODAY, AUTUMN = date(2026, 10, 23), date(2026, 9, 30)
DAYS = DayCount.over(WorkCalendar(), date(2025, 1, 1), date(2028, 12, 31))
PLAN = PlanFacts(1, 2026, TODAY, date(2027, 1, 15), Limits(), DAYS, Bases([]), ())
Q2 = Turn(2, "二季度", date(2026, 6, 30), date(2026, 7, 10))
Q3 = Turn(3, "三季度", AUTUMN, date(2026, 10, 30))
LATE, VERY_LATE = replace(Q3, due=date(2026, 10, 20)), replace(Q3, due=date(2026, 10, 12))
DONE = replace(Q3, status="accepted", state="done", entry=3)
CLAIMED = replace(DONE, status="submitted")
REPORTED = replace(Q3, status="accepted", state="under_way", entry=3)
PAST, YEAR_OVER = date(2026, 8, 31), date(2027, 1, 18)
FROM_BAD_TO_GOOD = [Light.RED, Light.AMBER, Light.GREEN, Light.GREY]

some = settings(max_examples=100, deadline=None)
one_turn = st.sampled_from([(), (Q3,), (LATE,), (VERY_LATE,), (DONE,), (CLAIMED,), (REPORTED,)])
roles = st.sampled_from(["lead", "responsible", "shared", "support"])
parts = st.lists(st.tuples(roles, one_turn), min_size=1, max_size=5)


def indicator(**fields: Any) -> Indicator:
    """合格率 of 98 %, to be held."""
    facts = {
        "pk": 7, "subject": "抽检合格率", "comparator": ">=", "value": Decimal(98), "unit": "%", "kind": "pass_rate",
        "family": "flow_ratio", "path": "hold",
    }  # fmt: skip
    return Indicator(**facts | fields)


def unit(department: int, role: str, *turns: Turn) -> AssignmentFacts:
    return AssignmentFacts(department * 10, department, f"{'甲乙丙丁戊'[department - 1]}局", role, turns)


def units_of(drawn: Sequence[tuple[str, Sequence[Turn]]]) -> list[AssignmentFacts]:
    return [unit(department, role, *turns) for department, (role, turns) in enumerate(drawn, 1)]


def rate(percent: int, *, by: int = 1, reporters: Sequence[int] = (), **fields: Any) -> IndicatorFacts:
    """A pass rate given by one department as at the end of September."""
    figure = Given(by, AUTUMN, numerator=Decimal(percent), denominator=Decimal(100))
    return IndicatorFacts(indicator(**fields), [by, *reporters], [figure])


def stands(
    *units: AssignmentFacts, figures: Sequence[IndicatorFacts] = (), today: date = TODAY, **fields: Any
) -> MeasureVerdict:
    facts = MeasureFacts(
        **{"pk": 1, "section": None, "due_on": None, "assignments": units, "indicators": figures} | fields
    )
    return judge_measure(facts, replace(PLAN, today=today))


def light(*units: AssignmentFacts, **fields: Any) -> Light:
    return stands(*units, **fields).verdict.light


def counted(found: MeasureVerdict) -> list[Light]:
    """What the measure counts as for each of its units."""
    return [one.counted.light for one in found.assignments]


# --- the worst of the units that answer for it


@some
@given(parts)
def test_a_measure_is_as_bad_as_the_worst_unit_that_answers_for_it(drawn: list[tuple[str, tuple[Turn, ...]]]) -> None:
    found = stands(*units_of(drawn))
    faults = [one.own.light for one in found.assignments if one.facts.role != "support" and one.own.is_fault]
    assert (found.verdict.light if found.verdict.is_fault else None) == min(
        faults, key=FROM_BAD_TO_GOOD.index, default=None
    )


@some
@given(parts, one_turn)
def test_a_support_changes_nothing_for_measure_and_other_units(
    drawn: list[tuple[str, tuple[Turn, ...]]], turns: tuple[Turn, ...]
) -> None:
    alone, helped = stands(*units_of(drawn)), stands(*units_of([*drawn[:4], ("support", turns)]))
    assert len(drawn) > 4 or helped.verdict == alone.verdict
    assert len(drawn) > 4 or helped.assignments[:-1] == alone.assignments


def test_a_late_support_is_itself_coloured() -> None:
    found = stands(unit(1, "lead", REPORTED), unit(2, "support", VERY_LATE))
    assert (found.verdict.light, counted(found)) == (Light.GREEN, [Light.GREEN, Light.RED])


@pytest.mark.parametrize("role", ["lead", "responsible", "shared"])
def test_each_other_role_colours_the_measure(role: str) -> None:
    assert light(unit(1, role, VERY_LATE), unit(2, "lead", REPORTED)) == Light.RED


def test_the_reason_names_the_unit_where_several_answer() -> None:
    found = stands(unit(1, "lead", REPORTED), unit(2, "shared", LATE))
    assert found.verdict == Verdict(Light.AMBER, "乙局三季度逾期3个工作日未报")


def test_of_many_late_units_two_are_named_and_all_counted() -> None:
    found = stands(*(unit(n, "shared", LATE) for n in (1, 2, 3)), unit(4, "shared", REPORTED))
    assert found.verdict.reason == "甲局、乙局等3家三季度逾期3个工作日未报"


def test_one_unit_alone_is_not_named() -> None:
    assert stands(unit(1, "lead", LATE)).verdict.reason == "三季度逾期3个工作日未报"


def test_a_measure_without_units_is_grey() -> None:
    assert light() == Light.GREY


def test_a_measure_of_which_nothing_is_owed_yet_is_grey() -> None:
    assert light(unit(1, "lead", Q3)) == Light.GREY


def test_a_report_before_the_period_s_end_is_a_report() -> None:
    ahead = replace(Q3, end=date(2026, 10, 31), due=date(2026, 11, 10))
    sent = replace(ahead, status="submitted", state="under_way", entry=3)
    found = stands(unit(1, "shared", sent), unit(2, "shared", ahead))
    assert found.verdict.light == Light.GREEN
    assert found.verdict.reason.startswith("三季度已报1／2家")


# --- and of its indicators


@pytest.mark.parametrize(("percent", "expected"), [(98, Light.GREEN), (97, Light.AMBER), (70, Light.RED)])
def test_an_indicator_colours_the_measure(percent: int, expected: Light) -> None:
    assert light(unit(1, "lead", REPORTED), figures=[rate(percent)]) == expected


def test_the_worst_of_reports_and_indicators_is_the_reason() -> None:
    found = stands(unit(1, "lead", LATE), figures=[rate(70)])
    assert found.verdict == Verdict(Light.RED, "70%，未达到目标")


def test_of_several_indicators_the_one_behind_is_named() -> None:
    found = stands(unit(1, "lead", REPORTED), figures=[rate(99, pk=6, subject="覆盖率"), rate(97)])
    assert found.verdict.reason == "抽检合格率97%，未达到目标"


def test_an_indicator_without_data_does_not_colour_the_measure() -> None:
    silent = IndicatorFacts(indicator(), [1], [])
    assert light(unit(1, "lead", REPORTED), figures=[silent]) == Light.GREEN


# --- past its date


@pytest.mark.parametrize(
    ("turn", "expected"), [(REPORTED, Light.RED), (CLAIMED, Light.RED), (DONE, Light.GREEN), (Q3, Light.RED)]
)
def test_past_its_date_a_measure_is_red_until_it_is_done(turn: Turn, expected: Light) -> None:
    assert light(unit(1, "lead", turn), due_on=PAST) == expected


def test_on_its_date_it_is_not_past() -> None:
    assert light(unit(1, "lead", REPORTED), due_on=TODAY) == Light.GREEN


def test_past_its_date_the_reason_counts_working_days() -> None:
    assert stands(unit(1, "lead", REPORTED), due_on=PAST).verdict.reason == "期限已过39个工作日"


def test_a_claim_past_the_date_waits_for_the_office() -> None:
    assert "待审" in stands(unit(1, "lead", CLAIMED), due_on=PAST).verdict.reason


def test_a_measure_without_a_date_is_past_once_the_year_s_last_reports_are_due() -> None:
    reported = unit(1, "lead", REPORTED)
    assert [light(reported, today=day) for day in (date(2027, 1, 15), YEAR_OVER)] == [Light.GREEN, Light.RED]


def test_done_by_all_but_one_is_not_done() -> None:
    assert light(unit(1, "shared", DONE), unit(2, "shared", REPORTED), due_on=PAST) == Light.RED


# --- closed


def test_a_closed_measure_is_past_no_date_and_has_its_mark() -> None:
    found = stands(unit(1, "lead", REPORTED), due_on=PAST, verified_on=date(2026, 9, 15))
    assert found.verdict == Verdict(Light.GREEN, "✓ 9月15日核实销号")


def test_a_closed_measure_keeps_the_light_of_its_figures() -> None:
    assert light(unit(1, "lead", DONE), figures=[rate(70)], verified_on=date(2026, 9, 15)) == Light.RED


def test_a_closed_measure_counts_as_closed_for_its_units() -> None:
    found = stands(unit(1, "lead", DONE), unit(2, "support"), verified_on=date(2026, 9, 15))
    assert [one.counted.reason for one in found.assignments] == ["✓ 9月15日核实销号"] * 2


# --- three states of done


@pytest.mark.parametrize(
    ("turns", "claimed", "reviewed"),
    [
        ([REPORTED, DONE], False, False),
        ([CLAIMED, DONE], True, False),
        ([DONE, DONE], True, True),
        ([replace(DONE, status="returned"), DONE], False, False),
        ([replace(DONE, void=True), DONE], False, False),
    ],
)
def test_done_takes_all_units_that_answer(turns: list[Turn], claimed: bool, reviewed: bool) -> None:
    found = stands(*(unit(n, "shared", turn) for n, turn in enumerate(turns, 1)))
    assert (found.claimed, found.reviewed) == (claimed, reviewed)


def test_a_support_that_is_not_done_does_not_hinder() -> None:
    assert stands(unit(1, "lead", DONE), unit(2, "support", REPORTED)).reviewed


def test_a_support_alone_makes_nothing_done() -> None:
    found = stands(unit(1, "support", DONE))
    assert (found.claimed, found.reviewed) == (False, False)


# --- a fault counts where it lies


def test_a_late_report_counts_for_its_unit_alone() -> None:
    found = stands(unit(1, "shared", REPORTED), unit(2, "shared", VERY_LATE))
    assert counted(found) == [Light.GREEN, Light.RED]


def test_an_indicator_behind_counts_for_those_that_report_it() -> None:
    found = stands(unit(1, "lead", REPORTED), unit(2, "shared", REPORTED), figures=[rate(70)])
    assert counted(found) == [Light.RED, Light.GREEN]


def test_an_incomplete_indicator_counts_for_those_that_are_missing() -> None:
    count = indicator(unit="家", kind="count", family="cumulate", path="climb", value=Decimal(6))
    figures = IndicatorFacts(count, [1, 2], [Given(1, AUTUMN, value=Decimal(6))])
    found = stands(unit(1, "shared", REPORTED), unit(2, "shared", REPORTED), figures=[figures])
    assert (found.verdict.light, counted(found)) == (Light.AMBER, [Light.GREEN, Light.AMBER])


def test_what_is_past_its_date_counts_for_units_that_answer_and_have_not_done_their_part() -> None:
    units = [
        unit(1, "shared", REPORTED),
        unit(2, "shared", DONE),
        unit(3, "shared", CLAIMED),
        unit(4, "support", REPORTED),
    ]
    assert counted(stands(*units, due_on=PAST)) == [Light.RED, Light.GREEN, Light.GREEN, Light.GREEN]


@some
@given(parts, st.sampled_from([None, PAST]), st.sampled_from([None, AUTUMN]))
def test_what_counts_for_a_unit_is_never_better_than_its_own_fault(
    drawn: list[tuple[str, tuple[Turn, ...]]], due_on: date | None, verified_on: date | None
) -> None:
    found = stands(*units_of(drawn), due_on=due_on, verified_on=verified_on)
    assert all(worse_or_equal(one) for one in found.assignments if one.own.is_fault)


def worse_or_equal(one: AssignmentVerdict) -> bool:
    return FROM_BAD_TO_GOOD.index(one.counted.light) <= FROM_BAD_TO_GOOD.index(one.own.light)


# --- the text that is shown


def test_the_progress_shown_is_what_the_foremost_unit_had_accepted_last() -> None:
    found = stands(unit(1, "lead", replace(DONE, period=2, end=Q2.end), REPORTED), unit(2, "shared", REPORTED))
    assert found.progress
    assert (found.progress[0].period, found.progress[1].department) == (3, 1)


@pytest.mark.parametrize("units", [[unit(1, "lead", CLAIMED)], [unit(1, "lead", Q3), unit(2, "support", DONE)]])
def test_without_an_accepted_text_nothing_is_shown(units: list[AssignmentFacts]) -> None:
    assert stands(*units).progress is None
