"""年初基数: what the action accepts and writes, and figures that are divided as they are typed."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from core.errors import AccessDenied, BadInput, WrongState
from core.models import AuditEntry, Outbox
from core.numerals import BadNumber, parse_division
from departments.editions import Overtaken
from departments.models import User
from indicators.actions.set_baselines import Baseline, baselines_edition, climbing, set_baselines
from indicators.models import Indicator
from tasks.models import Measure, Plan
from tasks.standing import PLAN_TOPIC
from tests.factories import DepartmentFactory, IndicatorFactory, MeasureFactory, PlanFactory, office_user, reporter

pytestmark = pytest.mark.django_db
SOURCE = "区市场监管局2025年底底册，175÷268家"


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


def set_one(indicator: Indicator, actor: User, value: Any, source: str = SOURCE, *, seen: str | None = None) -> int:
    plan: Plan = indicator.measure.task.plan
    given = {indicator.pk: Baseline(None if value is None else Decimal(value), source)}
    return set_baselines(plan, actor=actor, baselines=given, seen=baselines_edition(plan) if seen is None else seen)


def stored(indicator: Indicator) -> tuple[Decimal | None, str]:
    indicator.refresh_from_db()
    return indicator.baseline, indicator.baseline_source


def test_baseline_is_written_with_its_source(shops, clerk):
    assert set_one(shops, clerk, "65.3") == 1
    assert stored(shops) == (Decimal("65.3"), SOURCE)


def test_change_is_recorded_under_the_name_of_the_target(shops, clerk):
    set_one(shops, clerk, "65.3")
    entry = AuditEntry.objects.get(verb="plan.baselines_set")
    assert (entry.before, entry.after) == (
        {"3.2农村食品经营店规范化建设比例": "无"},
        {"3.2农村食品经营店规范化建设比例": f"65.3%，{SOURCE}"},
    )


def test_plan_is_judged_anew_once(shops, kitchens, clerk, plan):
    given = {one.pk: Baseline(Decimal(50), SOURCE) for one in (shops, kitchens)}
    assert set_baselines(plan, actor=clerk, baselines=given, seen=baselines_edition(plan)) == 2
    waiting = Outbox.objects.get(topic=PLAN_TOPIC)
    assert (waiting.key, waiting.version) == (str(plan.pk), 1)


def test_same_baseline_again_leaves_no_trace(shops, clerk):
    set_one(shops, clerk, "65.30")
    Outbox.objects.all().delete()
    assert set_one(shops, clerk, "65.3", f" {SOURCE} ") == 0
    assert AuditEntry.objects.filter(verb="plan.baselines_set").count() == 1
    assert not Outbox.objects.exists()


def test_baseline_is_taken_back_by_none(shops, clerk):
    set_one(shops, clerk, "65.3")
    assert set_one(shops, clerk, None, "") == 1
    assert stored(shops) == (None, "")


def test_baselines_that_are_not_given_stay(shops, kitchens, clerk):
    set_one(shops, clerk, "65.3")
    set_one(kitchens, clerk, "74.6")
    assert stored(shops) == (Decimal("65.3"), SOURCE)


def test_nought_is_a_baseline(shops, clerk):
    set_one(shops, clerk, 0, "每年从零起算")
    assert stored(shops) == (Decimal(0), "每年从零起算")


@pytest.mark.parametrize("source", ["𠮷田镇龘记🍜底册", "源" * 200])
def test_unusual_source_is_kept(shops, clerk, source):
    set_one(shops, clerk, "65.3", source)
    assert stored(shops)[1] == source


@pytest.mark.parametrize(
    ("value", "source", "field", "sentence"),
    [
        ("65.3", " ", "source", "请写明来源"),
        (None, SOURCE, "value", "没有填基数"),
        ("100.1", SOURCE, "value", "最多100%，填的是100.1%"),
        ("-1", SOURCE, "value", "不能小于0"),
        ("65.29851", SOURCE, "value", "小数最多4位"),
        ("65.3", "源" * 201, "source", "最多200个字，现在有201个字"),
    ],
)
def test_baseline_that_cannot_be_meant_is_refused_at_its_field(shops, clerk, value, source, field, sentence):
    with pytest.raises(BadInput, match=sentence) as refusal:
        set_one(shops, clerk, value, source)
    assert refusal.value.field == f"{field}-{shops.pk}"
    assert stored(shops) == (None, "")


def test_count_has_no_hundred_to_stay_under(shops, clerk):
    Indicator.objects.update(unit="家")
    assert set_one(shops, clerk, 175) == 1


def test_count_of_too_many_digits_is_refused(shops, clerk):
    Indicator.objects.update(unit="家")
    with pytest.raises(BadInput, match="整数部分最多11位"):
        set_one(shops, clerk, "123456789012")


def test_somebody_who_was_first_is_not_overwritten(shops, clerk, plan):
    seen = baselines_edition(plan)
    set_one(shops, clerk, "65.3")
    with pytest.raises(Overtaken, match=f"3.2{shops.subject}现在是“65.3%，{SOURCE}”，您填的是“60%，年报”"):
        set_one(shops, clerk, "60", "年报", seen=seen)
    assert stored(shops)[0] == Decimal("65.3")


def test_two_targets_of_one_name_are_told_apart(shops, kitchens, clerk):
    Indicator.objects.update(subject="覆盖率")
    set_one(kitchens, clerk, "74.6")
    entry = AuditEntry.objects.get(verb="plan.baselines_set")
    assert list(entry.after) == ["3.2覆盖率（第2个）"]


@pytest.mark.parametrize("fields", [{"path": "hold"}, {"family": "cumulate"}])
def test_what_is_not_climbed_has_no_baseline(shops, plan, fields):
    Indicator.objects.update(**fields)
    assert climbing(plan) == []


def test_unit_may_not_set_a_baseline(shops, plan):
    unit = DepartmentFactory.create(jurisdiction=plan.jurisdiction)
    with pytest.raises(AccessDenied):
        set_one(shops, reporter(unit), "65.3")


def test_closed_plan_keeps_its_baselines(shops, clerk):
    Plan.objects.update(stage=Plan.Stage.CLOSED)
    with pytest.raises(WrongState):
        set_one(shops, clerk, "65.3")


@pytest.mark.parametrize(
    "typed", ["175÷268", "175/268", "１７５／２６８", " 175 ÷ 268 ", "175家÷268家", "175÷268户", "0.0175万÷0.0268万"]
)
def test_two_figures_divided_are_understood(typed):
    assert parse_division(typed) == (Decimal(175), Decimal(268))


@pytest.mark.parametrize(
    ("typed", "told"),
    [("175÷0", "除数是0"), ("175÷", "不是两个数相除"), ("1/2/3", "不是两个数相除"), ("约175÷268", "不是数字")],
)
def test_what_cannot_be_divided_is_refused_in_words(typed, told):
    with pytest.raises(BadNumber, match=told):
        parse_division(typed)
