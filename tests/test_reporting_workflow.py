"""The way of a form: signed, sent, accepted or returned entry by entry, sent again, corrected."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from core.errors import AccessDenied, BadInput, WrongState
from core.models import AuditEntry
from indicators.models import Reading
from reporting.actions.accept import accept_entry, accept_filtered
from reporting.actions.correct_reading import Numbers, correct_reading
from reporting.actions.reopen import reopen_report
from reporting.actions.return_entry import return_entry
from reporting.actions.save_entry import save_entry
from reporting.actions.sign import ask_signature, sign, unsign
from reporting.actions.submit import submit
from reporting.errors import ChecksFailed
from reporting.models import EntryVersion, ProgressEntry
from tests.factories import (
    DepartmentFactory,
    approver,
    reporter,
)
from tests.reporting_factories import EvidenceFactory, make_report
from tests.reporting_scene import Scene, rewritten

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_13_october(settings):
    settings.CLOCK_DATE = date(2026, 10, 13)


@pytest.fixture
def scene() -> Scene:
    return Scene()


def test_sending_gives_every_entry_to_the_office_and_keeps_what_was_sent(scene):
    scene.send()
    assert [entry.status for entry in scene.entries] == ["submitted", "submitted"]
    assert EntryVersion.objects.count() == 2
    kept = EntryVersion.objects.get(entry=scene.entries[0])
    assert kept.content["done_text"] == scene.entries[0].done_text


def test_a_version_keeps_figures_and_files(scene):
    EvidenceFactory.create(entry=scene.entries[0], name="检查表.pdf")
    scene.send()
    content = scene.entries[0].versions.get().content
    assert content["figures"][0]["numerator"] == "112"
    assert content["files"][0]["name"] == "检查表.pdf"


def test_each_step_is_one_line_of_the_trail(scene):
    scene.send()
    scene.send_back()
    accept_entry(scene.entries[1], actor=scene.office, version=1)
    verbs = AuditEntry.objects.order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["report.submitted", "entry.returned", "entry.accepted"]


def test_a_page_shown_before_a_change_is_told(scene):
    save_entry(scene.entries[0], actor=scene.reporter, content=rewritten(scene.entries[0]), seen=1)
    with pytest.raises(WrongState, match="不是最新"):
        submit(scene.report, actor=scene.reporter, version=1)
    assert scene.now.status == "draft"


def test_what_is_sent_twice_is_told(scene):
    scene.send()
    with pytest.raises(WrongState, match="现在是“待审”，不能报送"):
        scene.send()


def test_errors_keep_a_form_with_its_unit(scene):
    ProgressEntry.objects.filter(pk=scene.entries[0].pk).update(done_text="")
    with pytest.raises(ChecksFailed, match="还有1处没有填对"):
        scene.send()


def test_a_unit_with_somebody_who_signs_sends_after_the_signature(scene):
    head = approver(scene.unit)
    with pytest.raises(AccessDenied, match="要先审签"):
        scene.send()
    sign(scene.report, actor=head, version=1)
    assert scene.send().signed_by == head


def test_an_approver_who_has_left_does_not_keep_a_form_back(scene):
    approver(scene.unit, is_active=False)
    assert scene.send().status == "submitted"


def test_a_reporter_does_not_sign(scene):
    with pytest.raises(AccessDenied, match="审签由区商务局的单位负责人办理"):
        sign(scene.report, actor=scene.reporter, version=1)


def test_a_form_is_put_before_its_approver_once(scene):
    approver(scene.unit)
    ask_signature(scene.report, actor=scene.reporter, version=1)
    ask_signature(scene.report, actor=scene.reporter, version=2)
    assert AuditEntry.objects.filter(verb="report.signature_asked").count() == 1


def test_a_change_takes_the_signature_back(scene):
    sign(scene.report, actor=approver(scene.unit), version=1)
    entry = scene.entries[0]
    save_entry(entry, actor=scene.reporter, content=rewritten(entry), seen=1)
    assert (scene.now.status, scene.now.signed_by) == ("draft", None)


def test_a_signature_is_taken_back_by_hand(scene):
    head = approver(scene.unit)
    sign(scene.report, actor=head, version=1)
    assert unsign(scene.report, actor=head, version=2).status == "draft"


def test_a_returned_entry_alone_reopens_for_five_working_days(scene):
    scene.send()
    entry = scene.send_back()
    assert (entry.status, entry.answer_due) == ("returned", date(2026, 10, 20))
    assert scene.now.status == "draft"
    with pytest.raises(WrongState, match="不能修改"):
        save_entry(scene.entries[1], actor=scene.reporter, content=rewritten(scene.entries[1]), seen=1)


def test_nothing_is_returned_without_a_reason(scene):
    scene.send()
    with pytest.raises(BadInput, match="退回原因没有填写"):
        return_entry(scene.entries[0], actor=scene.office, reason=" ", version=1)


def test_the_answer_sends_the_returned_entry_alone(scene):
    scene.send()
    scene.send_back()
    entry = scene.entries[0]
    save_entry(entry, actor=scene.reporter, content=rewritten(entry), seen=1)
    scene.send()
    assert [one.versions.count() for one in scene.entries] == [2, 1]


def test_the_approver_signs_the_answer_again(scene):
    head = approver(scene.unit)
    sign(scene.report, actor=head, version=1)
    scene.send()
    scene.send_back()
    with pytest.raises(AccessDenied, match="要先审签"):
        scene.send()


def test_the_first_submission_fixes_the_date(scene, settings):
    first = scene.send().first_submitted_at
    scene.send_back()
    settings.CLOCK_DATE = date(2026, 10, 19)
    assert scene.send().first_submitted_at == first
    assert scene.now.submitted_at > first


def test_a_form_is_accepted_when_its_last_entry_is(scene):
    scene.send()
    accept_entry(scene.entries[0], actor=scene.office, version=1)
    assert scene.now.status == "submitted"
    accept_entry(scene.entries[1], actor=scene.office, version=1)
    assert scene.now.status == "accepted"


def test_an_accepted_figure_becomes_a_reading_at_the_end_of_the_period(scene):
    scene.send()
    accept_entry(scene.entries[0], actor=scene.office, version=1)
    reading = Reading.objects.get()
    assert (reading.numerator, reading.denominator, reading.as_of) == (Decimal(112), Decimal(130), date(2026, 9, 30))
    assert reading.department == scene.unit


def test_a_figure_left_empty_becomes_none(scene):
    scene.send()
    scene.entries[0].figures.update(numerator=None, denominator=None)
    accept_entry(scene.entries[0], actor=scene.office, version=1)
    assert not Reading.objects.exists()


def test_half_a_ratio_is_not_accepted(scene):
    scene.send()
    scene.entries[0].figures.update(denominator=None)
    with pytest.raises(BadInput, match="只有分子或只有分母"):
        accept_entry(scene.entries[0], actor=scene.office, version=1)
    assert scene.entries[0].status == "submitted"


def test_bulk_acceptance_passes_over_what_moved_meanwhile(scene):
    scene.send()
    scene.send_back()
    assert scene.accept_all() == 1
    assert [entry.status for entry in scene.entries] == ["returned", "accepted"]


def test_bulk_acceptance_of_nothing_is_told(scene):
    scene.send()
    scene.accept_all()
    with pytest.raises(WrongState, match="都已有人审过"):
        scene.accept_all()


@pytest.mark.parametrize("entries", [2, 40])
def test_bulk_acceptance_asks_as_often_for_many_entries(scene, entries, django_assert_max_num_queries):
    report = make_report(
        scene.period,
        DepartmentFactory.create(jurisdiction=scene.period.jurisdiction),
        scene.plan,
        entries,
        submitted=True,
    )
    seen = dict(report.entries.values_list("pk", "version"))
    with django_assert_max_num_queries(22):
        accept_filtered(scene.period, actor=scene.office, seen=seen)


@pytest.mark.parametrize("entries", [2, 40])
def test_sending_asks_as_often_for_many_entries(scene, entries, django_assert_max_num_queries):
    unit = DepartmentFactory.create(jurisdiction=scene.period.jurisdiction)
    report, person = make_report(scene.period, unit, scene.plan, entries), reporter(unit)
    with django_assert_max_num_queries(26):
        submit(report, actor=person, version=1)


def test_an_accepted_form_is_reopened_with_a_reason_and_its_figures_supersede(scene):
    scene.send()
    scene.accept_all()
    reopen_report(scene.report, actor=scene.office, reason="审计发现分母有误", version=scene.now.version)
    assert [entry.status for entry in scene.entries] == ["returned", "returned"]
    scene.entries[0].figures.update(numerator=Decimal(110))
    scene.send()
    scene.accept_all()
    current = Reading.objects.get(indicator=scene.entries[0].figures.get().indicator, current=True)
    assert current.numerator == Decimal(110)
    assert Reading.objects.get(superseded_by=current).numerator == Decimal(112)
    assert Reading.objects.count() == 3


def test_a_reading_is_corrected_by_a_new_one_with_its_reason(scene):
    scene.send()
    scene.accept_all()
    figure = scene.entries[0].figures.get()
    numbers = Numbers(Decimal(111), Decimal(130))
    new = correct_reading(figure, actor=scene.office, numbers=numbers, reason="分子多计1所")
    assert (new.current, new.reason) == (True, "分子多计1所")
    assert not Reading.objects.get(superseded_by=new).current


def test_a_correction_that_changes_nothing_is_refused(scene):
    scene.send()
    scene.accept_all()
    same = Numbers(Decimal(112), Decimal(130))
    with pytest.raises(BadInput, match="数据没有变化"):
        correct_reading(scene.entries[0].figures.get(), actor=scene.office, numbers=same, reason="核对")
