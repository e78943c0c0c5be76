"""What a web page puts around its text: found by general rules and left out."""

from __future__ import annotations

import re

from intake.reader.formats.characters import squeeze
from intake.reader.formats.html_flow import is_hidden
from intake.reader.formats.package import Element
from intake.reader.model import Line, Table

_ALWAYS = ("script", "style", "noscript", "template", "iframe", "svg", "nav", "button", "select", "input", "textarea")
_NAMES = re.compile(
    r"(?:^|[-_\s])(?:nav|navbar|menu|breadcrumbs?|crumbs?|position|location|weizhi|dqwz|share|bshare|bdsharebuttonbox|"
    r"social|footer|foot|bottom|header|head|top|topbar|toolbar|tools|copyright|sidebar|side|aside|related|relevant|xgwj|"
    r"recommend|pager|pagination|prevnext|search|login|comments?|qrcode|ewm|weixin|print|fontsize|links?|friendlink|ad|"
    r"banner|logo|skip|accessibility)(?:$|[-_\s\d])",
    re.IGNORECASE,
)
_PAGE_PARTS = ("header", "footer", "aside", "form")
_SMALL = 0.2  # of the page's plain text: chrome holds no more
_LINKED = 0.6  # of an element's text in links: a list of links
_FEWEST_LINKS = 3
_DENSE = 0.75  # of its parent's plain text: the text stands in this child alone
_CANDIDATES = (
    "div",
    "article",
    "section",
    "main",
    "td",
    "table",
    "tbody",
    "tr",
    "form",
    "center",
    "body",
    "ucapcontent",
)

_TABLE_PARTS = ("thead", "tbody", "tr")
_PUNCTUATED = re.compile(r"[。；]")
_LONGEST_CHROME = 60
_CHROME_LINE = re.compile(
    r"^[\[【（(\s|]*(?:打印|关闭|收藏|分享|字号|字体|大中小|纠错|返回顶部|扫一扫|保护视力|视力保护|您?当前的?位置|您?(?:现在)?所在的?位置|"
    r"首页\s*[>»/›]|浏览次数|阅读次数|点击数|访问量|点击率|信息来源|文章来源|稿件来源|来源[:：]|发布时间|发布日期|更新时间|发稿时间|作者[:：]|"
    r"责任编辑|编辑[:：]|审核[:：]|分享到|打印本页|关闭窗口|无障碍|长者模式|登录|注册|版权所有|主办单位|网站标识码|.{0,4}ICP备|.{0,3}公网安备|"
    r"Copyright)",
    re.IGNORECASE,
)
_AFTER_TEXT = re.compile(
    r"^[\[【\s]*(?:上一[篇条页]|下一[篇条页]|相关(?:链接|阅读|解读|文章|信息|新闻|稿件|文档|推荐)|推荐阅读|延伸阅读|友情链接|扫一扫在?手机)"
)
_TAIL = 0.5  # the part of a text after which such a line ends it


def drop_chrome(root: Element) -> None:
    """Empty navigation, scripts, bars and lists of links, in place; the text behind them stays."""
    for element in list(root.iter(*_ALWAYS)):
        element.clear(keep_tail=True)
    whole = max(_plain_weight(root), 1)
    for element in list(root.iter()):
        if isinstance(element.tag, str) and element.getparent() is not None and _is_chrome(element, whole):
            element.clear(keep_tail=True)


def main_block(root: Element) -> Element:
    """The innermost element that holds nearly all of the page's plain text and leaves no sentence outside."""
    block = root.find("body") if root.find("body") is not None else root
    while True:
        densest = max((item for item in block if item.tag in _CANDIDATES), key=_plain_weight, default=None)
        if densest is None or not _stands_for(densest, block):
            return next(block.iterancestors("table")) if block.tag in _TABLE_PARTS else block
        block = densest


def _stands_for(child: Element, block: Element) -> bool:
    outside = [block.text or "", *(item.tail or "" for item in block)]
    outside += [item.text_content() for item in block if item is not child and isinstance(item.tag, str)]
    return _plain_weight(child) >= _plain_weight(block) * _DENSE and not any("。" in text for text in outside)


def drop_chrome_lines(blocks: list[Line | Table]) -> list[Line | Table]:
    """The blocks without lines of buttons and publishing data, up to the links to other pages."""
    kept = [block for block in blocks if not _is_line(block, _CHROME_LINE)]
    first = int(len(kept) * _TAIL)
    end = next((place for place in range(first, len(kept)) if _is_line(kept[place], _AFTER_TEXT)), len(kept))
    return kept[:end]


def _is_line(block: Line | Table, pattern: re.Pattern[str]) -> bool:
    """Whether a block is a short line of that kind; a sentence is none."""
    if isinstance(block, Table) or len(block.text) > _LONGEST_CHROME or _PUNCTUATED.search(block.text):
        return False
    return bool(pattern.match(block.text))


def _is_chrome(element: Element, whole: int) -> bool:
    if is_hidden(element):
        return True
    weight = _plain_weight(element)
    if weight > whole * _SMALL or element.find(".//h1") is not None or element.tag in ("h1", "body", "html"):
        return False
    named = f"{element.get('class') or ''} {element.get('id') or ''}"
    return element.tag in _PAGE_PARTS or bool(_NAMES.search(named)) or _is_list_of_links(element)


def _is_list_of_links(element: Element) -> bool:
    links = element.findall(".//a")
    if element.tag == "a" or len(links) < _FEWEST_LINKS:
        return False
    text = len(squeeze(element.text_content()))
    return sum(len(squeeze(link.text_content())) for link in links) > text * _LINKED


def _plain_weight(element: Element) -> int:
    """Characters outside links: what a page's text is made of."""
    links = sum(len(squeeze(link.text_content())) for link in element.iter("a"))
    return len(squeeze(element.text_content())) - links
