"""Draft, consultation, issued, closed: who may, when, and what is refused."""

from datetime import date
from functools import partial

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from core.errors import AccessDenied, BadInput, WrongState
from core.models import AuditEntry
from tasks.actions.close_plan import close_plan
from tasks.actions.consult_plan import consult_plan
from tasks.actions.discard_draft import discard_draft
from tasks.actions.issue_plan import issue_plan
from tasks.actions.replace_consultation import replace_consultation
from tasks.models import Measure, Plan
from tasks.queries import namesake
from tasks.titles import title_key
from tests.factories import (
    ImportFactory,
    JurisdictionFactory,
    MeasureFactory,
    PlanFactory,
    leader,
    office_user,
)

pytestmark = pytest.mark.django_db
NUMBER, DAY = "青食安委〔2026〕2号", date(2026, 3, 20)
TITLE = "2026年青禾区食品安全工作要点"
issue = partial(issue_plan, document_number=NUMBER, issued_on=DAY)


@pytest.fixture
def place():
    return JurisdictionFactory.create(name="青禾区", office_name="青禾区食安办")


@pytest.fixture
def clerk(place):
    return office_user(place)


@pytest.fixture
def draft(place) -> Plan:
    return PlanFactory.create(jurisdiction=place, title=TITLE)


def write_again(old: Plan, **fields) -> Plan:
    return PlanFactory.create(**{"jurisdiction": old.jurisdiction, "year": old.year, "title": old.title, **fields})


def test_issue_puts_number_and_date(draft, clerk):
    plan = issue(draft, actor=clerk, document_number="  青食安委〔2026〕2号 ")
    assert (plan.stage, plan.document_number, plan.issued_on) == (Plan.Stage.ISSUED, NUMBER, DAY)


def test_leader_may_not_issue(draft, place):
    with pytest.raises(AccessDenied, match="只有青禾区食安办的工作人员"):
        issue(draft, actor=leader(place))


@pytest.mark.parametrize(
    ("day", "sentence"), [(date(2099, 1, 1), "在今天之后"), (date(2023, 3, 20), "这是2026年的计划，印发日期却在2023年")]
)
def test_unlikely_date_of_issue_is_refused(draft, clerk, day, sentence):
    with pytest.raises(BadInput, match=sentence):
        issue(draft, actor=clerk, issued_on=day)


def test_number_of_another_plan_is_asked_about(draft, clerk, place):
    PlanFactory.create(jurisdiction=place, issued=True, document_number=NUMBER, title="食品安全责任清单")
    with pytest.raises(BadInput, match="《食品安全责任清单》已用文号"):
        issue(draft, actor=clerk)
    assert issue(draft, actor=clerk, same_number=True).stage == Plan.Stage.ISSUED


def test_number_of_a_foreign_plan_is_free(draft, clerk):
    PlanFactory.create(issued=True, document_number=NUMBER)
    assert issue(draft, actor=clerk).document_number == NUMBER


def test_draft_goes_out_for_comment_once(draft, clerk):
    assert consult_plan(draft, actor=clerk).stage == Plan.Stage.CONSULTATION
    with pytest.raises(WrongState, match="不能转为征求意见稿"):
        consult_plan(draft, actor=clerk)


def test_close_needs_a_plan_in_force(draft, clerk):
    with pytest.raises(WrongState, match="不能办结"):
        close_plan(draft, actor=clerk, reason="年度结束")


def test_close_needs_a_reason(draft, clerk):
    issue(draft, actor=clerk)
    with pytest.raises(BadInput, match="理由没有填写"):
        close_plan(draft, actor=clerk, reason="  ")


def test_closed_plan_keeps_its_reason_in_the_audit(draft, clerk):
    issue(draft, actor=clerk)
    assert close_plan(draft, actor=clerk, reason="年度评议结束").stage == Plan.Stage.CLOSED
    assert AuditEntry.objects.get(verb="plan.closed").reason == "年度评议结束"


def test_discard_deletes_the_draft_and_remembers_it(draft, clerk):
    MeasureFactory.create(task__section__plan=draft)
    discard_draft(draft, actor=clerk, reason="导错了文件")
    assert not Plan.objects.exists()
    assert not Measure.objects.exists()
    entry = AuditEntry.objects.get(verb="plan.discarded")
    assert (entry.reason, entry.before["title"], entry.before["measures"]) == ("导错了文件", TITLE, 1)


def test_issued_plan_is_not_discarded(draft, clerk):
    issue(draft, actor=clerk)
    with pytest.raises(WrongState, match="不能作废"):
        discard_draft(draft, actor=clerk, reason="导错了文件")


def test_import_must_let_go_before_a_draft_is_discarded(draft, clerk):
    ImportFactory.create(source=draft.source, plan=draft)
    with pytest.raises(ProtectedError), transaction.atomic():
        discard_draft(draft, actor=clerk, reason="导错了文件")
    assert Plan.objects.filter(pk=draft.pk).exists()


def test_second_discard_is_told(draft, clerk):
    discard_draft(draft, actor=clerk, reason="导错了文件")
    with pytest.raises(WrongState, match="已被作废"):
        discard_draft(draft, actor=clerk, reason="导错了文件")


def test_replaced_text_steps_back_and_leads_to_the_new_one(draft, clerk):
    new = replace_consultation(draft, lambda: write_again(draft), actor=clerk)
    draft.refresh_from_db()
    assert draft.superseded_by == new
    assert list(Plan.objects.current().visible_to(clerk)) == [new]
    assert draft in Plan.objects.visible_to(clerk)


def test_issued_plan_is_not_replaced(draft, clerk):
    issue(draft, actor=clerk)
    with pytest.raises(WrongState, match="已印发，不能再用另一份文本替换"):
        replace_consultation(draft, lambda: write_again(draft, title="别的"), actor=clerk)
    assert Plan.objects.count() == 1


def test_failed_writing_leaves_the_old_text_current(draft, clerk):
    def fail() -> Plan:
        raise BadInput("还有名称没有绑定单位")

    with pytest.raises(BadInput):
        replace_consultation(draft, fail, actor=clerk)
    assert Plan.objects.current().get() == draft


def test_plan_of_another_year_does_not_replace(draft, clerk):
    with pytest.raises(WrongState, match="不是同一行政区同一年度"):
        replace_consultation(draft, lambda: write_again(draft, year=2027), actor=clerk)
    assert Plan.objects.get().superseded_at is None


def test_replaced_text_is_neither_issued_nor_replaced_again(draft, clerk):
    replace_consultation(draft, lambda: write_again(draft), actor=clerk)
    with pytest.raises(WrongState, match="已由另一份文本替换"):
        issue(draft, actor=clerk)
    with pytest.raises(WrongState, match="已由另一份文本替换"):
        replace_consultation(draft, lambda: write_again(draft, title="第三份"), actor=clerk)


def test_discarding_the_new_text_brings_the_old_one_back(draft, clerk):
    new = replace_consultation(draft, lambda: write_again(draft), actor=clerk)
    discard_draft(new, actor=clerk, reason="定稿还要改")
    assert Plan.objects.current().get() == draft


def test_two_current_plans_of_one_title_are_impossible(draft):
    with pytest.raises(IntegrityError), transaction.atomic():
        write_again(draft)


@pytest.mark.parametrize(
    "title",
    [f"{TITLE}（征求意见稿）", f"《{TITLE}》", f"{TITLE} (草案)", f"{TITLE}征求意见稿", f"2026年 {TITLE[5:]}"],
)
def test_titles_of_one_document_are_one(title):
    assert title_key(title) == TITLE


def test_title_with_a_bracket_of_its_own_stays():
    assert title_key("2026年食品安全（含保健食品）工作要点") != title_key("2026年食品安全工作要点")


def test_namesake_finds_the_consultation_text_of_the_year(draft, place):
    assert namesake(place, year=2026, title=f"{TITLE}（征求意见稿）") == draft
    assert namesake(place, year=2027, title=TITLE) is None
    assert namesake(JurisdictionFactory.create(), year=2026, title=TITLE) is None


def test_namesake_in_force_goes_before_a_draft(draft, place):
    issued = PlanFactory.create(jurisdiction=place, issued=True, title=f"《{TITLE}》")
    assert namesake(place, year=2026, title=TITLE) == issued
