"""报送期: generating a year, adding, shifting, cancelling."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from core.errors import AccessDenied, BadInput, WrongState
from core.models import AuditEntry, WorkDay
from departments.editions import Overtaken, edition
from departments.models import Jurisdiction, OfficeSettings, User
from reporting.actions.period_change import add_period, cancel_period, dates_as_text, restore_period, shift_period
from reporting.actions.period_generate import Generated, generate_year
from reporting.models import ReportingPeriod
from tasks.models import Plan
from tests.factories import (
    DepartmentFactory,
    PlanFactory,
    ReportingRuleFactory,
    office_user,
    reporter,
)
from tests.reporting_factories import ReportFactory

pytestmark = pytest.mark.django_db
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


def shift(period: ReportingPeriod, clerk: User, due: date, seen: str | None = None) -> ReportingPeriod:
    known = edition(dates_as_text(period)) if seen is None else seen
    return shift_period(period, actor=clerk, due=due, reason="国庆期间不便报送", seen=known)


def test_a_year_without_rules_has_the_office_quarters(generate: Callable[[], Generated]) -> None:
    generate()
    periods = ReportingPeriod.objects.order_by("ordinal")
    assert [p.title for p in periods] == [f"2026年第{n}季度" for n in "一二三四"]


def test_generating_again_changes_nothing(generate: Callable[[], Generated]) -> None:
    generate()
    assert generate() == Generated(added=0, moved=0, past=0)


def test_generating_is_audited_once(generate: Callable[[], Generated]) -> None:
    generate()
    generate()
    assert AuditEntry.objects.filter(verb="periods.generated").count() == 1


def test_the_office_days_count_where_the_plan_states_none(
    generate: Callable[[], Generated], place: Jurisdiction
) -> None:
    OfficeSettings.objects.create(jurisdiction=place, due_days=20, lock_working_days=3)
    generate()
    third = ReportingPeriod.objects.get(ordinal=3)
    assert (third.due, third.locks_on) == (date(2026, 10, 20), date(2026, 10, 23))


def test_a_plans_own_days_are_taken_by_the_standing_quarters(generate: Callable[[], Generated], plan: Plan) -> None:
    generate()
    stated = rule(plan)
    assert generate().moved == 4
    assert ReportingPeriod.objects.get(ordinal=3, rules=stated).due == date(2026, 10, 15)


def test_a_shifted_period_keeps_its_date(
    generate: Callable[[], Generated], third: ReportingPeriod, clerk: User, plan: Plan
) -> None:
    shift(third, clerk, date(2026, 10, 20))
    rule(plan)
    generate()
    third.refresh_from_db()
    assert third.due == date(2026, 10, 20)


def test_a_cancelled_period_stays_cancelled(
    generate: Callable[[], Generated], third: ReportingPeriod, clerk: User
) -> None:
    cancel_period(third, actor=clerk, reason="并入专项检查")
    generate()
    third.refresh_from_db()
    assert third.cancelled


def test_a_period_with_reports_keeps_its_date(
    generate: Callable[[], Generated], third: ReportingPeriod, plan: Plan
) -> None:
    ReportFactory.create(period=third, submitted=True)
    rule(plan)
    generate()
    third.refresh_from_db()
    assert third.due == date(2026, 10, 12)


def test_periods_whose_date_has_passed_are_not_made(generate: Callable[[], Generated], settings: Any) -> None:
    settings.CLOCK_DATE = date(2026, 8, 3)
    assert generate() == Generated(added=2, moved=0, past=2)


def test_an_upward_duty_is_a_period_of_its_own(generate: Callable[[], Generated], plan: Plan) -> None:
    rule(plan, frequency="annual", due="12-20", direction="upward", quote="于12月20日前向市里报告")
    generate()
    upward = ReportingPeriod.objects.get(direction="upward")
    assert (upward.kind, upward.due) == ("year", date(2026, 12, 21))


def test_two_annual_reports_of_different_dates_are_two_periods(generate: Callable[[], Generated], plan: Plan) -> None:
    for due in ("11-15", "12-10"):
        rule(plan, frequency="annual", due=due, quote=f"{due}前报送")
    generate()
    assert list(ReportingPeriod.objects.filter(kind="year").values_list("ordinal", flat=True)) == [1, 2]


def test_a_year_without_a_plan_is_told(place: Jurisdiction, clerk: User) -> None:
    with pytest.raises(BadInput, match="2027年没有已印发的计划"):
        generate_year(place, actor=clerk, year=2027)


def test_a_unit_cannot_generate(place: Jurisdiction) -> None:
    user = reporter(DepartmentFactory.create(jurisdiction=place))
    with pytest.raises(AccessDenied):
        generate_year(place, actor=user, year=2026)


def test_a_shift_to_a_rest_day_moves_on_and_shifts_the_lock(third: ReportingPeriod, clerk: User) -> None:
    WorkDay.objects.create(date=date(2026, 10, 20), kind=WorkDay.Kind.REST)
    shifted = shift(third, clerk, date(2026, 10, 20))
    assert (shifted.stated_due, shifted.due, shifted.locks_on) == (
        date(2026, 10, 20),
        date(2026, 10, 21),
        date(2026, 11, 4),
    )


def test_a_shift_is_audited_with_its_reason(third: ReportingPeriod, clerk: User) -> None:
    shift(third, clerk, date(2026, 10, 21))
    entry = AuditEntry.objects.get(verb="period.shifted")
    assert (entry.before["截止日"], entry.after["截止日"], entry.reason) == (
        "2026-10-12",
        "2026-10-21",
        "国庆期间不便报送",
    )


def test_a_second_tab_that_shifts_is_told(third: ReportingPeriod, clerk: User) -> None:
    seen = edition(dates_as_text(third))
    shift(third, clerk, date(2026, 10, 21), seen)
    with pytest.raises(Overtaken, match="截止日现在是“2026-10-21”"):
        shift(third, clerk, date(2026, 10, 22), seen)


def test_a_period_is_not_shifted_into_the_past(third: ReportingPeriod, clerk: User) -> None:
    with pytest.raises(BadInput, match="今天或今天之后"):
        shift(third, clerk, date(2026, 3, 23))


def test_a_cancelled_period_is_not_shifted(third: ReportingPeriod, clerk: User) -> None:
    cancel_period(third, actor=clerk, reason="并入专项检查")
    with pytest.raises(WrongState, match="已取消"):
        shift(third, clerk, date(2026, 10, 21))


def test_a_period_with_reports_is_not_cancelled(third: ReportingPeriod, clerk: User) -> None:
    ReportFactory.create(period=third, submitted=True)
    with pytest.raises(WrongState, match="已有1家单位报送"):
        cancel_period(third, actor=clerk, reason="并入专项检查")


def test_a_cancelled_period_is_restored_with_its_dates(third: ReportingPeriod, clerk: User) -> None:
    cancel_period(third, actor=clerk, reason="并入专项检查")
    restored = restore_period(third, actor=clerk, reason="专项检查推迟")
    assert (restored.cancelled, restored.due) == (False, date(2026, 10, 12))


def test_a_standing_period_is_not_restored(third: ReportingPeriod, clerk: User) -> None:
    with pytest.raises(WrongState, match="没有取消"):
        restore_period(third, actor=clerk, reason="专项检查推迟")


def test_a_locked_period_is_not_shifted(third: ReportingPeriod, clerk: User, settings: Any) -> None:
    settings.CLOCK_DATE = date(2026, 10, 27)
    with pytest.raises(WrongState, match="10月26日锁定"):
        shift(third, clerk, date(2026, 11, 2))


@pytest.mark.parametrize("verb", [cancel_period, restore_period])
def test_a_reason_must_be_given(third: ReportingPeriod, clerk: User, verb: Callable[..., Any]) -> None:
    with pytest.raises(BadInput, match="没有填写"):
        verb(third, actor=clerk, reason=" ")


def added(place: Jurisdiction, clerk: User, **fields: Any) -> ReportingPeriod:
    given: dict[str, Any] = {
        "title": "中秋国庆专项",
        "start": date(2026, 8, 1),
        "end": date(2026, 9, 20),
        "due": date(2026, 9, 26),
        "reason": "区食安委会议要求",
    }
    return add_period(place, actor=clerk, **given | fields)


def test_an_added_period_asks_all_plans_in_force(place: Jurisdiction, clerk: User, plan: Plan) -> None:
    period = added(place, clerk)
    assert (period.kind, period.due, list(period.plans.all())) == ("once", date(2026, 9, 28), [plan])


def test_an_added_period_survives_generating(
    place: Jurisdiction, clerk: User, generate: Callable[[], Generated]
) -> None:
    period = added(place, clerk)
    generate()
    period.refresh_from_db()
    assert period.due == date(2026, 9, 28)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"end": date(2026, 7, 1)}, "结束日期早于开始日期"),
        ({"due": date(2026, 7, 1)}, "截止日要在今天或今天之后"),
        ({"title": " "}, "名称要填"),
        ({"start": date(2027, 1, 1), "end": date(2027, 2, 1), "due": date(2027, 3, 1)}, "2027年没有"),
    ],
)
def test_a_round_that_cannot_be_is_refused(place: Jurisdiction, clerk: User, fields: dict[str, Any], said: str) -> None:
    with pytest.raises(BadInput, match=said):
        added(place, clerk, **fields)


def test_two_rounds_do_not_bear_one_title(place: Jurisdiction, clerk: User) -> None:
    added(place, clerk)
    with pytest.raises(BadInput, match="已有名为“中秋国庆专项”"):
        added(place, clerk)
