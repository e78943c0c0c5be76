"""The page of a plan's source in the browser: places, words found, phone, paper."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from departments.models import User
from tasks.models import SourceDocument
from tests.browser.conftest import Visit
from tests.factories import office_user, reporter
from tests.ledgers import TEXT, SmallPlan, small_plan

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WIDTHS = [360, 390, 768, 1100, 1440, 1920]
FOCUS = "document.activeElement.id"


@pytest.fixture
def made() -> SmallPlan:
    """With a text longer than a screen, whose facts stand at its beginning."""
    made = small_plan()
    filler = "\n".join(f"附则第{n}条，各单位落实责任，留存台账备查。" * 4 for n in range(1, 41))
    SourceDocument.objects.filter(plans=made.plan).update(text=f"{TEXT}{filler}\n")
    return made


@pytest.fixture
def clerk(made: SmallPlan) -> User:
    return office_user(made.place)


def source_url(made: SmallPlan, rest: str = "") -> str:
    return f"/plans/{made.plan.pk}/source/{rest}"


def test_a_target_of_the_ledger_leads_to_its_place_and_back(visit: Visit, clerk: User, made: SmallPlan) -> None:
    page = visit(clerk, "/ledger/")
    page.get_by_role("link", name="≥100%").click()
    expect(page.locator("#document .here")).to_have_text("学校食堂明厨亮灶覆盖率达到100%")
    page.locator("#document .here").click()
    expect(page).to_have_url(re.compile(f"/measures/{made.first.pk}/$"))


def test_a_measure_is_marked_with_its_bracket(visit: Visit, clerk: User, made: SmallPlan) -> None:
    page = visit(clerk, source_url(made, f"#m{made.second.pk}"))
    assert "".join(page.locator("#document .here").all_inner_texts()) == "开展开学检查。（各镇负责）"


def test_another_place_in_the_address_moves_the_mark(visit: Visit, clerk: User, made: SmallPlan) -> None:
    page = visit(clerk, source_url(made, f"#m{made.first.pk}"))
    page.evaluate(f"location.hash = '#m{made.third.pk}'")
    expect(page.locator("#document .here").first).to_have_text("6月底前配齐专职人员。")


def test_a_number_opens_its_measure(visit: Visit, clerk: User, made: SmallPlan) -> None:
    page = visit(clerk, source_url(made))
    page.get_by_role("link", name="措施2.1").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("2.1")


def test_words_are_found_while_typing(visit: Visit, clerk: User, made: SmallPlan) -> None:
    page = visit(clerk, source_url(made))
    page.get_by_placeholder("在原文中查找").press_sequentially("台账备查")
    expect(page.locator("#hits")).to_contain_text("第1处，共160处")
    expect(page.locator("#document .now")).to_be_in_viewport()
    assert page.evaluate(FOCUS) == "find"
    assert "q=" in page.url


def test_enter_and_buttons_go_from_hit_to_hit(visit: Visit, clerk: User, made: SmallPlan) -> None:
    page = visit(clerk, source_url(made, "?q=附则第3"))
    found = page.locator("#hits")
    expect(found).to_contain_text("第1处，共44处")
    page.get_by_placeholder("在原文中查找").press("Enter")
    expect(found).to_contain_text("第2处")
    page.get_by_role("link", name="上一处").click()
    page.get_by_role("link", name="上一处").click()
    expect(found).to_contain_text("第44处")
    expect(page.locator("#document .now")).to_be_in_viewport()


def test_without_script_the_address_finds(browser: object, live_server: object, made: SmallPlan, visit: Visit) -> None:
    page = visit(reporter(made.education), "/")
    plain = page.context.browser.new_context(java_script_enabled=False)  # type: ignore[union-attr]
    plain.add_cookies(page.context.cookies())  # type: ignore[arg-type]
    shown = plain.new_page()
    shown.goto(page.url.rstrip("/") + source_url(made))
    shown.get_by_placeholder("在原文中查找").fill("检查")
    shown.get_by_placeholder("在原文中查找").press("Enter")
    expect(shown.locator("#hits")).to_contain_text("第1处，共1处")
    expect(shown.locator("#document mark, #document .mark-hit")).to_have_text("检查")
    plain.close()


def test_the_list_of_parts_stays_in_sight_and_leads_there(visit: Visit, clerk: User, made: SmallPlan) -> None:
    page = visit(clerk, source_url(made))
    page.mouse.wheel(0, 3000)
    link = page.get_by_role("link", name="二、基层能力")
    expect(link).to_be_in_viewport()
    link.click()
    expect(page.locator("#document").get_by_text("二、基层能力")).to_be_in_viewport()


def test_what_is_sought_does_not_hide_below_the_head(visit: Visit, clerk: User, made: SmallPlan) -> None:
    page = visit(clerk, source_url(made, f"#s{made.third.task.section_id}"))
    top = "document.querySelector('#document .here').getBoundingClientRect().top"
    head = "document.querySelector('.document-head').getBoundingClientRect().bottom"
    assert page.evaluate(f"{top} >= {head} - 1")


@pytest.mark.parametrize("width", WIDTHS)
def test_no_width_scrolls_sideways(visit: Visit, clerk: User, made: SmallPlan, width: int) -> None:
    SourceDocument.objects.filter(plans=made.plan).update(text=f"{TEXT}{'龘' * 90}{'x' * 300}\n")
    page = visit(clerk, source_url(made, "?q=检查"))
    page.set_viewport_size({"width": width, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_on_a_phone_the_parts_stand_above_the_text(visit: Visit, clerk: User, made: SmallPlan) -> None:
    page = visit(clerk, source_url(made))
    page.set_viewport_size({"width": 390, "height": 844})
    parts, text = page.locator(".document-parts").bounding_box(), page.locator("#document").bounding_box()
    assert parts
    assert text
    assert parts["y"] + parts["height"] <= text["y"]


def test_on_paper_the_text_stands_alone(visit: Visit, clerk: User, made: SmallPlan) -> None:
    page: Page = visit(clerk, source_url(made, "?q=检查"))
    page.emulate_media(media="print")
    expect(page.locator(".document-parts")).to_be_hidden()
    expect(page.locator(".document-head")).to_be_hidden()
    expect(page.locator("#document")).to_be_visible()
