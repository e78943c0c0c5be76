"""销号: asked by a unit, approved after a check or on papers, refused, reopened, looked at again."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from core.errors import AccessDenied, BadInput, WrongState
from core.models import AuditEntry
from reporting.actions.closure_decide import Check, approve_closure, refuse_closure, reopen_closure, revisit_closure
from reporting.actions.closure_request import request_closure
from reporting.closures.listing import Claims, claims
from reporting.models import Closure, ProgressEntry
from reporting.owed import owed_counts
from tests.factories import DepartmentFactory, office_user, reporter
from tests.reporting_factories import PeriodFactory, make_report, make_round

pytestmark = pytest.mark.django_db
ON_THE_SPOT = Check(verified_on=date(2026, 10, 12), place="第二中学食堂", verifier="顾怀安")


@pytest.fixture(autouse=True)
def on_13_october(settings):
    settings.CLOCK_DATE = date(2026, 10, 13)


class Scene:
    """A unit whose one entry was accepted as done."""

    def __init__(self) -> None:
        self.period, self.plan = make_round()
        self.place = self.period.jurisdiction
        unit = DepartmentFactory.create(jurisdiction=self.place, name="区教体局")
        self.report = make_report(self.period, unit, self.plan, 1, submitted=True, status="accepted")
        self.report.entries.update(state="done", status="accepted")
        self.entry: ProgressEntry = self.report.entries.get()
        self.reporter, self.office = reporter(unit), office_user(self.place)

    def ask(self) -> Closure:
        return request_closure(self.entry, actor=self.reporter, statement="130所食堂全部建成并接入平台。")

    def approve(self, check: Check = ON_THE_SPOT) -> Closure:
        return approve_closure(self.ask(), actor=self.office, check=check)


@pytest.fixture
def scene() -> Scene:
    return Scene()


def test_what_was_accepted_as_done_may_be_closed(scene):
    closure = scene.ask()
    assert (closure.state, closure.entry, closure.measure) == ("requested", scene.entry, scene.entry.assignment.measure)


@pytest.mark.parametrize("fields", [{"state": "under_way"}, {"status": "submitted"}])
def test_what_is_not_accepted_as_done_may_not(scene, fields):
    scene.report.entries.update(**fields)
    with pytest.raises(WrongState, match="还没有作为“已完成”通过审核"):
        scene.ask()


def test_a_measure_is_asked_for_once(scene):
    scene.ask()
    with pytest.raises(WrongState, match="不用重复申请"):
        scene.ask()


def test_a_support_does_not_ask(scene):
    scene.entry.assignment.role = "support"
    scene.entry.assignment.save()
    with pytest.raises(AccessDenied, match="配合单位不申请销号"):
        scene.ask()


def test_an_approval_names_date_place_and_person(scene):
    closure = scene.approve()
    assert (closure.state, closure.place, closure.verifier, closure.on_papers) == (
        "approved",
        "第二中学食堂",
        "顾怀安",
        False,
    )


def test_on_papers_needs_neither_place_nor_person(scene):
    closure = scene.approve(Check(verified_on=date(2026, 10, 12), on_papers=True))
    assert (closure.state, closure.on_papers) == ("approved", True)


@pytest.mark.parametrize(
    ("check", "said"),
    [
        (Check(verified_on=date(2026, 10, 14), on_papers=True), "核实日期在今天之后"),
        (Check(verified_on=date(2026, 10, 12), verifier="顾怀安"), "核实地点没有填写"),
        (Check(verified_on=date(2026, 10, 12), place="第二中学食堂"), "核实人没有填写"),
        (Check(date(2026, 10, 12), on_papers=True, revisit_on=date(2026, 10, 12)), "要晚于核实日期"),
    ],
)
def test_a_check_that_cannot_be_is_refused(scene, check, said):
    with pytest.raises(BadInput, match=said):
        scene.approve(check)


def test_who_decides_second_is_told(scene):
    closure = scene.approve()
    with pytest.raises(WrongState, match="现在是“已销号”"):
        refuse_closure(closure, actor=scene.office, reason="材料不全")
    assert AuditEntry.objects.filter(verb__in=("closure.approved", "closure.refused")).count() == 1


def test_after_a_refusal_it_is_asked_again(scene):
    refuse_closure(scene.ask(), actor=scene.office, reason="还差3所")
    assert scene.ask().state == "requested"


def test_a_unit_decides_nothing(scene):
    with pytest.raises(AccessDenied, match="只有"):
        approve_closure(scene.ask(), actor=scene.reporter, check=ON_THE_SPOT)


def test_a_closed_measure_owes_nothing_until_it_is_reopened(scene):
    scene.report.entries.update(state="under_way")
    later = PeriodFactory.create(
        jurisdiction=scene.place,
        ordinal=4,
        title="2026年第四季度",
        start=date(2026, 10, 1),
        end=date(2026, 12, 31),
        stated_due=date(2027, 1, 15),
        due=date(2027, 1, 15),
        locks_on=date(2027, 1, 29),
    )
    later.plans.add(scene.plan)
    scene.report.entries.update(state="done")
    closure = scene.approve()
    scene.report.entries.update(state="under_way")
    assert owed_counts(later) == {}
    reopen_closure(closure, actor=scene.office, reason="抽查发现两所停用")
    assert owed_counts(later) == {scene.report.department_id: 1}


def test_a_second_look_is_recorded_and_the_next_one_set(scene):
    closure = scene.approve(Check(date(2026, 10, 12), on_papers=True, revisit_on=date(2026, 11, 12)))
    closure = revisit_closure(closure, actor=scene.office, note="运行正常", next_on=date(2027, 3, 1))
    assert (closure.state, closure.revisit_on) == ("approved", date(2027, 3, 1))


def test_said_reviewed_and_verified_are_three_numbers(scene):
    assert claims(scene.office) == Claims(claimed=1, reviewed=1, verified=0)
    scene.report.entries.update(status="submitted")
    assert claims(scene.office) == Claims(claimed=1, reviewed=0, verified=0)
    scene.report.entries.update(status="accepted")
    scene.approve()
    assert claims(scene.office) == Claims(claimed=1, reviewed=1, verified=1)


def test_the_list_shows_the_three_numbers_and_the_requests(scene, client):
    scene.ask()
    client.force_login(scene.office)
    page = client.get(reverse("reporting:closures")).content.decode()
    assert "自报完成" in page
    assert "待核实 1" in page
    assert "区教体局" in page


def test_a_unit_asks_on_its_page(scene, client):
    client.force_login(scene.reporter)
    address = reverse("reporting:ask_closure", args=[scene.entry.pk])
    assert scene.entry.done_text in client.get(address).content.decode()
    response = client.post(address, {"statement": "全部建成。"}, follow=True)
    assert "已申请销号，等食安办核实" in response.content.decode()


def test_what_is_missing_stands_beside_its_field(scene, client):
    closure = scene.ask()
    client.force_login(scene.office)
    given = {"verified_on": "2026-10-12", "verifier": "顾怀安"}
    response = client.post(reverse("reporting:approve_closure", args=[closure.pk]), given)
    assert response.status_code == 400
    assert "核实地点没有填写" in response.content.decode()
