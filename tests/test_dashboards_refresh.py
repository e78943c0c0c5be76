"""What the outbox and the day's job leave of a plan: standings and snapshots as the rows say, and the days before."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.models import Outbox
from dashboards.actions import refresh
from dashboards.models import Snapshot
from departments.models import Department, OfficeSettings
from indicators.actions.correct_target import correct_target, target_edition, target_of
from indicators.models import Indicator
from reporting.actions.period_change import cancel_period
from reporting.models import AssignmentStanding, IndicatorStanding, MeasureStanding
from tasks.actions.amending import Ground
from tasks.actions.close_plan import close_plan
from tasks.actions.discard_draft import discard_draft
from tasks.actions.issue_plan import issue_plan
from tasks.actions.reassign import ENDED, Added, Reassignment, reassign, units_edition
from tasks.models import Assignment, Plan
from tasks.standing import mark_stale
from tests.factories import DepartmentFactory, MeasureFactory, PlanFactory
from tests.judged import Judged, stored

pytestmark = pytest.mark.django_db
Drain = Callable[[], int]
WRITES = ("INSERT", "UPDATE", "DELETE")
GROUND = Ground("区食安委会议纪要〔2026〕5号", date(2026, 8, 20))


@pytest.fixture(autouse=True)
def on_13_october(settings: Any) -> None:
    settings.CLOCK_DATE = date(2026, 10, 13)


@pytest.fixture
def scene() -> Judged:
    return Judged()


@pytest.fixture
def judged(scene: Judged) -> Judged:
    """Judged on 13 October, when nobody has reported."""
    refresh.refresh([scene.plan.pk])
    return scene


def counted(plan: Plan) -> tuple[int, int, int, int]:
    """Standings of measures, assignments and indicators, and snapshots of the whole plan."""
    return (
        MeasureStanding.objects.filter(measure__task__plan=plan).count(),
        AssignmentStanding.objects.filter(assignment__measure__task__plan=plan).count(),
        IndicatorStanding.objects.filter(indicator__measure__task__plan=plan).count(),
        Snapshot.objects.filter(plan=plan, scope="plan").count(),
    )


def unissue(plan: Plan, stage: str = "draft") -> Plan:
    Plan.objects.filter(pk=plan.pk).update(stage=stage, document_number="", issued_on=None)
    return Plan.objects.get(pk=plan.pk)


def test_an_issued_plan_stands_after_the_next_drain(scene: Judged, drain: Drain) -> None:
    plan = unissue(scene.plan)
    issue_plan(plan, actor=scene.office, document_number="青食安委〔2026〕9号", issued_on=date(2026, 3, 20))
    assert drain() == 1
    assert counted(plan) == (2, 2, 2, 1)
    assert {(row.light, row.reason) for row in MeasureStanding.objects.all()} == {("grey", "三季度10月15日截止")}


def test_a_snapshot_is_of_the_plan_its_parts_and_its_units(judged: Judged) -> None:
    scopes = Snapshot.objects.order_by("pk").values_list("scope", "measures", "grey", "indicators", "unknown")
    part = ("section", 1, 1, 1, 1)
    assert list(scopes) == [("plan", 2, 2, 2, 2), part, part, ("department", 2, 2, 2, 2)]


@pytest.mark.parametrize("stage", ["draft", "consultation"])
def test_a_plan_that_was_never_issued_has_no_standing(scene: Judged, drain: Drain, stage: str) -> None:
    plan = unissue(scene.plan, stage)
    mark_stale([plan.pk])
    assert (drain(), refresh.refresh_the_day(), refresh.refresh_all()) == (1, 0, 0)
    assert counted(plan) == (0, 0, 0, 0)


def test_a_closed_plan_keeps_its_last_standing(judged: Judged, drain: Drain, settings: Any) -> None:
    close_plan(judged.plan, actor=judged.office, reason="年度工作结束")
    before = stored()
    settings.CLOCK_DATE = date(2026, 10, 20)
    judged.send()
    judged.accept(0)
    drain()
    assert (refresh.refresh_the_day(), refresh.refresh_all()) == (0, 0)
    assert stored() == before


def test_a_plan_closed_before_its_last_change_was_judged_counts_it(judged: Judged, drain: Drain) -> None:
    judged.send()
    judged.accept_all()
    close_plan(judged.plan, actor=judged.office, reason="年度工作结束")
    drain()
    assert judged.progress() == judged.texts()


def test_a_part_ended_by_a_reassignment_has_no_standing_its_heir_has(judged: Judged, drain: Drain) -> None:
    heir = DepartmentFactory.create(jurisdiction=judged.plan.jurisdiction)
    wanted = Reassignment({f"d{judged.unit.pk}": ENDED}, [Added(heir, "lead")])
    seen = units_edition(judged.measure)
    reassign(judged.measure, actor=judged.office, wanted=wanted, seen=seen, ground=GROUND)
    drain()
    active = Assignment.objects.active().filter(measure__task__plan=judged.plan)
    assert set(AssignmentStanding.objects.values_list("pk", flat=True)) == {row.pk for row in active}
    assert Snapshot.objects.get(department=heir).measures == 1


def test_figures_are_those_of_who_reports_now(judged: Judged, drain: Drain) -> None:
    judged.send()
    judged.accept_all()
    drain()
    one = Indicator.objects.select_related("measure__task__plan").get(measure=judged.measure)
    before = IndicatorStanding.objects.get(indicator=one)
    give_to(one, DepartmentFactory.create(jurisdiction=judged.plan.jurisdiction), judged)
    drain()
    after = IndicatorStanding.objects.get(indicator=one)
    assert [(row.value, row.answered, row.reporters) for row in (before, after)] == [("86.2%", 1, 1), ("", 0, 1)]


def give_to(one: Indicator, unit: Department, scene: Judged) -> None:
    """From now on the unit alone reports the indicator's figure."""
    target = target_of(one)
    other = type(target)(**{name: getattr(target, name) for name in target.__slots__} | {"reporters": (unit,)})
    correct_target(one, actor=scene.office, target=other, seen=target_edition(one), ground=GROUND)


def test_judging_twice_writes_no_standing_the_second_time(judged: Judged) -> None:
    judged.send()
    judged.accept(0)
    refresh.refresh([judged.plan.pk])
    with CaptureQueriesContext(connection) as queries:
        refresh.refresh([judged.plan.pk])
    written = [query["sql"] for query in queries if query["sql"].startswith(WRITES)]
    assert [sql for sql in written if "standing" in sql] == []


def test_judging_twice_leaves_the_same_rows(judged: Judged) -> None:
    before = stored()
    refresh.refresh([judged.plan.pk])
    assert stored() == before


def test_a_light_holds_since_the_first_day_it_was_seen(judged: Judged, settings: Any) -> None:
    seen = []
    for day in (14, 16, 19, 26):
        settings.CLOCK_DATE = date(2026, 10, day)
        refresh.refresh_the_day()
        seen.append((judged.standing.light, judged.standing.since.day, judged.standing.reason))
    assert seen == [
        ("grey", 13, "三季度10月15日截止"),
        ("amber", 16, "三季度逾期1个工作日未报"),
        ("amber", 16, "三季度逾期2个工作日未报"),
        ("red", 26, "三季度逾期7个工作日未报"),
    ]


def test_the_days_before_stay_as_they_were(judged: Judged, settings: Any) -> None:
    before = list(Snapshot.objects.order_by("pk").values())
    settings.CLOCK_DATE = date(2026, 10, 20)
    OfficeSettings.objects.create(jurisdiction=judged.plan.jurisdiction, late_working_days=1)
    refresh.refresh_all()
    assert list(Snapshot.objects.filter(date=date(2026, 10, 13)).order_by("pk").values()) == before
    assert Snapshot.objects.get(date=date(2026, 10, 20), scope="plan").red == 2


def test_of_a_day_the_last_snapshot_is_kept(judged: Judged) -> None:
    judged.send()
    refresh.refresh_all()
    assert list(Snapshot.objects.filter(scope="plan").values_list("date", "green")) == [(date(2026, 10, 13), 2)]


def test_after_midnight_every_plan_is_judged_once(judged: Judged, settings: Any) -> None:
    PlanFactory.create_batch(2, jurisdiction=judged.plan.jurisdiction, issued=True)
    refresh.refresh_the_day()
    settings.CLOCK_DATE = date(2026, 10, 14)
    assert [refresh.refresh_the_day() for _ in range(2)] == [3, 0]
    assert Snapshot.objects.filter(date=date(2026, 10, 14), scope="plan").count() == 3


def test_after_an_outage_only_those_left_over_are_judged(judged: Judged, settings: Any) -> None:
    left = PlanFactory.create(issued=True)
    settings.CLOCK_DATE = date(2026, 10, 14)
    refresh.refresh([judged.plan.pk])
    assert refresh.refresh_the_day() == 1
    assert Snapshot.objects.filter(plan=left, date=date(2026, 10, 14)).exists()


def test_more_plans_than_one_transaction_takes_are_all_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(refresh, "AT_ONCE", 2)
    PlanFactory.create_batch(5, issued=True)
    assert refresh.refresh_the_day() == 5
    assert Snapshot.objects.filter(scope="plan").count() == 5


def test_an_empty_plan_has_a_snapshot_of_nothing() -> None:
    refresh.refresh([PlanFactory.create(issued=True).pk])
    row = Snapshot.objects.get()
    assert (row.scope, row.light, row.measures) == ("plan", "grey", 0)


def test_a_plan_discarded_while_it_waited_leaves_nothing_behind(scene: Judged, drain: Drain) -> None:
    plan = PlanFactory.create(jurisdiction=scene.plan.jurisdiction)
    MeasureFactory.create(task__section__plan=plan)
    mark_stale([plan.pk])
    discard_draft(plan, actor=scene.office, reason="传错了文件")
    assert (drain(), Outbox.objects.count()) == (1, 0)


def test_an_office_without_settings_judges_by_the_defaults(judged: Judged, settings: Any) -> None:
    settings.CLOCK_DATE = date(2026, 10, 22)
    refresh.refresh_the_day()
    assert (OfficeSettings.objects.count(), judged.standing.light) == (0, "amber")


def test_a_cancelled_period_is_owed_no_more(judged: Judged, drain: Drain, settings: Any) -> None:
    settings.CLOCK_DATE = date(2026, 10, 20)
    refresh.refresh_the_day()
    assert judged.standing.light == "amber"
    cancel_period(judged.period, actor=judged.office, reason="并入专项检查")
    drain()
    assert (judged.standing.light, judged.standing.reason) == ("grey", "还没有要报的")
