"""The whole story in a browser: filled, signed, sent, returned, mended, accepted, closed; and the office's keys."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from reporting.models import Closure, ProgressEntry, ProgressReport
from tests.browser.conftest import Visit
from tests.factories import DepartmentFactory, IndicatorReporterFactory, approver, office_user, reporter
from tests.reporting_factories import make_report, make_round

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def on_13_october(settings):
    settings.CLOCK_DATE = date(2026, 10, 13)


class Scene:
    """An office, and a unit of two people with a form of two entries."""

    def __init__(self, **fields: object) -> None:
        self.period, plan = make_round()
        self.unit = DepartmentFactory.create(jurisdiction=self.period.jurisdiction, name="区教体局")
        self.report: ProgressReport = make_report(self.period, self.unit, plan, 2, **fields)
        for entry in self.report.entries.all():
            IndicatorReporterFactory.create(indicator=entry.figures.get().indicator, department=self.unit)
        self.reporter = reporter(self.unit, name="陈静")
        self.office = office_user(self.period.jurisdiction, name="林晓")

    def entry(self, place: int) -> ProgressEntry:
        found: ProgressEntry = self.report.entries.order_by("pk")[place]
        return found

    @property
    def round(self) -> str:
        return reverse("reporting:round", args=[self.period.pk])

    @property
    def statuses(self) -> list[str]:
        return list(self.report.entries.order_by("pk").values_list("status", flat=True))


@pytest.fixture
def draft(transactional_db: None) -> Scene:
    """Nothing typed yet."""
    scene = Scene()
    scene.report.entries.update(state="", done_text="", next_steps="")
    for place in (0, 1):
        scene.entry(place).figures.update(numerator=None, denominator=None)
    return scene


@pytest.fixture
def sent(transactional_db: None) -> Scene:
    return Scene(submitted=True)


def fill(page: Page, scene: Scene, place: int, text: str) -> None:
    site = page.url.split("/reports/")[0]
    page.goto(site + reverse("reporting:entry", args=[scene.report.pk, scene.entry(place).pk]))
    page.get_by_label("已完成").check()
    page.locator("[name^='n-']").fill("130")
    page.locator("[name^='d-']").fill("130")
    page.locator("#id_done_text").fill(text)
    page.keyboard.press("Control+s")
    expect(page.locator("#saved")).to_contain_text("已保存")


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def test_a_form_from_the_first_word_to_the_closure_of_its_measure(visit: Visit, draft: Scene):
    head = approver(draft.unit, name="吴劲松")
    check = reverse("reporting:check", args=[draft.report.pk])

    page = visit(draft.reporter, reverse("reporting:form", args=[draft.report.pk]))
    fill(page, draft, 0, "新建成18所，累计130所，全部接入平台。")
    fill(page, draft, 1, "检查食堂。")
    page = visit(draft.reporter, check)
    press(page, "送审签")
    page = visit(head, "/")
    page.get_by_role("link", name="去审签").click()
    press(page, "审签")
    page = visit(draft.reporter, check)
    press(page, "报送")
    expect(page.get_by_role("status")).to_contain_text("已报送")

    page = visit(draft.office, "/")
    page.get_by_role("link", name="去审核").click()
    page.get_by_role("link", name="区教体局").click()
    expect(page.locator("#panel-title")).to_contain_text("区教体局")
    page.keyboard.press("a")
    expect(page.get_by_role("status")).to_contain_text("已通过")
    page.get_by_role("button", name="没有写明时间和数量").click()
    press(page, "退回这一项 R")
    expect(page.get_by_role("status")).to_contain_text("已退回")
    assert draft.statuses == ["accepted", "returned"]

    page = visit(draft.reporter, "/")
    expect(page.locator(".duties")).to_contain_text("食安办退回1项")
    page.get_by_role("link", name="去补正").click()
    fill(page, draft, 1, "9月检查食堂126家。")
    page = visit(draft.reporter, check)
    press(page, "送审签")
    page = visit(head, check)
    press(page, "审签")
    page = visit(draft.reporter, check)
    press(page, "报送")

    page = visit(draft.office, f"{draft.round}?unit={draft.unit.pk}")
    expect(page.locator("#panel ins").first).to_have_text("9月")
    page.keyboard.press("a")
    expect(page.locator("tr.current .state")).to_contain_text("通过")
    assert draft.statuses == ["accepted", "accepted"]

    page = visit(draft.reporter, reverse("reporting:ask_closure", args=[draft.entry(0).pk]))
    press(page, "申请销号")
    page = visit(draft.office, "/")
    page.get_by_role("link", name="去核实").click()
    page.locator("th a").first.click()
    page.get_by_label("核实日期").fill("2026-10-12")
    page.get_by_label("核实地点").fill("第二中学食堂")
    page.get_by_label("核实人").fill("顾怀安")
    press(page, "准予销号")
    expect(page.locator(".page-head")).to_contain_text("已销号")
    assert Closure.objects.get().state == "approved"


def test_keys_go_through_what_waits(visit: Visit, sent: Scene):
    page = visit(sent.office, f"{sent.round}?unit={sent.unit.pk}")
    expect(page.locator("#panel")).to_contain_text("待审第1项，共2项")
    page.keyboard.press("j")
    expect(page.locator("#panel")).to_contain_text("待审第2项，共2项")
    page.keyboard.press("k")
    expect(page.locator("#panel")).to_contain_text("待审第1项，共2项")


def test_returning_asks_for_the_reason_first(visit: Visit, sent: Scene):
    page = visit(sent.office, f"{sent.round}?unit={sent.unit.pk}")
    page.keyboard.press("r")
    expect(page.locator("#reason")).to_be_focused()
    assert sent.statuses == ["submitted", "submitted"]


def test_the_decision_is_in_sight_without_scrolling(visit: Visit, sent: Scene):
    page = visit(sent.office, f"{sent.round}?unit={sent.unit.pk}")
    expect(page.get_by_role("button", name="退回这一项")).to_be_in_viewport()


def test_all_that_wait_are_accepted_after_a_question(visit: Visit, sent: Scene):
    page = visit(sent.office, sent.round)
    press(page, "批量通过待审2项")
    expect(page.locator("#confirm-question")).to_contain_text("1家单位待审的2项")
    page.locator("#confirm-yes").click()
    expect(page.get_by_role("status")).to_contain_text("已通过2项")


def test_who_is_missing_is_copied(visit: Visit, draft: Scene):
    page = visit(draft.office, draft.round)
    page.get_by_role("link", name="复制未报名单").click()
    expect(page.locator("#missing-text")).to_have_value(
        "各单位：2026年第三季度进展报送10月15日（周四）截止，还有2个工作日。"
        "截至10月13日，还有1家未报：区教体局。请登录食安督办填报；确有困难的，请在填报页申请延期。"
    )
    press(page, "复制")
    expect(page.get_by_role("button", name="已复制")).to_be_visible()


def test_another_tab_opens_with_its_select(visit: Visit, sent: Scene):
    page = visit(sent.office, sent.round)
    page.locator("#sort").select_option("unit")
    page.wait_for_url("**/?sort=unit")
    expect(page.locator("tr.part")).to_have_count(0)
