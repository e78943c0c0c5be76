"""A consultation text is replaced by the issued text, never an issued plan; a wrong draft is thrown away and reviewed
again."""

from datetime import date

import pytest
from django.urls import reverse

from core import outbox
from core.errors import WrongState
from departments.models import Jurisdiction
from intake.actions.confirm_import import confirm_import
from intake.actions.discard_plan import discard_plan
from intake.actions.upload import upload_plan
from intake.drafting import draft_of
from intake.forms import PlanFactsForm, plan_facts_initial
from intake.models import Import
from tasks.models import Measure, Plan
from tests.factories import DepartmentFactory, JurisdictionFactory, office_user

pytestmark = pytest.mark.django_db
CONSULTATION = """2026年青禾区食品安全工作要点（征求意见稿）
一、守护校园
（一）推进明厨亮灶。学校食堂明厨亮灶覆盖率达到90%。（区教体局）
（二）强化抽检。食品抽检量达到4批次/千人。（区教体局）
"""
ISSUED = {"stage": "issued", "document_number": "青食安委〔2026〕5号", "issued_on": date(2026, 3, 20)}
FINAL = """青食安委〔2026〕5号
2026年青禾区食品安全工作要点
一、守护校园
（一）推进明厨亮灶。学校食堂明厨亮灶覆盖率达到100%。（区教体局）
（二）强化网络餐饮监管。入网商户证照公示率达到100%。（区教体局）
"""


@pytest.fixture
def place() -> Jurisdiction:
    place = JurisdictionFactory.create(name="青禾区")
    DepartmentFactory.create(jurisdiction=place, name="区教体局")
    return place


@pytest.fixture
def clerk(place):
    return office_user(place)


def read(place, clerk, text: str) -> Import:
    import_, _ = upload_plan(place, actor=clerk, name="要点.txt", data=text.encode())
    outbox.drain()
    import_.refresh_from_db()
    return import_


def confirm(import_: Import, clerk, replaces: int | None = None) -> Plan:
    form = PlanFactsForm(plan_facts_initial(draft_of(import_).reading, import_.version))
    assert form.is_valid(), form.errors
    return confirm_import(import_, actor=clerk, facts=form.facts(), version=import_.version, replaces=replaces)


def test_consultation_text_is_replaced_when_the_clerk_agrees(place, clerk):
    old = confirm(read(place, clerk, CONSULTATION), clerk)
    assert old.stage == Plan.Stage.CONSULTATION
    new = confirm(read(place, clerk, FINAL), clerk, replaces=old.pk)
    old.refresh_from_db()
    assert old.superseded_by == new
    assert list(Plan.objects.current()) == [new]


def test_without_agreement_nothing_is_replaced(place, clerk):
    confirm(read(place, clerk, CONSULTATION), clerk)
    final = read(place, clerk, FINAL)
    with pytest.raises(WrongState, match="先看两份的差异"):
        confirm(final, clerk)
    assert Plan.objects.count() == 1


def test_issued_plan_is_never_replaced(place, clerk):
    old = confirm(read(place, clerk, CONSULTATION), clerk)
    Plan.objects.filter(pk=old.pk).update(**ISSUED)
    with pytest.raises(WrongState, match="不能再用另一份文本替换"):
        confirm(read(place, clerk, FINAL), clerk, replaces=old.pk)
    assert Plan.objects.count() == 1


def test_page_of_differences_says_what_changes(client, place, clerk):
    confirm(read(place, clerk, CONSULTATION), clerk)
    final = read(place, clerk, FINAL)
    client.force_login(clerk)
    assert "先看两份的差异" in client.get(reverse("intake:import", args=[final.pk])).content.decode()
    body = client.get(reverse("intake:differences", args=[final.pk])).content.decode()
    assert "提高1个" in body
    assert "网络餐饮" in body


def test_page_carries_what_it_replaces(client, place, clerk):
    old = confirm(read(place, clerk, CONSULTATION), clerk)
    final = read(place, clerk, FINAL)
    client.force_login(clerk)
    form = client.get(reverse("intake:import", args=[final.pk])).context["facts_form"]
    assert form["replaces"].value() == old.pk


def test_draft_is_thrown_away_and_reviewed_again(place, clerk):
    import_ = read(place, clerk, FINAL)
    confirm(import_, clerk)
    import_.refresh_from_db()
    discard_plan(import_, actor=clerk, reason="上传了旧稿", version=import_.version)
    import_.refresh_from_db()
    assert (import_.state, import_.plan) == (Import.State.READ, None)
    assert not Plan.objects.exists()
    assert not Measure.objects.exists()
    assert confirm(import_, clerk).pk


def test_discarding_a_replacement_brings_the_consultation_text_back(place, clerk):
    old = confirm(read(place, clerk, CONSULTATION), clerk)
    final = read(place, clerk, FINAL)
    confirm(final, clerk, replaces=old.pk)
    final.refresh_from_db()
    discard_plan(final, actor=clerk, reason="版本不对", version=final.version)
    assert list(Plan.objects.current()) == [old]


def test_issued_plan_cannot_be_thrown_away(place, clerk):
    import_ = read(place, clerk, FINAL)
    plan = confirm(import_, clerk)
    Plan.objects.filter(pk=plan.pk).update(**ISSUED)
    import_.refresh_from_db()
    with pytest.raises(WrongState):
        discard_plan(import_, actor=clerk, reason="不要了", version=import_.version)
    import_.refresh_from_db()
    assert import_.state == Import.State.CONFIRMED
