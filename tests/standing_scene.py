"""What the tests of lights share: the demo as one world, an indicator with its readings, and how a page is read."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from django.db import transaction
from django.test import Client, override_settings
from django.utils import timezone
from lxml import html
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from core import outbox
from core.actions.seed_calendar import seed_calendar
from dashboards.actions.refresh import refresh
from departments.models import Department, User
from foodsafety.demo import load_demo
from indicators.models import Indicator, Reading
from reporting.models import ReportingPeriod
from tasks.models import Measure, Plan
from tests.factories import (
    AssignmentFactory,
    DepartmentFactory,
    IndicatorFactory,
    IndicatorReporterFactory,
    MeasureFactory,
    PlanFactory,
    office_user,
)
from tests.reporting_factories import PeriodFactory

TODAY = date(2026, 10, 13)
MARCH, JUNE, SEPTEMBER = date(2026, 3, 31), date(2026, 6, 30), date(2026, 9, 30)
RECORDED = datetime(2026, 10, 9, 10, 0)
SHEET_HEAD = 3  # row of the titles
KEY = re.compile(r"(\D+) (\d+)")
Cells = dict[str, str]


@contextmanager
def demo_world() -> Iterator[Plan]:
    """The demo on 13 October 2026, judged, with nothing waiting; rolled back at the end. Each test of the module that
    holds it may write, for its own changes are rolled back as well."""
    with override_settings(CLOCK_DATE=TODAY), transaction.atomic():
        seed_calendar()
        plan = load_demo()
        outbox.drain()
        yield plan
        transaction.set_rollback(True)


def as_person(client: Client, username: str) -> Client:
    """The client, logged in as somebody of the demo."""
    client.force_login(User.objects.get(username=username))
    return client


def measure_of(plan: Plan, number: str) -> Measure:
    """By its number, 1.2."""
    task, position = number.split(".")
    found: Measure = Measure.objects.get(task__plan=plan, task__number=task, position=position)
    return found


def page_of(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def words(element: Any) -> str:
    return " ".join(element.text_content().split())


def text_of(page: str) -> str:
    """All that the page's main part says, on one line."""
    return words(html.fromstring(page).find(".//main"))


def rows_of(page: str, section: str = "") -> list[Cells]:
    """The rows of its tables by the labels of their cells; 编号 is the first link of each. Of one section alone where
    the id of its heading is given."""
    within = f"//section[@aria-labelledby='{section}']" if section else ""
    rows = html.fromstring(page).xpath(f"{within}//tr[th[@scope='row'] and td[@data-label]]")
    return [
        {"编号": words(row.find("th/a"))} | {cell.get("data-label"): words(cell) for cell in row.xpath("td")}
        for row in rows
    ]


def row_of(page: str, number: str) -> Cells:
    """The only row of this number."""
    (found,) = [row for row in rows_of(page) if row["编号"] == number]
    return found


def numbers_of(page: str, section: str = "") -> list[str]:
    return [row["编号"] for row in rows_of(page, section)]


def heads_of(page: str) -> list[str]:
    """What stands above each part, or each light."""
    return [words(head).removesuffix("看原文") for head in html.fromstring(page).xpath("//tr[@class='part']/th")]


class Key(NamedTuple):
    """A number beside a light or a state of done, and where it leads."""

    number: int
    query: str


def keys_of(page: str) -> dict[str, Key]:
    """By the word: 滞后, 自报完成, 落后."""
    found = {}
    for link in html.fromstring(page).xpath("//*[contains(@class, 'key')]/a[starts-with(@href, '?')]"):
        if said := KEY.fullmatch(words(link)):
            found[said[1]] = Key(int(said[2]), link.get("href"))
    return found


def counts_of(page: str) -> dict[str, int]:
    return {word: key.number for word, key in keys_of(page).items()}


def sheet_of(client: Client, address: str) -> Worksheet:
    response = client.get(address)
    assert response.status_code == 200, response.status_code
    sheet: Worksheet = load_workbook(io.BytesIO(response.getvalue())).worksheets[0]
    return sheet


def lines_of(sheet: Worksheet) -> list[Cells]:
    """A file's rows by the titles of their columns."""
    head, *rows = sheet.iter_rows(min_row=SHEET_HEAD, values_only=True)
    return [{str(name): str(value or "") for name, value in zip(head, row, strict=True)} for row in rows]


def facts_of(page: str) -> dict[str, str]:
    """What an indicator's page says under 目标, 应达 and so on."""
    terms = html.fromstring(page).xpath("//dl[@class='fact-list']/div")
    return {words(term.find("dt")): words(term.find("dd")) for term in terms}


def section_of(page: str, name: str) -> str:
    """All that the section says, by the id of its heading."""
    (found,) = html.fromstring(page).xpath(f"//section[@aria-labelledby='{name}']")
    return words(found)


def figures_of(page: str) -> dict[str, list[str]]:
    """An indicator's table of figures by unit, the dates under 单位, the totals under 合计."""
    rows = html.fromstring(page).xpath("//table[contains(@class, 'figures-table')]//tr")
    return {words(row[0]): [words(cell) for cell in row[1:]] for row in rows}


class Figures:
    """An issued plan with one indicator that the units report, who share its measure; readings come without forms."""

    def __init__(self, *units: str, **fields: Any) -> None:
        self.plan = PlanFactory.create(issued=True)
        self.place = self.plan.jurisdiction
        self.measure: Measure = MeasureFactory.create(task__section__plan=self.plan)
        self.indicator: Indicator = IndicatorFactory.create(measure=self.measure, **fields)
        self.units: dict[str, Department] = {}
        for name in units:
            self.units[name] = DepartmentFactory.create(jurisdiction=self.place, name=name)
            AssignmentFactory.create(measure=self.measure, department=self.units[name], role="shared")
            IndicatorReporterFactory.create(indicator=self.indicator, department=self.units[name])
        self.office = office_user(self.place)

    def give(self, unit: str, on: date, *numbers: str, **fields: Any) -> Reading:
        """A ratio of two numbers, one value, or none with its `absence`; `fields` of the reading besides."""
        names = ("value",) if len(numbers) == 1 else ("numerator", "denominator")
        given = {name: Decimal(number) for name, number in zip(names, numbers, strict=False)}
        recorded = {"recorded_at": timezone.make_aware(RECORDED)}
        found: Reading = Reading.objects.create(
            indicator=self.indicator, department=self.units[unit], as_of=on, **given, **recorded | fields
        )
        return found

    def ask(self, end: date, due: date) -> ReportingPeriod:
        """A quarter that asks every unit of the plan."""
        quarter = (end.month - 1) // 3 + 1
        start, ordinal = date(end.year, end.month - 2, 1), {"ordinal": quarter, "title": f"2026年第{quarter}季度"}
        period: ReportingPeriod = PeriodFactory.create(
            jurisdiction=self.place, start=start, end=end, due=due, stated_due=due, **ordinal
        )
        period.plans.add(self.plan)
        return period

    def page(self, client: Client, user: User | None = None) -> str:
        """The indicator's page after the plan was judged."""
        refresh([self.plan.pk])
        client.force_login(user or self.office)
        return page_of(client, f"/indicators/{self.indicator.pk}/")


def texts(rows: Sequence[Cells], label: str) -> list[str]:
    return [row[label] for row in rows]
