"""Each automatic check, on facts without a database."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from indicators.models import Indicator
from reporting.checks import EntryFacts, FigureFacts, Limits, check_entry
from reporting.entries.content import EntryContent, FigureContent
from tests.test_reporting_form_formulas import indicator, ratio

END = date(2026, 9, 30)
FULL = EntryContent(state="under_way", done_text="新建成8所，累计120所。")


def codes(facts: EntryFacts, **limits: Any) -> list[str]:
    return [finding.code for finding in check_entry(facts, Limits(**limits))]


def facts(content: EntryContent = FULL, **fields: Any) -> EntryFacts:
    known: dict[str, Any] = {"entry": 1, "role": "lead", "content": content, "period_end": END}
    return EntryFacts(**known | fields)


def with_figure(content: FigureContent, entry: EntryContent = FULL, **fields: Any) -> EntryFacts:
    """An entry with one figure; `fields` go to the indicator, `last` and `last_on` to the figure."""
    history = {name: fields.pop(name) for name in ("last", "last_on") if name in fields}
    figure = FigureFacts(indicator=indicator(**fields), content=content, on=END, **history)
    return facts(replace(entry, figures=(content,)), figures=(figure,))


def test_a_full_entry_has_no_findings() -> None:
    assert codes(facts()) == []


def test_a_lead_says_state_and_text() -> None:
    assert codes(facts(EntryContent())) == ["state_missing", "text_missing"]


def test_a_support_writes_one_line() -> None:
    assert codes(facts(EntryContent(), role="support")) == ["text_missing"]
    assert codes(facts(EntryContent(done_text="配合检查食堂6家。"), role="support")) == []


def test_blanks_are_no_text() -> None:
    assert codes(facts(replace(FULL, done_text=" 　\n"))) == ["text_missing"]


def test_what_is_not_begun_says_why() -> None:
    begun = EntryContent(state="not_begun")
    assert codes(facts(begun)) == ["why_missing"]
    assert codes(facts(replace(begun, problems="资金没有到位，11月开始。"))) == []


def test_what_was_accepted_as_done_is_asked_its_figures_alone() -> None:
    assert codes(facts(EntryContent(), done_before=True)) == []


def test_a_figure_is_never_a_silent_nought() -> None:
    assert codes(with_figure(FigureContent(7))) == ["figure_missing"]


def test_half_a_ratio() -> None:
    assert codes(with_figure(FigureContent(7, numerator=Decimal(1)))) == ["half_missing"]


def test_no_population() -> None:
    assert codes(with_figure(FigureContent(7, numerator=Decimal(1)), unit="批次/千人")) == ["base_missing"]


def test_not_applicable_needs_its_reason() -> None:
    assert codes(with_figure(FigureContent(7, absence="not_applicable"))) == ["reason_missing"]
    assert codes(with_figure(FigureContent(7, absence="not_applicable", explanation="辖区没有学校。"))) == []


@pytest.mark.parametrize("absence", ["no_data", "no_object"])
def test_other_absences_stand_alone(absence: str) -> None:
    assert codes(with_figure(FigureContent(7, absence=absence))) == []


@pytest.mark.parametrize(
    ("top", "bottom", "code"),
    [("131", "130", "over"), ("-1", "130", "negative"), ("0", "0", "nought"), ("3", "0", "nought")],
)
def test_impossible_ratios(top: str, bottom: str, code: str) -> None:
    assert codes(with_figure(ratio(top, bottom))) == [code]


def test_a_share_given_as_a_value_stays_below_a_hundred() -> None:
    assert codes(with_figure(FigureContent(7, value=Decimal(101)))) == ["figure_missing"]
    whole: dict[str, Any] = {"unit": "分", "numerator_label": "", "denominator_label": ""}
    assert codes(with_figure(FigureContent(7, value=Decimal(101)), **whole)) == []


def cumulated(now: str, **fields: Any) -> EntryFacts:
    """A count of the year, 40 at the end of June."""
    base: dict[str, Any] = {
        "unit": "场",
        "numerator_label": "",
        "denominator_label": "",
        "family": Indicator.Family.CUMULATE,
    }
    last: dict[str, Any] = {"last": FigureContent(7, value=Decimal(40)), "last_on": date(2026, 6, 30)}
    return with_figure(FigureContent(7, value=Decimal(now)), **base | last | fields)


def test_what_adds_up_does_not_fall() -> None:
    assert codes(cumulated("39")) == ["falling"]
    assert codes(cumulated("55")) == []


def test_a_fall_may_be_explained() -> None:
    figure = FigureContent(7, value=Decimal(35), explanation="上次多报了5场。")
    entry = cumulated("35")
    explained = replace(entry.figures[0], content=figure)
    assert codes(replace(entry, figures=(explained,))) == []


def test_a_new_year_begins_at_nought() -> None:
    assert "falling" not in codes(cumulated("3", last_on=date(2025, 12, 31)))


def test_what_stands_at_a_date_may_fall() -> None:
    assert "falling" not in codes(cumulated("39", family=Indicator.Family.STOCK))


def test_a_jump_is_asked_about() -> None:
    assert codes(cumulated("600")) == ["jump"]
    assert codes(cumulated("600"), jump=Decimal(20)) == []


def test_a_jump_of_the_denominator_is_asked_about() -> None:
    last: dict[str, Any] = {"last": ratio("112", "130"), "last_on": date(2026, 6, 30)}
    assert codes(with_figure(ratio("13", "13"), **last)) == ["jump", "jump"]


def test_the_same_words_as_last_time() -> None:
    last = EntryContent(done_text="新建成8所， 累计120所。\n")
    assert codes(facts(last=last)) == ["same_text"]
    assert codes(facts(replace(FULL, same_as_last=True), last=last)) == []


def test_same_as_last_still_writes_a_line() -> None:
    assert codes(facts(replace(FULL, same_as_last=True, done_text="同上"))) == ["same_too_short"]


def test_done_while_the_target_is_not_met() -> None:
    done = replace(FULL, state="done")
    assert codes(with_figure(ratio("120", "130"), done)) == ["done_unmet"]
    assert codes(with_figure(ratio("130", "130"), done)) == []


@pytest.mark.parametrize(
    "when", ["11月10日前完成", "年底前补齐", "还要20个工作日", "春季学期开学前", "预计明年，请区财政局解决"]
)
def test_past_its_date_and_a_word_on_when(when: str) -> None:
    assert codes(facts(replace(FULL, problems=when), due_on=date(2026, 8, 31))) == []


def test_past_its_date_without_a_word_on_when() -> None:
    late = facts(replace(FULL, problems="缺网络改造资金。"), due_on=date(2026, 8, 31))
    assert codes(late) == ["when_missing"]


def test_a_date_that_is_still_to_come_asks_nothing() -> None:
    assert codes(facts(due_on=date(2026, 12, 31))) == []


def test_errors_and_questions_are_told_apart_in_chinese() -> None:
    done = replace(FULL, state="done", done_text="")
    found = list(check_entry(with_figure(ratio("120", "130"), done)))
    assert [finding.is_error for finding in found] == [True, False]
    assert all(finding.sentence.endswith("。") for finding in found)


def test_a_question_is_known_by_entry_field_and_rule() -> None:
    (found,) = check_entry(with_figure(ratio("120", "130"), replace(FULL, state="done")))
    assert found.key == "1:state:done_unmet"
