"""An invented plan of ten tasks, and the forms in which an office may hand it in."""

from __future__ import annotations

import io
import subprocess
from dataclasses import dataclass
from functools import cache

import docx
import weasyprint
from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

TITLE = "云泽县2025年食品安全工作要点"
HEAD = (
    "云食安委〔2025〕6号",
    "云泽县食品安全委员会关于印发《云泽县2025年食品安全工作要点》的通知",
    "各乡镇人民政府，县食安委各成员单位：",
    "《云泽县2025年食品安全工作要点》已经县食安委全体会议研究同意，现印发给你们，请结合各自职责认真抓好落实，确保各项任务按期完成。",
)
SIGNATURE = ("云泽县食品安全委员会", "2025年3月21日")
PREAMBLE = (
    "2025年，全县食品安全工作以群众满意为标尺，围绕校园、集市、网络三个重点场景，从田间地头到居民餐桌逐个环节补短板、建机制、"
    "强能力，力争不发生有较大影响的食品安全事件。"
)


@dataclass(frozen=True, slots=True)
class PlanTask:
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class PlanSection:
    title: str
    tasks: tuple[PlanTask, ...]


SECTIONS = (
    PlanSection(
        "守好种植养殖第一道关口",
        (
            PlanTask(
                "管住农药兽药使用",
                "对辖区内农资门店逐家建立进货和销售两本台账，限用农药凭证购买、专柜存放，农药包装废弃物回收率达到85%以上。（县农业农村局牵头，县"
                "供销社、各乡镇人民政府按职责分工负责）在芹菜、豆角、鲫鱼等品种的采收和起捕旺季，由技术员逐棚逐塘开展速测，不合格产品一律暂缓上"
                "市，全年完成地产农产品抽检1600批次。（县农业农村局）",
            ),
            PlanTask(
                "改善产地环境质量",
                "完成沿河三个片区耕地土壤加密采样，查清污染来源并建立销号清单，受污染耕地安全利用率达到93%以上。（县生态环境局云泽分局牵头，县农业"
                "农村局、县自然资源局配合）推进规模养殖场粪污收储设施改造，畜禽粪污综合利用率保持在90%以上。（县农业农村局负责）",
            ),
            PlanTask(
                "严格粮食收储检验",
                "收购季前校准全部检验设备，对新收获粮食按批次检验真菌毒素和重金属，政策性粮食出入库检验率达到100%，超标粮食单收单储、定向处置，不得"
                "流入口粮市场。（县发展改革局、县市场监管局按职责分工负责）",
            ),
        ),
    ),
    PlanSection(
        "管严生产经营全过程",
        (
            PlanTask(
                "规范小作坊加工行为",
                "以豆腐、米粉、腌腊制品为重点，对登记在册的小作坊开展一轮现场核查，督促公示原料和添加剂使用情况，小作坊登记建档率达到100%，年内打造"
                "示范小作坊15家。（县市场监管局、各乡镇人民政府按职责分工负责）",
            ),
            PlanTask(
                "护航校园用餐安全",
                "春秋两季开学前后对学校食堂、校外供餐单位和校园周边店铺开展全面检查，校长每学期陪同检查不少于2次，学校食堂“互联网+明厨亮灶”覆盖率达"
                "到100%，问题整改率达到100%。（县教育局牵头，县市场监管局、县卫生健康局、县公安局配合）",
            ),
            PlanTask(
                "整治农村集市食品",
                "推动集市开办者设立快检点和公示栏，对散装熟食、食用油、调味品等加密抽检频次，集市快检点覆盖率达到80%，不合格食品核查处置率达到100%。"
                "（县市场监管局牵头，县商务局，各乡镇人民政府按职责分工负责）",
            ),
            PlanTask(
                "压实网络餐饮平台责任",
                "组织平台对入网商户证照开展线上线下比对，清退无证商户和一址多证商户，外卖食品封签使用率达到95%以上。（县市场监管局、县委网信办按职责"
                "分工负责）",
            ),
        ),
    ),
    PlanSection(
        "提升监管支撑能力",
        (
            PlanTask(
                "加强抽检监测",
                "统筹县乡两级抽检计划，食品检验量达到每千人5.2批次，评价性抽检合格率不低于98%，对抽检发现的问题在三个工作日内启动核查。（县市场监管"
                "局、县农业农村局按职责分工负责）",
            ),
            PlanTask(
                "做好应急处置准备",
                "修订县级食品安全事件应急预案，补齐采样箱、快检试剂和个人防护用品，全年组织综合演练不少于1次，各乡镇至少开展一次桌面推演。（县食安办"
                "牵头，县卫生健康局、县应急管理局、县公安局配合）",
            ),
            PlanTask(
                "健全调度报告制度",
                "各成员单位确定一名联络员，每季度末月25日前将进展情况报送县食安办，2025年11月20日前报送全年工作总结。（县食安委各成员单位）",
            ),
        ),
    ),
)
_FIGURES = "一二三四五六七八九十"


def lines() -> list[str]:
    """The plan as its readers see it, a paragraph a line: tasks are numbered through."""
    text, number = [*HEAD, *SIGNATURE, TITLE, PREAMBLE], 0
    for place, section in enumerate(SECTIONS):
        text.append(f"{_FIGURES[place]}、{section.title}")
        for task in section.tasks:
            text.append(f"（{_FIGURES[number]}）{task.title}。{task.text}")
            number += 1
    return text


def as_text() -> str:
    return "\n".join(lines()) + "\n"


def as_markdown() -> str:
    """Headings for the title and the parts, the tasks as paragraphs."""
    return "\n\n".join(f"{_markdown_mark(line)}{line}" for line in lines()) + "\n"


def _markdown_mark(line: str) -> str:
    if line == TITLE:
        return "# "
    return "## " if line[1:2] == "、" else ""


def as_page() -> str:
    """A web page of a government site: navigation, position, share bar, neighbours and footer around the text."""
    body = "".join(f"<p style='text-indent:2em'>{line}</p>\n" for line in lines())
    return f"""<!DOCTYPE html>
<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8">
<title>{HEAD[1]}_通知公告_云泽县人民政府</title><script>var site = "云泽";</script></head>
<body><div class="top-bar"><a href="/">首页</a><a href="/a">政务公开</a><a href="/b">办事</a></div>
<div class="crumbs">当前位置：<a href="/">首页</a> &gt; <a href="/a">政务公开</a> &gt; 通知公告</div>
<div class="main"><div class="article-info"><span>发布时间：2025-03-22 09:10</span> <span>来源：县食安办</span>
<span>字号：[<a>大</a> <a>中</a> <a>小</a>]</span> <a>打印</a> <a>关闭</a></div>
<div id="zoom">{body}</div>
<div class="share">分享到：<a>微信</a><a>微博</a></div>
<div class="prev-next"><p>上一篇：<a href="/1">关于开展春季培训的通知</a></p>
<p>下一篇：<a href="/2">关于召开会议的通知</a></p></div>
</div><div class="footer"><p>主办单位：云泽县人民政府办公室</p><p>网站标识码：0000000000</p></div></body></html>"""


@cache
def as_pdf() -> bytes:
    """Pages of A4 with a running head and page numbers; titles centred, paragraphs indented by two characters."""
    style = """@page { size: A4; margin: 3.5cm 2.7cm 3cm; @top-right { content: "云泽县食品安全委员会" }
      @bottom-center { content: "— " counter(page) " —" } }
      body { font: 16pt/1.8 "WenQuanYi Zen Hei" } p { margin: 0; text-indent: 2em; text-align: justify }
      .title { text-align: center; text-indent: 0 } .left { text-indent: 0 } .right { text-align: right }"""
    paragraphs = "".join(f'<p class="{_pdf_class(line)}">{line}</p>' for line in lines())
    pdf = weasyprint.HTML(
        string=f"<html><head><style>{style}</style></head><body>{paragraphs}</body></html>"
    ).write_pdf()
    assert isinstance(pdf, bytes)
    return pdf


def _pdf_class(line: str) -> str:
    if line in (TITLE, HEAD[0], HEAD[1]):
        return "title"
    return "left" if line == HEAD[2] else "right" if line in SIGNATURE else ""


def has_chinese_font() -> bool:
    """Whether the machine has a font for a Chinese PDF."""
    try:
        return bool(subprocess.run(["fc-list", ":lang=zh"], capture_output=True, check=True).stdout.strip())
    except (OSError, subprocess.CalledProcessError):
        return False


@cache
def as_word() -> bytes:
    """A .docx whose parts and tasks are numbered by Word: no number stands in the text."""
    document = docx.Document()
    list_id = _add_list(document)
    for line in (*HEAD, *SIGNATURE, TITLE, PREAMBLE):
        document.add_paragraph(line)
    for section in SECTIONS:
        _add_numbered(document, section.title, list_id, 0)
        for task in section.tasks:
            _add_numbered(document, f"{task.title}。{task.text}", list_id, 1)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _add_list(document: WordDocument) -> int:
    """Add 一、 and （一） as a list to the numbering part, the second level counting through; answers its id."""
    numbering = document.part.numbering_part.element
    levels = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{number_format}"/>{restart}'
        f'<w:suff w:val="nothing"/><w:lvlText w:val="{text}"/></w:lvl>'
        for depth, number_format, restart, text in (
            (0, "chineseCountingThousand", "", "%1、"),
            (1, "chineseCounting", '<w:lvlRestart w:val="0"/>', "（%2）"),
        )
    )
    abstract = parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="90">{levels}</w:abstractNum>')
    numbering.insert(0, abstract)
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="90"><w:abstractNumId w:val="90"/></w:num>'))
    return 90


def _add_numbered(document: WordDocument, text: str, list_id: int, depth: int) -> None:
    paragraph = document.add_paragraph(text)
    place = f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{depth}"/><w:numId w:val="{list_id}"/></w:numPr>'
    paragraph._p.get_or_add_pPr().append(parse_xml(place))
