"""Web pages into lines and tables, without the page around the text."""

from __future__ import annotations

import pytest

from intake.reader.formats import Refusal, read_document
from intake.reader.model import Line, Table, Unreadable

BODY = "".join(
    f"<p>　　（{number}）做好第{number}项工作。逐项明确措施，按季度报告进展情况。（县食安办）</p>"
    for number in range(1, 9)
)


def blocks(html: str, encoding: str = "utf-8") -> tuple[Line | Table, ...]:
    document = read_document(html.encode(encoding), "计划.html")
    assert document.format == "html"
    return document.blocks


def texts(html: str) -> list[str]:
    return [block.text for block in blocks(f"<!DOCTYPE html>{html}") if isinstance(block, Line)]


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        ('<meta charset="gb2312">', "gb18030"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=gbk">', "gb18030"),
        ('<meta charset="utf-8">', "utf-8"),
        ('<meta charset="utf-8">', "gb18030"),
        ("", "utf-8"),
        ("", "gb18030"),
        ("", "utf-8-sig"),
        ("", "utf-16"),
        ('<meta charset="no-such">', "utf-8"),
    ],
)
def test_encodings(head: str, encoding: str) -> None:
    assert blocks(f"<!DOCTYPE html><html><head>{head}</head><body><p>压实责任</p></body></html>", encoding) == (
        Line("压实责任"),
    )


def test_block_elements_and_breaks_end_lines() -> None:
    assert texts("<div>一、<b>压实</b><span>责任</span><br>甲<p>乙</p>丙</div>") == ["一、压实责任", "甲", "乙", "丙"]


def test_headings_have_levels() -> None:
    assert blocks("<!DOCTYPE html><h1>标题</h1><h2>一、<b>甲</b></h2><p>乙</p>") == (
        Line("标题", 1),
        Line("一、甲", 2),
        Line("乙"),
    )


def test_ordered_lists_show_their_numbers() -> None:
    assert texts(
        "<p>如下</p><ol start='3'><li>甲</li><li>乙</li></ol><ol type='a'><li>丙</li></ol><ul><li>丁</li></ul>"
    ) == [
        "如下",
        "3. 甲",
        "4. 乙",
        "a. 丙",
        "丁",
    ]


def test_scripts_and_hidden_elements_are_left_out() -> None:
    silent = "<script>var a='乙'</script><style>p{}</style><p style='display: none'>丙</p><p hidden>丁</p><!-- 戊 -->"
    assert texts(f"<p>甲</p>{silent}") == ["甲"]


def test_spans_repeat_a_cells_text() -> None:
    html = (
        "<table><tr><th>序号</th><th colspan=2>任务</th></tr><tr><td rowspan=2>1</td><td>甲</td><td>乙<br>丙</td></tr>"
        "<tr><td>丁</td><td>戊</td></tr></table>"
    )
    assert blocks(f"<!DOCTYPE html>{html}") == (
        Table((("序号", "任务", "任务"), ("1", "甲", "乙\n丙"), ("1", "丁", "戊"))),
    )


def test_huge_spans_are_clamped() -> None:
    html = "<!DOCTYPE html><table><tr><td colspan=99999 rowspan=99999>甲</td></tr><tr><td>乙</td></tr></table>"
    (table,) = blocks(html)
    assert isinstance(table, Table)
    assert (len(table.rows), len(table.rows[0])) == (2, 65)


def test_a_table_of_layout_is_read_as_lines() -> None:
    inner = "<table><tr><td>甲</td><td>乙</td></tr><tr><td>丙</td><td>丁</td></tr></table>"
    assert blocks(f"<!DOCTYPE html><table><tr><td><p>前言</p>{inner}</td></tr></table>") == (
        Line("前言"),
        Table((("甲", "乙"), ("丙", "丁"))),
    )


def test_the_page_around_the_text_is_dropped() -> None:
    html = (
        "<head><title>云泽县2025年食品安全工作要点_云泽县人民政府</title></head><body>"
        "<div class='header'><a href='/'>首页</a><a>政务公开</a></div>"
        "<div class='crumb'>当前位置：<a>首页</a>&gt;正文</div>"
        "<div class='article'><h1>云泽县2025年食品安全工作要点</h1>"
        f"<div>字号：[<a>大</a><a>中</a><a>小</a>] 打印 关闭</div>{BODY}"
        "<p>上一篇：某通知</p><p>下一篇：某公告</p></div><ul class='related'><li><a>别的要点</a></li></ul>"
        "<div class='footer'>主办单位：云泽县人民政府办公室</div></body>"
    )
    read = texts(html)
    assert (read[0], len(read)) == ("云泽县2025年食品安全工作要点", 9)


def test_a_title_outside_the_text_is_put_before_it() -> None:
    html = f"<div><h1>云泽县2025年食品安全工作要点</h1></div><div id='zoom'>{BODY}</div>"
    assert blocks(f"<!DOCTYPE html><body>{html}</body>")[0] == Line("云泽县2025年食品安全工作要点", 1)


def test_a_title_that_the_text_begins_with_is_not_doubled() -> None:
    title = "云泽县2025年食品安全工作要点"
    html = f"<head><meta name='ArticleTitle' content='{title}'></head><div>{title[:8]}<br>{title[8:]}{BODY}</div>"
    assert sum("云泽县" in text for text in texts(html)) == 1


def test_number_and_day_beside_the_text_are_put_before_it() -> None:
    data = (
        "<table><tr><td>发文字号：</td><td>云食安委〔2025〕6号</td><td>成文日期：</td><td>2025-03-21</td></tr></table>"
    )
    head = f"<head><title>云泽县2025年食品安全工作要点-云泽县人民政府网</title></head><div>{data}</div>"
    read = texts(f"{head}<div id='zoom'>{BODY}</div>")
    assert read[:3] == ["云食安委〔2025〕6号", "云泽县2025年食品安全工作要点", "2025年3月21日"]


def test_a_number_that_the_text_says_is_not_doubled() -> None:
    html = f"<p>发文字号：云食安委〔2025〕6号</p><div id='zoom'><p>云食安委〔2025〕6号</p>{BODY}</div>"
    assert sum("6号" in text for text in texts(html)) == 1


def test_pictures_within_the_page_do_not_make_it_too_long() -> None:
    picture = f"<img src='data:image/png;base64,{'A' * 2_100_000}'>"
    assert blocks(f"<!DOCTYPE html><meta charset='utf-8'><p>压实责任</p>{picture}") == (Line("压实责任"),)


def test_a_page_without_end_is_refused() -> None:
    with pytest.raises(Unreadable) as caught:
        read_document(f"<!DOCTYPE html><meta charset='utf-8'><p>{'a' * 2_100_000}".encode(), "a.html")
    assert caught.value.args[0] is Refusal.TOO_LONG


def test_control_characters_behind_what_is_dropped_do_no_harm() -> None:
    assert texts("<p>甲<script>var a</script>&#2;乙<nav>首页</nav>&#1;丙</p>") == ["甲乙", "丙"]


def test_a_form_around_the_whole_page_is_no_chrome() -> None:
    assert len(texts(f"<body><form action='x'><div>{BODY}</div></form></body>")) == 8


def test_a_notice_before_the_plan_stays() -> None:
    notice = "<div><p>各乡镇人民政府：</p><p>现将工作要点印发给你们，请认真执行。</p><p>2025年3月18日</p></div>"
    assert texts(f"<body><div>{notice}<div>{BODY}</div></div></body>")[0] == "各乡镇人民政府："


def test_a_sentence_that_begins_like_a_button_stays() -> None:
    assert "打印进货票据，做到票货同行。" in texts(f"<div>{BODY}<p>打印进货票据，做到票货同行。</p></div>")


def test_a_page_of_links_alone_is_refused() -> None:
    with pytest.raises(Unreadable) as caught:
        read_document("<html><body><nav><a>首页</a></nav></body></html>".encode(), "a.html")
    assert caught.value.args[0] is Refusal.NO_TEXT


def test_deep_nesting_is_read_or_refused() -> None:
    data = ("<html><body>" + "<div>" * 20_000 + "正文").encode()
    with pytest.raises(Unreadable) as caught:
        read_document(data, "a.html")
    assert caught.value.args[0] in (Refusal.TOO_DEEP, Refusal.NO_TEXT)
