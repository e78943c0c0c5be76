"""Rules on state and texts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from indicators.display import target_text
from reporting.checks.facts import EntryFacts
from reporting.checks.finding import Finding, Level
from reporting.entries.formulas import result_of
from reporting.models import ProgressEntry
from tasks.models import Assignment

State = ProgressEntry.State
SUPPORT = Assignment.Role.SUPPORT
ONE_LINE = 4  # characters without blanks that make a line
SAME_WORDS = "与上期报的文字完全相同。请写本期的新情况；确实没有变化的，请点“与上期相同”。"
BLANK = re.compile(r"\s+")
# A word on when: a date, a season, a length of time, or that it can not be told yet.
WHEN = re.compile(
    r"[\d０-９一二三四五六七八九十两]+\s*(?:月|日|号|周|天|个?季度|个?工作日)|[年月周季]底|年内|年前|[上中下]旬|下(?:个)?[月周季]|明年"
    r"|本月|本周|学期|开学|暑假|寒假|节前|汛期前|待定|不能确定|无法确定"
)


def check_state(facts: EntryFacts) -> Iterator[Finding]:
    if facts.role != SUPPORT and not facts.content.state and not facts.done_before:
        yield error(facts, "state", "state_missing", "请选择这项措施的状态：未开始、推进中或已完成。")


def check_done_text(facts: EntryFacts) -> Iterator[Finding]:
    """Required by role; never the same words as last time without saying so."""
    content = facts.content
    if not squeezed(content.done_text):
        yield from check_missing_text(facts)
    elif content.same_as_last and len(squeezed(content.done_text)) < ONE_LINE:
        yield error(facts, "done_text", "same_too_short", "与上期相同的，也请写一句本期的情况。")
    elif facts.last and not content.same_as_last and squeezed(content.done_text) == squeezed(facts.last.done_text):
        yield question(facts, "done_text", "same_text", SAME_WORDS)


def check_missing_text(facts: EntryFacts) -> Iterator[Finding]:
    content = facts.content
    if facts.done_before:
        return
    if content.same_as_last:
        yield error(facts, "done_text", "same_too_short", "与上期相同的，也请写一句本期的情况。")
    elif facts.role == SUPPORT:
        yield error(facts, "done_text", "text_missing", "请用一句话写明配合做了什么；本期没有需要配合的，也请写明。")
    elif content.state == State.NOT_BEGUN:
        if not squeezed(content.problems):
            yield error(facts, "problems", "why_missing", "还没有开始的，请写明原因和打算何时开始。")
    else:
        yield error(facts, "done_text", "text_missing", "请写明这一期做了什么，可以写数量、地点和日期。")


def check_deadline(facts: EntryFacts) -> Iterator[Finding]:
    """Past its date and not done: the unit says when, and who must help."""
    late = facts.due_on is not None and facts.due_on <= facts.period_end
    if facts.role == SUPPORT or not late or not facts.content.state or facts.content.state == State.DONE:
        return
    if not WHEN.search(f"{facts.content.problems} {facts.content.next_steps}"):
        yield error(facts, "problems", "when_missing", "期限已过，请写明预计哪一天完成、需要谁来解决。")


def check_claim(facts: EntryFacts) -> Iterator[Finding]:
    """Done while a target is not met."""
    if facts.content.state != State.DONE:
        return
    for figure in facts.figures:
        result = result_of(figure.indicator, figure.content)
        if result and not result.met:
            yield question(
                facts, "state", "done_unmet",
                f"状态选了“已完成”，但{figure.indicator.subject}为{result.text}，目标{target_text(figure.indicator)}。"
                "请核对状态和数据，确实如此的再确认。",
            )  # fmt: skip


def squeezed(text: str) -> str:
    """Without blanks, so that a line break is no new text."""
    return BLANK.sub("", text)


def error(facts: EntryFacts, field: str, code: str, sentence: str) -> Finding:
    return Finding(Level.ERROR, facts.entry, field, code, sentence)


def question(facts: EntryFacts, field: str, code: str, sentence: str) -> Finding:
    return Finding(Level.QUESTION, facts.entry, field, code, sentence)
