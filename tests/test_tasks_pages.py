"""Pages of a plan's life as the office meets them: what they show, refuse and keep of what was typed."""

from datetime import date

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tasks.actions.amending import Ground
from tasks.actions.correct_measure import Wording, correct_measure, wording_edition
from tasks.actions.reassign import active_of
from tasks.models import Amendment, Assignment, Measure, Plan
from tests.factories import (
    AssignmentFactory,
    DepartmentFactory,
    IndicatorFactory,
    MeasureFactory,
    PlanFactory,
    SectionFactory,
    TaskFactory,
    office_user,
    reporter,
)

pytestmark = pytest.mark.django_db
HISTORY, DIFFERENCES = 14, 18
GROUND = {"reason": "区食安委会议纪要〔2026〕5号", "decided_on": "2026-07-03"}


@pytest.fixture
def plan() -> Plan:
    return PlanFactory.create(issued=True)


@pytest.fixture
def draft(plan) -> Plan:
    return PlanFactory.create(jurisdiction=plan.jurisdiction, stage="consultation")


@pytest.fixture
def measure(plan) -> Measure:
    return MeasureFactory.create(task__section__plan=plan)


@pytest.fixture
def lead(measure) -> Assignment:
    return AssignmentFactory.create(measure=measure)


@pytest.fixture
def clerk(plan):
    return office_user(plan.jurisdiction)


@pytest.fixture
def office(client: Client, clerk) -> Client:
    client.force_login(clerk)
    return client


def text_of(response) -> str:
    return str(response.content.decode())


def amend(measure: Measure, clerk, text: str) -> None:
    correct_measure(
        measure,
        actor=clerk,
        wording=Wording(text, None),
        seen=wording_edition(measure),
        ground=Ground("会议", date(2026, 7, 3)),
    )


def test_issue_page_offers_the_second_plan_of_a_number_only_when_needed(office, draft, plan):
    page = text_of(office.get(f"/plans/{draft.pk}/issue/"))
    assert "same_number" not in page
    sent = {"document_number": plan.document_number, "issued_on": "2026-03-20"}
    response = office.post(f"/plans/{draft.pk}/issue/", sent)
    assert response.status_code == 400
    assert f"《{plan.title}》已用文号" in text_of(response)
    assert "same_number" in text_of(response)
    assert office.post(f"/plans/{draft.pk}/issue/", {**sent, "same_number": "on"}).status_code == 302


def test_draft_that_knows_its_date_is_still_offered_to_be_issued(office, draft):
    Plan.objects.filter(pk=draft.pk).update(issued_on=date(2026, 3, 20), document_number="青食安委〔2026〕9号")
    page = text_of(office.get(f"/plans/{draft.pk}/ledger/"))
    assert f"/plans/{draft.pk}/issue/" in page
    assert "尚未印发" in page


def test_replaced_text_leads_to_its_successor_and_the_differences(office, draft, plan):
    Plan.objects.filter(pk=draft.pk).update(superseded_by=plan, superseded_at="2026-03-21T08:00+08:00")
    page = text_of(office.get(f"/plans/{draft.pk}/ledger/"))
    assert f"/plans/{plan.pk}/differences/{draft.pk}/" in page
    assert draft.title not in text_of(office.get("/plans/"))


def test_unit_is_swapped_and_the_history_says_so(office, measure, lead, plan):
    heir = DepartmentFactory.create(jurisdiction=plan.jurisdiction, name="区商务局")
    form = office.get(f"/measures/{measure.pk}/units/").context["form"]
    sent = {f"role_d{lead.department_id}": "ended", "add_lead": "区商务局", "seen": form.initial["seen"], **GROUND}
    assert office.post(f"/measures/{measure.pk}/units/", sent).status_code == 302
    assert [a.department for a in active_of(measure)] == [heir]
    page = text_of(office.get(f"/plans/{plan.pk}/history/"))
    assert f"<del>{lead.department.name}</del><ins>区商务局</ins>" in page
    assert GROUND["reason"] in page


def test_unknown_unit_is_refused_beside_its_field_and_the_typing_kept(office, measure, lead):
    sent = {f"role_d{lead.department_id}": "lead", "add_support": "区某某局", "seen": "x", **GROUND}
    response = office.post(f"/measures/{measure.pk}/units/", sent)
    assert response.status_code == 400
    assert "没有名为“区某某局”" in response.context["form"].errors["add_support"][0]
    assert 'value="区某某局"' in text_of(response)


def test_stale_form_is_told_once_and_holds_at_the_second_press(office, measure, clerk):
    seen = wording_edition(measure)
    amend(measure, clerk, "别人的写法。")
    sent = {"text": "我的写法。", "due_on": "", "seen": seen, **GROUND}
    response = office.post(f"/measures/{measure.pk}/correct/", sent)
    assert response.status_code == 409
    assert "内容现在是“别人的写法。”，您填的是“我的写法。”" in text_of(response)
    again = {**sent, "seen": response.context["form"]["seen"].value()}
    assert office.post(f"/measures/{measure.pk}/correct/", again).status_code == 302
    measure.refresh_from_db()
    assert measure.text == "我的写法。"


def test_draft_asks_for_no_reason(office, draft):
    measure = MeasureFactory.create(task__section__plan=draft)
    page = text_of(office.get(f"/measures/{measure.pk}/correct/"))
    assert "可以直接改" in page
    assert 'name="reason"' not in page


def test_changes_before_the_issue_are_the_offices_own(office, clerk, draft, plan):
    measure = MeasureFactory.create(task__section__plan=draft)
    amend(measure, clerk, "草稿里改的。")
    assert "草稿里改的" in text_of(office.get(f"/plans/{draft.pk}/history/"))
    issued = {"stage": "issued", "document_number": "青食安委〔2026〕9号", "issued_on": "2026-03-20"}
    Plan.objects.filter(pk=draft.pk).update(**issued)
    unit = reporter(DepartmentFactory.create(jurisdiction=plan.jurisdiction))
    office.force_login(unit)
    page = text_of(office.get(f"/plans/{draft.pk}/history/?tab=edits"))
    assert "草稿里改的" not in page
    assert "没有更正" in page


def test_the_day_of_issue_is_said_in_chinese(office, draft):
    office.post(f"/plans/{draft.pk}/issue/", {"document_number": "青食安委〔2026〕9号", "issued_on": "2026-03-20"})
    assert "成文日期2026年3月20日" in text_of(office.get(f"/plans/{draft.pk}/history/"))


def test_history_of_one_measure(office, clerk, measure):
    other = MeasureFactory.create(task=measure.task)
    amend(measure, clerk, "第一项的新写法。")
    amend(other, clerk, "第二项的新写法。")
    entries = office.get(f"/plans/{measure.task.plan_id}/history/?measure={measure.pk}").context["entries"]
    assert [entry.measure for entry in entries] == [measure.number]


@pytest.mark.parametrize("asked", ["x", "-1", "9" * 30, "٣", "0"])
def test_senseless_measure_in_the_address_shows_all(office, clerk, measure, asked):
    amend(measure, clerk, "新写法。")
    response = office.get(f"/plans/{measure.task.plan_id}/history/", {"measure": asked, "page": "x"})
    assert len(response.context["entries"]) == 1


def test_measure_page_shows_what_was_corrected(office, clerk, measure):
    amend(measure, clerk, "更正后的内容。")
    page = text_of(office.get(f"/measures/{measure.pk}/"))
    assert "更正后的写法：更正后的内容。" in page
    assert "印发后更正过1次" in page


def test_reporter_sees_no_way_to_correct(client, measure, lead):
    client.force_login(reporter(lead.department))
    assert "/correct/" not in text_of(client.get(f"/measures/{measure.pk}/"))


def test_closing_asks_for_a_reason_and_then_ends_corrections(office, plan, measure):
    assert office.post(f"/plans/{plan.pk}/close/", {"reason": ""}).status_code == 400
    assert office.post(f"/plans/{plan.pk}/close/", {"reason": "年度评议结束"}).status_code == 302
    assert "年度评议结束" in text_of(office.get(f"/plans/{plan.pk}/history/"))
    assert office.get(f"/measures/{measure.pk}/correct/").status_code == 409


def test_target_is_corrected_on_its_page(office, measure, lead):
    indicator = IndicatorFactory.create(measure=measure)
    form = office.get(f"/indicators/{indicator.pk}/correct/").context["form"]
    sent = {name: value for name, value in form.initial.items() if name != "reporters"}
    sent |= {"value": "98.5", "reporters": [lead.department_id], **GROUND}
    assert office.post(f"/indicators/{indicator.pk}/correct/", sent).status_code == 302
    assert Amendment.objects.get().after == {"目标": "≥98.5%", "报数单位": lead.department.name}


@pytest.mark.parametrize("value", ["九十", "NaN", "1e400", "12345678901234567890", "1.23456"])
def test_value_that_is_no_number_is_refused_in_words(office, measure, value):
    indicator = IndicatorFactory.create(measure=measure)
    response = office.post(f"/indicators/{indicator.pk}/correct/", {"value": value})
    assert response.status_code == 400
    assert "目标值" in response.context["form"].errors["value"][0]


def test_unit_merges_on_its_page(office, lead, plan):
    heir = DepartmentFactory.create(jurisdiction=plan.jurisdiction)
    response = office.post(f"/units/{lead.department_id}/merge/", {"into": heir.pk, **GROUND}, follow=True)
    assert "1份计划，1项分工" in text_of(response)


def grown(plan: Plan, tasks: int) -> Plan:
    section = SectionFactory.create(plan=plan)
    rows = [TaskFactory.create(section=section, number=n, title=f"第{n}网格日常检查") for n in range(1, tasks + 1)]
    Measure.objects.bulk_create(
        Measure(task=task, position=m, text=f"{plan.pk}号：第{n}网格第{m}类主体检查全覆盖。", span_start=0, span_end=1)
        for n, task in enumerate(rows)
        for m in range(1, 11)
    )
    return plan


@pytest.mark.parametrize("tasks", [1, 100])
def test_differences_keep_their_budget(
    office: Client, draft: Plan, plan: Plan, django_assert_max_num_queries: DjangoAssertNumQueries, tasks: int
) -> None:
    new, old = grown(plan, tasks), grown(draft, tasks)
    with django_assert_max_num_queries(DIFFERENCES):
        response = office.get(f"/plans/{new.pk}/differences/{old.pk}/")
    assert f"措施改写{10 * tasks}项" in text_of(response)


@pytest.mark.parametrize("times", [1, 30])
def test_history_keeps_its_budget(
    office: Client, clerk, measure: Measure, django_assert_max_num_queries: DjangoAssertNumQueries, times: int
) -> None:
    for n in range(times):
        amend(measure, clerk, f"第{n}次的写法。")
        measure.refresh_from_db()
    with django_assert_max_num_queries(HISTORY):
        response = office.get(f"/plans/{measure.task.plan_id}/history/")
    assert len(response.context["entries"]) == times
