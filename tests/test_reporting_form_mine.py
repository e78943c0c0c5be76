"""填报: what one's units owe, and what they have reported."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from tests.factories import AssignmentFactory, DepartmentFactory, MembershipFactory, reporter
from tests.form_pages import page
from tests.reporting_factories import PeriodFactory, ReportFactory, make_report, make_round

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_13_october(settings):
    settings.CLOCK_DATE = date(2026, 10, 13)


@pytest.fixture
def report():
    period, plan = make_round()
    unit = DepartmentFactory.create(jurisdiction=period.jurisdiction, name="区教体局")
    return make_report(period, unit, plan, 2)


@pytest.fixture
def person(report):
    return reporter(report.department)


def test_the_list_of_a_person_with_several_units(client, report):
    other = DepartmentFactory.create(jurisdiction=report.period.jurisdiction, name="区文旅局")
    plan = report.period.plans.get()
    AssignmentFactory.create(measure__task__section__plan=plan, department=other)
    person = reporter(report.department)
    MembershipFactory.create(user=person, department=other)
    shown = page(client, person, "mine")
    assert "区教体局" in shown
    assert reverse("reporting:start", args=[report.period.pk, other.pk]) in shown


def test_starting_opens_the_form(client, report):
    other = DepartmentFactory.create(jurisdiction=report.period.jurisdiction)
    AssignmentFactory.create(measure__task__section__plan=report.period.plans.get(), department=other)
    client.force_login(reporter(other))
    answer = client.post(reverse("reporting:start", args=[report.period.pk, other.pk]))
    assert answer["Location"] == reverse("reporting:form", args=[other.progress_reports.get().pk])


def test_nobody_starts_anothers_form(client, person, report):
    other = DepartmentFactory.create(jurisdiction=report.period.jurisdiction)
    client.force_login(person)
    assert client.post(reverse("reporting:start", args=[report.period.pk, other.pk])).status_code == 404


def test_history_says_whether_it_was_on_time(client, report, person):
    period = PeriodFactory.create(
        jurisdiction=report.period.jurisdiction, ordinal=2, title="2026年第二季度", start=date(2026, 4, 1),
        end=date(2026, 6, 30), stated_due=date(2026, 7, 15), due=date(2026, 7, 15), locks_on=date(2026, 12, 1),
    )  # fmt: skip
    ReportFactory.create(period=period, department=report.department, submitted=True)
    assert "10月9日，逾期" in page(client, person, "mine")
