"""年初基数: one form for all targets of a plan that are climbed."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from departments.models import User
from indicators.actions.set_baselines import Baseline, baselines_edition, set_baselines
from indicators.models import Indicator
from tasks.models import Measure, Plan
from tests.departments_pages import text_of
from tests.factories import DepartmentFactory, IndicatorFactory, MeasureFactory, PlanFactory, office_user, reporter

pytestmark = pytest.mark.django_db
SOURCE = "区市场监管局2025年底底册，175÷268家"
BUDGET = 8


@pytest.fixture
def plan() -> Plan:
    return PlanFactory.create(issued=True)


@pytest.fixture
def clerk(plan: Plan) -> User:
    return office_user(plan.jurisdiction)


@pytest.fixture
def measure(plan: Plan) -> Measure:
    return MeasureFactory.create(
        task__section__plan=plan, task__section__title="整治突出问题", task__number=3, position=2
    )


@pytest.fixture
def shops(measure: Measure) -> Indicator:
    return IndicatorFactory.create(measure=measure, position=1, subject="农村食品经营店规范化建设比例", value=80)


@pytest.fixture
def kitchens(measure: Measure) -> Indicator:
    return IndicatorFactory.create(measure=measure, position=2, subject="学校食堂明厨亮灶覆盖率")


@pytest.fixture
def office(client: Client, clerk: User) -> Client:
    client.force_login(clerk)
    return client


def address(plan: Plan) -> str:
    return f"/plans/{plan.pk}/baselines/"


def set_one(indicator: Indicator, actor: User, value: str) -> None:
    """As another clerk would in the meantime."""
    plan: Plan = indicator.measure.task.plan
    given = {indicator.pk: Baseline(Decimal(value), SOURCE)}
    set_baselines(plan, actor=actor, baselines=given, seen=baselines_edition(plan))


def stored(indicator: Indicator) -> tuple[Decimal | None, str]:
    indicator.refresh_from_db()
    return indicator.baseline, indicator.baseline_source


def drawn(page: Any) -> dict[str, str]:
    """What a browser sends of the page as it was drawn."""
    form = page.context["form"]
    fields = {bound.name: str(bound.value() or "") for bound in form}
    return fields | {f"initial-{name}": value for name, value in fields.items()}


def fill(client: Client, indicator: Indicator, value: str, source: str = SOURCE) -> Any:
    """One row of the page filled in and sent."""
    path = address(indicator.measure.task.plan)
    return client.post(path, row(drawn(client.get(path)), indicator, value, source))


def row(fields: dict[str, str], indicator: Indicator, value: str, source: str = SOURCE) -> dict[str, str]:
    return fields | {f"value-{indicator.pk}": value, f"source-{indicator.pk}": source}


def test_page_names_target_part_and_measure(office, shops, plan):
    page = text_of(office.get(address(plan)))
    assert "逐步达到的指标1项，已有基数0项" in page
    assert f"整治突出问题 3.2 {shops.subject} ≥80%" in page
    assert "到期前最多预警" in page


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("65.3", "65.3"),
        ("65.3%", "65.3"),
        ("６５．３％", "65.3"),
        ("175÷268", "65.2985"),
        ("175/268", "65.2985"),
        ("１７５÷２６８", "65.2985"),
        ("0", "0"),
    ],
)
def test_figure_is_taken_as_clerks_type_it(office, shops, typed, value):
    assert fill(office, shops, typed).status_code == 302
    assert stored(shops) == (Decimal(value), SOURCE)


def test_working_stands_in_for_a_source(office, shops):
    fill(office, shops, "１７５／２６８家", "")
    assert stored(shops) == (Decimal("65.2985"), "175÷268家")


def test_all_rows_are_saved_at_once_and_counted(office, shops, kitchens, plan):
    fields = row(row(drawn(office.get(address(plan))), shops, "65.3"), kitchens, "74.6")
    page = office.post(address(plan), fields, follow=True)
    assert "2项年初基数已保存" in text_of(page)
    assert (stored(shops)[0], stored(kitchens)[0]) == (Decimal("65.3"), Decimal("74.6"))


def test_page_sent_as_drawn_changes_nothing(office, shops, clerk, plan):
    set_one(shops, clerk, "65.3")
    page = office.post(address(plan), drawn(office.get(address(plan))), follow=True)
    assert "没有改动" in text_of(page)


def test_emptied_row_has_no_baseline_any_more(office, shops, clerk):
    set_one(shops, clerk, "65.3")
    fill(office, shops, "", "")
    assert stored(shops) == (None, "")


def test_each_wrong_field_has_its_own_sentence(office, shops, kitchens, plan):
    fields = row(row(drawn(office.get(address(plan))), shops, "约65"), kitchens, "120", "")
    response = office.post(address(plan), fields)
    assert response.status_code == 400
    errors = response.context["form"].errors
    assert "“约65”不是数字" in errors[f"value-{shops.pk}"][0]
    assert "175÷268这样的算式" in errors[f"value-{shops.pk}"][0]
    assert "最多100%" in errors[f"value-{kitchens.pk}"][0]
    assert "请写明来源" in errors[f"source-{kitchens.pk}"][0]
    assert 'value="约65"' in response.content.decode()


def test_share_above_the_whole_is_refused_though_divided(office, shops):
    response = fill(office, shops, "268÷175")
    assert "最多100%，填的是153.1429%" in text_of(response)


def test_count_is_not_divided(office, shops):
    Indicator.objects.update(unit="家")
    response = fill(office, shops, "175÷268")
    assert "这个指标按“家”计，请直接填一个数" in text_of(response)


def test_two_clerks_in_different_rows_do_not_meet(office, shops, kitchens, clerk, plan):
    fields = drawn(office.get(address(plan)))
    set_one(shops, clerk, "65.3")
    assert office.post(address(plan), row(fields, kitchens, "74.6")).status_code == 302
    assert (stored(shops)[0], stored(kitchens)[0]) == (Decimal("65.3"), Decimal("74.6"))


def test_second_clerk_in_one_row_is_told_once_and_holds_at_the_second_press(office, shops, clerk, plan):
    fields = row(drawn(office.get(address(plan))), shops, "60", "年报")
    set_one(shops, clerk, "65.3")
    response = office.post(address(plan), fields)
    assert response.status_code == 409
    assert f"现在是“65.3%，{SOURCE}”，您填的是“60%，年报”" in text_of(response)
    assert office.post(address(plan), sent_again(response)).status_code == 302
    assert stored(shops) == (Decimal(60), "年报")


def test_row_that_only_somebody_else_changed_is_shown_as_it_stands(office, shops, kitchens, clerk, plan):
    fields = row(drawn(office.get(address(plan))), shops, "60", "年报")
    set_one(shops, clerk, "65.3")
    set_one(kitchens, clerk, "74.6")
    response = office.post(address(plan), fields)
    assert response.context["form"][f"value-{kitchens.pk}"].value() == "74.6"
    office.post(address(plan), sent_again(response))
    assert stored(kitchens)[0] == Decimal("74.6")


def sent_again(response: Any) -> dict[str, str]:
    """The page that tells of a conflict, sent as it stands."""
    data = response.context["form"].data
    return {name: data[name] for name in data if name.startswith(("value", "source", "initial"))}


def test_plan_without_climbed_targets_says_what_has_a_baseline(office, shops, plan):
    Indicator.objects.update(path="hold")
    page = office.get(address(plan))
    assert "没有要填基数的指标" in text_of(page)
    assert "保存" not in text_of(page)


def test_closed_plan_is_refused(office, shops, plan):
    Plan.objects.update(stage=Plan.Stage.CLOSED)
    assert office.get(address(plan)).status_code == 409


def test_unit_is_refused_with_the_reason(client, shops, plan):
    client.force_login(reporter(DepartmentFactory.create(jurisdiction=plan.jurisdiction)))
    response = client.get(address(plan))
    assert response.status_code == 403
    assert "只有" in text_of(response)


@pytest.mark.parametrize("many", [0, 100], ids=["1 target", "101 targets"])
def test_page_keeps_its_budget(
    office: Client, shops: Indicator, django_assert_max_num_queries: DjangoAssertNumQueries, many: int
) -> None:
    for _ in range(many):
        IndicatorFactory.create(measure__task=shops.measure.task)
    with django_assert_max_num_queries(BUDGET):
        assert office.get(address(shops.measure.task.plan)).status_code == 200
