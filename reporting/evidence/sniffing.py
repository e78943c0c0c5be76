"""What a handed-in file is, judged by its content alone. Pure.

Only the container is looked at: these files are kept and handed out as attachments, never opened here.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Collection

PDF, DOCX, XLSX = "pdf", "docx", "xlsx"
IMAGES = ("png", "jpg", "gif", "webp", "bmp", "tif", "heic")
TYPES = {
    PDF: "application/pdf",
    DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "png": "image/png", "jpg": "image/jpeg", "gif": "image/gif", "webp": "image/webp", "bmp": "image/bmp",
    "tif": "image/tiff", "heic": "image/heic",
}  # fmt: skip
EVIDENCE_KINDS = (PDF, DOCX, XLSX, *IMAGES)
NARRATIVE_KINDS = (PDF, DOCX)
STARTS = (
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpg"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"II*\x00", "tif"),
    (b"MM\x00*", "tif"),
)
HEIF = (b"heic", b"heix", b"mif1", b"hevc")
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MOST_PARTS = 5000  # members of an office file
SAY_OLD = "这是旧格式的Office文件（.doc、.xls），或加了密码。请用Word或WPS另存为.docx或.xlsx，去掉密码后再传。"
SAY_MACRO = "文件里带有宏，不能接收。请另存为不带宏的.docx或.xlsx后再传。"
SAY_BROKEN = "文件已损坏或没有传完整，打不开。请在自己电脑上打开核对后再传。"
SAY_OTHER = "不能接收这种文件。佐证材料可以是PDF、Word（.docx）、Excel（.xlsx）或图片。"
SAY_NO_NARRATIVE = "文字报告可以是Word（.docx）或PDF。图片和表格请作为填报项的佐证材料上传。"
SAY_EMPTY = "文件是空的，请重新选择。"


class Refused(ValueError):
    """A file that is not taken; `str()` is what to tell the person."""


def kind_of(data: bytes, kinds: Collection[str] = EVIDENCE_KINDS) -> str:
    """One of `kinds`; raises `Refused` for every other file, whatever its name says."""
    if not data.strip(b"\x00 \r\n\t"):
        raise Refused(SAY_EMPTY)
    kind = image_of(data) or (PDF if b"%PDF-" in data[:1024] else "") or office_of(data)
    if kind not in kinds:
        raise Refused(SAY_NO_NARRATIVE if kind else SAY_OTHER)
    return kind


def image_of(data: bytes) -> str:
    for start, kind in STARTS:
        if data.startswith(start):
            return kind
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    if data[4:8] == b"ftyp" and data[8:12] in HEIF:
        return "heic"
    return "bmp" if data[:2] == b"BM" and data[6:10] == b"\x00\x00\x00\x00" else ""


def office_of(data: bytes) -> str:
    """docx or xlsx; nothing for another archive."""
    if data.startswith(OLD_OFFICE):
        raise Refused(SAY_OLD)
    if not data.startswith(b"PK\x03\x04"):
        return ""
    names = names_in(data)
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise Refused(SAY_MACRO)
    if "[Content_Types].xml" not in names:
        return ""
    return DOCX if "word/document.xml" in names else XLSX if "xl/workbook.xml" in names else ""


def names_in(data: bytes) -> frozenset[str]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, zlib.error, ValueError, EOFError, NotImplementedError):
        raise Refused(SAY_BROKEN) from None
    if len(names) > MOST_PARTS:
        raise Refused(SAY_OTHER)
    return frozenset(names)
