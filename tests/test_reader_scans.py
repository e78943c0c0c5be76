"""Letters that a scan took for digits, line breaks within units, signs that nothing can store."""

from __future__ import annotations

import json

import pytest

from intake.reader import reading
from intake.reader.as_json import to_json
from intake.reader.scans import with_digits

PLAN = (
    "云泽县2025年食品安全重点工作\n安排\n云食安办〔2O25〕7号\n云泽县食品安全委员会办公室\n2025年4月l2日\n一、甲部\n"
    "(一）查验。检查覆盖率达到l00%，培育示范店2O家。(县市场监\n管局、县教育局)\n(二）报送。每月l0日前报送进展。(县商务局)"
)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("l00%", "100%"),
        ("9O％", "90％"),
        ("2O25年", "2025年"),
        ("4月l2日", "4月12日"),
        ("3OO家", "300家"),
        ("9l%", "91%"),
    ],
)
def test_letters_within_numbers_are_digits(written: str, meant: str) -> None:
    assert with_digits(written) == meant


@pytest.mark.parametrize("name", ["O2O平台", "H2O", "5G基站", "ISO22000", "CO2", "PM2.5", "A1级", "100l"])
def test_letters_of_names_stay(name: str) -> None:
    assert with_digits(name) == name


def test_a_scan_reads_like_its_paper() -> None:
    found = reading.read_text(PLAN)
    assert (found.plan.document_number, str(found.plan.issued_on)) == ("云食安办〔2025〕7号", "2025-04-12")
    assert [str(indicator.value) for indicator in found.indicators] == ["100", "20"]
    assert [unit.department for unit in found.tasks[0].measures[0].assignments] == ["县市场监管局", "县教育局"]


def test_a_measure_keeps_the_letters_of_its_source() -> None:
    assert "l00%" in reading.read_text(PLAN).tasks[0].measures[0].text


def test_what_cannot_be_stored_is_in_no_text_handed_on() -> None:
    handed_on = json.dumps(to_json(reading.read_text(PLAN.replace("一、", "\x00一\ud800、\x00"))), ensure_ascii=False)
    assert handed_on.encode()
    assert "\\u0000" not in handed_on
