"""From a red light to the sentence that demands it, and the pages of lights and figures on a phone and on paper."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone
from playwright.sync_api import Page, ViewportSize, expect

from dashboards.actions.refresh import refresh
from departments.models import User
from indicators.models import Indicator, Reading
from tests.browser.conftest import Visit
from tests.factories import AssignmentFactory, DepartmentFactory, IndicatorReporterFactory, MeasureFactory, office_user
from tests.ledgers import SmallPlan, small_plan

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE: ViewportSize = {"width": 390, "height": 844}
LONG = "青禾区" + "龘" * 40 + "🍚中心"
BEHIND = re.compile(r"滞后\s+为应达87\.\d%的61\.\d%")  # to the place, which the calendar of working days decides
HEAD_ON_PAPER = "getComputedStyle(document.querySelector('table.ledger thead')).display"


@pytest.fixture
def made() -> SmallPlan:
    """1.1 is far behind: of 100 % 53.8 % are reached in September, by seven units, one with a long name."""
    made = small_plan()
    indicator = made.first.indicators.get()
    Indicator.objects.filter(pk=indicator.pk).update(baseline=Decimal(50), baseline_source="2025年底台账")
    names = [LONG, *(f"第{n}中心学校食堂管理站" for n in range(1, 6))]
    units = [made.education, *(DepartmentFactory.create(jurisdiction=made.place, name=name) for name in names)]
    for unit in units[1:]:
        AssignmentFactory.create(measure=made.first, department=unit, role="shared")
        IndicatorReporterFactory.create(indicator=indicator, department=unit)
    for unit in units:
        for month, day, numerator in ((3, 31, 66), (6, 30, 68), (9, 30, 70)):
            read(indicator, unit.pk, date(2026, month, day), numerator)
    refresh([made.plan.pk])
    return made


def read(indicator: Indicator, unit: int, on: date, numerator: int) -> None:
    numbers = {"numerator": Decimal(numerator), "denominator": Decimal(130)}
    Reading.objects.create(indicator=indicator, department_id=unit, as_of=on, recorded_at=timezone.now(), **numbers)


@pytest.fixture
def clerk(made: SmallPlan) -> User:
    return office_user(made.place)


def too_wide(page: Page) -> int:
    """By how many pixels the page scrolls sideways."""
    return int(page.evaluate("document.documentElement.scrollWidth - innerWidth"))


@pytest.mark.smoke
def test_a_red_light_leads_to_the_sentence_that_demands_it(visit: Visit, clerk: User) -> None:
    page = visit(clerk, "/ledger/")
    page.locator(".found").get_by_role("link", name="滞后").click()
    expect(page.locator(".found")).to_contain_text("2项措施")
    row = page.get_by_role("row").filter(has_text="学校食堂明厨亮灶覆盖率达到100%。")
    expect(row.locator("td.state")).to_contain_text(BEHIND)
    row.get_by_role("link", name="学校食堂明厨亮灶覆盖率", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("学校食堂明厨亮灶覆盖率")
    expect(page.locator(".formula-line")).to_contain_text("490÷910")
    expect(page.locator("mark.mark-target")).to_have_text("学校食堂明厨亮灶覆盖率达到100%")


def test_no_page_scrolls_sideways_on_a_phone(visit: Visit, clerk: User, made: SmallPlan) -> None:
    MeasureFactory.create(task=made.third.task, text="开展检查。" * 80)
    indicator = made.first.indicators.get()
    addresses = ["/ledger/", "/ledger/?light=red&order=light", f"/plans/{made.plan.pk}/indicators/", "/rules/"]
    addresses += [f"/indicators/{indicator.pk}/", f"/measures/{made.first.pk}/"]
    addresses += [f"/departments/{made.education.pk}/duties/"]
    page = visit(clerk, "/rules/")
    page.set_viewport_size(PHONE)
    origin = page.url.removesuffix("/rules/")
    found = {}
    for address in addresses:
        page.goto(origin + address)
        found[address] = too_wide(page)
    assert {address: wide for address, wide in found.items() if wide > 0} == {}


def test_on_paper_the_head_is_repeated_and_lights_have_their_words(visit: Visit, clerk: User, made: SmallPlan) -> None:
    MeasureFactory.create_batch(40, task=made.third.task)
    page = visit(clerk, "/ledger/?part=1")
    page.emulate_media(media="print")
    assert page.evaluate(HEAD_ON_PAPER) == "table-header-group"
    expect(page.get_by_role("columnheader", name="状态与原因")).to_be_visible()
    expect(page.locator("td.state").first).to_contain_text("滞后 为应达")
    expect(page.locator(".print-only").first).to_contain_text("部分：一；2项措施，共43项")
