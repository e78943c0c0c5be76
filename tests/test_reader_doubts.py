"""What the reader asks the clerk to look at."""

from __future__ import annotations

import pytest

from intake.reader import reading

PLAN = (
    "青禾区2026年食品安全工作要点\n一、甲部\n（一）核对。逐户核对。{}\n"
    "（二）回访。逐户回访。（区教育局）\n（三）宣传。入户宣传。（区教育局）"
)


@pytest.mark.parametrize(
    ("units", "code"),
    [
        ("", "no_unit"),
        ("（相关部门负责）", "open_unit"),
        ("（区教育局、区商务局等部门负责）", "and_others"),
        ("（区教育局、区商务局、区教育局）", "unit_twice"),
        ("（区教育局、爱心联盟负责）", "unit_form"),
        ("（区教育局、区商务局负责", "unbalanced_bracket"),
        ("以下任务均由各镇负责，不再列出。（区教育局）", "default_units"),
        ("（区教育局）\n- 3 -", "page_chrome_dropped"),
        ("（区教育局）\n（四）抽查。抽查。（区教育局）", "numbering_gap"),
    ],
)
def test_a_doubt_is_told(units: str, code: str) -> None:
    assert code in {warning.code for warning in reading.read_text(PLAN.format(units)).warnings}


def test_a_clean_plan_lacks_only_its_number_and_date() -> None:
    found = reading.read_text(PLAN.format("（区商务局）"))
    assert [warning.code for warning in found.warnings] == ["no_document_number", "no_issued_on"]


def test_a_plan_without_units_anywhere_is_not_asked_for_them() -> None:
    found = reading.read_text("青禾区2026年食品安全工作要点\n一、甲部\n（一）核对。逐户核对。\n（二）回访。逐户回访。")
    assert "no_unit" not in {warning.code for warning in found.warnings}
