"""Whatever changes how a plan stands asks for it to be judged anew, in its own transaction; nothing else does."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from core import audit, outbox
from core.errors import AccessDenied
from core.models import AuditEntry, Outbox
from departments.models import User
from indicators.actions.reassign_measure import reassign_measure
from reporting.actions.accept import accept_entry
from tasks.actions.close_plan import close_plan
from tasks.actions.reassign import units_edition
from tasks.models import Plan
from tasks.standing import PLAN_TOPIC
from tests.factories import (
    AssignmentFactory,
    IndicatorReporterFactory,
    JurisdictionFactory,
    PlanFactory,
    office_user,
)
from tests.reporting_factories import EntryFactory
from tests.standing_cases import CASES, GROUND, QUIET, Case, World, corrected_measure

pytestmark = pytest.mark.django_db
SPANNING = ("submit", "accept_filtered", "reopen_report", "extend", "merge_units", "rename_unit")
OF_THE_ROUND = ("submit", "accept_entry", "accept_filtered", "return_entry", "extend", "approve_closure")


@pytest.fixture(autouse=True)
def on_13_october(settings: Any) -> None:
    settings.CLOCK_DATE = date(2026, 10, 13)


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def stranger() -> User:
    return office_user(JurisdictionFactory.create())


def every(cases: dict[str, Case]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("case", [pytest.param(case, id=name) for name, case in cases.items()])


def asked() -> list[tuple[str, str]]:
    """Topic and key of what waits; the table has no two rows of one."""
    return list(Outbox.objects.order_by("topic", "key").values_list("topic", "key"))


def prepare(case: Case, world: World) -> None:
    """Up to the moment before the action, with nothing waiting."""
    case.before(world)
    Outbox.objects.all().delete()


@every(CASES)
def test_a_change_asks_once(world: World, case: Case) -> None:
    prepare(case, world)
    case.act(world, case.actor(world))
    assert asked() == [(case.topic, case.key(world))]


@every(CASES)
def test_a_refused_change_asks_for_nothing(world: World, stranger: User, case: Case) -> None:
    prepare(case, world)
    with pytest.raises(AccessDenied):
        case.act(world, stranger)
    assert asked() == []


@every(CASES)
def test_no_change_stands_that_could_not_ask(world: World, case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    prepare(case, world)
    told = AuditEntry.objects.count()
    monkeypatch.setattr(outbox, "put", broken)
    with pytest.raises(ZeroDivisionError):
        case.act(world, case.actor(world))
    assert AuditEntry.objects.count() == told


@every(CASES)
def test_nothing_is_asked_by_a_change_that_fails_later(
    world: World, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepare(case, world)
    monkeypatch.setattr(audit, "record", broken)
    with pytest.raises(ZeroDivisionError):
        case.act(world, case.actor(world))
    assert asked() == []


def broken(*args: object, **kwargs: object) -> None:
    raise ZeroDivisionError


@every(QUIET)
def test_what_leaves_a_plan_as_it_stood_asks_for_nothing(world: World, case: Case) -> None:
    prepare(case, world)
    case.act(world, case.actor(world))
    assert asked() == []


@pytest.fixture
def second_plan(world: World) -> Plan:
    """In force, answered in the same form by an entry of its own."""
    plan = PlanFactory.create(jurisdiction=world.period.jurisdiction, issued=True)
    world.period.plans.add(plan)
    part = AssignmentFactory.create(department=world.unit, measure__task__section__plan=plan)
    EntryFactory.create(report=world.report, assignment=part)
    return plan


@every({name: CASES[name] for name in SPANNING})
def test_what_spans_two_plans_asks_for_both(world: World, second_plan: Plan, case: Case) -> None:
    prepare(case, world)
    case.act(world, case.actor(world))
    assert asked() == sorted((PLAN_TOPIC, str(plan.pk)) for plan in (world.plan, second_plan))


def test_an_entry_of_a_form_that_spans_two_plans_asks_for_its_own(world: World, second_plan: Plan) -> None:
    prepare(CASES["accept_entry"], world)
    accept_entry(world.entries[-1], actor=world.office, version=1)
    assert asked() == [(PLAN_TOPIC, str(second_plan.pk))]


def test_a_reassignment_that_reporters_follow_asks_for_one_plan(world: World) -> None:
    IndicatorReporterFactory.create(indicator=world.indicator, department=world.unit)
    seen = units_edition(world.measure)
    assert reassign_measure(world.measure, actor=world.office, wanted=world.another(), seen=seen, ground=GROUND)
    assert asked() == [(PLAN_TOPIC, str(world.plan.pk))]


@every({name: CASES[name] for name in OF_THE_ROUND})
def test_what_still_comes_in_for_a_closed_plan_asks_for_nothing(world: World, case: Case) -> None:
    case.before(world)
    close_plan(world.plan, actor=world.office, reason="年度工作结束")
    Outbox.objects.all().delete()
    case.act(world, case.actor(world))
    assert asked() == []


def test_a_form_sent_twice_asks_for_nothing_more(world: World) -> None:
    corrected_measure(world, world.office)
    Outbox.objects.all().delete()
    assert not corrected_measure(world, world.office)
    assert asked() == []
