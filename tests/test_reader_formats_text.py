"""Plain text and Markdown into lines, and the encodings of both."""

from __future__ import annotations

import codecs

import pytest

from intake.reader.formats import Refusal, read_document, read_pasted
from intake.reader.formats.encoding import MAX_CHARACTERS
from intake.reader.model import Document, Line, Table, Unreadable

PLAN = "云泽县2025年食品安全工作要点\n\n一、压实责任\n（一）落实属地责任。层层签订责任书。（县食安办）\n"
LINES = ["云泽县2025年食品安全工作要点", "一、压实责任", "（一）落实属地责任。层层签订责任书。（县食安办）"]


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Line)]


def wrapped(document: Document) -> list[bool]:
    return [block.wrapped for block in document.blocks if isinstance(block, Line)]


def refusal(data: bytes, name: str = "计划.txt") -> object:
    with pytest.raises(Unreadable) as caught:
        read_document(data, name)
    return caught.value.args[0]


@pytest.mark.parametrize(
    "data",
    [
        PLAN.encode(),
        codecs.BOM_UTF8 + PLAN.encode(),
        PLAN.encode("gb18030"),
        PLAN.encode("gbk"),
        codecs.BOM_UTF16_LE + PLAN.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + PLAN.encode("utf-16-be"),
        PLAN.replace("\n", "\r\n").encode(),
    ],
    ids=["utf-8", "utf-8 with mark", "gb18030", "gbk", "utf-16-le", "utf-16-be", "crlf"],
)
def test_encodings(data: bytes) -> None:
    document = read_document(data, "计划.txt")
    assert (texts(document), document.format) == (LINES, "txt")


def test_invisible_characters_and_blanks_are_put_right() -> None:
    assert texts(read_pasted("\u3000\u3000⻝品\u200b安全\xa0\xa0工作\x07\n")) == ["食品安全 工作"]


def test_a_page_break_ends_a_line() -> None:
    assert texts(read_pasted("上一页的末行\f下一页的首行")) == ["上一页的末行", "下一页的首行"]


def test_lines_cut_at_a_fixed_width_are_wrapped() -> None:
    full, last = "食" * 30, "安全工作扎实推进。"
    document = read_pasted("\n".join([full, full, last, full, full, last]))
    assert wrapped(document) == [True, True, False, True, True, False]


def test_a_line_is_wrapped_where_the_next_word_did_not_fit() -> None:
    full = "食" * 30
    document = read_pasted("\n".join([full, full, "安" * 27 + "到", "100%，成效明显", full, full]))
    assert wrapped(document)[2] is True


def test_paragraphs_of_differing_length_are_not_wrapped() -> None:
    document = read_pasted("\n".join(["食" * 40, "安" * 75, "全" * 120, "工" * 61]))
    assert wrapped(document) == [False] * 4


def test_rows_with_tabs_become_a_table() -> None:
    document = read_pasted("任务分工\n序号\t任务\t责任单位\n1\t校园食堂\t县教育局\n")
    assert document.blocks == (Line("任务分工"), Table((("序号", "任务", "责任单位"), ("1", "校园食堂", "县教育局"))))


def test_an_indent_by_tabs_makes_no_table() -> None:
    assert texts(read_pasted("\t一、甲\n\t二、乙\n")) == ["一、甲", "二、乙"]


@pytest.mark.parametrize(
    "data", [b"", b" \r\n\t", b"\x00\x00\x00", codecs.BOM_UTF8], ids=["none", "blanks", "nuls", "mark"]
)
def test_an_empty_file_is_refused(data: bytes) -> None:
    assert refusal(data) is Refusal.EMPTY


def test_nothing_pasted_is_refused() -> None:
    with pytest.raises(Unreadable, match="没有读到文字"):
        read_pasted(" \n ")


def test_too_much_pasted_is_refused() -> None:
    with pytest.raises(Unreadable, match="文字太多"):
        read_pasted("食" * (MAX_CHARACTERS + 1))


def test_binaries_are_refused() -> None:
    assert refusal(b"\x7fELF\x02\x01\x01\x00\x00\x00") is Refusal.NOT_TEXT


def test_control_characters_are_refused() -> None:
    assert refusal(b"abc\x01\x02\x03\x04def") is Refusal.NOT_TEXT


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_broken_byte_costs_one_character_not_the_file(encoding: str) -> None:
    data = (PLAN * 20).encode(encoding)
    assert texts(read_document(data + b"\xff", "计划.txt"))[:3] == LINES


def test_an_unknown_encoding_is_refused() -> None:
    assert refusal(b"\xff\xff\xfe\xff\xff\xff abc") is Refusal.UNKNOWN_ENCODING


def test_a_text_without_end_is_refused() -> None:
    assert refusal(b"a" * (MAX_CHARACTERS + 1)) is Refusal.TOO_LONG


def test_markdown_headings_have_levels() -> None:
    document = read_document("# 标题\n\n## 一、甲 ##\n正文\n乙\n---\n".encode(), "计划.md")
    assert document == Document((Line("标题", 1), Line("一、甲", 2), Line("正文"), Line("乙", 2)), "md")


def test_markdown_is_known_without_its_name() -> None:
    assert read_document("## 一、甲\n正文\n".encode(), "计划.txt").blocks == (Line("一、甲", 2), Line("正文"))


def test_marks_of_emphasis_links_and_images_are_dropped() -> None:
    text = "# 标题\n**压实**责任，*抓好*`落实`，见[通知](http://example.test/a_(1))![图](a.png)，编号a_b_c，5\\*3\n"
    assert texts(read_pasted(text))[1] == "压实责任，抓好落实，见通知，编号a_b_c，5*3"


def test_lists_keep_their_numbers_and_lose_their_bullets() -> None:
    assert texts(read_pasted("# 标题\n1. 甲\n2. 乙\n- 丙\n> 丁\n")) == ["标题", "1. 甲", "2. 乙", "丙", "丁"]


def test_front_matter_comments_rules_and_fences_are_dropped() -> None:
    text = "---\ntitle: 计划\n---\n# 标题\n<!-- 批注\n两行 -->\n***\n```\n正文\n```\n"
    assert texts(read_document(text.encode(), "a.md")) == ["标题", "正文"]


def test_a_pipe_table_is_a_table() -> None:
    text = "| 任务 | 单位 |\n|---|:---:|\n| 甲<br>乙 | **县教育局** |\n| 丙 |\n正文\n"
    assert read_pasted(text).blocks == (
        Table((("任务", "单位"), ("甲\n乙", "县教育局"), ("丙", ""))),
        Line("正文"),
    )
