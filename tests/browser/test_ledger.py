"""The ledger in the browser: room, unfolding, filters, keyboard, phone, paper."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from departments.models import User
from tests.browser.conftest import Visit
from tests.factories import AssignmentFactory, DepartmentFactory, MeasureFactory, office_user
from tests.ledgers import SmallPlan, small_plan

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE: ViewportSize = {"width": 390, "height": 844}
WIDTHS = [360, 390, 768, 1100, 1440, 1920]
LONG = "青禾区" + "龘" * 90 + "🍚中心"
CLIPPED = """() => [...document.querySelectorAll(".clamp > span")].some((span) =>
    span.clientHeight && span.scrollHeight > span.clientHeight + 1)"""
WHOLE_ROWS = """() => [...document.querySelectorAll(".ledger tbody tr")].filter((row) =>
    row.querySelector("td") && row.getBoundingClientRect().bottom <= innerHeight).length"""


@pytest.fixture
def made() -> SmallPlan:
    return small_plan()


@pytest.fixture
def clerk(made: SmallPlan) -> User:
    return office_user(made.place)


def too_wide(page: Page) -> int:
    """By how many pixels the page scrolls sideways."""
    return int(page.evaluate("document.documentElement.scrollWidth - innerWidth"))


def test_eight_whole_rows_fit_an_office_screen(visit: Visit, clerk: User, made: SmallPlan) -> None:
    for task in (made.first.task, made.third.task):
        for measure in MeasureFactory.create_batch(6, task=task, text="开展检查，" * 20):
            AssignmentFactory.create(measure=measure, department=made.education)
    assert visit(clerk, "/ledger/").evaluate(WHOLE_ROWS) >= 8


def test_a_number_unfolds_the_sentence_and_folds_it_again(visit: Visit, clerk: User) -> None:
    page = visit(clerk, "/ledger/")
    number = page.get_by_role("link", name="1.1", exact=True)
    number.click()
    expect(page.locator("tr.more mark.mark-target")).to_have_text("学校食堂明厨亮灶覆盖率达到100%")
    expect(number).to_have_attribute("aria-expanded", "true")
    number.click()
    expect(page.locator("tr.more")).to_have_count(0)
    expect(number).to_have_attribute("aria-expanded", "false")


def test_the_unfolded_row_leads_to_the_measure(visit: Visit, clerk: User) -> None:
    page = visit(clerk, "/ledger/")
    page.get_by_role("link", name="1.1", exact=True).click()
    page.get_by_role("link", name="打开1.1").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("1.1")


def test_going_back_shows_the_ledger_and_not_the_row(visit: Visit, clerk: User, made: SmallPlan) -> None:
    page = visit(clerk, "/ledger/")
    page.get_by_role("link", name="1.1", exact=True).click()
    page.get_by_role("link", name="打开1.1").click()
    page.go_back()
    expect(page.locator("table.ledger")).to_be_visible()


def test_filters_leave_empty_fields_out_of_the_address(visit: Visit, clerk: User) -> None:
    page = visit(clerk, "/ledger/")
    page.get_by_label("角色").select_option("牵头")
    page.get_by_role("button", name="筛选").click()
    expect(page.locator(".found")).to_contain_text("1项措施")
    assert page.url.endswith("/ledger/?role=lead")


def test_several_parts_are_ticked_in_a_menu(visit: Visit, clerk: User) -> None:
    page = visit(clerk, "/ledger/")
    page.get_by_text("部分：全部").click()
    page.get_by_role("checkbox", name="一、校园食品安全").check()
    page.locator("details.menu").get_by_role("button", name="筛选").click()
    expect(page.locator(".chip")).to_contain_text("部分：一")


def test_the_menu_closes_with_escape_and_gives_the_focus_back(visit: Visit, clerk: User) -> None:
    page = visit(clerk, "/ledger/")
    page.get_by_text("部分：全部").click()
    page.get_by_role("checkbox", name="一、校园食品安全").focus()
    page.keyboard.press("Escape")
    expect(page.get_by_role("checkbox", name="一、校园食品安全")).to_be_hidden()
    expect(page.locator("details.menu summary")).to_be_focused()


def test_the_first_tab_skips_to_the_content(visit: Visit, clerk: User) -> None:
    page = visit(clerk, "/ledger/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="跳到正文")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_every_stop_of_the_tab_key_shows_its_focus(visit: Visit, clerk: User) -> None:
    page = visit(clerk, "/ledger/")
    for _ in range(25):
        page.keyboard.press("Tab")
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline != "none", page.evaluate("document.activeElement.outerHTML")


def test_the_head_of_the_table_stays_in_sight(visit: Visit, clerk: User, made: SmallPlan) -> None:
    MeasureFactory.create_batch(40, task=made.third.task)
    page = visit(clerk, "/ledger/")
    page.mouse.wheel(0, 1500)
    expect(page.get_by_role("columnheader", name="责任单位")).to_be_in_viewport()


@pytest.mark.parametrize("width", WIDTHS)
def test_no_width_scrolls_sideways(visit: Visit, clerk: User, made: SmallPlan, width: int) -> None:
    unit = DepartmentFactory.create(jurisdiction=made.place, name=LONG)
    AssignmentFactory.create(measure=made.third, department=unit)
    page = visit(clerk, "/ledger/")
    page.set_viewport_size({"width": width, "height": 900})
    assert too_wide(page) <= 0


def test_on_a_phone_the_entries_are_a_bar_at_the_foot(visit: Visit, clerk: User) -> None:
    page = visit(clerk, "/ledger/")
    page.set_viewport_size(PHONE)
    box = page.get_by_role("navigation", name="主导航").bounding_box()
    assert box
    assert round(box["y"] + box["height"]) == PHONE["height"]


def test_on_paper_the_whole_measure_stands_without_filters(visit: Visit, clerk: User, made: SmallPlan) -> None:
    MeasureFactory.create(task=made.third.task, text="开展检查。" * 80)
    page = visit(clerk, "/ledger/")
    page.emulate_media(media="print")
    expect(page.locator("form.filters")).to_be_hidden()
    expect(page.locator(".print-only").last).to_contain_text("打印，数据截至打印时")
    assert page.evaluate(CLIPPED) is False
