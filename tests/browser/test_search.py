"""The search in the head, in the browser."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from departments.models import User
from tests.browser.conftest import Visit
from tests.factories import MeasureFactory, office_user
from tests.ledgers import SmallPlan, small_plan

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FIELD = "搜索任务、单位、措施"


@pytest.fixture
def made() -> SmallPlan:
    return small_plan()


@pytest.fixture
def clerk(made: SmallPlan) -> User:
    return office_user(made.place)


def test_words_typed_in_the_head_are_found(visit: Visit, clerk: User) -> None:
    page = visit(clerk, "/ledger/")
    page.get_by_placeholder(FIELD).fill("开学检查")
    page.get_by_placeholder(FIELD).press("Enter")
    expect(page.get_by_role("heading", name="措施1项")).to_be_visible()
    expect(page.locator("mark").first).to_have_text("开学检查")


def test_a_measures_number_opens_the_measure(visit: Visit, clerk: User, made: SmallPlan) -> None:
    page = visit(clerk, "/")
    page.get_by_placeholder(FIELD).fill("2.1")
    page.get_by_placeholder(FIELD).press("Enter")
    expect(page).to_have_url(re.compile(f"/measures/{made.third.pk}/$"))


def test_a_text_found_opens_at_its_hit(visit: Visit, clerk: User) -> None:
    page = visit(clerk, "/search/?q=专职人员")
    page.locator("section", has=page.get_by_role("heading", name="原文1份")).get_by_role("link").click()
    expect(page.locator("#document .now")).to_have_text("专职人员")


def test_all_of_a_kind_are_one_step_away(visit: Visit, clerk: User, made: SmallPlan) -> None:
    MeasureFactory.create_batch(8, task=made.third.task, text="开展巡查。")
    page = visit(clerk, "/search/?q=巡查")
    page.get_by_role("link", name="全部8项").click()
    expect(page.locator(".found-list li")).to_have_count(8)


@pytest.mark.parametrize("width", [390, 900])
def test_on_narrow_screens_a_link_leads_to_the_field(visit: Visit, clerk: User, width: int) -> None:
    page = visit(clerk, "/ledger/")
    page.set_viewport_size({"width": width, "height": 844})
    expect(page.get_by_placeholder(FIELD)).to_be_hidden()
    page.get_by_role("link", name="搜索", exact=True).click()
    page.get_by_label("搜索", exact=True).fill("检查")
    page.get_by_role("button", name="搜索").click()
    expect(page.get_by_role("heading", name="措施1项")).to_be_visible()


@pytest.mark.parametrize("width", [360, 390, 768, 1100, 1101, 1440])
def test_no_width_scrolls_sideways(visit: Visit, clerk: User, made: SmallPlan, width: int) -> None:
    MeasureFactory.create(task=made.third.task, text="x" * 300)
    page = visit(clerk, "/search/?q=x")
    page.set_viewport_size({"width": width, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
