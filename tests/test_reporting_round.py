"""The office's round page: who is in, whose turn it is, one entry beside the table, decisions."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from departments.models import Department
from reporting.actions.return_entry import return_entry
from reporting.actions.submit import submit
from reporting.models import ProgressEntry
from tests.factories import AssignmentFactory, DepartmentFactory, leader, office_user, reporter
from tests.reporting_factories import (
    EntryFactory,
    EvidenceFactory,
    PeriodFactory,
    ReportFactory,
    make_report,
    make_round,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_13_october(settings):
    settings.CLOCK_DATE = date(2026, 10, 13)


@pytest.fixture
def round_():
    return make_round()


@pytest.fixture
def office(round_):
    return office_user(round_[0].jurisdiction)


def unit_of(round_, name: str) -> Department:
    return DepartmentFactory.create(jurisdiction=round_[0].jurisdiction, name=name)


def address(round_, query: str = "") -> str:
    return reverse("reporting:round", args=[round_[0].pk]) + query


def see(client, user, url: str) -> str:
    client.force_login(user)
    response = client.get(url, follow=True)
    assert response.status_code == 200
    page: str = response.content.decode()
    return page


def sent(round_, name: str = "区商务局", entries: int = 2):
    period, plan = round_
    return make_report(period, unit_of(round_, name), plan, entries, submitted=True)


def test_units_stand_under_whose_turn_it_is(client, round_, office):
    period, plan = round_
    sent(round_, "区商务局")
    make_report(period, unit_of(round_, "区财政局"), plan, 1, submitted=True, status="accepted")
    AssignmentFactory.create(department=unit_of(round_, "青溪镇"), measure__task__section__plan=plan)
    page = see(client, office, address(round_))
    assert page.index("待审1家") < page.index("区商务局") < page.index("未报1家") < page.index("青溪镇")
    assert page.index("青溪镇") < page.index("全部通过1家") < page.index("区财政局")


def test_the_head_counts_units_and_entries(client, round_, office):
    period, plan = round_
    sent(round_, "区商务局", entries=3)
    AssignmentFactory.create(department=unit_of(round_, "青溪镇"), measure__task__section__plan=plan)
    page = see(client, office, address(round_))
    assert "2家单位已报1家；4项进展中，待审3项、未报1项" in page


def test_a_unit_that_has_not_looked_yet_counts_what_it_owes(client, round_, office):
    unit = unit_of(round_, "青溪镇")
    AssignmentFactory.create_batch(3, department=unit, measure__task__section__plan=round_[1])
    assert "未开始" in see(client, office, address(round_, "?state=missing"))


def test_a_tab_shows_one_state_alone(client, round_, office):
    sent(round_, "区商务局")
    AssignmentFactory.create(department=unit_of(round_, "青溪镇"), measure__task__section__plan=round_[1])
    page = see(client, office, address(round_, "?state=waiting"))
    assert "区商务局</a>" in page
    assert "青溪镇</a>" not in page


def test_waiting_is_counted_in_working_days(client, round_, office):
    sent(round_)  # Friday 9 October; without the calendar's rows Monday and Tuesday have passed
    assert "等审2日" in see(client, office, address(round_))


def test_returned_entries_count_the_days_they_lie(client, round_, office):
    report = sent(round_, entries=1)
    return_entry(report.entries.get(), actor=office, reason="缺佐证材料", version=1)
    assert "今日退回" in see(client, office, address(round_))


def test_last_time_s_punctuality_stands_beside(client, round_, office):
    report = sent(round_)
    last = PeriodFactory.create(
        jurisdiction=round_[0].jurisdiction,
        ordinal=2,
        title="2026年第二季度",
        start=date(2026, 4, 1),
        end=date(2026, 6, 30),
        stated_due=date(2026, 7, 10),
        due=date(2026, 7, 10),
        locks_on=date(2026, 7, 24),
    )
    ReportFactory.create(
        period=last, department=report.department, status="accepted", first_submitted_at="2026-07-14T09:00+08:00"
    )
    assert "迟报2日" in see(client, office, address(round_))


def test_empty_and_copied_entries_are_in_and_marked(client, round_, office):
    report = sent(round_, entries=0)
    for fields in ({"done_text": "", "problems": ""}, {"same_as_last": True}):
        assignment = AssignmentFactory.create(department=report.department, measure__task__section__plan=round_[1])
        EntryFactory.create(report=report, assignment=assignment, status="submitted", **fields)
    page = see(client, office, address(round_))
    assert "空白1项" in page
    assert "与上期相同1项" in page
    assert "1家单位已报1家" in page


def test_the_text_for_the_group_chat_names_who_is_missing(client, round_, office):
    sent(round_, "区商务局")
    AssignmentFactory.create(department=unit_of(round_, "青溪镇"), measure__task__section__plan=round_[1])
    assert "还有1家未报：青溪镇。" in see(client, office, address(round_))


def test_the_panel_shows_the_first_entry_that_waits(client, round_, office):
    report = sent(round_)
    entry = report.entries.first()
    page = see(client, office, address(round_, f"?unit={report.department_id}"))
    assert "待审第1项，共2项" in page
    assert entry.done_text in page
    assert "112 ÷ 130 ＝ 86.2%" in page


def test_a_draft_is_not_shown_in_the_panel(client, round_, office):
    period, plan = round_
    report = make_report(period, unit_of(round_, "青溪镇"), plan, 1)
    entry = report.entries.get()
    page = see(client, office, address(round_, f"?unit={report.department_id}&entry={entry.pk}"))
    assert entry.done_text not in page
    assert "还没有开始填写" in page


def test_what_a_unit_writes_into_a_returned_entry_is_not_shown_before_it_is_sent(client, round_, office):
    report = sent(round_, entries=1)
    entry = report.entries.get()
    entry.versions.create(
        ordinal=1,
        content={"state": "under_way", "done_text": "报来的内容"},
        submitted_at=report.submitted_at,
        submitted_by=reporter(report.department),
    )
    return_entry(entry, actor=office, reason="缺佐证材料", version=1)
    ProgressEntry.objects.filter(pk=entry.pk).update(done_text="正在改写的内容")
    page = see(client, office, address(round_, f"?unit={report.department_id}"))
    assert "报来的内容" in page
    assert "正在改写的内容" not in page


def test_the_whole_form_too_shows_others_what_was_sent(client, round_, office):
    period, plan = round_
    report = make_report(period, unit_of(round_, "青溪镇"), plan, 1)
    entry, person = report.entries.get(), reporter(report.department)
    was_sent = entry.done_text
    submit(report, actor=person, version=1)
    return_entry(entry, actor=office, reason="缺佐证材料", version=1)
    ProgressEntry.objects.filter(pk=entry.pk).update(done_text="正在改写的内容")
    page = see(client, office, reverse("reporting:form", args=[report.pk]))
    assert was_sent in page
    assert "正在改写的内容" not in page
    assert "正在改写的内容" in see(client, person, reverse("reporting:print", args=[report.pk]))


def test_a_file_handed_in_elsewhere_is_pointed_out(client, round_, office):
    report, other = sent(round_, entries=1), sent(round_, "区财政局", entries=1)
    for one in (report, other):
        EvidenceFactory.create(entry=one.entries.get(), sha256="a" * 64)
    page = see(client, office, address(round_, f"?unit={report.department_id}"))
    assert "与区财政局2026年第三季度" in page
    assert "同一个文件" in page


def test_accepting_goes_on_to_the_next_entry(client, round_, office):
    report = sent(round_)
    first, second = report.entries.all()
    client.force_login(office)
    response = client.post(reverse("reporting:accept_entry", args=[first.pk]), {"version": 1}, follow=True)
    page = response.content.decode()
    assert f"{report.department}{first.assignment.measure.number}已通过" in page
    assert second.done_text in page
    assert "待审第1项，共1项" in page


def test_returning_without_a_reason_is_refused_in_place(client, round_, office):
    entry = sent(round_).entries.first()
    client.force_login(office)
    response = client.post(reverse("reporting:return_entry", args=[entry.pk]), {"version": 1, "reason": " "})
    assert response.status_code == 400
    assert "退回原因没有填写" in response.content.decode()


def test_who_comes_second_is_told_and_keeps_the_reason(client, round_, office):
    entry = sent(round_).entries.first()
    return_entry(entry, actor=office, reason="缺佐证材料", version=1)
    client.force_login(office)
    sent_along = {"version": 1, "reason": "数据与佐证不一致"}
    response = client.post(reverse("reporting:return_entry", args=[entry.pk]), sent_along)
    assert response.status_code == 409
    assert "这一项现在是“退回”，不能退回" in response.content.decode()


def test_all_that_wait_are_accepted_at_once(client, round_, office):
    report = sent(round_, entries=3)
    client.force_login(office)
    seen = ",".join(f"{entry.pk}.{entry.version}" for entry in report.entries.all())
    response = client.post(reverse("reporting:accept_waiting", args=[round_[0].pk]), {"seen": seen}, follow=True)
    assert "已通过3项" in response.content.decode()
    report.refresh_from_db()
    assert report.status == "accepted"


def test_a_leader_reads_and_decides_nothing(client, round_):
    report = sent(round_)
    page = see(client, leader(round_[0].jurisdiction), address(round_, f"?unit={report.department_id}"))
    assert "待审第1项" in page
    assert "退回这一项" not in page
    assert "批量通过" not in page


def test_the_current_round_is_the_last_one_that_is_over(client, round_, office):
    PeriodFactory.create(
        jurisdiction=round_[0].jurisdiction,
        kind="year",
        ordinal=1,
        title="2026年全年",
        start=date(2026, 1, 1),
        end=date(2026, 10, 31),
        stated_due=date(2026, 11, 15),
        due=date(2026, 11, 16),
        locks_on=date(2026, 11, 30),
    )
    assert "2026年第三季度（7月1日至9月30日）" in see(client, office, reverse("reporting:current_round"))


def test_the_round_is_handed_out_as_an_excel_file(client, round_, office):
    sent(round_)
    client.force_login(office)
    response = client.get(reverse("reporting:round_export", args=[round_[0].pk]))
    assert response.content.startswith(b"PK")


@pytest.mark.parametrize("units", [5, 60])
def test_the_page_asks_as_often_for_5_units_as_for_60(client, round_, office, units, django_assert_max_num_queries):
    for n in range(units):
        sent(round_, f"第{n}局", entries=1)
    report = sent(round_, "区商务局", entries=2)
    client.force_login(office)
    url = address(round_, f"?unit={report.department_id}")
    client.get(url)
    with django_assert_max_num_queries(28):
        client.get(url)
