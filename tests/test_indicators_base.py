"""换基数: what the action accepts and writes, and the page that shows which population a plan's figures stand on."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from core import clock
from core.errors import AccessDenied, BadInput, WrongState
from core.models import AuditEntry, Outbox
from departments.models import Population, User
from indicators.actions.switch_base import switch_base
from indicators.models import PopulationBase
from indicators.population import bases_of
from tasks.models import Plan
from tasks.standing import PLAN_TOPIC
from tests.departments_pages import text_of
from tests.factories import (
    DepartmentFactory,
    IndicatorFactory,
    PlanFactory,
    PopulationFactory,
    office_user,
    reporter,
)

pytestmark = pytest.mark.django_db
JULY, OCTOBER = date(2026, 7, 1), date(2026, 10, 1)
REASON = "区统计局公布了2026年年中人口"
BUDGET = 14


@pytest.fixture
def plan() -> Plan:
    return PlanFactory.create(issued=True)


@pytest.fixture
def clerk(plan: Plan) -> User:
    return office_user(plan.jurisdiction, name="林晓")


@pytest.fixture
def census(plan: Plan) -> Population:
    """The one in force at the year's beginning."""
    return PopulationFactory.create(jurisdiction=plan.jurisdiction, residents=486_000)


@pytest.fixture
def midyear(plan: Plan) -> Population:
    return PopulationFactory.create(
        jurisdiction=plan.jurisdiction, year=2027, residents=501_200, as_of=date(2026, 6, 30), source="年中推算"
    )


@pytest.fixture
def office(client: Client, clerk: User) -> Client:
    client.force_login(clerk)
    return client


def address(plan: Plan) -> str:
    return f"/plans/{plan.pk}/population-base/"


def sent(population: Population, since: str = "2026-07-01", reason: str = REASON) -> dict[str, Any]:
    return {"population": population.pk, "since": since, "reason": reason}


def switch(plan: Plan, actor: User, population: Population, since: date = JULY, reason: str = REASON) -> PopulationBase:
    return switch_base(plan, actor=actor, population=population, since=since, reason=reason)


# The action


def test_days_before_keep_the_base_and_later_ones_have_the_new(plan, clerk, census, midyear):
    switch(plan, clerk, midyear)
    bases = bases_of(plan)
    found = [bases.on(day) for day in (date(2026, 6, 30), JULY)]
    assert [base.residents for base in found if base] == [486_000, 501_200]


def test_switch_is_recorded_with_both_bases_and_the_reason(plan, clerk, census, midyear):
    switch(plan, clerk, midyear)
    entry = AuditEntry.objects.get(verb="plan.base_switched")
    assert entry.before["base"].startswith("常住人口48.6万人")
    assert entry.after == {"base": "常住人口50.12万人，截至2026年6月30日，年中推算", "since": "2026-07-01"}
    assert entry.reason == REASON


def test_plan_is_judged_anew_once(plan, clerk, census, midyear):
    Outbox.objects.all().delete()
    switch(plan, clerk, midyear)
    waiting = Outbox.objects.get(topic=PLAN_TOPIC)
    assert (waiting.key, waiting.version) == (str(plan.pk), 1)


def test_only_population_known_holds_from_the_beginning(plan, clerk):
    only = PopulationFactory.create(jurisdiction=plan.jurisdiction, as_of=date(2026, 6, 30))
    with pytest.raises(BadInput, match="用的已是这个基数"):
        switch(plan, clerk, only)


@pytest.mark.parametrize("reason", ["", "  ", "由" * 501])
def test_switch_without_a_reason_is_refused(plan, clerk, census, midyear, reason):
    with pytest.raises(BadInput, match="换基数的理由") as refusal:
        switch(plan, clerk, midyear, reason=reason)
    assert refusal.value.field == "reason"


def test_population_of_another_place_is_refused(plan, clerk, census):
    with pytest.raises(BadInput, match="不是本行政区的") as refusal:
        switch(plan, clerk, PopulationFactory.create())
    assert refusal.value.field == "population"


@pytest.mark.parametrize("since", [date(2025, 12, 31), date(2027, 1, 1)])
def test_day_outside_the_plan_s_year_is_refused(plan, clerk, census, midyear, since):
    with pytest.raises(BadInput, match="2026年之内") as refusal:
        switch(plan, clerk, midyear, since)
    assert refusal.value.field == "since"


def test_base_in_force_is_not_switched_to(plan, clerk, census):
    with pytest.raises(BadInput, match="用的已是这个基数"):
        switch(plan, clerk, census)


@pytest.mark.parametrize("since", [JULY, date(2026, 6, 1)])
def test_switch_on_or_before_another_is_refused(plan, clerk, census, midyear, since):
    switch(plan, clerk, midyear)
    with pytest.raises(WrongState, match="7月1日起已换过基数"):
        switch(plan, clerk, census, since)


def test_one_may_switch_back_later(plan, clerk, census, midyear):
    switch(plan, clerk, midyear)
    switch(plan, clerk, census, OCTOBER)
    base = bases_of(plan).on(OCTOBER)
    assert base
    assert base.residents == 486_000


def test_unit_may_not_switch(plan, census, midyear):
    with pytest.raises(AccessDenied):
        switch(plan, reporter(DepartmentFactory.create(jurisdiction=plan.jurisdiction)), midyear)


def test_closed_plan_keeps_its_base(plan, clerk, census, midyear):
    Plan.objects.update(stage=Plan.Stage.CLOSED)
    with pytest.raises(WrongState):
        switch(plan, clerk, midyear)


# The page


def test_page_shows_the_base_in_force(office, plan, census):
    page = text_of(office.get(address(plan)))
    assert "48.6万人" in page
    assert "2025年12月31日，486000人" in page
    assert census.source in page
    assert "没有换过" in page


def test_page_names_the_targets_that_stand_on_it(office, plan, census):
    IndicatorFactory.create(measure__task__section__plan=plan, subject="食品抽检量", unit="批次/千人", value=4)
    assert "食品抽检量≥4批次/千人" in text_of(office.get(address(plan)))


def test_page_says_what_a_switch_does(office, plan, census, midyear):
    page = text_of(office.get(address(plan)))
    assert "起用日期以前的数仍按原基数；之后的按新基数，并标明基数已变。" in page


def test_switch_is_made_and_listed_with_who_when_and_why(office, plan, census, midyear):
    with clock.pinned(datetime(2026, 7, 9, 9, 5)):  # noqa: DTZ001
        page = text_of(office.post(address(plan), sent(midyear, reason="龘𠮷镇🍜并入"), follow=True))
    assert "自7月1日起按50.12万人算" in page
    assert "2026年7月1日现用 50.12万人 截至2026年6月30日，年中推算 龘𠮷镇🍜并入 林晓 7月9日09:05" in page


def test_switch_of_a_day_to_come_is_not_yet_in_force(office, plan, clerk, census, midyear):
    with clock.pinned(datetime(2026, 7, 9, 9, 5)):  # noqa: DTZ001
        switch(plan, clerk, midyear, OCTOBER)
        page = text_of(office.get(address(plan)))
    assert "2026年初现用" in page


def test_empty_form_says_what_is_missing(office, plan, census, midyear):
    response = office.post(address(plan), {"population": ""})
    assert response.status_code == 400
    assert set(response.context["form"].errors) == {"population", "since", "reason"}


def test_day_outside_the_year_is_told_beside_its_field(office, plan, census, midyear):
    response = office.post(address(plan), sent(midyear, since="2025-07-01"))
    assert response.status_code == 400
    assert response.context["form"].errors["since"] == ["起用日期要在2026年之内。"]


def test_population_of_another_place_cannot_be_chosen(office, plan, census, midyear):
    response = office.post(address(plan), sent(PopulationFactory.create()))
    assert response.status_code == 400
    assert not PopulationBase.objects.exists()


def test_second_of_two_clerks_is_told(office, plan, clerk, census, midyear):
    newer = PopulationFactory.create(jurisdiction=plan.jurisdiction, year=2028, as_of=date(2026, 9, 30))
    switch(plan, clerk, midyear, OCTOBER)
    response = office.post(address(plan), sent(newer))
    assert response.status_code == 409
    assert "10月1日起已换过基数" in text_of(response)


def test_base_last_switched_to_is_not_offered(office, plan, clerk, census, midyear):
    switch(plan, clerk, midyear)
    form = office.get(address(plan)).context["form"]
    assert list(form.fields["population"].queryset) == [census]


def test_place_with_one_population_is_sent_to_add_another(office, plan, census):
    page = office.get(address(plan)).content.decode()
    assert "没有另外的人口数可换" in page
    assert "/population/new/" in page


def test_place_without_population_is_sent_to_state_it(office, plan):
    page = office.get(address(plan)).content.decode()
    assert "还没有填常住人口" in page
    assert "/population/new/" in page


def test_closed_plan_is_refused(office, plan, census):
    Plan.objects.update(stage=Plan.Stage.CLOSED)
    assert office.get(address(plan)).status_code == 409


@pytest.mark.parametrize("many", [1, 12], ids=["1 switch", "12 switches"])
def test_page_keeps_its_budget(
    office: Client, clerk: User, plan: Plan, django_assert_max_num_queries: DjangoAssertNumQueries, many: int
) -> None:
    for number in range(many + 1):
        year = 2025 - number
        stated = PopulationFactory.create(jurisdiction=plan.jurisdiction, year=year, as_of=date(year, 12, 31))
        IndicatorFactory.create(measure__task__section__plan=plan, unit="批次/千人")
        if number:
            switch(plan, clerk, stated, date(2026, number, 2))
    with django_assert_max_num_queries(BUDGET):
        assert office.get(address(plan)).status_code == 200
