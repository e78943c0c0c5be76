"""What a file is, judged by its content; kinds that cannot be read are refused with their own sentence."""

from __future__ import annotations

import re
from enum import Enum, auto

from intake.reader.formats.refusals import Refusal
from intake.reader.model import Unreadable


class Kind(Enum):
    DOCX = auto()
    PDF = auto()
    HTML = auto()
    MARKDOWN = auto()
    TEXT = auto()


_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE2_STREAMS = (
    ("EncryptedPackage", Refusal.ENCRYPTED_OFFICE),
    ("WordDocument", Refusal.OLD_WORD),
    ("Workbook", Refusal.OLD_EXCEL),
    ("PowerPoint Document", Refusal.OLD_POWERPOINT),
)
_REFUSED_STARTS = (
    (b"{\\rtf", Refusal.RICH_TEXT),
    (b"\x89PNG\r\n\x1a\n", Refusal.IMAGE),
    (b"\xff\xd8\xff", Refusal.IMAGE),
    (b"GIF87a", Refusal.IMAGE),
    (b"GIF89a", Refusal.IMAGE),
    (b"II*\x00", Refusal.IMAGE),
    (b"MM\x00*", Refusal.IMAGE),
    (b"Rar!\x1a\x07", Refusal.ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", Refusal.ARCHIVE),
    (b"\x1f\x8b\x08", Refusal.ARCHIVE),
    (b"PK\x05\x06", Refusal.ARCHIVE),
)
_HEAD = 4096
_WEB_ARCHIVE = re.compile(
    rb"(?:(?!content-type)[\w-]+:[^\n]*+\n(?:[ \t][^\n]*+\n)*+)*+content-type:\s*multipart/related", re.I
)
_WORD_XML = re.compile(rb"<(?:w:wordDocument|pkg:package)\b")
_HTML_START = re.compile(
    rb"(?>\s+|<!--.*?-->|<\?xml[^>]*\?>)*+<(?:!doctype\s+html|html|head|body|meta|title)\b", re.I | re.S
)
_HTML_TAGS = re.compile(rb"</?(?:p|div|span|td|tr|table|br|h[1-6]|li|a|font|strong|section|article)\b[^<>]*>", re.I)
_FEW_TAGS = 6  # a plain text may quote a tag or two


def kind_of(data: bytes, name: str) -> Kind:
    """The kind of a file. Raises `Unreadable` for an empty one and for kinds that are not read."""
    if not data.strip(b" \t\r\n\x0b\x0c\x00"):
        raise Unreadable(Refusal.EMPTY)
    _refuse_known(data)
    if b"%PDF-" in data[:1024]:
        return Kind.PDF
    if data.startswith(b"PK\x03\x04"):
        return Kind.DOCX
    return _kind_of_text(data, name)


def _refuse_known(data: bytes) -> None:
    if data.startswith(_OLE2):
        raise Unreadable(_ole2_refusal(data))
    for start, refusal in _REFUSED_STARTS:
        if data.startswith(start):
            raise Unreadable(refusal)
    if _is_other_image(data):
        raise Unreadable(Refusal.IMAGE)
    head = data[:_HEAD]
    if _WORD_XML.search(head):
        raise Unreadable(Refusal.WORD_XML)
    if _WEB_ARCHIVE.match(head):
        raise Unreadable(Refusal.WEB_ARCHIVE)


def _ole2_refusal(data: bytes) -> Refusal:
    """Storage names stand in the directory as UTF-16; the first that matches says which program wrote the file."""
    for stream, refusal in _OLE2_STREAMS:
        if stream.encode("utf-16-le") in data:
            return refusal
    return Refusal.OLE_UNKNOWN


def _is_other_image(data: bytes) -> bool:
    webp = data[:4] == b"RIFF" and data[8:12] == b"WEBP"
    heif = data[4:8] == b"ftyp" and data[8:12] in (b"heic", b"heix", b"mif1", b"avif")
    bitmap = data[:2] == b"BM" and data[6:10] == b"\x00\x00\x00\x00"
    return webp or heif or bitmap


def _kind_of_text(data: bytes, name: str) -> Kind:
    plain = data[: 64 * 1024].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe")
    if name.lower().endswith((".md", ".markdown")):
        return Kind.MARKDOWN
    if _HTML_START.match(plain) or len(_HTML_TAGS.findall(plain)) >= _FEW_TAGS:
        return Kind.HTML
    return Kind.TEXT
