"""The plans of `benchmarks/rollup.py` with their round, the same rows for the same number each time.

Today is 8 January 2027: three quarters are over, the fourth is being reported until the 11th.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from core.actions.seed_calendar import seed_calendar
from departments.models import Department, Jurisdiction, Membership, OfficeSettings, Population, User
from indicators.models import Indicator, IndicatorReporter, PopulationBase, Reading
from reporting.models import Closure, ProgressEntry, ProgressReport, ReportedFigure, ReportingPeriod
from tasks.models import Assignment, Measure, Plan, ReportingRule, Section, Task

UNITS, SECTIONS, TASKS, PER_TASK = 12, 5, 12, 5
ENDS = (date(2026, 3, 31), date(2026, 6, 30), date(2026, 9, 30), date(2026, 12, 31))
DUES = (date(2026, 4, 10), date(2026, 7, 10), date(2026, 10, 15), date(2027, 1, 11))
ROLES = (
    ("lead", "support", "support"),
    ("shared",) * 3,
    ("responsible", "support", "support"),
    ("lead", "shared", "support"),
)
TEXT = "检查学校食堂和周边食品经营者{n}家，发现问题{m}处，均已立案整改并复查；培训从业人员{n}人次。"
HALF_YEARLY = 5  # the measure whose words ask for its report each half year
RATIO = ("已完成数（所）", "应完成数（所）")
BATCHES = ("抽检批次", "常住人口（千人）")
# Subject, comparator, target, unit, kind, family, path, baseline, labels.
INDICATORS: tuple[tuple[str, str, str, str, str, str, str, int | None, tuple[str, str]], ...] = (
    ("食品抽检量", ">=", "3.2", "批次/千人", "sampling", "cumulate", "climb", None, BATCHES),
    ("明厨亮灶覆盖率", ">=", "90", "%", "coverage", "stock", "climb", 40, RATIO),
    ("智慧监管覆盖率", ">=", "100", "%", "coverage", "stock", "climb", None, RATIO),
    ("评价性抽检合格率", ">=", "97", "%", "pass_rate", "flow_ratio", "hold", None, ("合格批次", "抽检批次")),
    ("不合格食品处置率", "=", "100", "%", "completion", "flow_ratio", "hold", None, ("已处置数", "应处置数")),
    ("培训场次", ">=", "240", "场", "count", "cumulate", "climb", None, ("培训场次（场）", "")),
    ("群众满意度", ">=", "85", "分", "score", "stock", "hold", None, ("群众满意度（分）", "")),
    ("投诉平均办理时限", "<=", "5", "工作日", "other", "stock", "hold", None, ("投诉平均办理时限（工作日）", "")),
    ("不合格率", "<=", "25", "‰", "other", "flow_ratio", "hold", None, ("不合格批次", "抽检批次")),
    ("食物中毒事件", "<", "9", "起", "count", "cumulate", "climb", None, ("食物中毒事件（起）", "")),
)


@dataclass(slots=True)
class World:
    """One plan's rows while they are made; `chance` is its own, so that plan 3 is always the same."""

    plan: Plan
    chance: Random
    clerk: User
    units: list[Department]
    measures: list[Measure] = field(default_factory=list)
    assignments: list[Assignment] = field(default_factory=list)
    reporters: dict[tuple[int, int], Indicator] = field(default_factory=dict)  # by measure and department
    reports: list[ProgressReport] = field(default_factory=list)

    def one_in(self, number: int) -> bool:
        return self.chance.randrange(number) == 0


def code_of(number: int) -> str:
    return f"99{number:04}"


def make_base() -> None:
    """What all plans share: the calendar, and the clerk of every office."""
    seed_calendar()
    User.objects.create(username="clerk", name="林晓", must_change_password=False)


def make_plans(count: int) -> None:
    clerk = User.objects.get(username="clerk")
    for number in range(count):
        world = make_place(number, clerk)
        make_measures(world)
        make_duties(world)
        make_periods(world)
        make_round(world)
        make_closures(world)


def make_place(number: int, clerk: User) -> World:
    name = f"青禾{number}区"
    place = Jurisdiction.objects.create(code=code_of(number), name=name, level="county", office_name=f"{name}食安办")
    Membership.objects.create(user=clerk, role="office", jurisdiction=place)
    if number % 3 == 1:
        OfficeSettings.objects.create(jurisdiction=place, late_working_days=3, behind_percent=90, plan_red_percent=30)
    before, later = Population.objects.bulk_create(
        Population(jurisdiction=place, year=year, residents=486_000 + 9000 * (year - 2025), source="公报", as_of=as_of)
        for year, as_of in ((2025, date(2025, 12, 31)), (2026, date(2026, 6, 30)))
    )
    plan = Plan.objects.create(
        jurisdiction=place, year=2026, kind="key_points", stage="issued", title="2026年食品安全工作要点",
        document_number="食安委〔2026〕2号", issued_on=date(2026, 3, 20),
    )  # fmt: skip
    if number % 5 == 2:
        PopulationBase.objects.create(
            plan=plan, population=later, since=date(2026, 7, 1), reason="换用年中数", actor=clerk, at=moment(ENDS[1])
        )
    units = Department.objects.bulk_create(
        Department(jurisdiction=place, name=f"区第{n + 1}局", position=n) for n in range(UNITS)
    )
    return World(plan, Random(number), clerk, units)  # noqa: S311 (nothing secret)


def make_measures(world: World) -> None:
    """Every measure has its own stretch of a hundred characters; the last two tasks stand outside of the parts."""
    sections = Section.objects.bulk_create(
        Section(plan=world.plan, number=n + 1, title="守护校园食品安全", **span(n)) for n in range(SECTIONS)
    )
    tasks = Task.objects.bulk_create(
        Task(
            plan=world.plan, section=sections[n // 2] if n // 2 < SECTIONS else None, number=n + 1, title="明厨亮灶",
            **span(n),
        )
        for n in range(TASKS)
    )  # fmt: skip
    world.measures = Measure.objects.bulk_create(
        Measure(
            task=tasks[n // PER_TASK], position=n % PER_TASK + 1, text=TEXT, **span(n),
            due_on=date(2026, 11, 30) if n % 9 == 8 else None,
        )
        for n in range(TASKS * PER_TASK)
    )  # fmt: skip


def make_duties(world: World) -> None:
    """Three units a measure; the lead or all who share it report the indicator."""
    world.assignments = Assignment.objects.bulk_create(
        Assignment(
            measure=measure, department=world.units[(n + 5 * k) % UNITS], role=role, position=k + 1, surface="区局",
            started_on=date(2026, 7, 15) if world.one_in(60) else None, **span(n),
        )
        for n, measure in enumerate(world.measures)
        for k, role in enumerate(ROLES[n % len(ROLES)])
    )  # fmt: skip
    chosen = [measure for n, measure in enumerate(world.measures) if n % 8 in (0, 1, 2, 3)]
    indicators = Indicator.objects.bulk_create(make_indicator(n, measure) for n, measure in enumerate(chosen))
    by_measure = {indicator.measure_id: indicator for indicator in indicators}
    asked = [a for a in world.assignments if a.role != "support" and a.measure_id in by_measure]
    world.reporters = {(a.measure_id, a.department_id or 0): by_measure[a.measure_id] for a in asked}
    IndicatorReporter.objects.bulk_create(
        IndicatorReporter(indicator=indicator, department_id=department)
        for (_, department), indicator in world.reporters.items()
    )


def make_indicator(number: int, measure: Measure) -> Indicator:
    subject, comparator, value, unit, kind, family, path, baseline, labels = INDICATORS[number % len(INDICATORS)]
    return Indicator(
        measure=measure, position=1, subject=subject, comparator=comparator, value=Decimal(value), unit=unit,
        kind=kind, family=family, path=path, numerator_label=labels[0], denominator_label=labels[1], quote=subject,
        baseline=baseline, baseline_source="" if baseline is None else "上年总结", span_start=0, span_end=9,
    )  # fmt: skip


def make_periods(world: World) -> None:
    """Four quarters, and a measure of which the plan wants to hear each half year."""
    words: dict[str, Any] = {"plan": world.plan, "direction": "to_office", "quote": "报送"}
    quarterly = ReportingRule.objects.create(
        **words, frequency="quarterly", owers="各成员单位", **span(TASKS * PER_TASK)
    )
    half_yearly = ReportingRule.objects.create(**words | span(HALF_YEARLY), frequency="half_yearly")
    periods = ReportingPeriod.objects.bulk_create(
        ReportingPeriod(
            jurisdiction=world.plan.jurisdiction, year=2026, kind="quarter", ordinal=n + 1, title=f"第{n + 1}季度",
            start=date(2026, 3 * n + 1, 1), end=ENDS[n], stated_due=DUES[n], due=DUES[n],
            locks_on=DUES[n] + timedelta(days=14),
        )
        for n in range(4)
    )  # fmt: skip
    for period in periods:
        period.plans.add(world.plan)
        period.rules.add(quarterly, *([half_yearly] if period.ordinal % 2 == 0 else []))
    world.reports = ProgressReport.objects.bulk_create(
        make_report(world, period, unit) for period in periods for unit in world.units
    )


def make_report(world: World, period: ReportingPeriod, unit: Department) -> ProgressReport:
    """Of the fourth quarter two thirds wait for the office; before it one in 25 never came."""
    last = period.ordinal == 4
    status = "accepted"
    if last and not world.one_in(10):
        status = "draft" if world.one_in(4) else "submitted"
    elif not last and world.one_in(25):
        status = "draft"
    sent = None if status == "draft" else moment(period.end, 6)
    extended = period.due + timedelta(days=7) if status == "draft" and world.one_in(3) else None
    return ProgressReport(
        period=period, department=unit, status=status, first_submitted_at=sent, submitted_at=sent,
        extended_until=extended,
    )  # fmt: skip


def make_round(world: World) -> None:
    """The forms' entries, with their figures and the readings of those that were accepted."""
    own: dict[int, list[Assignment]] = {unit.pk: [] for unit in world.units}
    for assignment in world.assignments:
        own[assignment.department_id or 0].append(assignment)
    done: set[int] = set()
    entries = [
        make_entry(world, report, assignment, done)
        for report in world.reports
        for assignment in own[report.department_id]
        if assignment.pk not in done or (assignment.measure_id, assignment.department_id) in world.reporters
    ]
    ProgressEntry.objects.bulk_create(entries)
    supplied = [
        (entry, world.reporters[key])
        for entry in entries
        if (key := (entry.assignment.measure_id, entry.report.department_id)) in world.reporters
    ]
    figures = [make_figure(world, entry, indicator) for entry, indicator in supplied if entry.status != "open"]
    readings = [make_reading(figure) for figure in figures if figure.entry.status == "accepted"]
    ReportedFigure.objects.bulk_create(figures)
    Reading.objects.bulk_create(readings)


def make_entry(world: World, report: ProgressReport, assignment: Assignment, done: set[int]) -> ProgressEntry:
    """One in 40 of the accepted forms' entries was returned; from the third quarter on some are done."""
    status, ends_now = (
        {"draft": "open"}.get(report.status, report.status),
        report.period.ordinal >= 3 and world.one_in(6),
    )
    if status == "accepted" and world.one_in(40):
        status = "returned"
    if status == "accepted" and ends_now:
        done.add(assignment.pk)
    return ProgressEntry(
        report=report, assignment=assignment, status=status,
        state="" if status == "open" else "done" if ends_now or assignment.pk in done else "under_way",
        done_text=TEXT.format(n=world.chance.randrange(20, 90), m=world.chance.randrange(9)),
        reason="请写明数量" if status == "returned" else "",
        answer_due=report.period.due + timedelta(days=7) if status == "returned" else None,
        decided_by=world.clerk if status in ("accepted", "returned") else None,
        decided_at=moment(report.period.due) if status in ("accepted", "returned") else None,
    )  # fmt: skip


def make_figure(world: World, entry: ProgressEntry, indicator: Indicator) -> ReportedFigure:
    """Year to date, and about what the target asks; one in 30 says that there is nothing to report."""
    figure, quarter = ReportedFigure(entry=entry, indicator=indicator), entry.report.period.ordinal
    if world.one_in(30):
        figure.absence = world.chance.choice(("no_object", "no_data", "not_applicable"))
        figure.explanation = "本年没有"
        return figure
    near = Decimal(world.chance.randrange(80, 112)) / 100
    if indicator.denominator_label:
        figure.denominator = Decimal(486 if "千人" in indicator.unit else 40 * quarter)
        asked = indicator.value / {"批次/千人": 3, "‰": 1000}.get(indicator.unit, 100)
        share = near if indicator.family != "cumulate" else near * quarter / 4
        figure.numerator = min(round(figure.denominator * asked * share), figure.denominator)
    else:
        pace = Decimal(quarter) / 12 if indicator.family == "cumulate" else Decimal(1)
        figure.value = round(indicator.value * near * pace)
    return figure


def make_reading(figure: ReportedFigure) -> Reading:
    report = figure.entry.report
    return Reading(
        indicator=figure.indicator, department_id=report.department_id, as_of=report.period.end,
        numerator=figure.numerator, denominator=figure.denominator, value=figure.value, absence=figure.absence,
        reason=figure.explanation, recorded_at=moment(report.period.due),
    )  # fmt: skip


def make_closures(world: World) -> None:
    """Some measures were closed, and one was taken up again."""
    Closure.objects.bulk_create(make_closure(world, measure, n == 3) for n, measure in enumerate(picked(world)))


def picked(world: World) -> Iterator[Measure]:
    return (measure for n, measure in enumerate(world.measures) if n % 15 == 4)


def make_closure(world: World, measure: Measure, taken_back: bool) -> Closure:
    return Closure(
        measure=measure, department=world.units[0], state="reopened" if taken_back else "approved",
        statement="已完成", requested_by=world.clerk, requested_at=moment(date(2026, 11, 2)),
        verified_on=date(2026, 11, 20), reason="回头看发现问题" if taken_back else "", decided_by=world.clerk,
        decided_at=moment(date(2026, 11, 20)),
    )  # fmt: skip


def span(number: int) -> dict[str, int]:
    return {"span_start": 100 * number, "span_end": 100 * number + 90}


def moment(day: date, later: int = 0) -> datetime:
    """Nine in the morning in China, `later` days after."""
    return datetime(day.year, day.month, day.day, 1, tzinfo=UTC) + timedelta(days=later)
