"""Locks, extensions, filing on behalf, and who reads a form."""

from __future__ import annotations

from datetime import date

import pytest

from core.errors import AccessDenied, BadInput, WrongState
from departments.actions.people import hand_over
from reporting.actions.accept import accept_entry
from reporting.actions.extend import ask_extension, extend, grant_extension, refuse_extension
from reporting.actions.file_on_behalf import file_on_behalf
from reporting.actions.save_entry import save_entry
from reporting.actions.submit import submit
from reporting.models import ProgressEntry
from reporting.policies import is_locked, may_file_on_behalf, may_submit, may_view_report, report_verbs
from tests.factories import (
    AssignmentFactory,
    DepartmentFactory,
    approver,
    leader,
    reporter,
)
from tests.reporting_scene import Scene, rewritten

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_13_october(settings):
    settings.CLOCK_DATE = date(2026, 10, 13)


@pytest.fixture
def scene() -> Scene:
    return Scene()


def test_who_never_reported_is_locked_out_after_the_lock_date(scene, settings):
    settings.CLOCK_DATE = date(2026, 10, 30)
    with pytest.raises(AccessDenied, match="已于10月29日锁定"):
        scene.send()


def test_an_answer_is_not_locked_out(scene, settings):
    scene.send()
    scene.send_back()
    settings.CLOCK_DATE = date(2026, 10, 30)
    assert scene.send().status == "submitted"


def test_an_extension_opens_the_form_again(scene, settings):
    settings.CLOCK_DATE = date(2026, 10, 30)
    extend(scene.report, actor=scene.office, until=date(2026, 11, 3), reason="联络员更换")
    assert not is_locked(scene.now)
    assert scene.send().status == "submitted"


def test_an_extension_is_asked_once_and_granted(scene):
    asked = ask_extension(scene.report, actor=scene.reporter, until=date(2026, 10, 20), reason="正在核对数据")
    with pytest.raises(WrongState, match="已有一份延期申请"):
        ask_extension(scene.report, actor=scene.reporter, until=date(2026, 10, 21), reason="正在核对数据")
    grant_extension(asked, actor=scene.office, until=date(2026, 10, 19))
    assert scene.now.extended_until == date(2026, 10, 19)


def test_an_extension_to_an_earlier_day_is_refused(scene):
    with pytest.raises(BadInput, match="要晚于现在的截止日10月15日"):
        ask_extension(scene.report, actor=scene.reporter, until=date(2026, 10, 15), reason="正在核对数据")


def test_an_extension_is_answered_once(scene):
    asked = ask_extension(scene.report, actor=scene.reporter, until=date(2026, 10, 20), reason="正在核对数据")
    refuse_extension(asked, actor=scene.office, answer="请按期报送")
    with pytest.raises(WrongState, match="现在是“未准予”"):
        grant_extension(asked, actor=scene.office, until=date(2026, 10, 20))


def test_the_office_files_on_behalf_of_a_unit_that_has_not_begun(scene):
    approver(scene.unit)
    file_on_behalf(scene.report, actor=scene.office, reason="单位联络员空缺")
    sent = submit(scene.report, actor=scene.office, version=scene.now.version)
    assert (sent.status, sent.on_behalf) == ("submitted", True)


def test_what_a_unit_has_typed_is_not_taken_over(scene):
    save_entry(scene.entries[0], actor=scene.reporter, content=rewritten(scene.entries[0]), seen=1)
    answer = may_file_on_behalf(scene.office, scene.now)
    assert not answer
    assert "草稿只有本单位看得到" in answer.reason


def test_a_form_filed_on_behalf_is_not_the_unit_s_to_send(scene):
    file_on_behalf(scene.report, actor=scene.office, reason="单位联络员空缺")
    assert not may_submit(scene.reporter, scene.now)


def test_a_draft_is_read_by_its_unit_alone(scene):
    assert may_view_report(scene.reporter, scene.now)
    assert not may_view_report(scene.office, scene.now)
    scene.send()
    assert may_view_report(scene.office, scene.now)


def test_the_office_does_not_see_the_entries_of_a_draft(scene):
    assert not ProgressEntry.objects.visible_to(scene.office).exists()
    scene.send()
    assert ProgressEntry.objects.visible_to(scene.office).count() == 2


def test_who_shares_a_measure_sees_what_the_other_has_sent(scene):
    other = DepartmentFactory.create(jurisdiction=scene.period.jurisdiction)
    AssignmentFactory.create(measure=scene.entries[0].assignment.measure, department=other, role="shared")
    beside = reporter(other)
    assert not ProgressEntry.objects.visible_to(beside).exists()
    scene.send()
    assert list(ProgressEntry.objects.visible_to(beside)) == scene.entries[:1]


@pytest.mark.parametrize(("told", "seen"), [(True, 1), (False, 0)])
def test_the_lead_sees_a_support_s_entry_that_was_told_to_it(scene, told, seen):
    entry = scene.entries[0]
    entry.assignment.role = "support"
    entry.assignment.save()
    lead = DepartmentFactory.create(jurisdiction=scene.period.jurisdiction)
    AssignmentFactory.create(measure=entry.assignment.measure, department=lead, role="lead")
    scene.send()
    ProgressEntry.objects.filter(pk=entry.pk).update(told_lead=told)
    assert ProgressEntry.objects.visible_to(reporter(lead)).count() == seen


def test_leaders_and_offices_above_decide_nothing(scene):
    scene.send()
    with pytest.raises(AccessDenied, match="只有"):
        accept_entry(scene.entries[0], actor=leader(scene.period.jurisdiction), version=1)


def test_verbs_follow_person_and_state(scene):
    assert report_verbs(scene.reporter, scene.now) == {"edit", "submit"}
    assert report_verbs(approver(scene.unit), scene.now) == {"edit", "ask_signature", "sign"}
    assert report_verbs(scene.office, scene.now) == {"file_on_behalf", "extend"}


def test_a_measure_more_in_the_plan_is_asked_before_the_first_submission(scene):
    AssignmentFactory.create(department=scene.unit, measure__task__section__plan=scene.plan)
    with pytest.raises(WrongState, match="本单位新增1项"):
        scene.send()


def test_a_draft_goes_on_under_whoever_takes_over(scene):
    save_entry(scene.entries[0], actor=scene.reporter, content=rewritten(scene.entries[0]), seen=1)
    heir = reporter(DepartmentFactory.create(jurisdiction=scene.period.jurisdiction))
    hand_over(scene.reporter, actor=scene.office, to=heir)
    sent = submit(scene.report, actor=heir, version=scene.now.version)
    assert sent.status == "submitted"
    assert scene.entries[0].done_text == "改写后的进展：检查42家。"
