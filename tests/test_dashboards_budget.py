"""Query budgets of the pages that gather: the same for a small plan and a large one."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tasks.models import Assignment, Measure
from tests.factories import leader, office_user, reporter
from tests.ledgers import SmallPlan, small_plan

pytestmark = pytest.mark.django_db

LEDGER, MEASURE, PLANS, DEPARTMENT, HOME_OFFICE, HOME_LEADER, HOME_UNIT = 22, 21, 7, 21, 25, 14, 30
INDICATORS, INDICATOR, RULES = 21, 39, 7
LARGE = 2000


def enlarge(made: SmallPlan) -> None:
    """To 2,000 measures of three tasks' kinds, each with two units."""
    task = made.third.task
    fields = {"task": task, "text": "开展检查。", "span_start": 0, "span_end": 5}
    measures = Measure.objects.bulk_create(Measure(position=10 + n, **fields) for n in range(LARGE - 3))
    Assignment.objects.bulk_create(
        Assignment(measure=measure, department=unit, role=role, position=1, surface="", span_start=0, span_end=0)
        for measure in measures
        for unit, role in ((made.education, "lead"), (made.market, "support"))
    )


def keys_of(made: SmallPlan) -> dict[str, int]:
    return {
        "plan": made.plan.pk,
        "measure": made.first.pk,
        "indicator": made.first.indicators.get().pk,
        "unit": made.education.pk,
    }


@pytest.mark.parametrize("large", [False, True], ids=["3 measures", "2000 measures"])
@pytest.mark.parametrize(
    ("who", "path", "budget"),
    [
        ("office", "/ledger/", LEDGER),
        ("office", "/ledger/?q=检查&part=2&role=lead&kind=none&due=year_end&page=2", LEDGER),
        ("unit", "/measures/{measure}/", MEASURE),
        ("unit", "/plans/", PLANS),
        ("unit", "/plans/{plan}/indicators/", INDICATORS),
        ("unit", "/indicators/{indicator}/", INDICATOR),
        ("unit", "/rules/", RULES),
        ("unit", "/departments/{unit}/duties/", DEPARTMENT),
        ("office", "/", HOME_OFFICE),
        ("leader", "/", HOME_LEADER),
        ("unit", "/", HOME_UNIT),
    ],
)
def test_a_page_keeps_its_budget(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries, who: str, path: str, budget: int, large: bool
) -> None:
    made = small_plan()
    if large:
        enlarge(made)
    people = {"office": office_user(made.place), "leader": leader(made.place), "unit": reporter(made.education)}
    client.force_login(people[who])
    address = path.format(**keys_of(made))
    with django_assert_max_num_queries(budget):
        response = client.get(address)
    assert response.status_code == 200
