"""Saving an entry: versions, two people, signatures, time spent, the population behind a rate."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from core import clock
from core.errors import AccessDenied, WrongState
from core.models import AuditEntry
from reporting.actions.open_form import open_form
from reporting.actions.same_as_last import same_as_last
from reporting.actions.save_entry import save_entry
from reporting.actions.sign import sign
from reporting.entries.content import FigureContent, content_of
from reporting.errors import EditedMeanwhile
from reporting.models import ProgressEntry, ProgressReport
from tests.factories import (
    IndicatorFactory,
    PopulationFactory,
    approver,
    office_user,
    reporter,
)
from tests.reporting_factories import EntryFactory, FigureFactory, PeriodFactory, ReportFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_13_october(settings):
    settings.CLOCK_DATE = date(2026, 10, 13)


@pytest.fixture
def entry() -> ProgressEntry:
    return EntryFactory.create(state="", done_text="", next_steps="")


@pytest.fixture
def person(entry):
    return reporter(entry.report.department)


def typed(entry: ProgressEntry, **fields):
    return replace(content_of(ProgressEntry.objects.get(pk=entry.pk)), **fields)


def save(entry, person, seen: int = 1, **fields) -> ProgressEntry:
    return save_entry(entry, actor=person, content=typed(entry, **fields), seen=seen)


def test_what_is_typed_is_kept_with_its_version(entry, person):
    save(entry, person, state="under_way", done_text="龘字也行😀")
    entry.refresh_from_db()
    assert (entry.state, entry.done_text, entry.version, entry.saved_by) == ("under_way", "龘字也行😀", 2, person)


def test_the_form_counts_each_change(entry, person):
    save(entry, person, done_text="检查3家。")
    entry.report.refresh_from_db()
    assert entry.report.version == 2


def test_the_same_words_again_change_nothing(entry, person):
    save(entry, person, done_text="检查3家。")
    save(entry, person, seen=1, done_text="检查3家。")
    entry.refresh_from_db()
    assert entry.version == 2


def test_two_people_are_shown_both_texts(entry, person):
    colleague = reporter(entry.report.department, name="叶晚")
    save(entry, colleague, done_text="叶晚写的。")
    with pytest.raises(EditedMeanwhile) as met:
        save(entry, person, seen=1, done_text="我写的。")
    assert (met.value.mine, met.value.theirs, met.value.by) == (
        {"done_text": "我写的。"},
        {"done_text": "叶晚写的。"},
        "叶晚",
    )


def test_the_loser_of_two_writes_nothing(entry, person):
    save(entry, reporter(entry.report.department), done_text="先写的。")
    with pytest.raises(EditedMeanwhile):
        save(entry, person, seen=1, done_text="后写的。")
    entry.refresh_from_db()
    assert entry.done_text == "先写的。"


def test_the_trail_keeps_what_another_person_replaced(entry, person):
    save(entry, reporter(entry.report.department), done_text="先写的。")
    save(entry, person, seen=2, done_text="合并后的。")
    last = AuditEntry.objects.filter(verb="entry.edited").latest("pk")
    assert (last.before, last.after) == ({"done_text": "先写的。"}, {"done_text": "合并后的。"})


def test_saves_of_one_person_in_a_row_are_one_line_of_the_trail(entry, person):
    for seen, text in enumerate(["一", "一二", "一二三"], start=1):
        save(entry, person, seen=seen, done_text=text)
    assert AuditEntry.objects.filter(verb="entry.edited").count() == 1


def test_figures_are_written(entry, person):
    figure = FigureFactory.create(entry=entry, numerator=None, denominator=None)
    ratio = FigureContent(figure.indicator_id, numerator=Decimal(120), denominator=Decimal(130))
    save(entry, person, figures=(ratio,))
    figure.refresh_from_db()
    assert (figure.numerator, figure.denominator, figure.value) == (Decimal(120), Decimal(130), None)


def test_a_figure_that_the_entry_does_not_ask_is_dropped(entry, person):
    stranger = IndicatorFactory.create()
    save(entry, person, done_text="检查3家。", figures=(FigureContent(stranger.pk, value=Decimal(1)),))
    assert not entry.figures.exists()


def test_the_population_in_force_is_the_base(entry, person):
    place = entry.report.period.jurisdiction
    PopulationFactory.create(jurisdiction=place, year=2024, residents=480_000, as_of=date(2024, 12, 31))
    PopulationFactory.create(jurisdiction=place, year=2025, residents=486_500, as_of=date(2025, 12, 31))
    PopulationFactory.create(jurisdiction=place, year=2026, residents=490_000, as_of=date(2026, 12, 31))
    figure = FigureFactory.create(entry=entry, indicator__unit="批次/千人", numerator=None, denominator=None)
    save(entry, person, figures=(FigureContent(figure.indicator_id, numerator=Decimal(1500)),))
    figure.refresh_from_db()
    assert figure.denominator == Decimal("486.5")


def test_strangers_and_the_office_do_not_write(entry):
    for user in (office_user(entry.report.period.jurisdiction), reporter(EntryFactory.create().report.department)):
        with pytest.raises(AccessDenied):
            save(entry, user, done_text="代写。")


@pytest.mark.parametrize("status", ["submitted", "accepted"])
def test_a_submitted_entry_is_closed(entry, person, status):
    ProgressEntry.objects.filter(pk=entry.pk).update(status=status)
    with pytest.raises(WrongState):
        save(entry, person, done_text="再改。")


def test_a_change_takes_the_signature_back(entry, person):
    save(entry, person, state="under_way", done_text="检查3家。")
    sign(entry.report, actor=approver(entry.report.department), version=2)
    save(entry, person, seen=2, done_text="签后又改。")
    entry.report.refresh_from_db()
    assert (entry.report.status, entry.report.signed_by) == (ProgressReport.Status.DRAFT, None)


def test_minutes_between_saves_are_counted(entry, person):
    ProgressReport.objects.update(timed_until=clock.machine_now() - timedelta(minutes=4, seconds=30))
    save(entry, person, done_text="写了四分半。")
    entry.report.refresh_from_db()
    assert entry.report.minutes == 4
    assert clock.machine_now() - entry.report.timed_until >= timedelta(seconds=29)


def test_a_pause_is_not_counted(entry, person):
    ProgressReport.objects.update(timed_until=clock.machine_now() - timedelta(hours=3))
    save(entry, person, done_text="吃完饭再写。")
    entry.report.refresh_from_db()
    assert entry.report.minutes == 0


def test_the_first_look_begins_the_time(entry, person):
    report = open_form(entry.report.period, entry.report.department, actor=person)
    assert report.opened_at is not None
    assert AuditEntry.objects.filter(verb="report.opened").count() == 1


def last_entry(entry: ProgressEntry, **fields) -> ProgressEntry:
    """What the unit submitted for the second quarter."""
    period = PeriodFactory.create(
        jurisdiction=entry.report.period.jurisdiction, ordinal=2, start=date(2026, 4, 1), end=date(2026, 6, 30)
    )
    report = ReportFactory.create(period=period, department=entry.report.department, submitted=True)
    return EntryFactory.create(report=report, assignment=entry.assignment, status="accepted", **fields)


def test_same_as_last_takes_over_all_but_the_line(entry, person):
    last_entry(entry, state="under_way", done_text="上期的话。", problems="缺资金。")
    same_as_last(entry, actor=person, content=typed(entry), seen=1)
    entry.refresh_from_db()
    assert (entry.state, entry.problems, entry.done_text, entry.same_as_last) == ("under_way", "缺资金。", "", True)


def test_same_as_last_keeps_what_was_typed(entry, person):
    last_entry(entry, problems="缺资金。")
    same_as_last(entry, actor=person, content=typed(entry, problems="缺人。", done_text="本期一句。"), seen=1)
    entry.refresh_from_db()
    assert (entry.problems, entry.done_text) == ("缺人。", "本期一句。")


def test_nothing_is_the_same_as_nothing(entry, person):
    with pytest.raises(WrongState, match="上期没有报过"):
        same_as_last(entry, actor=person, content=typed(entry), seen=1)
