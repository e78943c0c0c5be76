"""The demo's rounds show what the pages were drawn for: the third quarter on 13 October 2026."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

import pytest
from django.db import transaction
from django.db.models import Count, Q
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from core.actions.seed_calendar import seed_calendar
from core.models import AuditEntry
from foodsafety.demo import load_demo
from indicators.models import Indicator, Reading
from reporting.entries.content import figure_of
from reporting.entries.formulas import formula_text
from reporting.models import Closure, Evidence, ProgressEntry, ProgressReport, ReportedFigure, ReportingPeriod
from reporting.owed import owed_counts
from reporting.round.rows import Row, round_rows

pytestmark = pytest.mark.django_db
TODAY = date(2026, 10, 13)


@pytest.fixture(scope="module", autouse=True)
def demo(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Loaded once for all tests of this file, which only read, and rolled back."""
    with django_db_blocker.unblock(), override_settings(CLOCK_DATE=TODAY), transaction.atomic():
        seed_calendar()
        load_demo()
        yield
        transaction.set_rollback(True)


def quarter(ordinal: int) -> ReportingPeriod:
    return ReportingPeriod.objects.get(kind="quarter", ordinal=ordinal, direction="to_office")


@pytest.fixture(scope="module")
def third(demo: None) -> dict[str, Row]:
    return {row.department.name: row for row in round_rows(quarter(3))}


def form(ordinal: int, unit: str) -> ProgressReport:
    return ProgressReport.objects.get(period=quarter(ordinal), department__name=unit)


def entry(ordinal: int, unit: str, number: str) -> ProgressEntry:
    task, position = number.split(".")
    entries = form(ordinal, unit).entries
    return entries.get(assignment__measure__task__number=task, assignment__measure__position=position)


def formula(ordinal: int, unit: str, subject: str) -> str:
    """112 ÷ 130 ＝ 86.2%, of the figure that the unit reported."""
    figure = ReportedFigure.objects.get(entry__report=form(ordinal, unit), indicator__subject__contains=subject)
    return formula_text(figure.indicator, figure_of(figure))


def test_third_quarter_is_due_on_15_october(demo: None) -> None:
    period = quarter(3)
    assert (period.due, period.start, period.end) == (date(2026, 10, 15), date(2026, 7, 1), date(2026, 9, 30))


def test_calendar_has_four_quarters_and_two_annual_duties(demo: None) -> None:
    kinds = Counter(ReportingPeriod.objects.values_list("kind", "direction"))
    assert kinds == {("quarter", "to_office"): 4, ("year", "to_office"): 1, ("year", "upward"): 1}


def test_second_quarter_answers_the_half_year(demo: None) -> None:
    assert quarter(2).rules.filter(frequency="half_yearly").exists()


def test_annual_report_is_due_on_monday_16_november(demo: None) -> None:
    annual = ReportingPeriod.objects.get(kind="year", direction="to_office")
    assert (annual.stated_due, annual.due, annual.end) == (date(2026, 11, 15), date(2026, 11, 16), date(2026, 10, 31))


def test_third_quarter_asks_22_units_for_138_entries(third: dict[str, Row]) -> None:
    assert (len(third), sum(owed_counts(quarter(3)).values())) == (22, 138)


def test_14_units_are_in(third: dict[str, Row]) -> None:
    assert sum(row.sent is not None for row in third.values()) == 14


def test_entries_stand_as_the_round_page_shows_them(third: dict[str, Row]) -> None:
    rows = third.values()
    assert [sum(getattr(row, name) for row in rows) for name in ("accepted", "waiting", "returned", "open")] == [
        61,
        25,
        4,
        48,
    ]


def test_units_are_grouped_by_whose_turn_it_is(third: dict[str, Row]) -> None:
    assert Counter(row.turn for row in third.values()) == {"waiting": 5, "returned": 3, "missing": 8, "accepted": 6}


@pytest.mark.parametrize(
    ("unit", "numbers"),
    [
        ("区财政局", (0, 1, 0, 0)),
        ("区农业农村局", (6, 7, 0, 0)),
        ("区卫健委", (2, 3, 0, 0)),
        ("区市场监管局", (18, 6, 0, 0)),
        ("城关街道", (0, 8, 0, 0)),
        ("区委政法委", (1, 0, 1, 0)),
        ("区商务局", (3, 0, 1, 0)),
        ("青溪镇", (6, 0, 2, 0)),
        ("区委宣传部", (0, 0, 0, 3)),
        ("区教体局", (0, 0, 0, 8)),
        ("公安青禾分局", (0, 0, 0, 5)),
        ("区民政局", (0, 0, 0, 2)),
        ("区文旅局", (0, 0, 0, 4)),
        ("禾丰镇", (0, 0, 0, 9)),
        ("白塘镇", (0, 0, 0, 9)),
        ("柳园街道", (0, 0, 0, 8)),
        ("区发改委", (4, 0, 0, 0)),
        ("区工信局", (5, 0, 0, 0)),
        ("生态环境青禾分局", (2, 0, 0, 0)),
        ("区城管局", (3, 0, 0, 0)),
        ("区机关事务中心", (3, 0, 0, 0)),
        ("东湖街道", (8, 0, 0, 0)),
    ],
)
def test_each_unit_stands_as_the_round_page_shows_it(
    third: dict[str, Row], unit: str, numbers: tuple[int, int, int, int]
) -> None:
    row = third[unit]
    assert (row.accepted, row.waiting, row.returned, row.open) == numbers


@pytest.mark.parametrize(
    ("unit", "days"),
    [("区农业农村局", 3), ("区卫健委", 2), ("区市场监管局", 4), ("城关街道", 1), ("区委政法委", 3), ("青溪镇", 1)],
)
def test_waiting_is_counted_in_working_days(third: dict[str, Row], unit: str, days: int) -> None:
    assert third[unit].days == days


def test_two_units_have_not_begun(third: dict[str, Row]) -> None:
    assert {unit for unit, row in third.items() if row.sent is None and not row.begun} == {"禾丰镇", "柳园街道"}


def test_last_quarter_19_units_were_on_time(third: dict[str, Row]) -> None:
    late = {unit: row.last.words for unit, row in third.items() if row.last and row.last.late}
    assert late == {"区文旅局": "迟报1日", "禾丰镇": "迟报2日", "柳园街道": "迟报4日"}


def test_one_unit_never_reported_the_first_quarter(demo: None) -> None:
    missing = ProgressReport.objects.filter(period=quarter(1), first_submitted_at__isnull=True)
    assert [report.department.name for report in missing] == ["区文旅局"]


def test_what_was_returned_in_closed_rounds_was_mended(demo: None) -> None:
    twice = ProgressEntry.objects.annotate(n=Count("versions")).filter(n=2)
    assert Counter(twice.values_list("report__period__ordinal", "status")) == {(1, "accepted"): 2, (2, "accepted"): 2}


def test_copied_entries_are_marked(third: dict[str, Row]) -> None:
    assert third["城关街道"].copied == 3


def test_education_has_filled_five_of_eight_and_begun_the_first(demo: None) -> None:
    filled = {
        each.assignment.measure.number
        for each in form(3, "区教体局").entries.filter(~Q(done_text="")).select_related("assignment__measure__task")
    }
    assert filled == {"1.1", "1.2", "1.3", "5.1", "18.3", "22.1"}


def test_school_canteens_are_typed_as_the_form_shows_them(demo: None) -> None:
    typed = entry(3, "区教体局", "1.1")
    assert typed.done_text.startswith("新建成8所，累计120所。")
    assert typed.problems == "余下10所缺网络改造资金，合计35万元。"


def test_last_quarter_took_38_minutes(demo: None) -> None:
    assert form(2, "区教体局").minutes == 38


@pytest.mark.parametrize(
    ("ordinal", "unit", "subject", "shown"),
    [
        (2, "区教体局", "学校食堂“互联网", "112 ÷ 130 ＝ 86.2%"),
        (3, "区教体局", "学校食堂“互联网", "120 ÷ 130 ＝ 92.3%"),
        (2, "区教体局", "定点采购率", "61 ÷ 63 ＝ 96.8%"),
        (3, "区市场监管局", "校园及周边", "300 ÷ 436 ＝ 68.8%"),
        (2, "区农业农村局", "抽检合格率", "762 ÷ 774 ＝ 98.4%"),
        (3, "区市场监管局", "农村食品经营店", "188 ÷ 268 ＝ 70.1%"),
        (2, "区卫健委", "医疗机构食堂", "10 ÷ 16 ＝ 62.5%"),
        (2, "区民政局", "养老机构食堂", "8 ÷ 17 ＝ 47.1%"),
        (3, "区市场监管局", "证照公示率", "1846 ÷ 1862 ＝ 99.1%"),
        (3, "生态环境青禾分局", "受污染耕地", "2418 ÷ 2560 ＝ 94.5%"),
        (2, "区农业农村局", "绿色防控", "18.9 ÷ 33.6 ＝ 56.3%"),
        (3, "区发改委", "出入库检验率", "64 ÷ 64 ＝ 100%"),
        (3, "区市场监管局", "集中交易市场", "9 ÷ 11 ＝ 81.8%"),
        (3, "区市场监管局", "餐饮服务提供者“明厨", "2051 ÷ 2304 ＝ 89.0%"),
        (3, "区城管局", "签约收运率", "1373 ÷ 2080 ＝ 66.0%"),
        (3, "区工信局", "HACCP", "3家"),
        (3, "区市场监管局", "市场监管部门食品抽检量", "1010 ÷ 486 ＝ 2.08批次/千人"),
        (3, "区农业农村局", "农产品监督抽检量", "561 ÷ 486 ＝ 1.15批次/千人"),
    ],
)
def test_figures_are_those_of_the_pages(ordinal: int, unit: str, subject: str, shown: str) -> None:
    assert formula(ordinal, unit, subject) == shown


def test_health_food_has_no_figure_until_the_end_of_the_year(demo: None) -> None:
    assert set(Reading.objects.filter(indicator__subject__contains="保健食品").values_list("absence", flat=True)) == {
        "no_data"
    }


def test_every_target_but_those_of_drafts_has_a_reading_of_the_third_quarter(demo: None) -> None:
    read = Reading.objects.filter(as_of=date(2026, 9, 30)).values("indicator")
    waiting = ReportedFigure.objects.filter(entry__report__period=quarter(3)).exclude(entry__status="accepted")
    closed = Closure.objects.filter(state="approved").values("measure")
    missing = Indicator.objects.exclude(pk__in=read).exclude(pk__in=waiting.values("indicator"))
    assert not missing.exclude(measure__in=closed).exists()


def test_one_wrong_figure_was_corrected(demo: None) -> None:
    (right,) = Reading.objects.filter(supersedes__isnull=False, current=True)
    assert right.supersedes is not None
    assert [right.supersedes.numerator, right.numerator] == [79, 49]


def test_one_doubtful_figure_waits_for_review(demo: None) -> None:
    assert formula(3, "城关街道", "包保干部") == "1390 ÷ 1860 ＝ 74.7%"


def test_a_closure_stands_in_each_state(demo: None) -> None:
    states = Counter(Closure.objects.values_list("state", flat=True))
    assert states == {"approved": 4, "requested": 1, "refused": 1, "reopened": 1}


def test_closed_measures_are_those_of_the_ledger(demo: None) -> None:
    closed = Closure.objects.filter(state="approved").select_related("measure__task")
    assert {closure.measure.number: closure.verified_on for closure in closed} == {
        "5.2": date(2026, 7, 3),
        "8.1": date(2026, 7, 22),
        "20.1": date(2026, 7, 24),
        "21.1": date(2026, 6, 30),
    }


def test_evidence_hangs_on_its_entry(demo: None) -> None:
    names = Evidence.objects.filter(entry=entry(3, "区农业农村局", "18.1")).values_list("name", flat=True)
    assert list(names) == ["三季度农产品抽检汇总表.xlsx", "不合格处置文书3份.pdf"]


def test_the_trail_bears_the_dates_of_the_time(demo: None) -> None:
    sent = AuditEntry.objects.filter(verb="report.submitted").order_by("at").values_list("at", flat=True)
    assert (sent[0].date(), max(sent).date()) == (date(2026, 4, 9), TODAY)
