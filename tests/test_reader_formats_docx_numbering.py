"""Automatic numbers of Word files, as Word shows them."""

from __future__ import annotations

import pytest

from intake.reader.formats import read_document
from intake.reader.formats.docx_numerals import numeral
from intake.reader.model import Line
from tests.reader_files import abstract, level, number_list, numbered, paragraph, word_file

OUTLINE = abstract(
    level(0, "chineseCountingThousand", "%1、") + level(1, "chineseCounting", "（%2）") + level(2, "decimal", "%3.")
)


def texts(body: str, **parts: str) -> list[str]:
    document = read_document(word_file(body, **parts), "计划.docx")
    return [block.text for block in document.blocks if isinstance(block, Line)]


@pytest.mark.parametrize(
    ("number_format", "number", "shown"),
    [
        ("decimal", 12, "12"),
        ("decimalZero", 7, "07"),
        ("decimalFullWidth", 12, "１２"),
        ("decimalEnclosedCircle", 1, "①"),
        ("decimalEnclosedCircle", 20, "⑳"),
        ("decimalEnclosedCircle", 21, "㉑"),
        ("decimalEnclosedCircle", 36, "㊱"),
        ("decimalEnclosedCircle", 51, "51"),
        ("decimalEnclosedParen", 3, "⑶"),
        ("decimalEnclosedFullstop", 3, "⒊"),
        ("chineseCounting", 10, "十"),
        ("chineseCounting", 11, "十一"),
        ("chineseCounting", 20, "二十"),
        ("chineseCounting", 27, "二十七"),
        ("chineseCountingThousand", 100, "一百"),
        ("chineseCountingThousand", 101, "一百零一"),
        ("chineseCountingThousand", 110, "一百一十"),
        ("chineseCountingThousand", 1005, "一千零五"),
        ("taiwaneseCounting", 12, "十二"),
        ("japaneseCounting", 111, "百十一"),
        ("ideographDigital", 10, "一〇"),
        ("ideographDigital", 11, "一一"),
        ("chineseLegalSimplified", 12, "壹拾贰"),
        ("ideographTraditional", 3, "丙"),
        ("lowerLetter", 3, "c"),
        ("upperLetter", 27, "AA"),
        ("lowerRoman", 4, "iv"),
        ("upperRoman", 19, "XIX"),
        ("none", 4, ""),
        ("somethingNew", 4, "4"),
        ("chineseCounting", 0, "0"),
    ],
)
def test_number_formats(number_format: str, number: int, shown: str) -> None:
    assert numeral(number, number_format) == shown


def test_levels_count_on_their_own_and_start_anew_under_the_next_part() -> None:
    body = "".join(
        numbered(text, level=depth)
        for text, depth in [("甲", 0), ("乙", 1), ("丙", 1), ("丁", 0), ("戊", 1), ("己", 2)]
    )
    assert texts(body, numbering=OUTLINE + number_list()) == [
        "一、甲",
        "（一）乙",
        "（二）丙",
        "二、丁",
        "（一）戊",
        "1. 己",
    ]


def test_a_level_that_never_restarts_counts_through_the_plan() -> None:
    levels = level(0, "chineseCounting", "%1、") + level(1, "chineseCounting", "（%2）", '<w:lvlRestart w:val="0"/>')
    body = numbered("甲") + numbered("乙", level=1) + numbered("丙") + numbered("丁", level=1)
    assert texts(body, numbering=abstract(levels) + number_list()) == ["一、甲", "（一）乙", "二、丙", "（二）丁"]


def test_a_label_takes_in_the_numbers_above_it() -> None:
    levels = level(0, "decimal", "%1") + level(1, "decimal", "%1.%2")
    body = numbered("甲") + numbered("乙", level=1) + numbered("丙", level=1)
    assert texts(body, numbering=abstract(levels) + number_list()) == ["1 甲", "1.1 乙", "1.2 丙"]


def test_plain_figures_where_the_level_asks_for_them() -> None:
    levels = level(0, "chineseCounting", "第%1部分 ") + level(1, "decimal", "%1.%2", "<w:isLgl/>")
    body = numbered("甲") + numbered("乙", level=1)
    assert texts(body, numbering=abstract(levels) + number_list()) == ["第一部分 甲", "1.1 乙"]


def test_two_lists_on_one_definition_count_on() -> None:
    body = numbered("甲") + numbered("乙", list_id=2)
    assert texts(body, numbering=OUTLINE + number_list() + number_list(2)) == ["一、甲", "二、乙"]


def test_a_start_override_begins_anew_once() -> None:
    override = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    body = numbered("甲") + numbered("乙", list_id=2) + numbered("丙", list_id=2)
    assert texts(body, numbering=OUTLINE + number_list() + number_list(2, overrides=override)) == [
        "一、甲",
        "五、乙",
        "六、丙",
    ]


def test_a_level_override_replaces_the_format() -> None:
    override = f'<w:lvlOverride w:ilvl="0">{level(0, "decimalEnclosedCircle", "%1")}</w:lvlOverride>'
    assert texts(numbered("甲"), numbering=OUTLINE + number_list(overrides=override)) == ["① 甲"]


def test_a_bullet_is_dropped() -> None:
    assert texts(numbered("甲"), numbering=abstract(level(0, "bullet", "")) + number_list()) == ["甲"]


def test_a_style_brings_its_number_through_the_style_it_is_based_on() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="Base"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Child"><w:basedOn w:val="Base"/></w:style>'
    )
    body = paragraph("甲", '<w:pStyle w:val="Child"/>') + paragraph("乙", '<w:pStyle w:val="Base"/>')
    assert texts(body, numbering=OUTLINE + number_list(), styles=styles) == ["一、甲", "二、乙"]


def test_a_level_that_names_a_style_numbers_its_paragraphs() -> None:
    levels = level(0, "chineseCounting", "%1、") + level(1, "chineseCounting", "（%2）", '<w:pStyle w:val="Second"/>')
    styles = '<w:style w:styleId="Second"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    body = numbered("甲") + paragraph("乙", '<w:pStyle w:val="Second"/>')
    assert texts(body, numbering=abstract(levels) + number_list(), styles=styles) == ["一、甲", "（一）乙"]


def test_list_zero_takes_a_styles_number_away() -> None:
    styles = '<w:style w:styleId="S"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    plain = paragraph("甲", '<w:pStyle w:val="S"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    assert texts(plain, numbering=OUTLINE + number_list(), styles=styles) == ["甲"]


def test_a_definition_that_links_to_a_list_style_takes_its_levels() -> None:
    linked = '<w:abstractNum w:abstractNumId="7"><w:numStyleLink w:val="Lists"/></w:abstractNum>'
    styles = (
        '<w:style w:type="numbering" w:styleId="Lists"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    numbering = OUTLINE + linked + number_list() + number_list(2, 7)
    assert texts(numbered("甲", list_id=2), numbering=numbering, styles=styles) == ["一、甲"]


def test_an_empty_numbered_paragraph_counts_without_a_line() -> None:
    body = numbered("甲") + numbered("") + numbered("乙")
    assert texts(body, numbering=OUTLINE + number_list()) == ["一、甲", "三、乙"]


def test_a_removed_paragraph_does_not_count() -> None:
    removed = (
        '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:rPr><w:del/></w:rPr></w:pPr>'
        "<w:del><w:r><w:delText>旧</w:delText></w:r></w:del></w:p>"
    )
    assert texts(numbered("甲") + removed + numbered("乙"), numbering=OUTLINE + number_list()) == ["一、甲", "二、乙"]


def test_an_unknown_list_numbers_nothing() -> None:
    assert texts(numbered("甲", list_id=9), numbering=OUTLINE + number_list()) == ["甲"]
