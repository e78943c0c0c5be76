"""What can be told of a file at once, while its sender still waits: no text is read, nothing is unpacked."""

from __future__ import annotations

from intake.reader.formats import pdf
from intake.reader.formats.encoding import decode
from intake.reader.formats.package import Package
from intake.reader.formats.sniff import Kind, kind_of


def glance(data: bytes, name: str) -> None:
    """Raise `Unreadable` for what is empty, damaged, locked, dangerous or of a kind that is not read.

    What passes may still prove unreadable: a PDF of pictures, a Word file with entities.
    """
    kind = kind_of(data, name)
    if kind is Kind.DOCX:
        Package(data)
    elif kind is Kind.PDF:
        pdf.check_open(data)
    elif kind is not Kind.HTML:  # which names its own encoding
        decode(data)
