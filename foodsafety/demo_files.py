"""Small files of evidence for the demo, made on the spot: a table, a page."""

from __future__ import annotations

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

PAGE = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>"
PARTS = (b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", PAGE)


def file_named(name: str, subject: str) -> SimpleUploadedFile:
    """A workbook or a page with one sheet, by the name's ending; `subject` makes its content its own."""
    data = _workbook(name, subject) if name.endswith(".xlsx") else _page(f"{name} {subject}")
    return SimpleUploadedFile(name, data)


def _workbook(name: str, subject: str) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("演示")
    for row in ((name.removesuffix(".xlsx"),), (subject,), ("演示用表格，内容为虚构",)):
        sheet.append(row)
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


def _page(subject: str) -> bytes:
    """An empty A4 page; the subject stands in a comment."""
    written, places = f"%PDF-1.4\n% {subject}\n".encode(), []
    for number, part in enumerate(PARTS, start=1):
        places.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 4\n0000000000 65535 f \n%s" % table
    return written + head + b"trailer\n<< /Size 4 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % len(written)
