"""Files and pasted text into a `Document`: the lines and tables of a plan in reading order."""

from __future__ import annotations

from collections.abc import Callable

from intake.reader.formats import docx, html, markdown, pdf, plaintext
from intake.reader.formats.encoding import MAX_CHARACTERS, decode
from intake.reader.formats.refusals import Refusal
from intake.reader.formats.sniff import Kind, kind_of
from intake.reader.model import Document, Unreadable

__all__ = ["Refusal", "read_document", "read_pasted"]


def _read_text(data: bytes) -> Document:
    return _parse_text(decode(data))


def _parse_text(text: str) -> Document:
    return markdown.parse(text) if markdown.looks_like_markdown(text) else plaintext.parse(text)


_READERS: dict[Kind, Callable[[bytes], Document]] = {
    Kind.DOCX: docx.read,
    Kind.PDF: pdf.read,
    Kind.HTML: html.read,
    Kind.MARKDOWN: lambda data: markdown.parse(decode(data)),
    Kind.TEXT: _read_text,
}


def read_document(data: bytes, name: str) -> Document:
    """Read a file whose format its content tells; `name` is only a hint (.md).

    Raises `Unreadable`, whose first argument is a `Refusal`, for whatever is no readable plan.
    """
    try:
        document = _READERS[kind_of(data, name)](data)
    except RecursionError as fault:
        raise Unreadable(Refusal.TOO_DEEP) from fault
    return _with_text(document)


def read_pasted(text: str) -> Document:
    """Read text from a clipboard: plain or Markdown. Raises `Unreadable` when there is none or far too much."""
    if len(text) > MAX_CHARACTERS:
        raise Unreadable(Refusal.TOO_LONG)
    return _with_text(_parse_text(text))


def _with_text(document: Document) -> Document:
    if not document.blocks:
        raise Unreadable(Refusal.NO_TEXT)
    return document
