"""The demo plan: its counts, its hand-made reading against its text, its names against the demo district."""

from __future__ import annotations

import json
import re
import runpy
from collections import Counter
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from docx import Document

from intake.binding import Catalogue, bind
from intake.reader.formats import read_document
from intake.reader.model import Line

ROOT = Path(__file__).resolve().parent.parent
DEMO = ROOT / "fixtures" / "demo"
NUMBERED = re.compile(r"^(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）)")


def load(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((DEMO / name).read_text(encoding="utf-8"))
    return loaded


@pytest.fixture(scope="module")
def plan() -> dict[str, Any]:
    return load("plan-2026.expected.json")


@pytest.fixture(scope="module")
def district() -> dict[str, Any]:
    return load("district.json")


@pytest.fixture(scope="module")
def answers() -> dict[str, Any]:
    return load("plan-2026.answers.json")


@pytest.fixture(scope="module")
def text() -> str:
    return (DEMO / "plan-2026.txt").read_text(encoding="utf-8")


def measures(plan: dict[str, Any]) -> dict[tuple[int, int], dict[str, Any]]:
    """Measures by task number and place within it, from 1."""
    return {(t["number"], n): m for t in plan["tasks"] for n, m in enumerate(t["measures"], 1)}


def named(plan: dict[str, Any]) -> list[dict[str, Any]]:
    return [a for measure in measures(plan).values() for a in measure["assignments"]]


def catalogue(district: dict[str, Any], without: frozenset[str] = frozenset()) -> Catalogue:
    """The district's names with positions for keys; groups count from 1000."""
    aliases = {a: d["position"] for d in district["departments"] for a in d["aliases"] if a not in without}
    return Catalogue(
        district["jurisdiction"]["name"],
        {d["name"]: d["position"] for d in district["departments"]},
        aliases,
        {g["name"]: 1000 + n for n, g in enumerate(district["groups"])},
    )


def expanded(plan: dict[str, Any], district: dict[str, Any]) -> list[tuple[int, int, str]]:
    """(task, measure, unit) of every assignment, groups replaced by their members; open names own nothing."""
    units = {name: [d["name"]] for d in district["departments"] for name in (d["name"], *d["aliases"])}
    units |= {g["name"]: g["members"] for g in district["groups"]} | {name: [] for name in district["open_names"]}
    return [
        (task, n, unit)
        for (task, n), measure in measures(plan).items()
        for a in measure["assignments"]
        for unit in units[a["department"]]
    ]


def test_plan_has_the_size_that_the_pages_show(plan: dict[str, Any]) -> None:
    sizes = [len(plan["sections"]), len(plan["tasks"]), len(measures(plan)), len(plan["indicators"])]
    assert sizes == [8, 26, 46, 26]


def test_parts_hold_their_measures(plan: dict[str, Any]) -> None:
    per_part = Counter(t["section"] for t in plan["tasks"] for _ in t["measures"])
    assert [per_part[part] for part in range(1, 9)] == [11, 11, 4, 5, 7, 3, 2, 3]


def test_assignments_expand_to_171(plan: dict[str, Any], district: dict[str, Any]) -> None:
    assert len(expanded(plan, district)) == 171


def test_every_unit_owns_an_assignment(plan: dict[str, Any], district: dict[str, Any]) -> None:
    owners = {unit for _, _, unit in expanded(plan, district)}
    assert owners == {d["name"] for d in district["departments"]}


def test_no_unit_stands_twice_on_a_measure(plan: dict[str, Any], district: dict[str, Any]) -> None:
    assert max(Counter(expanded(plan, district)).values()) == 1


def test_third_quarter_asks_for_138_entries(plan: dict[str, Any], district: dict[str, Any]) -> None:
    closed, at_year_end = {(5, 2), (8, 1), (20, 1), (21, 1)}, {(26, 2), (26, 3)}
    owed = [row for row in expanded(plan, district) if row[:2] not in closed | at_year_end]
    assert len(owed) == 138


def test_every_name_binds_or_is_left_open(plan: dict[str, Any], district: dict[str, Any]) -> None:
    names = {a["department"] for a in named(plan)}
    assert set(bind(names, catalogue(district), district["open_names"])) == names


def test_two_names_do_not_bind_before_the_clerk_answers(
    plan: dict[str, Any], district: dict[str, Any], answers: dict[str, Any]
) -> None:
    learnt = frozenset(row["name"] for row in answers["aliases"])
    names = {a["department"] for a in named(plan)}
    assert names - set(bind(names, catalogue(district, learnt), district["open_names"])) == learnt


def test_all_role_forms_occur(plan: dict[str, Any]) -> None:
    assert {a["role"] for a in named(plan)} == {"lead", "support", "shared", "responsible"}


def test_measures_and_their_names_stand_in_the_issued_text(plan: dict[str, Any], text: str) -> None:
    at = 0
    for measure in measures(plan).values():
        at = text.index(measure["text"], at) + len(measure["text"])
        bracket = text[at : text.index("）", at) + 1]
        assert bracket.startswith("（")
        assert all(a["surface"] in bracket for a in measure["assignments"])


def test_headings_stand_in_the_issued_text(plan: dict[str, Any], text: str) -> None:
    lines = text.splitlines()
    assert all(any(line.endswith(f"、{s['title']}") for line in lines) for s in plan["sections"])
    assert all(f"）{t['title']}。" in text for t in plan["tasks"])


def test_targets_and_deadlines_are_quoted_from_their_measures(plan: dict[str, Any]) -> None:
    found = measures(plan)
    assert all(i["quote"] in found[i["task"], i["measure"]]["text"] for i in plan["indicators"])
    assert all(m.get("due_text", "") in m["text"] for m in found.values())


def test_indicators_are_of_every_kind(plan: dict[str, Any]) -> None:
    kinds = {i["kind"] for i in plan["indicators"]}
    assert kinds == {"coverage", "pass_rate", "completion", "sampling", "count", "score", "other"}
    assert {i["comparator"] for i in plan["indicators"]} == {">=", "<=", "<"}
    assert sum(i["implied"] for i in plan["indicators"]) == 2


def test_duties_to_report_are_quoted_from_the_last_part(plan: dict[str, Any], text: str) -> None:
    last = text[text.index("八、") :]
    assert [(r["frequency"], r["due"]) for r in plan["reporting"]] == [
        ("quarterly", None),
        ("half_yearly", None),
        ("annual", "11-15"),
        ("annual", "12-20"),
    ]
    assert all(r["quote"] in last for r in plan["reporting"])


def test_answers_name_every_indicator_and_only_units_of_its_measure(
    plan: dict[str, Any], district: dict[str, Any], answers: dict[str, Any]
) -> None:
    asked, known = (
        [(r["task"], r["measure"], r["subject"]) for r in rows] for rows in (answers["reporters"], plan["indicators"])
    )
    assert asked == known
    owners = set(expanded(plan, district))
    assert all((r["task"], r["measure"], unit) in owners for r in answers["reporters"] for unit in r["reporters"])


def test_answered_deadline_is_one_that_the_measure_leaves_without_a_date(
    plan: dict[str, Any], answers: dict[str, Any]
) -> None:
    undated = {(key, m["due_text"]) for key, m in measures(plan).items() if "due_text" in m and not m["due_on"]}
    assert {((d["task"], d["measure"]), d["said"]) for d in answers["deadlines"]} == undated


def test_units_stand_in_order_with_heads_of_four_characters(district: dict[str, Any]) -> None:
    positions = [d["position"] for d in district["departments"]]
    assert positions == sorted(set(positions))
    assert all(1 <= len(d["short"]) <= 4 for d in district["departments"])


def test_names_and_aliases_are_unique(district: dict[str, Any]) -> None:
    names = [name for d in district["departments"] for name in (d["name"], *d["aliases"])]
    names += [g["name"] for g in district["groups"]] + district["open_names"] + [district["office"]["name"]]
    assert len(names) == len(set(names))


def test_every_unit_has_a_reporter_and_people_serve_known_places(district: dict[str, Any]) -> None:
    units = {d["name"] for d in district["departments"]}
    places = {district["jurisdiction"]["code"], district["parent"]["code"]}
    roles = [m for user in district["users"] for m in user["memberships"]]
    assert {m["department"] for m in roles if m["role"] == "reporter"} == units
    assert {m["department"] for m in roles if m["role"] == "approver"} < units
    assert {m["jurisdiction"] for m in roles if m["role"] in ("office", "leader")} == places


def test_one_person_reports_for_two_units(district: dict[str, Any]) -> None:
    served = [[m["department"] for m in u["memberships"] if m["role"] == "reporter"] for u in district["users"]]
    assert ["区委宣传部", "区文旅局"] in served


def test_word_file_is_what_the_script_writes(text: str) -> None:
    made = runpy.run_path(str(ROOT / "script" / "make_demo_docx.py"))["docx_of"](text)
    assert _entries(made) == _entries((DEMO / "plan-2026.docx").read_bytes())


def test_word_file_numbers_by_style_alone() -> None:
    paragraphs = Document(str(DEMO / "plan-2026.docx")).paragraphs
    assert not [p.text for p in paragraphs if NUMBERED.match(p.text)]
    assert Counter(p.style.name for p in paragraphs if p.style)["要点任务"] == 26


def test_word_file_reads_to_the_lines_of_the_text(text: str) -> None:
    document = read_document((DEMO / "plan-2026.docx").read_bytes(), "plan-2026.docx")
    lines = [block.text.split() for block in document.blocks if isinstance(block, Line) and block.text.strip()]
    assert lines == [line.split() for line in text.splitlines() if line.strip()]


@pytest.fixture(scope="module", params=["plan-2026.txt", "plan-2026.docx"])
def facts(request: pytest.FixtureRequest) -> dict[str, Any]:
    """What the reader finds in each form of the document."""
    reading = pytest.importorskip("intake.reader.reading")
    return _facts(reading.read(read_document((DEMO / request.param).read_bytes(), request.param)))


@pytest.mark.parametrize(
    "kind", ["plan", "sections", "tasks", "measures", "assignments", "indicators", "reporting", "deadlines"]
)
def test_reader_finds_what_a_clerk_finds(kind: str, facts: dict[str, Any], plan: dict[str, Any]) -> None:
    assert facts[kind] == _expected_facts(plan)[kind]


def _entries(package: bytes) -> dict[str, tuple[tuple[int, ...], bytes]]:
    """What a package holds: bytes and time of each entry; its packing depends on the zlib of the machine."""
    with ZipFile(BytesIO(package)) as archive:
        return {i.filename: (i.date_time, archive.read(i)) for i in archive.infolist()}


def _facts(reading: Any) -> dict[str, Any]:
    """The reading's facts in the shape of the hand-made one."""
    return {
        "plan": (reading.plan.title, reading.plan.issuer, reading.plan.document_number, str(reading.plan.issued_on)),
        "sections": [(s.number, s.title) for s in reading.sections],
        "tasks": [(t.section, t.number, t.title) for t in reading.tasks],
        "measures": [(t.number, _bare(m.text)) for t in reading.tasks for m in t.measures],
        "assignments": [
            (t.number, n, a.surface, a.department, str(a.role), a.group)
            for t in reading.tasks
            for n, m in enumerate(t.measures, 1)
            for a in m.assignments
        ],
        "indicators": [
            (i.task, i.measure, str(i.comparator), str(i.value), i.unit, i.implied) for i in reading.indicators
        ],
        "reporting": [(d.task, str(d.frequency), d.due) for d in reading.reporting],
        "deadlines": [
            (t.number, n, str(m.due_on)) for t in reading.tasks for n, m in enumerate(t.measures, 1) if m.due_on
        ],
    }


def _expected_facts(plan: dict[str, Any]) -> dict[str, Any]:
    head, found = plan["plan"], measures(plan)
    return {
        "plan": (head["title"], head["issuer"], head["document_number"], head["issued_on"]),
        "sections": [(s["number"], s["title"]) for s in plan["sections"]],
        "tasks": [(t["section"], t["number"], t["title"]) for t in plan["tasks"]],
        "measures": [(task, _bare(m["text"])) for (task, _), m in found.items()],
        "assignments": [
            (task, n, a["surface"], a["department"], a["role"], a["group"])
            for (task, n), m in found.items()
            for a in m["assignments"]
        ],
        "indicators": [
            (i["task"], i["measure"], i["comparator"], i["value"], i["unit"], i["implied"]) for i in plan["indicators"]
        ],
        "reporting": [(r["task"], r["frequency"], r["due"]) for r in plan["reporting"]],
        "deadlines": [(*key, m["due_on"]) for key, m in found.items() if m.get("due_on")],
    }


def _bare(sentence: str) -> str:
    return sentence.rstrip("。")
