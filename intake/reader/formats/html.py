"""Web pages: the block that holds the text, without the page around it, as lines and tables."""

from __future__ import annotations

import codecs
import re

from lxml import etree
from lxml import html as lxml_html

from intake.reader.formats.characters import squeeze
from intake.reader.formats.encoding import decode
from intake.reader.formats.html_chrome import drop_chrome, drop_chrome_lines, main_block, page_title
from intake.reader.formats.html_flow import flow
from intake.reader.formats.package import Element
from intake.reader.formats.refusals import Refusal
from intake.reader.model import Document, Line, Table, Unreadable

_HEAD = 4096
_META_CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_CHINESE = ("gb2312", "gbk", "gb_2312-80", "x-gbk", "gb18030", "hz-gb-2312")
_TITLE_WITHIN = 15  # lines of the text in which its title would stand


def read(data: bytes) -> Document:
    """The text of a web page. Raises `Unreadable` for a page with no text and for bytes that are none."""
    root = _parse(_decode(data))
    title = page_title(root)
    drop_chrome(root)
    blocks = drop_chrome_lines(list(flow(main_block(root))))
    return Document((*_missing_title(title, blocks), *blocks), "html")


def _decode(data: bytes) -> str:
    """Byte order mark first, then what the page itself states if it holds, then UTF-8 and GB18030."""
    stated = _META_CHARSET.search(data[:_HEAD])
    marked = data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    if stated and not marked:
        name = stated[1].decode("ascii").lower()
        try:
            return data.decode("gb18030" if name in _CHINESE else name)
        except (LookupError, UnicodeError):
            pass
    return decode(data)


def _parse(text: str) -> Element:
    parser = lxml_html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = lxml_html.document_fromstring(text.replace("\x00", "").encode("utf-8", "ignore"), parser)
    except (etree.LxmlError, ValueError) as fault:
        raise Unreadable(Refusal.NO_TEXT) from fault
    return root


def _missing_title(title: str, blocks: list[Line | Table]) -> list[Line]:
    """The page's title where the text itself does not begin with it."""
    start = "".join(squeeze(block.text) for block in blocks[:_TITLE_WITHIN] if isinstance(block, Line))
    return [Line(title, 1)] if title and blocks and squeeze(title) not in start else []
