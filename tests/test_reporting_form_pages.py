"""The pages of a unit's form: what is shown to whom, what is refused in words, how many queries it takes."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from reporting.models import ProgressEntry
from tests.factories import (
    AssignmentFactory,
    DepartmentFactory,
    PopulationFactory,
    approver,
    leader,
    office_user,
    reporter,
)
from tests.form_pages import page, send
from tests.reporting_factories import EntryFactory, FigureFactory, PeriodFactory, ReportFactory, make_report, make_round

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_13_october(settings):
    settings.CLOCK_DATE = date(2026, 10, 13)


@pytest.fixture
def report():
    period, plan = make_round()
    unit = DepartmentFactory.create(jurisdiction=period.jurisdiction, name="区教体局")
    return make_report(period, unit, plan, 2)


@pytest.fixture
def person(report):
    return reporter(report.department)


@pytest.fixture
def first(report):
    return report.entries.first()


def figure_of(indicator: int, top: str, bottom: str) -> dict[str, Any]:
    return {f"n-{indicator}": top, f"d-{indicator}": bottom}


def test_the_form_shows_each_entry_with_role_and_state(client, person, report, first):
    shown = page(client, person, "form", report.pk)
    assert "已填" in shown
    assert f"{first.assignment.measure.number} " in shown
    assert "牵头" in shown


def test_the_form_leads_to_the_sentence_in_its_source(client, person, report, first):
    shown = page(client, person, "entry", report.pk, first.pk)
    assert f'href="{first.assignment.measure.get_absolute_url()}"' in shown


def test_the_burden_is_told(client, person, report):
    earlier = PeriodFactory.create(
        jurisdiction=report.period.jurisdiction, ordinal=2, start=date(2026, 4, 1), end=date(2026, 6, 30)
    )
    ReportFactory.create(period=earlier, department=report.department, submitted=True, minutes=38)
    assert "共2项，数据2个；上季度用时38分钟" in page(client, person, "form", report.pk)


def test_opening_the_form_is_noted_once(client, person, report):
    page(client, person, "form", report.pk)
    report.refresh_from_db()
    begun = report.opened_at
    page(client, person, "form", report.pk)
    report.refresh_from_db()
    assert begun == report.opened_at is not None


@pytest.mark.parametrize("name", ["form", "print", "check"])
def test_a_draft_is_hidden_from_office_and_leaders(client, report, name):
    for user in (office_user(report.period.jurisdiction), leader(report.period.jurisdiction)):
        shown = page(client, user, name, report.pk, status=403)
        assert "只有本单位看得到" in shown


@pytest.mark.parametrize("name", ["form", "print", "check"])
def test_anothers_form_does_not_exist(client, report, name):
    page(client, reporter(DepartmentFactory.create()), name, report.pk, status=404)


def test_an_entry_of_another_form_does_not_exist(client, person, report):
    page(client, person, "entry", report.pk, EntryFactory.create().pk, status=404)


def test_nobody_saves_anothers_entry(client, report, first):
    for user in (reporter(DepartmentFactory.create()), reporter(EntryFactory.create().report.department)):
        assert send(client, user, first, done_text="别人的。").status_code == 404


def test_an_entry_is_not_saved_through_another_form(client, person, report):
    other = EntryFactory.create()
    client.force_login(person)
    address = reverse("reporting:save", args=[report.pk, other.pk])
    assert client.post(address, {"seen": 1, "done_text": "借道。"}).status_code == 404


def test_the_office_reads_a_submitted_form_as_a_whole(client, report):
    type(report).objects.filter(pk=report.pk).update(
        status="submitted", first_submitted_at="2026-10-09T02:00Z", submitted_at="2026-10-09T02:00Z"
    )
    report.entries.update(status="submitted")
    shown = page(client, office_user(report.period.jurisdiction), "form", report.pk)
    assert "10月9日报送" in shown
    assert "<textarea" not in shown


def test_autosave_answers_with_what_changed_around_the_fields(client, person, first):
    answer = send(client, person, first, state="under_way", done_text="新建成8所。").content.decode()
    assert "已保存" in answer
    assert 'name="seen" value="2"' in answer
    assert "<textarea" not in answer


def test_the_result_is_computed_by_the_server(client, person, first):
    pk = first.figures.get().indicator_id
    answer = send(client, person, first, **figure_of(pk, "１２０", "130 所")).content.decode()
    assert "不是数字" in answer
    answer = send(client, person, first, **figure_of(pk, "１２０", "130")).content.decode()
    assert "92.3%" in answer


def test_a_number_that_is_not_understood_spoils_nothing_else(client, person, first):
    pk = first.figures.get().indicator_id
    answer = send(client, person, first, done_text="其余照存。", **figure_of(pk, "约120", "130"))
    first.refresh_from_db()
    assert "“约120”不是数字" in answer.content.decode()
    assert first.done_text == "其余照存。"
    assert first.figures.get().numerator == 112


def test_too_long_a_text_is_refused_in_words_and_the_old_one_stays(client, person, first):
    old = first.done_text
    answer = send(client, person, first, done_text="长" * 50_000).content.decode()
    first.refresh_from_db()
    assert "有50000个字，最多5000个字" in answer
    assert first.done_text == old


def test_rare_characters_and_control_characters(client, person, first):
    send(client, person, first, done_text="龘😀\r\n第二行\x00")
    first.refresh_from_db()
    assert first.done_text == "龘😀\n第二行"


def test_typed_markup_is_shown_as_text(client, person, report, first):
    send(client, person, first, done_text="<script>alert(1)</script>")
    assert "<script>alert(1)" not in page(client, person, "entry", report.pk, first.pk)


def test_without_a_session_the_part_says_so(client, first):
    address = reverse("reporting:save", args=[first.report_id, first.pk])
    answer = client.post(address, {"seen": 1, "done_text": "还在。"}, headers={"HX-Request": "true"})
    assert answer.status_code == 403
    assert "填写的内容仍在" in answer.content.decode()


def test_two_people_see_both_texts_side_by_side(client, person, report, first):
    send(client, reporter(report.department, name="叶晚"), first, done_text="叶晚写的。")
    answer = send(client, person, first, done_text="我写的。")
    shown = answer.content.decode()
    assert answer.status_code == 409
    assert answer["HX-Retarget"] == "#entry"
    assert "叶晚写的。" in shown
    assert "我写的。" in shown


def test_the_choice_between_two_texts_is_saved(client, person, report, first):
    send(client, reporter(report.department), first, done_text="对方的。")
    shown = send(client, person, first, done_text="我写的。").content.decode()
    seen = re.search(r'id="seen" name="seen" value="(\d+)"', shown)
    assert seen
    first.version = int(seen[1])
    assert send(client, person, first, done_text="两段合起来。").status_code == 200
    first.refresh_from_db()
    assert first.done_text == "两段合起来。"


def test_without_script_saving_leads_back_to_the_entry(client, person, report, first):
    answer = send(client, person, first, script=False, done_text="检查3家。")
    assert answer.status_code == 302
    assert answer["Location"] == reverse("reporting:entry", args=[report.pk, first.pk])


def test_a_support_is_asked_one_line(client, person, report):
    entry = EntryFactory.create(
        report=report, assignment__department=report.department, assignment__role="support", done_text=""
    )
    shown = page(client, person, "entry", report.pk, entry.pk)
    assert "已报牵头单位" in shown
    assert 'name="problems"' not in shown
    assert 'name="state"' not in shown


def beside(report, first, **fields) -> ProgressEntry:
    """Another unit's entry on the same measure and period."""
    unit = DepartmentFactory.create(jurisdiction=report.period.jurisdiction, name="区市场监管局")
    role = fields.pop("role", "shared")
    assignment = AssignmentFactory.create(measure=first.assignment.measure, department=unit, role=role)
    other = ReportFactory.create(period=report.period, department=unit, submitted=True)
    return EntryFactory.create(report=other, assignment=assignment, done_text="检查食堂46家。", **fields)


def test_others_submitted_entries_are_shown(client, person, report, first):
    beside(report, first, status="submitted")
    assert "检查食堂46家。" in page(client, person, "entry", report.pk, first.pk)


@pytest.mark.parametrize("status", ["open", "returned"])
def test_what_another_unit_is_still_writing_is_not(client, person, report, first, status):
    beside(report, first, status=status, reason="数字不符。")
    assert "检查食堂46家。" not in page(client, person, "entry", report.pk, first.pk)


@pytest.mark.parametrize("told", [True, False])
def test_the_lead_draws_on_a_support_that_told_it(client, person, report, first, told):
    beside(report, first, status="submitted", role="support", told_lead=told)
    assert ("检查食堂46家。" in page(client, person, "entry", report.pk, first.pk)) is told


def test_last_time_stands_beside(client, person, report, first):
    period = PeriodFactory.create(
        jurisdiction=report.period.jurisdiction, ordinal=2, start=date(2026, 4, 1), end=date(2026, 6, 30)
    )
    last = ReportFactory.create(period=period, department=report.department, submitted=True)
    old = EntryFactory.create(report=last, assignment=first.assignment, status="accepted", done_text="二季度的话。")
    FigureFactory.create(entry=old, indicator=first.figures.get().indicator, numerator=100)
    shown = page(client, person, "entry", report.pk, first.pk)
    assert "二季度的话。" in shown
    assert "100 ÷ 130 ＝ 76.9%" in shown


def test_the_population_stands_with_source_and_date(client, person, report, first):
    PopulationFactory.create(jurisdiction=report.period.jurisdiction, residents=486_000, as_of=date(2025, 12, 31))
    figure = first.figures.get()
    type(figure.indicator).objects.update(unit="批次/千人", denominator_label="常住人口（千人）")
    shown = page(client, person, "entry", report.pk, first.pk)
    assert "常住人口48.6万人，截至2025年12月31日，2025年国民经济和社会发展统计公报" in shown
    assert f'name="d-{figure.indicator_id}"' not in shown


def test_the_check_page_lists_what_is_to_mend(client, person, report, first):
    ProgressEntry.objects.filter(pk=first.pk).update(done_text="")
    shown = page(client, person, "check", report.pk)
    assert "请写明这一期做了什么" in shown
    assert reverse("reporting:entry", args=[report.pk, first.pk]) in shown


def test_the_whole_form_is_printed_with_a_signature_line(client, person, report):
    shown = page(client, person, "print", report.pk)
    assert "单位负责人（签字）" in shown
    assert shown.count('class="paper-entry"') == 2


def test_an_approver_is_told_of_in_the_bar(client, person, report):
    approver(report.department)
    assert "送审签" in page(client, person, "form", report.pk)
