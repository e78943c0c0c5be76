"""The reader knows the language of plans, not these plans: other names, lost line ends, other brackets."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from functools import cache
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from intake.reader import formats, reading
from intake.reader.as_json import to_json
from tests.reader_score import agreement

INVENTED = Path(__file__).resolve().parent / "plans"
REAL = Path(__file__).resolve().parent.parent.parent / "shared" / "plans"
SOURCES = {path.stem: path for folder in (INVENTED, REAL) for path in sorted(folder.glob("*-20*.txt"))}
KINDS = ["plan", "sections", "tasks", "measures", "assignments", "indicators", "reporting"]
COST = 0.02  # of F1 that a change of names or form may cost
BODY = re.compile(r"(?:管理|监督)*(?:分局|局|委|办|厅|部|大队|支队|中心|集团|社)$")
PLACE = re.compile(r"([\u4e00-\u9fff]{2,3}?)(?:新区|[省市县区镇])")
OTHER_SENSE = re.compile("[委团]|民政|政府")  # parts of other words and names: 人民政府, 团县委
NEW_NAMES = ["".join(pair) for pair in permutations("澜榕霁岚筠晗滢洵珩霏", 2)]

Case = tuple[str, dict[str, Any]]


def case_of(name: str) -> Case:
    """A plan's text and the reading that a clerk made of it."""
    source = SOURCES[name]
    expected = json.loads(source.with_name(f"{name}.expected.json").read_text(encoding="utf-8"))
    return source.read_text(encoding="utf-8"), expected


def read(text: str) -> dict[str, Any]:
    return to_json(reading.read(formats.read_document(text.encode(), "计划.txt")))


@cache
def plain_scores(name: str) -> dict[str, float]:
    text, expected = case_of(name)
    return scores(text, expected)


def scores(text: str, expected: dict[str, Any]) -> dict[str, float]:
    found = read(text)
    return {kind: agreement(kind, found, expected).f1 for kind in KINDS}


def renamed(text: str, expected: dict[str, Any]) -> Case:
    """Every place in the title and every body's own word replaced, in the text and the reading alike."""
    new_names = dict(zip(sorted(own_words(expected), key=len, reverse=True), NEW_NAMES, strict=False))
    whole = json.dumps(expected, ensure_ascii=False)
    for old, new in new_names.items():
        text = re.sub(r"\s*".join(old), new, text)
        whole = whole.replace(old, new)
    return text, json.loads(whole)


def own_words(expected: dict[str, Any]) -> set[str]:
    """What tells the plan's places and bodies from others: 青禾 of 青禾区, 教体 of 区教体局."""
    plan = expected["plan"]
    titles = re.sub(r"\d+年?", " ", f"{plan['title']} {plan['issuer'] or ''}")
    places = set(PLACE.findall(titles))
    return places | {word for word in bodies(expected) if not any(place in word for place in places)}


def bodies(expected: dict[str, Any]) -> Iterator[str]:
    for task in expected["tasks"]:
        for measure in task["measures"]:
            for unit in measure["assignments"]:
                name = re.sub(r"^(?:新区|[省市县区镇](?!场))", "", re.sub(r"[（(].*", "", unit["surface"]))
                core = BODY.sub("", name)
                if not unit["group"] and core != name and 1 < len(core) < 5 and not OTHER_SENSE.search(core):
                    yield core


def on_one_line(text: str, expected: dict[str, Any]) -> Case:
    return text.replace("\n", ""), expected


def on_one_spaced_line(text: str, expected: dict[str, Any]) -> Case:
    return " ".join(text.split("\n")), expected


def half_width(text: str, expected: dict[str, Any]) -> Case:
    return text.translate(str.maketrans("（）", "()")), expected


def full_width(text: str, expected: dict[str, Any]) -> Case:
    return text.translate(str.maketrans("()", "（）")), expected


def mismatched(text: str, expected: dict[str, Any]) -> Case:
    """Opening brackets of one width and closing ones of the other."""
    return text.translate(str.maketrans("（)", "(）")), expected


def is_told_by_lines(name: str) -> bool:
    """Whether only line ends tell a plan's headings or tasks, so that one line cannot be read like many.

    So it is with bullets, with page numbers of their own and where `2.` follows a label line without a stop.
    """
    text, expected = case_of(name)
    if re.search(r"(?m)^●|^- \d+ -$|^(?:责任|配合)单位：[^。\n]+\n+\d+[.．]", text):
        return True
    numbered = re.search(r"(?m)^\s*[（(]?[一二三四五1][）)、.．]", text)
    return not numbered or not any(measure["assignments"] for task in expected["tasks"] for measure in task["measures"])


@pytest.mark.parametrize("change", [renamed, half_width, full_width, mismatched], ids=lambda change: change.__name__)
@pytest.mark.parametrize("name", SOURCES)
def test_other_names_and_brackets_cost_little(name: str, change: Callable[[str, dict[str, Any]], Case]) -> None:
    before, after = plain_scores(name), scores(*change(*case_of(name)))
    assert {kind: (before[kind], after[kind]) for kind in KINDS if after[kind] < before[kind] - COST} == {}


@pytest.mark.parametrize("change", [on_one_line, on_one_spaced_line], ids=lambda change: change.__name__)
@pytest.mark.parametrize("name", [name for name in SOURCES if not is_told_by_lines(name)])
def test_lost_line_ends_cost_little(name: str, change: Callable[[str, dict[str, Any]], Case]) -> None:
    before, after = plain_scores(name), scores(*change(*case_of(name)))
    assert {kind: (before[kind], after[kind]) for kind in KINDS if after[kind] < before[kind] - COST} == {}
