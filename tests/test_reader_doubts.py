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


def told(sentence: str) -> list[tuple[str, str]]:
    """Code and message of the doubts about numbers in a measure."""
    found = reading.read_text(PLAN.format("（区商务局）").replace("逐户核对。", sentence, 1))
    return [(one.code, one.message) for one in found.warnings if one.code in ("scope_bound", "number_too_long")]


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("用餐人数300人以上的食堂配齐安全员。", "300人以上"),
        ("对评分低于60分的摊点逐一约谈。", "60分"),
        ("面积500平方米以上餐馆设专柜。", "500平方米以上"),
    ],
)
def test_a_number_that_bounds_is_told(sentence: str, words: str) -> None:
    assert told(sentence) == [("scope_bound", f"“{words}”像是范围，不是目标，已按正文处理。")]


@pytest.mark.parametrize(
    "sentence",
    [
        "用餐人数300人以上的食堂检查覆盖率达到90%。",
        "每季度结束后15日内向区食安办报送进展。",
        "新增放心摊点30个以上。",
        "推行“7S”管理，聚焦11个重点品种。",
    ],
)
def test_numbers_of_targets_times_and_names_are_not_told(sentence: str) -> None:
    assert told(sentence) == []


@pytest.mark.parametrize("number", ["100000000000", "0.00001"])
def test_a_value_that_the_ledger_cannot_hold_is_told_and_no_target(number: str) -> None:
    sentence = f"新增放心摊点{number}万个。"
    assert [code for code, _ in told(sentence)] == ["number_too_long"]
    assert reading.read_text(PLAN.format("（区商务局）").replace("逐户核对。", sentence, 1)).indicators == ()


@pytest.mark.parametrize(("number", "value"), [("99999999999", "99999999999"), ("0.1250", "0.1250")])
def test_the_longest_values_that_the_ledger_holds_are_targets(number: str, value: str) -> None:
    found = reading.read_text(PLAN.format("（区商务局）").replace("逐户核对。", f"新增放心摊点{number}个。", 1))
    assert [str(indicator.value) for indicator in found.indicators] == [value]


def test_lists_that_close_with_others_are_one_doubt() -> None:
    found = reading.read_text(
        PLAN.format("（区教育局、区商务局等部门负责）").replace(
            "宣传。（区教育局）", "宣传。（区教育局、区民政局等负责）"
        )
    )
    assert [one.message for one in found.warnings if one.code == "and_others"] == [
        "责任单位以“等”收尾（另有1处），未列出的单位没有计入，请核对。"
    ]
