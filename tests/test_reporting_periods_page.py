"""报送期: the list and its pages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from departments.editions import edition
from departments.models import Jurisdiction, User
from reporting.actions.period_change import dates_as_text
from reporting.actions.period_generate import Generated, generate_year
from reporting.models import ReportingPeriod
from tasks.models import Plan
from tests.departments_pages import text_of
from tests.factories import (
    AssignmentFactory,
    DepartmentFactory,
    MeasureFactory,
    PlanFactory,
    ReportingRuleFactory,
    leader,
    office_user,
    reporter,
)
from tests.reporting_factories import PeriodFactory, ReportFactory

pytestmark = pytest.mark.django_db
LIST_QUERIES = 14
QUOTE = "每季度结束后15日内报送进展"


@pytest.fixture(autouse=True)
def late_march(settings: Any) -> None:
    settings.CLOCK_DATE = date(2026, 3, 24)


@pytest.fixture
def plan() -> Plan:
    return PlanFactory.create(issued=True)


@pytest.fixture
def place(plan: Plan) -> Jurisdiction:
    return plan.jurisdiction


@pytest.fixture
def clerk(place: Jurisdiction) -> User:
    return office_user(place)


@pytest.fixture
def generate(place: Jurisdiction, clerk: User) -> Callable[[], Generated]:
    return lambda: generate_year(place, actor=clerk, year=2026)


@pytest.fixture
def third(generate: Callable[[], Generated]) -> ReportingPeriod:
    generate()
    return ReportingPeriod.objects.get(ordinal=3)


def rule(plan: Plan, **fields: Any) -> Any:
    given = {"frequency": "quarterly", "due": "", "direction": "to_office", "quote": QUOTE, "owers": "各成员单位"}
    return ReportingRuleFactory.create(plan=plan, task=None, **given | fields)


@pytest.fixture
def office(client: Client, clerk: User) -> Client:
    client.force_login(clerk)
    return client


def test_the_list_tells_the_move_of_a_date(office: Client, third: ReportingPeriod) -> None:
    assert "10月10日为周六，顺延至10月12日" in text_of(office.get("/periods/"))


def test_the_list_quotes_the_duties(office: Client, generate: Callable[[], Generated], plan: Plan) -> None:
    rule(plan)
    generate()
    assert f"“{QUOTE}”" in text_of(office.get("/periods/"))


def test_the_list_marks_what_is_the_office_own(office: Client, generate: Callable[[], Generated], plan: Plan) -> None:
    rule(plan, frequency="annual", due="12-20", direction="upward", quote="于12月20日前向市里报告")
    generate()
    assert "办公室自己的事" in text_of(office.get("/periods/"))


def test_the_list_counts_forms_in_and_owed(office: Client, third: ReportingPeriod, plan: Plan) -> None:
    for _ in range(2):
        AssignmentFactory.create(measure=MeasureFactory.create(task__section__plan=plan))
    sent = plan.jurisdiction.departments.first()
    ReportFactory.create(period=third, department=sent, submitted=True)
    assert "1／2家" in text_of(office.get("/periods/"))


def test_a_unit_reads_the_list_without_counts_or_buttons(client: Client, third: ReportingPeriod, plan: Plan) -> None:
    unit = DepartmentFactory.create(jurisdiction=plan.jurisdiction)
    AssignmentFactory.create(measure=MeasureFactory.create(task__section__plan=plan), department=unit)
    client.force_login(reporter(unit))
    page = text_of(client.get("/periods/"))
    assert "2026年第三季度" in page
    assert "／1家" not in page
    assert "改期" not in page


def test_a_leader_reads_the_list_without_buttons(client: Client, third: ReportingPeriod, place: Jurisdiction) -> None:
    client.force_login(leader(place))
    assert "重新生成" not in text_of(client.get("/periods/"))


def test_an_empty_year_says_what_to_do(office: Client) -> None:
    assert "生成全年报送期" in text_of(office.get("/periods/"))


@pytest.mark.parametrize("number", [1, 12])
def test_the_list_costs_the_same_for_few_and_many(
    office: Client, place: Jurisdiction, plan: Plan, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for ordinal in range(1, number + 1):
        period = PeriodFactory.create(jurisdiction=place, kind="month", ordinal=ordinal)
        period.plans.add(plan)
        period.rules.add(rule(plan))
    with django_assert_num_queries(LIST_QUERIES):
        office.get("/periods/")


def test_generating_by_the_button_tells_what_was_made(office: Client) -> None:
    response = office.post("/periods/generate/", {"year": "2026"}, follow=True)
    assert "新生成4个报送期" in text_of(response)


def test_shifting_by_the_page_tells_the_new_date(office: Client, third: ReportingPeriod) -> None:
    fields = {"due": "2026-10-24", "reason": "系统维护", "seen": edition(dates_as_text(third))}
    response = office.post(f"/periods/{third.pk}/shift/", fields, follow=True)
    assert "截止日改为10月26日（10月24日为周六，顺延至10月26日）" in text_of(response)


def test_a_refused_shift_keeps_what_was_typed(office: Client, third: ReportingPeriod) -> None:
    response = office.post(f"/periods/{third.pk}/shift/", {"due": "2026-01-05", "reason": "系统维护"})
    assert response.status_code == 400
    assert "系统维护" in text_of(response)


def test_cancelling_and_restoring_by_the_pages(office: Client, third: ReportingPeriod) -> None:
    office.post(f"/periods/{third.pk}/cancel/", {"reason": "并入专项检查"})
    office.post(f"/periods/{third.pk}/restore/", {"reason": "专项检查推迟"})
    third.refresh_from_db()
    assert (third.cancelled, third.note) == (False, "专项检查推迟")


def test_adding_by_the_page(office: Client, place: Jurisdiction) -> None:
    fields = {
        "title": "中秋国庆专项",
        "start": "2026-08-01",
        "end": "2026-09-20",
        "due": "2026-09-25",
        "reason": "会议要求",
    }
    assert office.post("/periods/new/", fields).status_code == 302
    assert ReportingPeriod.objects.get(jurisdiction=place).title == "中秋国庆专项"


def test_a_report_counts_in_from_its_first_submission(office: Client, third: ReportingPeriod, plan: Plan) -> None:
    unit = AssignmentFactory.create(measure=MeasureFactory.create(task__section__plan=plan)).department
    ReportFactory.create(period=third, department=unit, opened_at=datetime(2026, 3, 24, 1, tzinfo=UTC))
    assert "0／1家" in text_of(office.get("/periods/"))
