"""A ledger with unusual heads: its columns are chosen in the browser, looked at and read."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from core import outbox
from tests.browser.conftest import Visit
from tests.factories import JurisdictionFactory, office_user
from tests.table_files import xlsx

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
HEADS = ("重点任务", "怎么做", "谁来办", "何时办完")
ROWS = [
    ("管好食堂", "学校食堂明厨亮灶覆盖率达到100%", "区教体局", "6月底前"),
    ("守住市场", "快检", "区市场监管局", "八月中"),
]


@pytest.mark.parametrize("width", [1440, 390])
def test_columns_are_chosen_previewed_and_read(visit: Visit, width: int):
    page = visit(office_user(JurisdictionFactory.create(name="青禾区")), "/imports/")
    page.set_viewport_size({"width": width, "height": 844})
    data = xlsx({"台账": [HEADS, *ROWS]})
    page.set_input_files("input[type=file]", {"name": "台账.xlsx", "mimeType": "application/zip", "buffer": data})
    page.get_by_role("button", name="上传并识读").click()
    expect(page.get_by_role("heading", name=re.compile("等待识读"))).to_be_visible()
    outbox.drain()
    for column, meaning in (("B列", "措施"), ("C列", "牵头单位"), ("D列", "完成时限")):
        page.get_by_label(f"{column}是什么").select_option(label=meaning)
    page.get_by_role("button", name="看看会读出什么").click()
    expect(page.get_by_text("6月30日")).to_be_visible()
    expect(page.get_by_text("第3行D列")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.get_by_role("button", name="按此识读").click()
    expect(page.get_by_role("heading", name=re.compile("等待识读"))).to_be_visible()
    outbox.drain()
    expect(page.get_by_role("heading", name=re.compile("导入核对"))).to_be_visible()
    expect(page.locator("tr.measure")).to_have_count(2)
