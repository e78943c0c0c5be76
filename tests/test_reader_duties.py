"""Duties to report: frequency, day, recipient and direction."""

from __future__ import annotations

import pytest

from intake.reader import reading
from intake.reader.model import Duty

PLAN = (
    "青禾区2026年食品安全工作要点\n一、甲部\n（一）核对。逐户核对。（区教育局）\n二、乙部\n"
    "（二）报送。{sentence}（{units}）"
)


def duties(sentence: str, units: str = "各镇、区食安委各成员单位") -> list[Duty]:
    return list(reading.read_text(PLAN.format(sentence=sentence, units=units)).reporting)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("每半年向区食安办提交落实情况。", [("half_yearly", None)]),
        ("每季度末向区食安办报送工作进展情况。", [("quarterly", None)]),
        ("建立任务落实台账并按季度调度。", [("quarterly", None)]),
        ("每月25日前报送进展情况，12月10日前报送年度工作总结。", [("monthly", None), ("annual", "12-10")]),
        ("11月15日前报告全年工作完成情况。", [("annual", "11-15")]),
        ("年底前向区委、区政府报告落实情况。", [("annual", "12-31")]),
        ("3月31日前将年度工作计划报区食安办。", [("once", "03-31")]),
        ("6月30日前报送半年工作小结。", [("half_yearly", "06-30")]),
        ("11月底前报送总结。", [("annual", "11-30")]),
        ("督促企业每半年向监管部门提交自查报告。", []),
        ("做好追溯和信息报告等工作。", []),
        ("将落实情况作为向区政府报告的重要内容。", []),
    ],
)
def test_a_sentence_gives_its_duties(sentence: str, expected: list[tuple[str, str | None]]) -> None:
    assert [(duty.frequency, duty.due) for duty in duties(sentence)] == expected


@pytest.mark.parametrize(
    ("sentence", "units", "direction"),
    [
        ("每季度向区食安办报送工作情况。", "各镇", "to_office"),
        ("每季度向市食安办报送工作情况。", "区食安办", "upward"),
        ("年底前向区委、区政府报告工作情况。", "区食安办", "upward"),
        ("年底前向区委、区政府报告工作情况。", "各镇", "to_office"),
    ],
)
def test_the_direction_follows_from_recipient_and_ower(sentence: str, units: str, direction: str) -> None:
    assert [duty.direction for duty in duties(sentence, units)] == [direction]


def test_a_duty_names_who_owes_it_to_whom_and_where_it_stands() -> None:
    (duty,) = duties("各镇、各成员单位每季度向区食安办报送工作情况。")
    assert (duty.task, duty.owers, duty.recipients) == (2, "各镇、各成员单位", "区食安办")


def test_a_duty_without_a_recipient_is_a_doubt() -> None:
    found = reading.read_text(PLAN.format(sentence="每季度报送工作情况。", units="各镇"))
    assert "report_recipient" in {warning.code for warning in found.warnings}
