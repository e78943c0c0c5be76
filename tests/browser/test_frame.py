"""The frame in the browser: every page without complaint, log-out, questions, refusals to a script."""

from __future__ import annotations

import pytest
from playwright.sync_api import Dialog, Page, expect

from tasks.models import Plan
from tests.browser.conftest import Visit
from tests.factories import DepartmentFactory, administrator, leader, office_user, reporter
from tests.ledgers import small_plan

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WIDTHS = [360, 1440]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize(
    ("who", "path"),
    [
        ("office", "/"),
        ("leader", "/"),
        ("unit", "/"),
        ("admin", "/"),
        ("unit", "/plans/"),
        ("unit", "/measures/{measure}/"),
        ("unit", "/departments/{unit}/duties/"),
    ],
)
def test_a_page_fits_its_width_without_complaint(visit: Visit, who: str, path: str, width: int) -> None:
    made = small_plan()
    people = {"office": office_user, "leader": leader, "unit": reporter, "admin": lambda _: administrator()}
    person = people[who](made.education if who == "unit" else made.place)  # type: ignore[operator]
    page = visit(person, path.format(measure=made.first.pk, unit=made.education.pk))
    page.set_viewport_size({"width": width, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_logging_out_ends_at_the_log_in_page(visit: Visit) -> None:
    page = visit(reporter(DepartmentFactory.create()), "/")
    page.get_by_role("button", name="退出").click()
    expect(page.get_by_role("button", name="登录")).to_be_visible()


def test_a_refusal_to_a_script_is_shown_as_a_sentence(visit: Visit, complaints: list[str]) -> None:
    made = small_plan()
    page = visit(reporter(made.education), "/ledger/")
    Plan.objects.filter(pk=made.plan.pk).update(stage=Plan.Stage.DRAFT)
    page.get_by_role("link", name="1.1").click()
    expect(page.locator("#toast")).to_contain_text("首页")
    complaints.clear()


def test_a_server_that_does_not_answer_is_told(visit: Visit, complaints: list[str]) -> None:
    made = small_plan()
    page = visit(reporter(made.education), "/ledger/")
    page.context.set_offline(True)
    page.get_by_role("link", name="1.1").click()
    expect(page.locator("#toast")).to_contain_text("没有连上服务器")
    complaints.clear()


def test_a_step_that_cannot_be_taken_back_asks_first(visit: Visit) -> None:
    made = small_plan()
    page = visit(office_user(made.place), f"/units/{made.market.pk}/")
    page.get_by_role("button", name="停用").click()
    expect(page.locator("#confirm")).to_contain_text("停用“区市场监管局”？")
    page.locator("#confirm").get_by_role("button", name="取消").click()
    made.market.refresh_from_db()
    assert made.market.active


def test_the_answer_yes_takes_the_step(visit: Visit) -> None:
    made = small_plan()
    page = visit(office_user(made.place), f"/units/{made.market.pk}/")
    page.get_by_role("button", name="停用").click()
    page.locator("#confirm").get_by_role("button", name="停用").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("已停用")


def questions_of(page: Page) -> list[str]:
    """Collects the browser's own questions and answers each with yes."""
    asked: list[str] = []

    def answer(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", answer)
    return asked


def test_typing_is_not_left_without_a_question(visit: Visit) -> None:
    page = visit(reporter(DepartmentFactory.create()), "/profile/")
    asked = questions_of(page)
    page.get_by_label("姓名").press_sequentially("晓")
    page.get_by_role("link", name="首页", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("首页")
    assert asked == ["beforeunload"]


def test_typing_that_is_saved_asks_nothing(visit: Visit) -> None:
    page = visit(reporter(DepartmentFactory.create()), "/profile/")
    asked = questions_of(page)
    page.get_by_label("姓名").press_sequentially("晓")
    page.get_by_role("button", name="保存").click()
    expect(page.locator(".notice-success")).to_be_visible()
    assert asked == []
