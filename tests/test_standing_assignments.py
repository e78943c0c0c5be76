"""How a unit's part stands by its reports: grey, green, amber, red, and which of its turns says so; lights of many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.calendar import DayCount, WorkCalendar
from reporting.models import Light
from reporting.standing.assignments import is_claimed, is_reviewed, judge_assignment
from reporting.standing.facts import Turn
from reporting.standing.lights import Limits, Verdict, light_of_many, worst

TODAY = date(2026, 10, 22)
HOLIDAYS = {date(2026, 10, day): False for day in range(1, 8)}
DAYS = DayCount.over(WorkCalendar(HOLIDAYS), date(2025, 1, 1), date(2027, 12, 31))
LIMITS = Limits()
Q1 = Turn(1, "一季度", date(2026, 3, 31), date(2026, 4, 10))
Q2 = Turn(2, "二季度", date(2026, 6, 30), date(2026, 7, 10))
Q3 = Turn(3, "三季度", date(2026, 9, 30), date(2026, 10, 15))
FROM_BAD_TO_GOOD = [Light.RED, Light.AMBER, Light.GREEN, Light.GREY]

some = settings(max_examples=100, deadline=None)
answers = st.one_of(st.none(), st.dates(date(2026, 4, 10), date(2026, 8, 31)))
turns_of_a_year = st.tuples(
    *(
        st.builds(
            lambda turn, status, answer_due: replace(turn, status=status, answer_due=answer_due),
            st.just(turn),
            st.sampled_from(["", "submitted", "accepted", "returned"]),
            answers,
        )
        for turn in (Q1, Q2, Q3)
    )
)
any_day = st.dates(date(2026, 4, 1), date(2026, 12, 31))


def judged(*turns: Turn, today: date = TODAY, limits: Limits = LIMITS) -> Verdict:
    return judge_assignment(turns, today, DAYS, limits)


def sent(turn: Turn, status: str = "accepted", **fields: Any) -> Turn:
    return replace(turn, status=status, **{"state": "under_way", "entry": turn.period, **fields})


def returned(turn: Turn, **fields: Any) -> Turn:
    """On 9 October, with an answer due on the 16th."""
    dates = {"decided_on": date(2026, 10, 9), "answer_due": date(2026, 10, 16)}
    return sent(turn, "returned", **dates | fields)


# --- grey and green


def test_without_any_turn_nothing_is_owed() -> None:
    assert judged() == Verdict(Light.GREY, "还没有要报的")


def test_before_it_is_due_a_part_is_grey_and_says_when() -> None:
    assert judged(Q3, today=date(2026, 10, 13)) == Verdict(Light.GREY, "三季度10月15日截止")


def test_on_the_due_day_itself_nothing_is_late() -> None:
    assert judged(Q3, today=Q3.due).light == Light.GREY


@pytest.mark.parametrize(("status", "reason"), [("submitted", "三季度已报，待审"), ("accepted", "三季度已审核")])
def test_what_was_reported_is_green(status: str, reason: str) -> None:
    assert judged(sent(Q3, status)) == Verdict(Light.GREEN, reason)


def test_a_part_that_reported_before_stays_green_while_the_next_report_is_asked() -> None:
    found = judged(sent(Q2), Q3, today=date(2026, 10, 13))
    assert found.light == Light.GREEN
    assert found.reason.startswith("二季度已审核")


def test_a_part_that_was_accepted_as_done_says_so() -> None:
    assert judged(sent(Q3, state="done")) == Verdict(Light.GREEN, "三季度审核为已完成")


def test_done_counts_no_more_once_the_closure_was_taken_back() -> None:
    assert judged(sent(Q3, state="done", void=True)).reason == "三季度已审核"


# --- late


@pytest.mark.parametrize(
    ("today", "light", "reason"),
    [
        (date(2026, 10, 16), Light.AMBER, "三季度逾期1个工作日未报"),
        (date(2026, 10, 22), Light.AMBER, "三季度逾期5个工作日未报"),
        (date(2026, 10, 23), Light.RED, "三季度逾期6个工作日未报"),
    ],
)
def test_late_is_amber_for_five_working_days_and_then_red(today: date, light: Light, reason: str) -> None:
    assert judged(Q3, today=today) == Verdict(light, reason)


def test_days_off_do_not_make_a_report_later() -> None:
    over_the_holiday = replace(Q3, due=date(2026, 9, 28))
    assert judged(over_the_holiday, today=date(2026, 10, 8)).reason == "三季度逾期3个工作日未报"


def test_on_the_day_off_after_the_due_day_it_is_not_in_time() -> None:
    on_friday = replace(Q3, due=date(2026, 10, 16))
    assert judged(on_friday, today=date(2026, 10, 17)) == Verdict(Light.AMBER, "三季度已到期未报")


def test_an_extension_moves_the_day_since_which_it_is_late() -> None:
    assert judged(replace(Q3, due=date(2026, 10, 30))).light == Light.GREY


def test_the_office_says_how_long_late_is_amber() -> None:
    assert judged(Q3, limits=replace(LIMITS, late_working_days=4)).light == Light.RED


def test_a_late_report_that_has_come_is_green() -> None:
    assert judged(sent(Q3, "submitted"), today=date(2026, 12, 1)).light == Light.GREEN


def test_a_missed_period_counts_while_nothing_later_was_reported() -> None:
    assert judged(sent(Q1), Q2, Q3, today=date(2026, 10, 13)) == Verdict(Light.RED, "二季度逾期62个工作日未报")


def test_a_missed_period_is_superseded_by_a_later_report() -> None:
    assert judged(Q1, Q2, sent(Q3)).light == Light.GREEN


def test_of_two_missed_periods_the_one_that_is_later_counts() -> None:
    extended = replace(Q2, due=date(2026, 10, 21))
    assert judged(extended, Q3, today=date(2026, 10, 23)) == Verdict(Light.RED, "三季度逾期6个工作日未报")


# --- sent back


@pytest.mark.parametrize(
    ("today", "light", "reason"),
    [
        (date(2026, 10, 9), Light.AMBER, "三季度今日退回，待补"),
        (date(2026, 10, 13), Light.AMBER, "三季度退回2个工作日未补"),
        (date(2026, 10, 23), Light.AMBER, "三季度退回10个工作日未补"),
        (date(2026, 10, 26), Light.RED, "三季度退回，补报逾期6个工作日"),
    ],
)
def test_what_was_returned_is_amber_and_red_once_its_answer_is_late(today: date, light: Light, reason: str) -> None:
    assert judged(returned(Q3), today=today) == Verdict(light, reason)


def test_an_answered_return_is_green() -> None:
    assert judged(sent(Q3, "submitted", decided_on=date(2026, 10, 9))).light == Light.GREEN


def test_a_return_that_was_not_answered_counts_though_a_later_period_was_reported() -> None:
    assert judged(returned(Q2), sent(Q3)).light == Light.AMBER


def test_a_return_long_unanswered_stays_red_when_the_next_report_is_late_as_well() -> None:
    unanswered = returned(Q2, answer_due=date(2026, 8, 7))
    assert judged(unanswered, Q3, today=date(2026, 10, 16)).light == Light.RED


def test_of_two_returns_the_worse_counts() -> None:
    late = returned(Q3, answer_due=date(2026, 10, 12))
    assert judged(returned(Q2, answer_due=date(2026, 10, 30)), late, today=TODAY).light == Light.RED


# --- what holds always


@some
@given(turns_of_a_year, any_day, st.integers(0, 30), st.integers(0, 30))
def test_more_patience_makes_no_light_worse(turns: Sequence[Turn], today: date, few: int, more: int) -> None:
    strict, patient = (
        judged(*turns, today=today, limits=replace(LIMITS, late_working_days=days)).light for days in (few, few + more)
    )
    assert FROM_BAD_TO_GOOD.index(strict) <= FROM_BAD_TO_GOOD.index(patient)


@some
@given(turns_of_a_year, any_day, st.integers(1, 20))
def test_waiting_alone_makes_no_light_better(turns: Sequence[Turn], today: date, later: int) -> None:
    now, then = (judged(*turns, today=day).light for day in (today, today + timedelta(later)))
    assert now == Light.GREY or FROM_BAD_TO_GOOD.index(then) <= FROM_BAD_TO_GOOD.index(now)


@some
@given(turns_of_a_year, any_day)
def test_with_the_last_report_accepted_and_none_returned_nothing_is_wrong(turns: Sequence[Turn], today: date) -> None:
    answered = [replace(turn, status="accepted" if turn.status == "returned" else turn.status) for turn in turns]
    assert judged(*answered[:2], sent(answered[2]), today=today).light == Light.GREEN


@some
@given(turns_of_a_year, any_day)
def test_green_is_only_what_has_been_reported(turns: Sequence[Turn], today: date) -> None:
    assert judged(*turns, today=today).light != Light.GREEN or any(turn.status for turn in turns)


# --- states of done


@pytest.mark.parametrize(
    ("turns", "claimed", "reviewed"),
    [
        ([], False, False),
        ([Q3], False, False),
        ([sent(Q3)], False, False),
        ([sent(Q3, "submitted", state="done")], True, False),
        ([sent(Q3, "accepted", state="done")], True, True),
        ([sent(Q3, "returned", state="done")], False, False),
        ([sent(Q2, "accepted", state="done"), Q3], True, True),
        ([sent(Q2, "accepted"), sent(Q3, "submitted", state="done")], True, False),
        ([sent(Q2, "accepted", state="done"), sent(Q3, "accepted")], False, False),
        ([sent(Q2, "accepted", state="done", void=True), Q3], False, False),
        ([sent(Q2, "accepted", state="done", void=True), sent(Q3, "submitted", state="done")], True, False),
    ],
)
def test_claimed_is_what_the_unit_says_and_reviewed_what_the_office_accepts(
    turns: list[Turn], claimed: bool, reviewed: bool
) -> None:
    assert (is_claimed(turns), is_reviewed(turns)) == (claimed, reviewed)


# --- of many measures


@pytest.mark.parametrize(
    ("red", "amber", "green", "expected"),
    [
        (0, 0, 0, Light.GREY),
        (2, 0, 8, Light.RED),
        (1, 0, 8, Light.GREEN),
        (1, 1, 8, Light.AMBER),
        (0, 2, 8, Light.AMBER),
        (0, 1, 8, Light.GREEN),
        (0, 0, 1, Light.GREEN),
    ],
)
def test_a_plan_is_red_from_a_fifth_red_and_amber_from_a_fifth_not_green(
    red: int, amber: int, green: int, expected: Light
) -> None:
    assert light_of_many(red, amber, green, Limits()) == expected


def test_of_equally_bad_verdicts_the_first_is_named() -> None:
    verdicts = [
        Verdict(Light.GREEN, "一"),
        Verdict(Light.RED, "二"),
        Verdict(Light.RED, "三"),
        Verdict(Light.GREY, "四"),
    ]
    assert worst(verdicts) == verdicts[1]
