"""Deadlines of sentences: days, and times that have none."""

from __future__ import annotations

import pytest

from intake.reader import deadlines


@pytest.mark.parametrize(
    ("sentence", "due_on", "words"),
    [
        ("10月底前完成改造。", "2026-10-31", "10月底前"),
        ("6月3O日前报送方案。", "2026-06-30", "6月30日前"),
        ("年内完成验收。", "2026-12-31", "年内完成"),
        ("秋季开学前覆盖率达到100%。", "None", "秋季开学前"),
        ("主汛期来临前清淤完毕。", "None", "主汛期来临前"),
        ("春节前集中检查。", "None", "春节前"),
        ("旅游旺季前完成体检。", "None", "旅游旺季前"),
        ("年内新增摊点5个。", "None", "年内"),
        ("汛期前摸底，9月底前完工。", "2026-09-30", "9月底前"),
    ],
)
def test_a_deadline_gives_its_day_or_its_words(sentence: str, due_on: str, words: str) -> None:
    found = deadlines.stated(sentence, 2026)
    assert (str(found[0]), found[1]) == (due_on, words)


@pytest.mark.parametrize(
    "sentence",
    [
        "春秋季开学前各查一轮。",
        "春季、秋季开学前联合检查。",
        "每学期开学前消杀。",
        "春节前后加强巡查。",
        "三年内不得从业。",
        "保质期前下架。",
    ],
)
def test_a_rhythm_is_no_deadline(sentence: str) -> None:
    assert deadlines.stated(sentence, 2026) == (None, "")
