"""Files that are no readable plan: each kind has its own sentence, and nothing but `Unreadable` ever comes out."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake.reader.formats import Refusal, read_document, read_pasted
from intake.reader.model import Document, Unreadable
from tests.reader_files import abstract, cell, level, number_list, numbered, paragraph, row, table, word_file, zipped

OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)


def ole2(stream: str) -> bytes:
    return OLE2 + stream.encode("utf-16-le") + bytes(64)


CASES: dict[str, tuple[bytes, Refusal]] = {
    "old word": (ole2("WordDocument"), Refusal.OLD_WORD),
    "old word with a sheet inside": (ole2("WordDocument") + ole2("Workbook"), Refusal.OLD_WORD),
    "old excel": (ole2("Workbook"), Refusal.OLD_EXCEL),
    "old slides": (ole2("PowerPoint Document"), Refusal.OLD_POWERPOINT),
    "other compound file": (ole2("Contents"), Refusal.OLE_UNKNOWN),
    "locked office file": (ole2("EncryptedPackage"), Refusal.ENCRYPTED_OFFICE),
    "macros by their part": (
        zipped({"word/document.xml": "<d/>", "word/vbaProject.bin": b"x"}),
        Refusal.MACRO_WORD,
    ),
    "macros by their type": (
        zipped({"word/document.xml": "<d/>", "[Content_Types].xml": "application/vnd.ms-word.document.macroEnabled"}),
        Refusal.MACRO_WORD,
    ),
    "excel": (zipped({"xl/workbook.xml": "<d/>"}), Refusal.EXCEL),
    "slides": (zipped({"ppt/presentation.xml": "<d/>"}), Refusal.POWERPOINT),
    "open document": (zipped({"mimetype": "application/vnd.oasis.opendocument.text"}), Refusal.OPEN_DOCUMENT),
    "ofd": (zipped({"OFD.xml": "<d/>"}), Refusal.OFD),
    "zip": (zipped({"计划.docx": b"x"}), Refusal.ARCHIVE),
    "empty zip": (zipped({}), Refusal.ARCHIVE),
    "rar": (b"Rar!\x1a\x07\x01\x00", Refusal.ARCHIVE),
    "rtf": (b"{\\rtf1\\ansi }", Refusal.RICH_TEXT),
    "word 2003 xml": (b'<?xml version="1.0"?><w:wordDocument xmlns:w="x"/>', Refusal.WORD_XML),
    "web archive": (
        b"From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\tboundary=x\r\n",
        Refusal.WEB_ARCHIVE,
    ),
    "png": (b"\x89PNG\r\n\x1a\n" + bytes(20), Refusal.IMAGE),
    "jpeg": (b"\xff\xd8\xff\xe0" + bytes(20), Refusal.IMAGE),
    "webp": (b"RIFF\x10\x00\x00\x00WEBPVP8 ", Refusal.IMAGE),
    "bitmap": (b"BM\x36\x00\x0c\x00\x00\x00\x00\x00\x36", Refusal.IMAGE),
    "pdf in name alone": (b"%PDF-1.7\nnothing", Refusal.DAMAGED_PDF),
    "word in name alone": (b"PK\x03\x04nothing", Refusal.DAMAGED_DOCX),
}


@pytest.mark.parametrize(("data", "refusal"), CASES.values(), ids=CASES)
def test_each_kind_has_its_own_refusal(data: bytes, refusal: Refusal) -> None:
    with pytest.raises(Unreadable) as caught:
        read_document(data, "计划.docx")
    assert caught.value.args[0] is refusal


@pytest.mark.parametrize("refusal", Refusal)
def test_a_refusal_is_one_sentence_that_says_how_to_mend_it(refusal: Refusal) -> None:
    sentence = str(Unreadable(refusal))
    assert sentence.endswith("。")
    assert sentence.count("。") == 1
    assert "请" in sentence


def test_no_two_refusals_say_the_same() -> None:
    assert len({refusal.value for refusal in Refusal}) == len(Refusal)


def outcome(data: bytes, name: str) -> Document | Refusal:
    """What comes of reading: a document, or the refusal; any other exception fails the test."""
    try:
        return read_document(data, name)
    except Unreadable as refused:
        return Refusal(refused.args[0])


def is_lawful(result: Document | Refusal) -> bool:
    return isinstance(result, Refusal) or len(result.blocks) > 0


WORD = word_file(
    numbered("压实责任")
    + numbered("落实措施", level=1)
    + table(row(cell("甲"), cell("乙")), row(cell("丙"), cell("丁"))),
    numbering=abstract(level(0, "chineseCounting", "%1、") + level(1, "decimal", "%2.")) + number_list(),
    styles='<w:style w:styleId="a" w:type="paragraph" w:default="1"/>' + paragraph("x"),
)


def small_pdf(text: str = "Plan of the county for food safety") -> bytes:
    """A PDF by hand, with one page and one line of Latin text."""
    stream = f"BT /F1 12 Tf 72 720 Td ({text}) Tj ET"
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        f"<</Length {len(stream)}>>stream\n{stream}\nendstream",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    body = "%PDF-1.4\n" + "".join(f"{n} 0 obj{content}endobj\n" for n, content in enumerate(objects, 1))
    return f"{body}trailer<</Root 1 0 R/Size 6>>\n%%EOF\n".encode()


PDF = small_pdf()
PAGE = "<html><script>var a</script><nav><a>首页</a></nav>\n<table><tr><td>&#1;甲<td>乙</table><p>压实责任".encode()
GOOD = {"计划.docx": WORD, "计划.pdf": PDF, "计划.html": PAGE}


def test_a_pdf_with_a_password_is_refused() -> None:
    locked = f"/ID[<00><00>]/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<{'5a' * 32}>/U<{'a5' * 32}>>>/Size"
    assert outcome(PDF.replace(b"/Size", locked.encode()), "计划.pdf") is Refusal.ENCRYPTED_PDF


def test_the_good_files_are_good() -> None:
    assert all(read_document(data, name).blocks for name, data in GOOD.items())


@given(st.binary(max_size=400), st.sampled_from(["a.docx", "a.pdf", "a.txt", "a.md", "a.html", "a"]))
@settings(max_examples=200, deadline=None)
def test_arbitrary_bytes(data: bytes, name: str) -> None:
    assert is_lawful(outcome(data, name))


@given(
    st.sampled_from(
        [b"PK\x03\x04", b"%PDF-1.7\n", b"<!DOCTYPE html>", b"<html><table><tr><td", b"# ", b"\xff\xfe", b"|a|\n|-|"]
    ),
    st.binary(max_size=300),
)
@settings(max_examples=200, deadline=None)
def test_arbitrary_bytes_after_a_known_start(start: bytes, data: bytes) -> None:
    assert is_lawful(outcome(start + data, "计划"))


@given(st.text(max_size=300))
@settings(max_examples=150, deadline=None)
def test_arbitrary_text_pasted(text: str) -> None:
    try:
        blocks = len(read_pasted(text).blocks)
    except Unreadable as refused:
        blocks = -1 if refused.args[0] is Refusal.NO_TEXT else 0
    assert blocks != 0


@pytest.mark.parametrize("name", GOOD)
@given(fraction=st.floats(0, 1))
@settings(max_examples=60, deadline=None)
def test_truncated_files(name: str, fraction: float) -> None:
    assert is_lawful(outcome(GOOD[name][: int(len(GOOD[name]) * fraction)], name))


@pytest.mark.parametrize("name", GOOD)
@given(flips=st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 7)), min_size=1, max_size=6))
@settings(max_examples=150, deadline=None)
def test_flipped_bits(name: str, flips: list[tuple[float, int]]) -> None:
    data = bytearray(GOOD[name])
    for place, bit in flips:
        data[int(place * len(data))] ^= 1 << bit
    assert is_lawful(outcome(bytes(data), name))


def test_the_name_is_only_a_hint() -> None:
    assert read_document(WORD, "计划.pdf").format == "docx"
