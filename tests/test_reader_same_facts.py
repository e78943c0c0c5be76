"""The same plan in the forms that offices hand in: each gives the same text and the same facts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from intake.reader.formats import read_document, read_pasted
from intake.reader.model import Document, Line, Reading
from intake.reader.reading import read
from tests import reader_plan


@dataclass(frozen=True, slots=True)
class Form:
    name: str
    make: Callable[[], bytes]


needs_font = pytest.mark.skipif(not reader_plan.has_chinese_font(), reason="no Chinese font to make a PDF with")
FORMS = [
    pytest.param(Form("计划.docx", reader_plan.as_word), id="docx, numbered by Word"),
    pytest.param(Form("计划.pdf", reader_plan.as_pdf), id="pdf", marks=needs_font),
    pytest.param(Form("计划.html", lambda: reader_plan.as_page().encode()), id="html"),
    pytest.param(
        Form("计划.htm", lambda: reader_plan.as_page().replace("utf-8", "gb2312").encode("gb18030")),
        id="html in GB18030",
    ),
    pytest.param(Form("计划.txt", lambda: reader_plan.as_text().encode("gb18030")), id="text in GB18030"),
    pytest.param(Form("计划.txt", lambda: reader_plan.as_text().encode("utf-8-sig")), id="text with a byte order mark"),
    pytest.param(Form("计划.md", lambda: reader_plan.as_markdown().encode()), id="markdown"),
]


def tight(document: Document) -> str:
    """The whole text without blanks and line ends."""
    return "".join("".join(block.text.split()) for block in document.blocks if isinstance(block, Line))


@pytest.fixture(scope="module")
def pasted() -> Document:
    return read_pasted(reader_plan.as_text())


@pytest.mark.parametrize("form", FORMS)
def test_each_form_gives_the_same_text(form: Form, pasted: Document) -> None:
    assert tight(read_document(form.make(), form.name)) == tight(pasted)


def facts(reading: Reading) -> dict[str, object]:
    """What a reading says, without the places in its text where it says so."""
    return {
        "plan": reading.plan,
        "sections": [(section.number, section.label, section.title) for section in reading.sections],
        "tasks": [(task.section, task.number, task.label, task.title) for task in reading.tasks],
        "measures": [
            (task.number, measure.text, measure.due_on) for task in reading.tasks for measure in task.measures
        ],
        "assignments": [
            (task.number, place, unit.surface, unit.department, unit.role, unit.group)
            for task in reading.tasks
            for place, measure in enumerate(task.measures)
            for unit in measure.assignments
        ],
        "indicators": [
            (target.task, target.measure, target.subject, target.comparator, target.value, target.unit, target.kind)
            for target in reading.indicators
        ],
        "reporting": [(duty.task, duty.frequency, duty.due, duty.direction) for duty in reading.reporting],
    }


@pytest.fixture(scope="module")
def pasted_facts(pasted: Document) -> dict[str, object]:
    return facts(read(pasted))


@pytest.mark.parametrize("kind", ["plan", "sections", "tasks", "measures", "assignments", "indicators", "reporting"])
@pytest.mark.parametrize("form", FORMS)
def test_each_form_gives_the_same_facts(form: Form, kind: str, pasted_facts: dict[str, object]) -> None:
    assert facts(read(read_document(form.make(), form.name)))[kind] == pasted_facts[kind]


def test_the_facts_are_those_of_the_plan(pasted: Document) -> None:
    reading = read(pasted)
    assert [section.title for section in reading.sections] == [section.title for section in reader_plan.SECTIONS]
    assert [task.title for task in reading.tasks] == [
        task.title for part in reader_plan.SECTIONS for task in part.tasks
    ]
