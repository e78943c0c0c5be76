"""Table files that cannot be read: each its own refusal, and what is no table file at all."""

from __future__ import annotations

import pytest

from intake.reader.formats import Refusal
from intake.reader.model import Unreadable
from intake.reader.sheets.book import is_book, read_book
from tests.reader_files import zipped
from tests.table_files import compound, xlsx

REFUSED = {
    "empty": (xlsx({"台账": []}), "a.xlsx", Refusal.EMPTY_EXCEL),
    "damaged": (xlsx({"台账": [(1,)]})[:-200], "a.xlsx", Refusal.DAMAGED_EXCEL),
    "far below": (xlsx({"台账": [*[()] * 20_500, ("x",)]}), "a.xlsx", Refusal.FAR_EXCEL),
    "too wide": (xlsx({"台账": [[*[None] * 300, "x"]]}), "a.xlsx", Refusal.FAR_EXCEL),
    "bomb": (zipped({"xl/workbook.xml": "<w/>", "xl/a.xml": bytes(110 << 20)}), "a.xlsx", Refusal.SWOLLEN_EXCEL),
    "entities": (
        zipped({"xl/workbook.xml": '<!DOCTYPE w [<!ENTITY a "b">]><w>&a;</w>'}), "a.xlsx", Refusal.UNSAFE_EXCEL
    ),
    "old and damaged": (compound("Workbook", b"nothing"), "a.xls", Refusal.DAMAGED_EXCEL),
    "text that is none": (bytes(range(256)) * 4, "a.csv", Refusal.NOT_TEXT),
    "blank text": (b",,\n,,\n", "a.csv", Refusal.EMPTY_EXCEL),
}  # fmt: skip


@pytest.mark.parametrize(("data", "name", "refusal"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_read_has_its_sentence(data: bytes, name: str, refusal: Refusal) -> None:
    with pytest.raises(Unreadable) as caught:
        read_book(data, name)
    assert caught.value.args[0] is refusal


@pytest.mark.parametrize(("data", "name"), [(b"PK\x03\x04junk", "a.docx"), (b"text", "a.txt"), (b"%PDF-1.7", "a.csv")])
def test_other_files_are_no_books(data: bytes, name: str) -> None:
    assert not is_book(data, name)
