"""The unit's form in a browser: filled by keyboard, saved by itself, two tabs on one entry, a lost session."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from playwright.sync_api import Page, expect

from departments.models import User
from reporting.models import ProgressEntry, ProgressReport
from tests.browser.conftest import Visit
from tests.factories import DepartmentFactory, reporter
from tests.reporting_factories import make_report, make_round

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def on_13_october(settings):
    settings.CLOCK_DATE = date(2026, 10, 13)


@pytest.fixture
def report() -> ProgressReport:
    """Two entries that nobody has touched."""
    period, plan = make_round()
    unit = DepartmentFactory.create(jurisdiction=period.jurisdiction, name="区教体局")
    made: ProgressReport = make_report(period, unit, plan, 2)
    made.entries.update(state="", done_text="", next_steps="")
    for entry in made.entries.all():
        entry.figures.update(numerator=None, denominator=None)
    return made


@pytest.fixture
def person(report) -> User:
    return reporter(report.department, name="陈静")


def address(report: ProgressReport, place: int = 0) -> str:
    return reverse("reporting:entry", args=[report.pk, list(report.entries.all())[place].pk])


def stored(report: ProgressReport, place: int = 0) -> ProgressEntry:
    entry: ProgressEntry = list(report.entries.all())[place]
    return entry


def write(page: Page, text: str) -> None:
    page.locator("#id_done_text").fill(text)


def wait_until_saved(page: Page) -> None:
    expect(page.locator("#saved")).to_contain_text("已保存")


def test_an_entry_is_filled_by_keyboard(visit: Visit, report, person):
    page = visit(person, address(report))
    page.locator("#id_state_1").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.type("120")
    page.keyboard.press("Tab")
    page.keyboard.type("130")
    expect(page.locator(".figure output b")).to_have_text("92.3%")
    page.locator("#id_done_text").focus()
    page.keyboard.type("新建成8所，累计120所。")
    page.keyboard.press("Control+s")
    wait_until_saved(page)
    expect(page.locator("#progress")).to_contain_text("已填1／2")
    expect(page.locator(".steps [aria-current] .step")).to_have_text("已填")


def test_the_server_adds_what_is_missing_to_the_result(visit: Visit, report, person):
    page = visit(person, address(report))
    page.locator("[name^='n-']").fill("120")
    page.locator("[name^='d-']").fill("130")
    expect(page.locator(".figure output")).to_contain_text("还差10，未达标")


def test_typing_is_saved_by_itself_and_survives_a_reload(visit: Visit, report, person):
    page = visit(person, address(report))
    write(page, "检查食堂3家😀")
    wait_until_saved(page)
    page.reload()
    expect(page.locator("#id_done_text")).to_have_value("检查食堂3家😀")


def test_keys_lead_from_entry_to_entry_and_save_on_the_way(visit: Visit, report, person):
    page = visit(person, address(report))
    write(page, "走之前写的。")
    page.keyboard.press("Alt+ArrowDown")
    page.wait_for_url(f"**{address(report, 1)}")
    assert stored(report).done_text == "走之前写的。"
    page.keyboard.press("k")
    page.wait_for_url(f"**{address(report)}")


def test_two_tabs_show_both_texts_and_lose_none(visit: Visit, report, person, complaints):
    mine, theirs = visit(person, address(report)), visit(person, address(report))
    theirs.evaluate("localStorage.clear()")
    write(theirs, "另一页写的。")
    wait_until_saved(theirs)
    write(mine, "这一页写的。")
    row = mine.locator("[data-merge=done_text]")
    expect(row).to_contain_text("另一页写的。")
    expect(row).to_contain_text("这一页写的。")
    row.get_by_role("button", name="两段都留").click()
    mine.get_by_role("button", name="按下面的内容保存").click()
    expect(mine.locator(".merging")).to_have_count(0)
    expect(mine.locator("#id_done_text")).to_have_value("另一页写的。\n这一页写的。")
    assert stored(report).done_text == "另一页写的。\n这一页写的。"
    complaints.clear()  # the browser notes the 409


def test_typing_outlives_a_lost_session(visit: Visit, report, person, complaints):
    page = visit(person, address(report))
    Session.objects.all().delete()
    write(page, "会话断了以后写的。")
    expect(page.locator("#entry-problem")).to_contain_text("登录已过期")
    expect(page.locator("#id_done_text")).to_have_value("会话断了以后写的。")
    page.close()
    again = visit(person, address(report))
    expect(again.locator("#entry-problem")).to_contain_text("已恢复您")
    expect(again.locator("#id_done_text")).to_have_value("会话断了以后写的。")
    wait_until_saved(again)
    assert stored(report).done_text == "会话断了以后写的。"
    complaints.clear()  # the browser notes the 403


def test_a_closed_tab_loses_nothing(visit: Visit, report, person):
    page = visit(person, address(report))
    page.route("**/save/", lambda route: route.abort())
    write(page, "没来得及保存。")
    page.close()
    again = visit(person, address(report))
    expect(again.locator("#id_done_text")).to_have_value("没来得及保存。")
    wait_until_saved(again)
    assert stored(report).done_text == "没来得及保存。"


def test_no_data_is_no_nought(visit: Visit, report, person):
    page = visit(person, address(report))
    page.locator("[name^='absence-']").select_option("not_applicable")
    expect(page.locator("[name^='n-']")).to_be_disabled()
    expect(page.locator("[name^='why-']")).to_be_visible()
    page.locator("[name^='why-']").fill("辖区没有学校。")
    wait_until_saved(page)
    page.reload()
    expect(page.locator("[name^='why-']")).to_have_value("辖区没有学校。")


@pytest.mark.parametrize("width", [1440, 390])
def test_nothing_runs_out_of_the_page(visit: Visit, report, person, width):
    page = visit(person, address(report))
    page.set_viewport_size({"width": width, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    expect(page.locator(".action-bar")).to_contain_text(re.compile("已填0／2"))
