"""Files beside an entry in a browser: added, then deleted without leaving the page."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from departments.models import User
from reporting.models import Evidence, ProgressReport
from tests.browser.conftest import Visit
from tests.factories import DepartmentFactory, reporter
from tests.reporting_factories import make_report, make_round

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 64


@pytest.fixture
def report() -> ProgressReport:
    period, plan = make_round()
    made: ProgressReport = make_report(period, DepartmentFactory.create(jurisdiction=period.jurisdiction), plan, 1)
    return made


@pytest.fixture
def person(report) -> User:
    return reporter(report.department, name="陈静")


def test_a_file_is_added_and_deleted_again(visit: Visit, report, person):
    page = visit(person, reverse("reporting:entry", args=[report.pk, report.entries.get().pk]))
    page.set_input_files("#evidence input[type=file]", {"name": "照片😀.png", "mimeType": "image/png", "buffer": PNG})
    expect(page.locator("#evidence")).to_contain_text("照片😀.png")
    page.locator("#evidence").get_by_role("button", name="删除照片😀.png").click()
    page.locator("#confirm-yes").click()
    expect(page.locator("#evidence li")).to_have_count(0)
    assert Evidence.objects.get().removed_at is not None
