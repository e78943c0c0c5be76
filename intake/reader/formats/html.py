"""Web pages: the block that holds the text, without the page around it, as lines and tables."""

from __future__ import annotations

import codecs
import re

from lxml import etree
from lxml import html as lxml_html

from intake.reader.formats.characters import squeeze
from intake.reader.formats.encoding import MAX_CHARACTERS, decode
from intake.reader.formats.html_chrome import drop_chrome, drop_chrome_lines, main_block
from intake.reader.formats.html_flow import flow
from intake.reader.formats.html_metadata import PageMetadata, page_metadata
from intake.reader.formats.package import Element
from intake.reader.formats.refusals import Refusal
from intake.reader.model import Document, Line, Table, Unreadable

_HEAD = 4096
_META_CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_CHINESE = ("gb2312", "gbk", "gb_2312-80", "x-gbk", "gb18030", "hz-gb-2312")
_EMBEDDED = re.compile(r"data:[\w/+.-]+;base64,[\w+/=]*")  # pictures within the page
_TITLE_WITHIN = 15  # lines of the text in which its title would stand


def read(data: bytes) -> Document:
    """The text of a web page. Raises `Unreadable` for a page with no text and for bytes that are none."""
    root = _parse(_decode(data))
    about = page_metadata(root)
    drop_chrome(root)
    blocks = drop_chrome_lines(list(flow(main_block(root))))
    return Document((*_missing(about, blocks), *blocks), "html")


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
    text = _EMBEDDED.sub("", text)
    if len(text) > MAX_CHARACTERS:
        raise Unreadable(Refusal.TOO_LONG)
    parser = lxml_html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = lxml_html.document_fromstring(text.replace("\x00", "").encode("utf-8", "ignore"), parser)
    except (etree.LxmlError, ValueError) as fault:
        raise Unreadable(Refusal.NO_TEXT) from fault
    return root


def _missing(about: PageMetadata, blocks: list[Line | Table]) -> list[Line]:
    """What the page states beside a text that does not itself say it: the number, the title, the day of issue."""
    text = [squeeze(block.text) for block in blocks if isinstance(block, Line)]
    whole, start = "".join(text), "".join(text[:_TITLE_WITHIN])
    missing = [
        Line(about.number) if about.number and about.number not in whole else None,
        Line(about.title, 1) if about.title and squeeze(about.title) not in start else None,
        Line(about.day) if about.day and about.day not in whole else None,
    ]
    return [line for line in missing if line is not None and blocks]
