"""What a plan says of itself, in its head or its close, on lines of their own or without line ends."""

from __future__ import annotations

from datetime import date

import pytest

from intake.reader import reading
from intake.reader.model import PlanFacts

BODY = "\n一、强化源头治理\n（一）管好甲事。建立台账。（区教育局）\n（二）管好乙事。逐户核对。（区商务局）"
NOTICE = (
    "青禾区食品安全委员会文件\n青食安委〔2026〕3号\n关于印发2026年青禾区食品安全工作要点的通知\n各镇街：\n"
    "现将《2026年青禾区食品安全工作要点》印发给你们。\n云泽市青禾区食品安全委员会\n2026年3月9日\n2026年青禾区食品安全工作要点"
)


def facts(head: str, close: str = "") -> PlanFacts:
    return reading.read_text(head + BODY + close).plan


@pytest.mark.parametrize(
    "lines", [NOTICE, NOTICE.replace("\n", ""), NOTICE.replace("\n", " ")], ids=["lines", "one line", "spaces"]
)
def test_a_notice_names_title_issuer_number_and_date(lines: str) -> None:
    found = facts(lines)
    assert (found.title, found.issuer, found.document_number, found.issued_on, found.year) == (
        "2026年青禾区食品安全工作要点",
        "云泽市青禾区食品安全委员会",
        "青食安委〔2026〕3号",
        date(2026, 3, 9),
        2026,
    )


def test_a_signature_at_the_close_counts() -> None:
    found = facts("青禾区2026年食品安全重点工作安排", "\n青禾区食品安全委员会办公室\n2026年4月1日")
    assert (found.issuer, found.issued_on, found.kind) == (
        "青禾区食品安全委员会办公室",
        date(2026, 4, 1),
        "arrangements",
    )


def test_a_draft_for_comment_is_a_consultation() -> None:
    found = facts("2026年青禾区食品安全工作要点（征求意见稿）")
    assert (found.title, found.stage, found.kind) == ("2026年青禾区食品安全工作要点", "consultation", "key_points")


def test_a_title_on_two_lines_is_one() -> None:
    assert facts("青禾区2026年食品安全\n重点工作安排").title == "青禾区2026年食品安全重点工作安排"


def test_a_date_in_chinese_numerals_is_read() -> None:
    assert facts("青禾区2026年食品安全工作要点\n青禾区食安办\n二〇二六年三月十二日").issued_on == date(2026, 3, 12)


def test_what_is_not_stated_is_none_with_a_warning() -> None:
    found = reading.read_text("强化源头治理。" + BODY)
    assert found.plan == PlanFacts(None, None, None, None, None, "issued", "arrangements")
    assert {"no_title", "no_document_number", "no_issued_on", "no_year"} <= {warning.code for warning in found.warnings}
