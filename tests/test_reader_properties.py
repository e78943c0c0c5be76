"""What holds for the reader on any text: it never raises, loses nothing and points into the text."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake.reader import reading
from intake.reader.as_json import from_json, to_json
from intake.reader.brackets import CLOSING, OPENING
from intake.reader.model import Document, Line, Reading, Span, Table

UNSTORABLE = re.compile(r"[\x00\ud800-\udfff]")
FRAGMENTS = [
    *[
        "一、强化源头治理",
        "二、",
        "（一）",
        "（二）管好食堂。",
        "1.",
        "2．",
        "（1）",
        "①",
        "第一部分",
        "第二条 ",
        "# ",
        "### 3 ",
    ],
    *["青禾区2026年食品安全工作要点", "关于印发", "的通知", "青食安委〔2026〕3号", "2026年5月8日", "（征求意见稿）"],
    *[
        "（区教育局、市场监管局按职责分工负责）",
        "（区农业农村局牵头，",
        "各镇配合）",
        "责任单位：区教育局\n",
        "牵头单位：",
    ],
    *[
        "完成时限：6月底前",
        "【区卫健局】",
        "区委宣传部（网信办）",
        "各镇（街道）",
        "等部门",
        "以下任务均由各镇负责，不再列出",
    ],
    *["每季度向区食安办报送工作情况", "11月30日前报告全年工作情况", "覆盖率达到100%", "不少于3.2批次/千人", "全覆盖"],
    *[
        "。",
        "，",
        "、",
        "；",
        "\n",
        "\n\n",
        " ",
        "\t",
        "\x00",
        "龘",
        "😀",
        "（",
        "）",
        "(",
        ")",
        "〔",
        "】",
        "[",
        "“",
        "”",
        "《",
        "》",
    ],
    *["附件：", "抄送：", "- 3 -", "序号", "年底前", "13月45日", "第０条"],
]
TEXTS = st.one_of(
    st.text(max_size=300),
    st.lists(st.sampled_from(FRAGMENTS), max_size=60).map("".join),
    st.lists(st.one_of(st.sampled_from(FRAGMENTS), st.text(max_size=6)), max_size=40).map("".join),
)
HEADS = ["序号", "重点任务", "具体措施", "牵头单位", "配合单位", "责任单位", "完成时限", "备注", ""]
CELLS = st.one_of(st.sampled_from(HEADS), st.sampled_from(FRAGMENTS), st.text(max_size=8))
ROWS = st.integers(1, 7).flatmap(lambda width: st.lists(st.tuples(*[CELLS] * width), min_size=1, max_size=6))
LINES = st.builds(Line, TEXTS, st.one_of(st.none(), st.integers(1, 6)), st.booleans())
TABLES = ROWS.map(lambda rows: Table(tuple(rows)))
DOCUMENTS = st.lists(st.one_of(LINES, TABLES), max_size=8).map(lambda blocks: Document(tuple(blocks), "docx"))
READINGS = DOCUMENTS.map(reading.read)
MANY = settings(max_examples=100, deadline=None)


def spans(found: Reading) -> list[Span]:
    """Every span of a reading."""
    stated = [section.span for section in found.sections] + [indicator.span for indicator in found.indicators]
    stated += [duty.span for duty in found.reporting] + [warning.span for warning in found.warnings if warning.span]
    for task in found.tasks:
        stated.append(task.span)
        for measure in task.measures:
            stated += [measure.span, *(assignment.span for assignment in measure.assignments)]
    return stated


def bare(text: str) -> str:
    """Text without white space and brackets."""
    return "".join(char for char in text if not char.isspace() and char not in OPENING + CLOSING)


@MANY
@given(TEXTS)
def test_reading_any_text_keeps_every_visible_character(text: str) -> None:
    found = reading.read_text(text)
    dropped = any(warning.code == "page_chrome_dropped" for warning in found.warnings)
    if not dropped and "#" not in text:
        assert "".join(found.text.split()) == "".join(UNSTORABLE.sub("", text).split())


@MANY
@given(READINGS)
def test_pieces_partition_the_text(found: Reading) -> None:
    assert "".join(found.text[piece.span.start : piece.span.end] for piece in found.pieces) == found.text
    ends = [0, *(piece.span.end for piece in found.pieces)]
    assert [piece.span.start for piece in found.pieces] == ends[:-1]


@MANY
@given(READINGS)
def test_all_spans_lie_within_the_text(found: Reading) -> None:
    assert all(0 <= span.start <= span.end <= len(found.text) for span in spans(found))


@MANY
@given(READINGS)
def test_a_measures_text_is_its_span_without_white_space(found: Reading) -> None:
    for task in found.tasks:
        for measure in task.measures:
            assert bare(found.text[measure.span.start : measure.span.end]) == bare(measure.text)


@MANY
@given(READINGS)
def test_an_assignment_points_at_the_name_as_written(found: Reading) -> None:
    for task in found.tasks:
        for measure in task.measures:
            for given_unit in measure.assignments:
                assert "".join(found.text[given_unit.span.start : given_unit.span.end].split()) == given_unit.surface


@MANY
@given(READINGS)
def test_task_numbers_are_unique(found: Reading) -> None:
    numbers = [task.number for task in found.tasks]
    assert len(numbers) == len(set(numbers))


@MANY
@given(READINGS)
def test_a_reading_survives_json(found: Reading) -> None:
    assert from_json(json.loads(json.dumps(to_json(found)))) == found


@pytest.mark.parametrize("char", ["（", "）", "\x00", "龘", "、", "1.", "（一）", "。", "责任单位：", "以下均", "😀"])
def test_long_runs_are_read(char: str) -> None:
    found = reading.read_text(char * 3000)
    assert sum(piece.span.end - piece.span.start for piece in found.pieces) == len(found.text)


def test_an_empty_document_is_a_reading_without_tasks() -> None:
    found = reading.read(Document((), "txt"))
    assert (found.text, found.pieces, found.tasks) == ("", (), ())
