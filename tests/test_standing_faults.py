"""Whom a measure's fault counts for where nobody in particular is missing. Pure."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from indicators.totals import Given
from reporting.models import Light
from reporting.standing.facts import IndicatorFacts
from tests.test_standing_measures import DONE, counted, indicator, stands, unit


def test_a_limit_without_its_last_figure_counts_for_all_that_report_it() -> None:
    limit = indicator(unit="家", kind="count", family="cumulate", path="climb", comparator="<=", value=Decimal(6))
    figures = IndicatorFacts(limit, [1], [Given(1, date(2026, 6, 30), value=Decimal(4))])
    found = stands(unit(1, "lead", DONE), unit(2, "support", DONE), figures=[figures], due_on=date(2026, 8, 31))
    assert (found.verdict.light, counted(found)) == (Light.AMBER, [Light.AMBER, Light.GREEN])
