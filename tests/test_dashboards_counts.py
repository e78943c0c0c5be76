"""The numbers of a plan: counted anew for a draft, kept between amendments for a plan in force."""

from __future__ import annotations

import pytest
from pytest_django import DjangoAssertNumQueries

from dashboards.queries import COUNTS, counted
from tasks.models import Measure, Plan
from tests.factories import MeasureFactory, PlanFactory, office_user
from tests.ledgers import SmallPlan, small_plan

pytestmark = pytest.mark.django_db


def numbers(plan: Plan) -> dict[str, int]:
    fresh = counted(Plan.objects.get(pk=plan.pk))
    return {name: getattr(fresh, name) for name in COUNTS}


def amend(made: SmallPlan) -> None:
    made.plan.amendments.create(
        kind="units", measure=made.first, subject_type="measure", subject_id=made.first.pk, subject_label="1.1",
        before={}, after={}, reason="职责调整", decided_on="2026-05-01", at="2026-05-01T00:00:00Z",
        actor=office_user(made.place),
    )  # fmt: skip


def test_each_kind_is_counted() -> None:
    assert list(numbers(small_plan().plan).values()) == [2, 2, 3, 4, 1, 1]


def test_each_part_is_counted() -> None:
    made = small_plan()
    plan = counted(Plan.objects.get(pk=made.plan.pk))
    parts = {made.first.task.section_id: 2, made.third.task.section_id: 1}
    assert plan.n_by_part == parts  # type: ignore[attr-defined]


def test_a_draft_is_counted_anew() -> None:
    made = small_plan(issued=False)
    before = numbers(made.plan)["n_measures"]
    MeasureFactory.create(task=made.third.task)
    assert numbers(made.plan)["n_measures"] == before + 1


def test_an_amendment_is_seen_at_once() -> None:
    made = small_plan()
    before = numbers(made.plan)["n_assignments"]
    made.first.assignments.filter(role="support").update(ended_on="2026-05-01")
    amend(made)
    assert numbers(made.plan)["n_assignments"] == before - 1


def test_between_amendments_nothing_is_counted_twice(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    plan = Plan.objects.get(pk=small_plan().plan.pk)
    counted(plan)
    with django_assert_num_queries(1):
        counted(plan)


def test_plans_do_not_share_their_numbers() -> None:
    one, other = small_plan(), PlanFactory.create(issued=True)
    assert (numbers(one.plan)["n_measures"], numbers(other)["n_measures"]) == (3, 0)


def test_an_issued_draft_is_not_taken_for_what_it_was() -> None:
    made = small_plan(issued=False)
    numbers(made.plan)
    Measure.objects.filter(pk=made.third.pk).delete()
    in_force = {"stage": "issued", "document_number": "青食安委〔2026〕9号", "issued_on": "2026-03-01"}
    Plan.objects.filter(pk=made.plan.pk).update(**in_force)
    assert numbers(made.plan)["n_measures"] == 2
