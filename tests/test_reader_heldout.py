"""The reader against invented plans that it was not made with (see tests/plans/README.md)."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from intake.reader.as_json import to_json
from intake.reader.formats import read_document
from intake.reader.reading import read
from tests.reader_files import abstract, level, number_list, numbered, paragraph, word_file
from tests.reader_score import agreement

PLANS = Path(__file__).parent / "plans"
NAMES = sorted(path.name.removesuffix(".expected.json") for path in PLANS.glob("*.expected.json"))
LEAST = {
    "plan": 1.0,
    "sections": 0.90,
    "tasks": 0.90,
    "measures": 0.90,
    "assignments": 0.95,
    "groups": 0.90,
    "indicators": 0.85,
    "reporting": 0.80,
}


def source_of(name: str) -> Path:
    (source,) = (path for path in PLANS.glob(f"{name}.*") if path.suffix != ".json")
    return source


@cache
def reading_of(name: str) -> dict[str, Any]:
    source = source_of(name)
    return to_json(read(read_document(source.read_bytes(), source.name)))


@cache
def expected_of(name: str) -> dict[str, Any]:
    reading: dict[str, Any] = json.loads((PLANS / f"{name}.expected.json").read_text(encoding="utf-8"))
    return reading


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("kind", LEAST)
def test_reader_agrees_with_the_clerk(kind: str, name: str) -> None:
    result = agreement(kind, reading_of(name), expected_of(name))
    assert result.f1 >= LEAST[kind], f"{name}, {kind}: {result}"


@pytest.mark.parametrize("name", NAMES)
def test_every_quote_stands_in_its_task(name: str) -> None:
    """The hand-made reading itself: a quote that its task does not hold would judge the reader by a slip of ours."""
    expected = expected_of(name)
    texts = {task["number"]: "".join(measure["text"] for measure in task["measures"]) for task in expected["tasks"]}
    quotes = [(fact["task"], fact["quote"]) for fact in expected["indicators"] + expected["reporting"]]
    assert [quote for task, quote in quotes if quote not in texts[task]] == []


@pytest.mark.parametrize("name", NAMES)
def test_assignment_surfaces_stand_in_the_plan(name: str) -> None:
    source = source_of(name).read_text(encoding="utf-8")
    text = re.sub(r"—\d+—", "", "".join(source.split()))
    surfaces = {a["surface"] for task in expected_of(name)["tasks"] for m in task["measures"] for a in m["assignments"]}
    assert {surface for surface in surfaces if surface not in text} == set()


THREE_LEVELS = abstract(
    level(0, "chineseCounting", "%1、")
    + level(1, "chineseCounting", "（%2）", '<w:lvlRestart w:val="0"/>')
    + level(2, "decimal", "（%3）")
)
NUMBERS = (r"[一二三]、", r"（[一二三四五六七]）", r"（\d）")


def as_word(text: str) -> bytes:
    """The text as a Word file whose numbers of three levels Word itself counts."""
    return word_file("".join(map(_paragraph, text.splitlines())), numbering=THREE_LEVELS + number_list())


def _paragraph(line: str) -> str:
    for depth, number in enumerate(NUMBERS):
        if found := re.match(number, line):
            return numbered(line[found.end() :], level=depth)
    return paragraph(line.strip())


@pytest.mark.parametrize("kind", LEAST)
def test_automatic_numbers_of_three_levels_cost_nothing(kind: str) -> None:
    text = source_of("lanping-2025").read_text(encoding="utf-8")
    found = to_json(read(read_document(as_word(text), "计划.docx")))
    expected = expected_of("lanping-2025")
    assert agreement(kind, found, expected).f1 == agreement(kind, reading_of("lanping-2025"), expected).f1
