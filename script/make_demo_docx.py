"""Writes the demo plan as the Word file that an office would issue: red head, GB/T 9704 sheet, automatic numbering.

Reads `fixtures/demo/plan-2026.txt`, writes `plan-2026.docx` beside it. The numbers 一、 and （一） are taken out of the
text and given by two paragraph styles, so that they stand in `numbering.xml` alone. Runs twice to the same bytes.

    python script/make_demo_docx.py
"""

from __future__ import annotations

import re
from datetime import datetime
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.document import Document as Docx
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

DEMO = Path(__file__).resolve().parent.parent / "fixtures" / "demo"
ISSUED = datetime(2026, 3, 20, 9, 0)
AUTHOR = "青禾区食品安全委员会办公室"
RED = RGBColor(0xE6, 0x00, 0x12)

PART = re.compile(r"[一二三四五六七八九十]+、(?P<title>.+)")
TASK = re.compile(r"（[一二三四五六七八九十]+）(?P<title>[^。]+。)(?P<text>.*)")
DATE = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日")

# style name: font, size in points, alignment, first line indented by two characters
STYLES = {
    "红头": ("方正小标宋简体", 40, WD_ALIGN_PARAGRAPH.CENTER, False),
    "文号": ("仿宋_GB2312", 16, WD_ALIGN_PARAGRAPH.CENTER, False),
    "公文标题": ("方正小标宋简体", 22, WD_ALIGN_PARAGRAPH.CENTER, False),
    "主送": ("仿宋_GB2312", 16, WD_ALIGN_PARAGRAPH.LEFT, False),
    "公文正文": ("仿宋_GB2312", 16, WD_ALIGN_PARAGRAPH.JUSTIFY, True),
    "落款": ("仿宋_GB2312", 16, WD_ALIGN_PARAGRAPH.RIGHT, False),
    "版记": ("仿宋_GB2312", 14, WD_ALIGN_PARAGRAPH.LEFT, False),
    "要点任务": ("仿宋_GB2312", 16, WD_ALIGN_PARAGRAPH.JUSTIFY, True),
}
PART_STYLE, TASK_STYLE = "Heading 1", "要点任务"
LIST_ID = 60  # above the ids of the lists in python-docx's own template

# Level 2 counts through the parts (lvlRestart 0), as the tasks of a plan do.
LIST = f"""
<w:abstractNum {nsdecls("w")} w:abstractNumId="{LIST_ID}"><w:multiLevelType w:val="multilevel"/>
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:pStyle w:val="{{part}}"/>
<w:suff w:val="nothing"/><w:lvlText w:val="%1、"/><w:lvlJc w:val="left"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlRestart w:val="0"/>
<w:pStyle w:val="{{task}}"/><w:suff w:val="nothing"/><w:lvlText w:val="（%2）"/><w:lvlJc w:val="left"/>
<w:rPr><w:rFonts w:ascii="楷体_GB2312" w:eastAsia="楷体_GB2312" w:hAnsi="楷体_GB2312"/><w:b/></w:rPr></w:lvl>
</w:abstractNum>"""
LIST_USE = f'<w:num {nsdecls("w")} w:numId="{LIST_ID}"><w:abstractNumId w:val="{LIST_ID}"/></w:num>'


def docx_of(text: str) -> bytes:
    """The Word file of an issued plan; `text` has one paragraph a line, blank lines between them."""
    document = Document()
    _set_sheet(document)
    _set_properties(document)
    for name, (font, size, alignment, indented) in STYLES.items():
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        _set_style(style, font, size, alignment, indented)
    _set_style(document.styles[PART_STYLE], "黑体", 16, WD_ALIGN_PARAGRAPH.LEFT, indented=True)
    _number(document)
    _write(document, [line for line in text.splitlines() if line.strip()])
    return _fixed(document)


def _set_sheet(document: Docx) -> None:
    """A4 with the margins of GB/T 9704."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)


def _set_properties(document: Docx) -> None:
    core = document.core_properties
    core.author = core.last_modified_by = AUTHOR
    core.title, core.comments, core.revision = "2026年青禾区食品安全工作要点", "", 1
    core.created = core.modified = ISSUED


def _set_style(style: ParagraphStyle, font: str, size: int, alignment: WD_ALIGN_PARAGRAPH, indented: bool) -> None:
    _set_font(style.element.get_or_add_rPr(), font)
    style.font.size, style.font.bold, style.font.color.rgb = Pt(size), False, RGBColor(0, 0, 0)
    spacing = style.paragraph_format
    spacing.alignment = alignment
    spacing.space_before = spacing.space_after = Pt(0)
    spacing.first_line_indent = Pt(2 * size) if indented else Pt(0)
    if size <= 22:
        spacing.line_spacing_rule, spacing.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(28)


def _set_font(properties: object, font: str) -> None:
    """One face for Latin and Chinese; python-docx alone sets the Latin one, theme fonts would win over it."""
    fonts = properties.get_or_add_rFonts()  # type: ignore[attr-defined]
    for name in list(fonts.attrib):
        del fonts.attrib[name]
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), font)


def _number(document: Docx) -> None:
    """Give the two styles their levels of one list: numbers come by style, paragraphs state none."""
    part, task = (document.styles[name] for name in (PART_STYLE, TASK_STYLE))
    numbering = document.part.numbering_part.element
    abstract = parse_xml(LIST.format(part=part.style_id, task=task.style_id))
    numbering.insert(0, abstract)
    numbering.append(parse_xml(LIST_USE))
    for level, style in enumerate((part, task)):
        properties = style.element.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val = level
        properties.get_or_add_numId().val = LIST_ID


def _write(document: Docx, lines: list[str]) -> None:
    """Every line as a paragraph: the notice on its own page, then the plan, then the distribution."""
    title = next(number for number, line in enumerate(lines) if re.fullmatch(r"\d{4}年.+工作要点", line))
    for number, line in enumerate(lines):
        if part := PART.fullmatch(line):
            document.add_paragraph(part["title"], PART_STYLE)
        elif task := TASK.fullmatch(line):
            _write_task(document, task["title"], task["text"])
        else:
            paragraph = document.add_paragraph(line, _style_of(line, number, title))
            paragraph.paragraph_format.page_break_before = True if number == title else None
            _decorate(paragraph, number)


def _write_task(document: Docx, title: str, text: str) -> None:
    """A task's heading runs into its text: 楷体 bold, then the body's own face."""
    paragraph = document.add_paragraph(style=TASK_STYLE)
    heading = paragraph.add_run(title)
    heading.bold = True
    _set_font(heading._r.get_or_add_rPr(), "楷体_GB2312")
    paragraph.add_run(text)


def _style_of(line: str, number: int, title: int) -> str:
    """The style of a line that is neither part nor task; the first three lines are head, number and title."""
    if number < 3:
        return ("红头", "文号", "公文标题")[number]
    if number == title:
        return "公文标题"
    if line.startswith("抄送") or line.endswith("印发"):
        return "版记"
    if line.endswith("："):
        return "主送"
    return "落款" if DATE.fullmatch(line) or line.endswith("委员会") else "公文正文"


def _decorate(paragraph: Paragraph, number: int) -> None:
    """The red head in red, a red rule under the document's number."""
    if number == 0:
        paragraph.runs[0].font.color.rgb = RED
        paragraph.paragraph_format.space_after = Pt(48)
    if number == 1:
        rule = f'<w:bottom {nsdecls("w")} w:val="single" w:sz="18" w:space="8" w:color="{RED}"/>'
        borders = parse_xml(f"<w:pBdr {nsdecls('w')}/>")
        borders.append(parse_xml(rule))
        paragraph._p.get_or_add_pPr().insert_element_before(
            borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr"
        )
        paragraph.paragraph_format.space_after = Pt(36)


def _fixed(document: Docx) -> bytes:
    """The package with the plan's date on every entry: python-docx stamps the hour of the run."""
    written, packed = BytesIO(), BytesIO()
    document.save(written)
    with ZipFile(written) as source, ZipFile(packed, "w") as target:
        for name in source.namelist():
            entry = ZipInfo(name, ISSUED.timetuple()[:6])
            entry.compress_type, entry.create_system = ZIP_DEFLATED, 0
            target.writestr(entry, source.read(name))
    return packed.getvalue()


def main() -> None:
    text = (DEMO / "plan-2026.txt").read_text(encoding="utf-8")
    (DEMO / "plan-2026.docx").write_bytes(docx_of(text))


if __name__ == "__main__":
    main()
