"""Word files into lines and tables: what is read, what is left out, what is refused."""

from __future__ import annotations

import pytest

from intake.reader.formats import Refusal, package, read_document
from intake.reader.model import Line, Table, Unreadable
from tests.reader_files import (
    abstract,
    cell,
    level,
    number_list,
    numbered,
    paragraph,
    row,
    table,
    word_file,
    zipped,
)

MERGE_FROM, MERGE_ON = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
VISIBLE, HIDDEN_STYLE = '<w:vanish w:val="0"/>', '<w:rStyle w:val="H"/>'


def blocks(body: str, **parts: str) -> tuple[Line | Table, ...]:
    return read_document(word_file(body, **parts), "计划.docx").blocks


def texts(body: str, **parts: str) -> list[str]:
    return [block.text for block in blocks(body, **parts) if isinstance(block, Line)]


def run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def refusal(data: bytes) -> object:
    with pytest.raises(Unreadable) as caught:
        read_document(data, "计划.docx")
    return caught.value.args[0]


def test_insertions_stay_and_deletions_go() -> None:
    body = (
        f"<w:p><w:ins>{run('新增')}</w:ins><w:del><w:r><w:delText>删去</w:delText></w:r></w:del>"
        f"<w:moveFrom>{run('移走')}</w:moveFrom><w:moveTo>{run('移来')}</w:moveTo></w:p>"
    )
    assert texts(body) == ["新增移来"]


def test_a_removed_paragraph_end_joins_two_paragraphs() -> None:
    assert texts(paragraph("前半句", "<w:rPr><w:del/></w:rPr>") + paragraph("后半句")) == ["前半句后半句"]


def test_hidden_text_is_left_out() -> None:
    assert texts(f"<w:p>{run('看得见')}{run('看不见', '<w:vanish/>')}{run('又看得见', VISIBLE)}</w:p>") == [
        "看得见又看得见"
    ]


def test_text_hidden_by_its_character_style_is_left_out() -> None:
    styles = '<w:style w:type="character" w:styleId="H"><w:rPr><w:vanish/></w:rPr></w:style>'
    assert texts(f"<w:p>{run('正文')}{run('批语', HIDDEN_STYLE)}</w:p>", styles=styles) == ["正文"]


def test_links_and_content_controls_are_text() -> None:
    body = (
        f"<w:sdt><w:sdtContent><w:p><w:hyperlink>{run('链接')}</w:hyperlink>{run('正文')}</w:p></w:sdtContent></w:sdt>"
    )
    assert texts(body) == ["链接正文"]


def test_a_field_keeps_its_result_alone() -> None:
    body = (
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DATE</w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run("5月6日")}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        f"{run('印发')}</w:p>"
    )
    assert texts(body) == ["5月6日印发"]


def test_a_field_without_end_does_not_swallow_the_next_paragraph() -> None:
    open_field = '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r></w:p>'
    assert texts(open_field + paragraph("正文")) == ["正文"]


def test_a_table_of_contents_is_left_out() -> None:
    styles = '<w:style w:type="paragraph" w:styleId="10"><w:name w:val="toc 1"/></w:style>'
    assert texts(paragraph("一、甲 3", '<w:pStyle w:val="10"/>') + paragraph("一、甲"), styles=styles) == ["一、甲"]


def test_a_manual_break_ends_a_line() -> None:
    assert texts(f"<w:p>{run('上')}<w:r><w:br/></w:r>{run('下')}</w:p>") == ["上", "下"]


def test_soft_hyphens_and_notes_leave_no_trace() -> None:
    body = (
        "<w:p><w:r><w:t>食品\u00ad安全</w:t><w:softHyphen/><w:footnoteReference w:id='1'/><w:tab/>"
        "<w:t>工作</w:t></w:r></w:p>"
    )
    assert texts(body) == ["食品安全 工作"]


def test_a_text_box_is_read_once() -> None:
    box = "<w:txbxContent>" + paragraph("云泽县食品安全委员会文件") + "</w:txbxContent>"
    anchored = (
        f"<w:p><w:r><mc:AlternateContent><mc:Choice><wps:txbx>{box}</wps:txbx></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    assert texts(anchored + paragraph("云食安委〔2025〕3号")) == ["云泽县食品安全委员会文件", "云食安委〔2025〕3号"]


def test_headers_and_footers_are_left_out() -> None:
    header = (
        f'<w:hdr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">{paragraph("页眉")}</w:hdr>'
    )
    assert texts(paragraph("正文"), header1=header) == ["正文"]


def test_heading_styles_and_outline_levels_are_headings() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="2"><w:basedOn w:val="1"/><w:name w:val="二级"/></w:style>'
    )
    body = (
        paragraph("甲", '<w:pStyle w:val="1"/>')
        + paragraph("乙", '<w:pStyle w:val="2"/>')
        + paragraph("丙", '<w:outlineLvl w:val="2"/>')
        + paragraph("丁", '<w:pStyle w:val="1"/><w:outlineLvl w:val="9"/>')
    )
    levels = [block.heading for block in blocks(body, styles=styles) if isinstance(block, Line)]
    assert levels == [1, 1, 3, None]


def test_a_heading_broken_by_hand_is_one_line() -> None:
    body = f'<w:p><w:pPr><w:outlineLvl w:val="0"/></w:pPr>{run("重点")}<w:r><w:br/></w:r>{run("任务")}</w:p>'
    assert blocks(body) == (Line("重点任务", 1),)


def test_a_table_stands_in_its_place() -> None:
    body = paragraph("上") + table(row(cell("甲"), cell("乙")), row(cell("丙"), cell("丁"))) + paragraph("下")
    assert blocks(body) == (Line("上"), Table((("甲", "乙"), ("丙", "丁"))), Line("下"))


def test_merged_cells_repeat_their_text() -> None:
    merged = table(
        row(cell("序号"), cell("任务", '<w:gridSpan w:val="2"/>')),
        row(cell("1", MERGE_FROM), cell("甲"), cell("乙")),
        row(cell("", MERGE_ON), cell("丙"), cell("丁")),
    )
    assert blocks(merged) == (Table((("序号", "任务", "任务"), ("1", "甲", "乙"), ("1", "丙", "丁"))),)


def test_a_cell_of_numbers_alone_shows_them() -> None:
    numbering = abstract(level(0, "decimal", "%1")) + number_list()
    rows = [row(cell(numbered("")), cell(text)) for text in ("甲", "乙")]
    assert blocks(table(*rows), numbering=numbering) == (Table((("1", "甲"), ("2", "乙"))),)


def test_a_nested_table_is_flattened_into_its_cell() -> None:
    nested = cell(paragraph("责任单位") + table(row(cell("甲局"), cell("乙局")), row(cell("丙局"), cell("丁局"))))
    outer = table(row(cell("1"), nested), row(cell("2"), cell("戊局")))
    assert blocks(outer) == (Table((("1", "责任单位\n甲局\n乙局\n丙局\n丁局"), ("2", "戊局"))),)


def test_a_deleted_row_is_left_out() -> None:
    gone = f"<w:tr><w:trPr><w:del/></w:trPr>{cell('旧')}{cell('旧')}</w:tr>"
    assert blocks(table(row(cell("甲"), cell("乙")), gone, row(cell("丙"), cell("丁")))) == (
        Table((("甲", "乙"), ("丙", "丁"))),
    )


def test_a_table_of_one_column_is_lines() -> None:
    assert blocks(table(row(cell("甲")), row(cell("乙")))) == (Line("甲"), Line("乙"))


def test_the_red_head_of_two_issuers_is_lines() -> None:
    head = table(
        row(cell("云泽县食品安全委员会"), cell("文件", MERGE_FROM)),
        row(cell("云泽县市场监督管理局"), cell("", MERGE_ON)),
    )
    assert texts(head) == ["云泽县食品安全委员会", "文件", "云泽县市场监督管理局"]


def test_the_strict_namespace_is_read() -> None:
    body = "<w:body><w:p><w:r><w:t>正文</w:t></w:r></w:p></w:body>"
    strict = f'<w:document xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main">{body}</w:document>'
    assert read_document(zipped({"word/document.xml": strict}), "计划.docx").blocks == (Line("正文"),)


def test_a_document_type_is_refused() -> None:
    bomb = '<!DOCTYPE d [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><w:document xmlns:w="w">&b;</w:document>'
    assert refusal(zipped({"word/document.xml": bomb})) is Refusal.UNSAFE_DOCX


def test_an_external_entity_is_not_fetched() -> None:
    outside = '<!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/hostname">]><d>&a;</d>'
    assert refusal(zipped({"word/document.xml": outside})) is Refusal.UNSAFE_DOCX


def test_a_package_that_unpacks_too_large_is_refused() -> None:
    parts: dict[str, str | bytes] = {"word/document.xml": "<d/>"}
    filler = bytes(package.MAX_PART)
    assert refusal(zipped(parts | {f"word/media/{n}.bin": filler for n in range(2)})) is Refusal.SWOLLEN


def test_a_broken_main_part_is_damage() -> None:
    assert refusal(zipped({"word/document.xml": "<w:document"})) is Refusal.DAMAGED_DOCX


def test_a_word_file_without_its_main_part_is_damage() -> None:
    assert refusal(zipped({"[Content_Types].xml": "<Types/>"})) is Refusal.DAMAGED_DOCX


def test_a_truncated_file_is_damage() -> None:
    data = word_file(paragraph("正文"))
    assert refusal(data[: len(data) // 2]) is Refusal.DAMAGED_DOCX


def test_a_file_of_pictures_alone_has_no_text() -> None:
    assert refusal(word_file("<w:p><w:r><w:drawing/></w:r></w:p>")) is Refusal.NO_TEXT


def test_deep_nesting_is_read_or_refused() -> None:
    deep = "<w:sdt>" * 5000 + paragraph("正文") + "</w:sdt>" * 5000
    assert refusal(word_file(deep)) in (Refusal.TOO_DEEP, Refusal.DAMAGED_DOCX)
