"""Query budgets of the form: the same for 10 entries and for 200."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from indicators.models import Indicator
from reporting.models import ProgressEntry, ReportedFigure
from tasks.models import Assignment, Measure
from tests.factories import DepartmentFactory, reporter
from tests.form_pages import send
from tests.reporting_factories import make_report, make_round

pytestmark = pytest.mark.django_db
ENTRY, CHECK, PRINT, MINE, SAVE = 23, 20, 14, 9, 44  # queries


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


@pytest.fixture
def first(report):
    return report.entries.first()


def enlarge(report, entries: int) -> None:
    """To as many entries, each of its own measure with a figure."""
    first = report.entries.first()
    task, figure = first.assignment.measure.task, first.figures.get()
    fields = {"task": task, "text": "推进明厨亮灶建设。", "span_start": 0, "span_end": 5}
    more = range(entries - report.entries.count())
    measures = Measure.objects.bulk_create(Measure(position=1000 + n, **fields) for n in more)
    assignments = Assignment.objects.bulk_create(copy_of(first.assignment, measure=measure) for measure in measures)
    made = ProgressEntry.objects.bulk_create(copy_of(first, assignment=assignment) for assignment in assignments)
    indicators = Indicator.objects.bulk_create(copy_of(figure.indicator, measure=measure) for measure in measures)
    ReportedFigure.objects.bulk_create(
        copy_of(figure, entry=entry, indicator=indicator) for entry, indicator in zip(made, indicators, strict=True)
    )


def copy_of(row, **fields):
    kept = {field.name: getattr(row, field.name) for field in row._meta.concrete_fields if not field.primary_key}
    return type(row)(**kept | fields)


@pytest.mark.parametrize("entries", [10, 200])
@pytest.mark.parametrize(("name", "budget"), [("entry", ENTRY), ("check", CHECK), ("print", PRINT), ("mine", MINE)])
def test_two_hundred_entries_take_as_many_queries_as_ten(
    client, person, report, first, name, budget, entries, django_assert_num_queries
):
    enlarge(report, entries)
    client.force_login(person)
    numbers = {"entry": [report.pk, first.pk], "mine": []}.get(name, [report.pk])
    address = reverse(f"reporting:{name}", args=numbers)
    client.get(address)
    with django_assert_num_queries(budget):
        client.get(address)


@pytest.mark.parametrize("entries", [10, 200])
def test_a_save_in_a_large_form(client, person, report, first, entries, django_assert_num_queries):
    enlarge(report, entries)
    client.force_login(person)
    with django_assert_num_queries(SAVE):
        send(client, person, first, done_text="新建成8所。")
