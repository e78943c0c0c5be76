"""The home page by post."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from pytest_django import Settings

from intake.models import Import
from tasks.models import Measure
from tests.factories import (
    AssignmentFactory,
    DepartmentFactory,
    ImportFactory,
    JurisdictionFactory,
    MembershipFactory,
    PlanFactory,
    SourceDocumentFactory,
    UserFactory,
    administrator,
    approver,
    leader,
    office_user,
    reporter,
)
from tests.ledgers import SmallPlan, small_plan

pytestmark = pytest.mark.django_db


@pytest.fixture
def made() -> SmallPlan:
    return small_plan()


def home_of(client: Client, person: object, query: str = "") -> str:
    client.force_login(person)  # type: ignore[arg-type]
    response = client.get(f"/{query}")
    assert response.status_code == 200
    return response.content.decode()


def test_a_new_office_is_told_to_upload_its_plan(client: Client) -> None:
    page = home_of(client, office_user(JurisdictionFactory.create()))
    assert "先上传今年的工作要点" in page
    assert 'href="/imports/">上传工作要点</a>' in page


@pytest.mark.parametrize(
    ("state", "waits"),
    [(state, True) for state in ("uploaded", "reading", "read", "failed")]
    + [(state, False) for state in ("confirmed", "abandoned")],
)
def test_an_import_waits_for_the_office_until_it_is_settled(client: Client, state: str, waits: bool) -> None:
    place = JurisdictionFactory.create()
    ImportFactory.create(state=state, source=SourceDocumentFactory.create(jurisdiction=place, name="要点.docx"))
    assert (f"{Import.State(state).label}：要点.docx" in home_of(client, office_user(place))) is waits


def test_a_failed_import_says_why(client: Client) -> None:
    place = JurisdictionFactory.create()
    source = SourceDocumentFactory.create(jurisdiction=place)
    ImportFactory.create(state="failed", source=source, problem="这份PDF是扫描件。")
    assert "这份PDF是扫描件。" in home_of(client, office_user(place))


def test_another_offices_import_is_not_shown(client: Client) -> None:
    ImportFactory.create(state="read")
    assert "待核对" not in home_of(client, office_user(JurisdictionFactory.create()))


def test_a_draft_waits_to_be_issued(client: Client) -> None:
    made = small_plan(issued=False)
    page = home_of(client, office_user(made.place))
    assert f'href="/plans/{made.plan.pk}/issue/">设为已印发</a>' in page
    assert "草稿，2个部分、2项任务、3项措施" in page


def test_units_with_duties_and_nobody_to_report_are_named(client: Client, made: SmallPlan) -> None:
    reporter(made.education)
    page = home_of(client, office_user(made.place))
    assert "3家承担任务的单位还没有用户" in page
    assert "区市场监管局、青溪镇、禾丰镇。" in page


def test_a_person_who_left_does_not_serve_a_unit(client: Client, made: SmallPlan) -> None:
    reporter(made.education, is_active=False)
    assert "4家承担任务的单位还没有用户" in home_of(client, office_user(made.place))


def test_a_unit_without_duties_needs_nobody(client: Client, made: SmallPlan) -> None:
    for unit in (made.education, made.market, *made.towns.members.all()):
        reporter(unit)
    DepartmentFactory.create(jurisdiction=made.place)
    assert "没有待办" in home_of(client, office_user(made.place))


def test_the_office_sees_its_plan_in_figures(client: Client, made: SmallPlan) -> None:
    page = home_of(client, office_user(made.place))
    assert f'href="/plans/{made.plan.pk}/ledger/"><b>3</b> <small>项</small>' in page
    assert "<b>4</b> <small>家</small>" in page
    assert "<b>1</b> <small>／3项</small>" in page


def test_the_office_above_does_not_see_a_lower_plan_as_its_own(client: Client) -> None:
    city = JurisdictionFactory.create()
    small_plan(JurisdictionFactory.create(parent=city))
    assert "先上传今年的工作要点" in home_of(client, office_user(city))


def test_the_leader_drills_down_by_part_and_by_unit(client: Client, made: SmallPlan) -> None:
    page = home_of(client, leader(made.place))
    ledger = f"/plans/{made.plan.pk}/ledger/"
    assert f'<a href="{ledger}?part=1">一、校园食品安全</a>' in page
    assert f'<a href="{ledger}?unit={made.education.pk}&amp;role=answers">1</a>' in page


def test_the_figures_of_a_unit_are_the_ledgers(client: Client, made: SmallPlan) -> None:
    AssignmentFactory.create(measure=made.second, department=made.education, role="shared")
    AssignmentFactory.create(measure=made.third, department=made.education, role="support")
    client.force_login(leader(made.place))
    unit = next(unit for unit in client.get("/").context["units"] if unit == made.education)
    assert (unit.n_all, unit.n_answers, unit.n_shared, unit.n_support, unit.n_reported) == (3, 1, 1, 1, 1)


def test_a_leader_without_a_plan_in_force_is_told_so(client: Client) -> None:
    made = small_plan(issued=False)
    assert "还没有已印发的计划" in home_of(client, leader(made.place))


@pytest.mark.parametrize("make", [reporter, approver])
def test_a_unit_sees_its_measures_duties_and_targets(client: Client, made: SmallPlan, make: object) -> None:
    page = home_of(client, make(made.education))  # type: ignore[operator]
    assert "承担1项措施" in page
    assert "每季度，10月15日前报区食安办" in page
    assert "由本单位报数的指标" in page


def test_the_nearest_deadline_stands_first_and_gone_ones_not_at_all(
    client: Client, made: SmallPlan, settings: Settings
) -> None:
    settings.CLOCK_DATE = date(2026, 6, 26)
    for measure, due_on in ((made.first, "2026-09-30"), (made.second, "2026-06-01"), (made.third, "2026-06-30")):
        Measure.objects.filter(pk=measure.pk).update(due_on=due_on)
    for measure in (made.second, made.third):
        AssignmentFactory.create(measure=measure, department=made.education)
    client.force_login(reporter(made.education))
    nearest = client.get("/").context["nearest"]
    assert [(row.measure.number, row.days) for row in nearest] == [("2.1", 2), ("1.1", 68)]


def test_somebody_who_serves_two_units_chooses(client: Client, made: SmallPlan) -> None:
    person = reporter(made.education)
    MembershipFactory.create(user=person, department=made.market)
    assert f'<a href="?unit={made.market.pk}">区市场监管局</a>' in home_of(client, person)
    assert "区市场监管局　" in home_of(client, person, f"?unit={made.market.pk}")


def test_a_unit_that_one_does_not_serve_cannot_be_chosen(client: Client, made: SmallPlan) -> None:
    client.force_login(reporter(made.education))
    assert client.get(f"/?unit={made.market.pk}").context["department"] == made.education


def test_a_unit_without_measures_is_told_so(client: Client, made: SmallPlan) -> None:
    assert "还没有任务" in home_of(client, reporter(DepartmentFactory.create(jurisdiction=made.place)))


def test_an_administrator_without_a_post_sees_what_to_set_up(client: Client) -> None:
    assert "先建本级行政区" in home_of(client, administrator())


def test_before_any_place_exists_no_button_leads_to_units_or_users(client: Client) -> None:
    page = home_of(client, administrator())
    assert "维护单位" not in page
    assert "维护用户" not in page


def test_a_person_without_a_post_is_told_whom_to_ask(client: Client) -> None:
    assert "还没有给您安排岗位" in home_of(client, UserFactory.create())


def test_the_office_post_comes_before_a_units(client: Client, made: SmallPlan) -> None:
    person = reporter(made.education)
    MembershipFactory.create(user=person, role="office", department=None, jurisdiction=made.place)
    assert "<title>工作台" in home_of(client, person)


def test_plans_are_listed_newest_in_force_first(client: Client, made: SmallPlan) -> None:
    older = PlanFactory.create(jurisdiction=made.place, year=2025, issued=True)
    draft = PlanFactory.create(jurisdiction=made.place, year=2027)
    client.force_login(office_user(made.place))
    lines = client.get("/plans/").context["lines"]
    assert [plan for plan, _ in lines] == [made.plan, older, draft]


def test_a_unit_sees_no_drafts_among_the_plans(client: Client, made: SmallPlan) -> None:
    PlanFactory.create(jurisdiction=made.place, year=2027, title="2027年草稿")
    client.force_login(reporter(made.education))
    assert "2027年草稿" not in client.get("/plans/").content.decode()
