"""In a real browser: log-in, a unit, the order by keyboard, an import, handing over; on a desk and on a phone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from openpyxl import Workbook
from playwright.sync_api import Page, ViewportSize, expect

from departments.models import Department, User
from tests.factories import (
    PASSWORD,
    DepartmentFactory,
    DepartmentGroupFactory,
    JurisdictionFactory,
    office_user,
    reporter,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PAGES = (
    "/units/",
    "/units/?order=1",
    "/units/new/",
    "/groups/",
    "/users/",
    "/users/new/",
    "/units/import/",
    "/profile/",
)
PHONE: ViewportSize = {"width": 390, "height": 844}
DESK: ViewportSize = {"width": 1440, "height": 900}


@pytest.fixture
def unit():
    place = JurisdictionFactory.create(name="青禾区", office_name="青禾区食安办")
    office_user(place, username="linxiao", name="林晓")
    unit = DepartmentFactory.create(jurisdiction=place, name="区教体局", position=10)
    town = DepartmentFactory.create(jurisdiction=place, name="青溪镇", position=20)
    DepartmentGroupFactory.create(jurisdiction=place, name="各镇", members=[town])
    return unit


def log_in(page: Page, live_server, username: str, password: str = PASSWORD) -> None:
    page.goto(f"{live_server.url}/log-in/")
    page.get_by_label("用户名").fill(username)
    page.get_by_label("密码").fill(password)
    page.get_by_role("button", name="登录", exact=True).click()


@pytest.fixture
def office(page: Page, live_server, unit):
    page.set_viewport_size(DESK)
    log_in(page, live_server, "linxiao")
    page.wait_for_url(f"{live_server.url}/")
    return page


def test_a_wrong_password_is_told_above_the_fields(page: Page, live_server, unit):
    log_in(page, live_server, "linxiao", "wrong")
    expect(page.get_by_role("alert").filter(has_text="用户名或密码不正确")).to_be_visible()


def test_a_new_reporter_must_choose_a_password_and_then_works(office: Page, live_server):
    office.goto(f"{live_server.url}/users/new/")
    office.get_by_label("姓名").fill("陈静")
    office.get_by_label(re.compile("^用户名")).fill("chenjing")
    office.get_by_label("第1项角色").select_option(label="单位联络员")
    office.get_by_label("第1项单位").select_option(label="区教体局")
    office.get_by_role("button", name="保存").click()
    password = office.locator("table.passwords b").inner_text()
    office.get_by_role("button", name="退出").click()
    log_in(office, live_server, "chenjing", password)
    expect(office).to_have_url(f"{live_server.url}/profile/password/")
    office.get_by_label("现在的密码").fill(password)
    office.get_by_label(re.compile("^新密码")).fill("xin-mima-2026")
    office.get_by_label("再输一遍新密码").fill("xin-mima-2026")
    office.get_by_role("button", name="保存新密码").click()
    expect(office).to_have_url(f"{live_server.url}/")


def test_a_unit_is_moved_by_the_keyboard(office: Page, live_server):
    office.goto(f"{live_server.url}/units/?order=1")
    office.get_by_role("button", name="青溪镇上移一位").press("Enter")
    expect(office.get_by_text("“青溪镇”已移到第1位")).to_be_visible()
    assert list(Department.objects.values_list("name", flat=True)) == ["青溪镇", "区教体局"]


def test_taking_a_unit_out_of_use_asks_first(office: Page, live_server, unit):
    office.goto(f"{live_server.url}/units/{unit.pk}/")
    office.get_by_role("button", name="停用").click()
    dialog = office.get_by_role("dialog")
    expect(dialog).to_contain_text("停用“区教体局”？新计划不再选用它")
    dialog.get_by_role("button", name="取消").click()
    unit.refresh_from_db()
    assert unit.active


def test_a_list_is_looked_at_before_it_is_written(office: Page, live_server, tmp_path: Path):
    book = Workbook()
    book.active.append(("单位名称", "联络员", "用户名"))
    book.active.append(("白塘镇", "俞桐", "yutong"))
    book.save(tmp_path / "名单.xlsx")
    office.goto(f"{live_server.url}/units/import/")
    office.locator("input[type=file]").set_input_files(tmp_path / "名单.xlsx")
    office.get_by_role("button", name="上传并检查").click()
    expect(office.get_by_text("确认后一次写入")).to_be_visible()
    assert not Department.objects.filter(name="白塘镇").exists()
    office.get_by_role("button", name="确认导入1家单位").click()
    expect(office.locator("table.passwords")).to_contain_text("yutong")


def test_work_is_handed_over_to_somebody_known(office: Page, live_server, unit):
    left = reporter(unit, name="陈静")
    reporter(unit, name="唐一帆", username="tangyifan")
    office.goto(f"{live_server.url}/users/{left.pk}/hand-over/")
    office.get_by_label("接手的人").select_option(label="唐一帆")
    office.get_by_role("button", name="交接", exact=True).click()
    expect(office.get_by_text("陈静的任职已全部交给唐一帆")).to_be_visible()
    assert not User.objects.get(pk=left.pk).is_active


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("path", PAGES)
def test_no_page_scrolls_sideways(office: Page, live_server, size, path):
    office.set_viewport_size(size)
    office.goto(f"{live_server.url}{path}")
    assert office.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
