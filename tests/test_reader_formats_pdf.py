"""PDF files into lines: order, broken lines, running heads and page numbers, and what is refused."""

from __future__ import annotations

import io
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import pypdfium2
import pytest
import weasyprint

from intake.reader.formats import Refusal, read_document
from intake.reader.model import Line, Table, Unreadable
from tests import reader_plan

pytestmark = pytest.mark.skipif(not reader_plan.has_chinese_font(), reason="no Chinese font to make a PDF with")

PAGE = (
    "<style>@page {{ size: {size}; margin: 3cm }} p {{ margin: 0 }} {style} "
    'body {{ font: 16pt/1.8 "WenQuanYi Zen Hei" }}</style>{body}'
)


def pdf(body: str, *, style: str = "", size: str = "A4") -> bytes:
    return bytes(weasyprint.HTML(string=PAGE.format(body=body, style=style, size=size)).write_pdf())


def lines(data: bytes) -> list[Line]:
    document = read_document(data, "计划.pdf")
    assert document.format == "pdf"
    return [block for block in document.blocks if isinstance(block, Line)]


def texts(data: bytes) -> list[str]:
    return [line.text for line in lines(data)]


def joined(read: list[Line]) -> list[str]:
    """Paragraphs: lines put together where the edge broke them."""
    paragraphs = [read[0].text]
    for before, line in pairwise(read):
        if before.wrapped:
            paragraphs[-1] += line.text
        else:
            paragraphs.append(line.text)
    return paragraphs


def refusal(data: bytes) -> object:
    with pytest.raises(Unreadable) as caught:
        read_document(data, "计划.pdf")
    return caught.value.args[0]


def test_a_plan_of_several_pages_gives_its_paragraphs() -> None:
    data = reader_plan.as_pdf()
    with pypdfium2.PdfDocument(data) as document:
        assert len(document) >= 3
    tight = ["".join(text.split()) for text in joined(lines(data))]
    assert tight == reader_plan.lines()


def test_running_heads_and_page_numbers_are_dropped() -> None:
    read = texts(reader_plan.as_pdf())
    assert read.count("云泽县食品安全委员会") == 1
    assert not [text for text in read if text.startswith("—")]


@pytest.mark.parametrize("number", ["- 3 -", "— 3 —", "第3页", "第 3 页 共 9 页", "3/9", "3", "Page 3 of 9"])
def test_page_numbers(number: str) -> None:
    body = "<p>一、压实责任</p><p>（一）逐级签订责任书。</p><p>（二）按季度开展调度。</p>"
    assert texts(pdf(f"{body}<p style='text-align:center'>{number}</p>"))[-1] == "（二）按季度开展调度。"


def test_a_number_within_the_text_stays() -> None:
    assert "3" in texts(
        pdf("".join(f"<p>{text}</p>" for text in ["甲的工作", "乙的工作", "3", "丙的工作", "丁的工作"]))
    )


def test_a_full_line_before_an_indented_one_ends_its_paragraph() -> None:
    body = f"<p>{'食' * 23}</p><p>{'安' * 40}</p><p>{'全' * 40}</p>"
    wrapped = [line.wrapped for line in lines(pdf(body, style="p { text-indent: 2em }"))]
    assert wrapped == [False, True, False, True, False]


def test_a_gap_between_paragraphs_ends_one() -> None:
    body = f"<p>{'食' * 56}</p><p>{'安' * 56}</p><p>{'全' * 28}</p>"
    assert len(joined(lines(pdf(body, style="p { margin-bottom: 2em }")))) == 3


def test_a_gap_ends_a_paragraph_where_most_have_one_line() -> None:
    body = f"<p>{'食' * 70}</p>" + "".join(f"<p>{'安' * 23}</p><p>短的一段</p>" for _ in range(8))
    assert len(joined(lines(pdf(body, style="p { margin-bottom: 1em }")))) == 17


def test_a_sign_before_a_word_keeps_it_from_the_line_above() -> None:
    text = "食" * 22 + "+明厨亮灶建设" + "安" * 20
    assert joined(lines(pdf(f"<p>{text}</p><p>{'全' * 50}</p>", style="p { text-indent: 2em }")))[0] == text


def test_a_landscape_text_on_a_turned_page_is_read() -> None:
    with pypdfium2.PdfDocument(
        pdf("<p>一、压实各级责任</p><p>（一）逐级签订责任书</p>", size="A4 landscape")
    ) as document:
        document[0].set_rotation(90)
        buffer = io.BytesIO()
        document.save(buffer)
    assert texts(buffer.getvalue()) == ["一、压实各级责任", "（一）逐级签订责任书"]


def test_a_text_turned_by_a_quarter_is_read() -> None:
    data = pdf(
        "<p style='transform: rotate(90deg); width: 12cm; margin-top: 6cm'>一、压实各级责任<br>（一）逐级签订责任书</p>"
    )
    assert texts(data) == ["一、压实各级责任", "（一）逐级签订责任书"]


def test_a_slanted_watermark_is_dropped() -> None:
    mark = "<p style='transform: rotate(-40deg); position: absolute; top: 2cm'>征求意见</p>"
    assert texts(pdf(f"{mark}<p>一、压实各级责任</p><p>（一）逐级签订责任书</p>")) == [
        "一、压实各级责任",
        "（一）逐级签订责任书",
    ]


def test_text_printed_twice_is_read_once() -> None:
    twice = "".join(f"<p style='position: absolute; left: {left}pt'>云泽县食品安全工作要点</p>" for left in (0, 0.4))
    assert texts(pdf(twice)) == ["云泽县食品安全工作要点"]


def test_cells_of_a_table_without_rules_stand_in_their_row() -> None:
    rows = "".join(f"<tr><td>{n}</td><td>任务{n}的内容</td><td>县教育局</td></tr>" for n in "甲乙")
    read = texts(pdf(f"<table style='width:100%'>{rows}</table>"))
    assert read == ["甲 任务甲的内容 县教育局", "乙 任务乙的内容 县教育局"]


def ruled(*rows: str) -> str:
    """A table with rules around its cells; a row is its `<td>` elements."""
    return f"<table class='ruled'>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"


RULED = "table { width: 100%; border-collapse: collapse } td { border: 1px solid; padding: 2pt; font-size: 12pt }"


def tables(data: bytes) -> list[Table]:
    return [block for block in read_document(data, "计划.pdf").blocks if isinstance(block, Table)]


def test_a_ruled_table_is_a_table_in_its_place() -> None:
    body = f"<p>上文如下</p>{ruled('<td>序号<td>任务', '<td>1<td>校园食堂')}<p>下文如下</p>"
    assert read_document(pdf(body, style=RULED), "计划.pdf").blocks == (
        Line("上文如下"),
        Table((("序号", "任务"), ("1", "校园食堂"))),
        Line("下文如下"),
    )


def test_a_cell_joins_the_lines_that_its_edge_broke() -> None:
    text = "逐校明确食堂包保干部，每学期开展两轮检查，发现的问题全部整改到位。"
    body = ruled(f"<td style='width:4cm'>{text}<td>县教育局", "<td>第二项<td>县食安办")
    assert tables(pdf(body, style=RULED)) == [Table(((text, "县教育局"), ("第二项", "县食安办")))]


def test_merged_cells_of_a_ruled_table_repeat_their_text() -> None:
    body = ruled(
        "<td>序号<td colspan=2>任务", "<td rowspan=2>1<td>甲项<td>乙局", "<td>丙项<td>丁局", "<td>2<td>戊项<td>己局"
    )
    assert tables(pdf(body, style=RULED)) == [
        Table((("序号", "任务", "任务"), ("1", "甲项", "乙局"), ("1", "丙项", "丁局"), ("2", "戊项", "己局")))
    ]


def test_a_table_over_several_pages_is_one_with_one_head() -> None:
    rows = "".join(f"<tr><td>{n}<td>任务{n}的内容。<td>县教育局</tr>" for n in range(1, 81))
    body = f"<table><thead><tr><td>序号<td>任务<td>单位</tr></thead><tbody>{rows}</tbody></table>"
    expected = (("序号", "任务", "单位"), *((str(n), f"任务{n}的内容。", "县教育局") for n in range(1, 81)))
    assert tables(pdf(body, style=RULED)) == [Table(expected)]


def test_a_merged_cell_that_the_page_cuts_goes_on() -> None:
    rows = "".join(f"<tr>{'<td rowspan=40>1' * (n == 1)}<td>措施{n}的内容。<td>县教育局</tr>" for n in range(1, 41))
    (found,) = tables(pdf(f"<table>{rows}</table>", style=RULED))
    assert {row[0] for row in found.rows} == {"1"}


def test_a_frame_around_text_is_no_table() -> None:
    read = read_document(
        pdf("<div style='border:1px solid'><p>一、压实各级责任</p><p>（一）逐级签订责任书</p></div>"), "a.pdf"
    )
    assert read.blocks == (Line("一、压实各级责任"), Line("（一）逐级签订责任书"))


def test_a_scan_is_refused() -> None:
    assert refusal(pdf("<div style='width:5cm;height:5cm;background:red'></div>")) is Refusal.PDF_WITHOUT_TEXT


def test_a_garbled_text_is_refused() -> None:
    assert refusal(pdf(f"<p>{chr(0xE123) * 30}</p>")) in (Refusal.GARBLED_PDF, Refusal.PDF_WITHOUT_TEXT)


def test_a_broken_file_is_refused() -> None:
    assert refusal(b"%PDF-1.7\n" + bytes(100)) is Refusal.DAMAGED_PDF


def test_two_threads_may_read_at_once() -> None:
    data = pdf("<p>一、压实各级责任</p><p>（一）逐级签订责任书</p>")
    with ThreadPoolExecutor(4) as pool:
        assert {tuple(read) for read in pool.map(texts, [data] * 8)} == {("一、压实各级责任", "（一）逐级签订责任书")}
