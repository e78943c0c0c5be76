"""Baselines in the browser: a figure divided, saved from the bar at the foot, on a desk and on a phone."""

from __future__ import annotations

from decimal import Decimal

import pytest
from playwright.sync_api import expect

from indicators.models import Indicator
from tests.browser.conftest import Visit
from tests.factories import office_user
from tests.ledgers import small_plan

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.smoke
@pytest.mark.parametrize("width", [360, 1440])
def test_a_division_is_typed_and_saved(visit: Visit, width: int) -> None:
    made = small_plan()
    page = visit(office_user(made.place), f"/plans/{made.plan.pk}/baselines/")
    page.set_viewport_size({"width": width, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    page.get_by_label("1.1学校食堂明厨亮灶覆盖率的年初基数").fill("94÷126所")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_role("status")).to_contain_text("1项年初基数已保存")
    indicator = Indicator.objects.get()
    assert (indicator.baseline, indicator.baseline_source) == (Decimal("74.6032"), "94÷126所")
