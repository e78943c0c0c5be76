"""The measure by which the reader is judged."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from tests.reader_score import agreement

READING: dict[str, Any] = {
    "plan": {"title": "青禾区2025年工作要点", "issuer": None, "year": 2025},
    "sections": [{"number": 1, "title": "守好源头"}],
    "tasks": [
        {
            "number": 1,
            "title": "管好农资",
            "measures": [
                {
                    "text": "农药包装回收率达到80%以上。",
                    "assignments": [
                        {"department": "区农业农村局", "role": "lead", "group": False},
                        {"department": "各街道", "role": "support", "group": True},
                    ],
                }
            ],
        }
    ],
    "indicators": [{"task": 1, "subject": "农药包装回收率", "comparator": ">=", "value": "80", "unit": "%"}],
    "reporting": [{"task": 1, "frequency": "annual", "due": "11-30"}],
}


@pytest.mark.parametrize(
    "kind", ["plan", "sections", "tasks", "measures", "assignments", "groups", "indicators", "reporting"]
)
def test_a_reading_agrees_with_itself(kind: str) -> None:
    assert agreement(kind, READING, READING).f1 == 1.0


def test_a_wrong_role_is_one_missed_and_one_invented() -> None:
    reading = deepcopy(READING)
    reading["tasks"][0]["measures"][0]["assignments"][1]["role"] = "shared"
    result = agreement("assignments", reading, READING)
    assert (result.found, len(result.missed), len(result.invented)) == (1, 1, 1)


def test_widths_of_brackets_and_spaces_make_no_difference() -> None:
    reading = deepcopy(READING)
    reading["tasks"][0]["measures"][0]["text"] = "农药包装回收率 达到８０％以上"
    assert agreement("measures", reading, READING).f1 == 1.0


def test_a_field_without_expectation_is_not_judged() -> None:
    reading = deepcopy(READING)
    reading["plan"]["issuer"] = "青禾区人民政府"
    assert agreement("plan", reading, READING).f1 == 1.0


def test_an_indicator_compares_by_value_not_by_notation() -> None:
    reading = deepcopy(READING)
    reading["indicators"][0]["value"] = "80.0"
    assert agreement("indicators", reading, READING).f1 == 1.0


def test_an_indicator_of_another_subject_is_another() -> None:
    reading = deepcopy(READING)
    reading["indicators"][0]["subject"] = "秸秆综合利用比例"
    assert agreement("indicators", reading, READING).found == 0


def test_one_indicator_cannot_stand_for_two() -> None:
    expected = deepcopy(READING)
    expected["indicators"] *= 2
    assert len(agreement("indicators", READING, expected).missed) == 1
