"""Jobs that die, that meet a newer change, and plans that cannot be judged."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

import pytest

from core import clock
from core.models import Outbox
from dashboards.actions import refresh
from dashboards.models import Snapshot
from foodsafety import wiring
from reporting.standing.writing import JudgedPlan, write_standings
from tasks.models import Plan
from tasks.standing import PLAN_TOPIC
from tests.factories import PlanFactory
from tests.judged import Judged, stored

pytestmark = pytest.mark.django_db
Drain = Callable[[], int]


@pytest.fixture(autouse=True)
def on_13_october(settings: Any) -> None:
    settings.CLOCK_DATE = date(2026, 10, 13)


@pytest.fixture
def judged() -> Judged:
    """Judged on 13 October, when nobody has reported."""
    scene = Judged()
    refresh.refresh([scene.plan.pk])
    return scene


def test_a_job_that_dies_half_way_leaves_the_old_rows(
    judged: Judged, drain: Drain, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = stored()
    judged.send()
    judged.accept_all()
    with dying(monkeypatch):
        assert drain() == 0
    assert stored() == before


def test_what_a_dying_job_left_is_due_again(judged: Judged, drain: Drain, monkeypatch: pytest.MonkeyPatch) -> None:
    judged.send()
    judged.accept_all()
    with dying(monkeypatch):
        drain()
    row = Outbox.objects.get()
    assert (row.topic, row.key, row.leased_until, row.attempts) == (PLAN_TOPIC, str(judged.plan.pk), None, 1)
    assert row.due_at <= clock.machine_now() + timedelta(seconds=30)
    Outbox.objects.update(due_at=clock.machine_now())
    assert drain() == 1
    assert judged.progress() == judged.texts()


@contextmanager
def dying(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The job fails between standings and snapshots."""

    def die(judged: object) -> None:
        raise RuntimeError("killed")

    with monkeypatch.context() as patched:
        patched.setattr(refresh, "write_snapshots", die)
        yield


def test_a_newer_change_is_judged_by_a_second_run(
    judged: Judged, drain: Drain, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Accepted after the first run has read and written, before it lets go of its row."""
    judged.send()
    drain()
    shown = []

    def judge_and_meet(key: str) -> None:
        refresh.refresh_by_key(key)
        shown.append(judged.progress())
        if len(shown) == 1:
            judged.accept(1)

    monkeypatch.setitem(wiring.HANDLERS, PLAN_TOPIC, judge_and_meet)
    judged.accept(0)
    first, second = judged.texts()
    assert drain() == 2
    assert shown == [[first, ""], [first, second]]


def test_a_plan_that_cannot_be_judged_keeps_no_other_from_it(
    judged: Judged, drain: Drain, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    PlanFactory.create_batch(2, issued=True)
    settings.CLOCK_DATE = date(2026, 10, 14)
    monkeypatch.setattr(refresh, "write_standings", failing_for(judged.plan))
    assert (refresh.refresh_the_day(), drain()) == (0, 2)
    assert not Snapshot.objects.filter(plan=judged.plan, date=date(2026, 10, 14)).exists()
    assert Snapshot.objects.filter(date=date(2026, 10, 14), scope="plan").count() == 2


def test_a_plan_that_cannot_be_judged_waits_patiently(
    judged: Judged, drain: Drain, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.CLOCK_DATE = date(2026, 10, 14)
    monkeypatch.setattr(refresh, "write_standings", failing_for(judged.plan))
    refresh.refresh_the_day()
    drain()
    refresh.refresh_the_day()
    row = Outbox.objects.get()
    assert (row.version, row.attempts, "cannot be judged" in row.last_error) == (1, 1, True)


def failing_for(plan: Plan) -> Callable[[list[Plan]], list[JudgedPlan]]:
    def write(plans: list[Plan]) -> list[JudgedPlan]:
        if plan in plans:
            raise ValueError("cannot be judged")
        return write_standings(plans)

    return write
