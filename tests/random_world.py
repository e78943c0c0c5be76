"""A place with two plans, six units and three quarters in which everything has happened by chance, for comparisons.

The same seed makes the same world. `live_until` moves it on: entries are sent, returned and accepted, figures come in
and are corrected, units take over from each other, closures are made and taken back.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from django.utils import timezone

from departments.models import Department, OfficeSettings
from indicators.models import Indicator, IndicatorReporter, PopulationBase, Reading
from reporting.models import Closure, ProgressEntry, ProgressReport, ReportingPeriod
from tasks.models import Assignment, Measure, Plan
from tests.factories import (
    AssignmentFactory,
    DepartmentFactory,
    IndicatorFactory,
    IndicatorReporterFactory,
    JurisdictionFactory,
    MeasureFactory,
    PlanFactory,
    PopulationFactory,
    ReportingRuleFactory,
    SectionFactory,
    TaskFactory,
    UserFactory,
)
from tests.reporting_factories import EntryFactory, PeriodFactory, ReportFactory

DUE = {2: date(2026, 7, 10), 3: date(2026, 10, 15), 4: date(2027, 1, 11)}
ENDS = {2: date(2026, 6, 30), 3: date(2026, 9, 30), 4: date(2026, 12, 31)}
UNITS = ("%", "%", "%", "‰", "‰", "批次/千人", "家", "分", "项")
DEADLINES = (None, None, None, None, date(2026, 9, 30), date(2026, 10, 16), date(2026, 11, 30))


class RandomWorld:
    def __init__(self, seed: int) -> None:
        self.random = Random(seed)  # noqa: S311
        self.today = date(2026, 10, 8)
        self.decisions = 0
        self.place = JurisdictionFactory.create()
        self.person = UserFactory.create()
        self.units = [DepartmentFactory.create(jurisdiction=self.place) for _ in range(6)]
        self.set_thresholds()
        self.plans = [self.make_plan(issued_on) for issued_on in (date(2026, 3, 20), date(2026, 8, 10))]
        self.make_populations()
        self.periods = [self.make_period(ordinal) for ordinal in DUE]
        self.make_annual_period()
        for period in self.periods[:2]:
            self.report(period)

    def live_until(self, day: date) -> None:
        """A few changes of each kind; the last quarter is reported once it is over."""
        self.today = day
        if day > ENDS[4] and not self.periods[2].reports.exists():
            self.report(self.periods[2])
        for entry in ProgressEntry.objects.filter(report__period__jurisdiction=self.place).order_by("pk"):
            if self.chance(10):
                self.decide(entry)
        for indicator in Indicator.objects.filter(measure__task__plan__in=self.plans).order_by("pk"):
            if self.chance(20):
                self.read(indicator, self.random.choice([ENDS[2], ENDS[3], date(2026, 8, 31)]))
        for measure in self.measures():
            if self.chance(15):
                self.hand_over(measure)
            if self.chance(15):
                self.close(measure)

    def measures(self) -> list[Measure]:
        return list(Measure.objects.filter(task__plan__in=self.plans).order_by("pk"))

    def chance(self, percent: int) -> bool:
        return self.random.randrange(100) < percent

    def some_units(self, most: int) -> list[Department]:
        return self.random.sample(self.units, self.random.randint(1, most))

    def moment(self, earliest: date = date(2026, 7, 1)) -> datetime:
        """Of a day until today."""
        day = earliest + timedelta(days=self.random.randint(0, max(0, (self.today - earliest).days)))
        return timezone.make_aware(datetime(day.year, day.month, day.day, 10))

    # --- what the plan demands

    def set_thresholds(self) -> None:
        if self.chance(50):
            OfficeSettings.objects.create(
                jurisdiction=self.place, late_working_days=2, behind_percent=90, far_behind_percent=70
            )

    def make_plan(self, issued_on: date) -> Plan:
        plan: Plan = PlanFactory.create(jurisdiction=self.place, issued=True, issued_on=issued_on)
        sections = [SectionFactory.create(plan=plan) for _ in range(3)]
        for _ in range(4):
            section = self.random.choice([*sections[:2], None])
            self.make_measure(TaskFactory.create(plan=plan, section=section))
        return plan

    def make_measure(self, task: Any) -> None:
        measure = MeasureFactory.create(task=task, due_on=self.random.choice(DEADLINES))
        units = self.some_units(4)
        for unit in units:
            AssignmentFactory.create(measure=measure, department=unit, role=self.random.choice(Assignment.Role.values))
        if self.chance(20):
            AssignmentFactory.create(measure=measure, department=None)
        for position in range(self.random.randint(1, 4)):
            self.make_indicator(measure, position, units)

    def make_indicator(self, measure: Measure, position: int, units: list[Department]) -> None:
        unit = self.random.choice(UNITS)
        target = {"%": 90, "‰": 8, "批次/千人": 3, "家": 40, "分": 85, "项": 0}[unit]
        indicator = IndicatorFactory.create(
            measure=measure,
            position=position,
            unit=unit,
            value=Decimal(target),
            comparator=self.random.choice([*Indicator.Comparator.values, ">=", ">="]),
            kind={"分": "score", "‰": self.random.choice(["sampling", "other"])}.get(unit, "count"),
            family=self.random.choice(Indicator.Family.values),
            path=self.random.choice(Indicator.Path.values),
            baseline=self.random.choice([None, Decimal(target) / 4]),
            baseline_source="上年统计",
        )
        reporters = self.random.sample(units, min(len(units), self.random.choice([0, 1, 1, 1, 2, 3])))
        if self.chance(15):
            reporters = sorted({*reporters, self.random.choice(self.units)}, key=lambda each: each.pk)
        for reporter in reporters:
            IndicatorReporterFactory.create(indicator=indicator, department=reporter)

    def make_populations(self) -> None:
        years = self.random.sample([2024, 2025, 2026], self.random.choice([0, 1, 2, 2, 3, 3]))
        for year in years:
            population = PopulationFactory.create(
                jurisdiction=self.place,
                year=year,
                residents=self.random.randint(20, 60) * 1000 + 7,
                as_of=date(year, 12, 31) if year < 2026 else date(2026, 6, 30),
            )
            if self.chance(50):
                PopulationBase.objects.create(
                    plan=self.random.choice(self.plans),
                    population=population,
                    since=date(2026, self.random.randint(3, 11), 1) + timedelta(days=year - 2024),
                    reason="统计公报更新",
                    actor=self.person,
                    at=self.moment(),
                )

    def make_period(self, ordinal: int) -> ReportingPeriod:
        start = date(2026, 3 * ordinal - 2, 1)
        return self.add_period(kind="quarter", ordinal=ordinal, start=start, end=ENDS[ordinal], due=DUE[ordinal])

    def make_annual_period(self) -> None:
        """Ends with the last quarter or in October, asks everybody or a single unit, was cancelled, or is upward."""
        end, due = self.random.choice([(ENDS[4], date(2027, 1, 20)), (date(2026, 10, 31), date(2026, 11, 16))])
        direction = "upward" if self.chance(20) else "to_office"
        annual = self.add_period(
            kind="year",
            ordinal=1,
            start=date(2026, 1, 1),
            end=end,
            due=due,
            direction=direction,
            cancelled=self.chance(20),
        )
        owers = self.random.choice(["各成员单位", self.units[0].name])
        annual.rules.add(ReportingRuleFactory.create(plan=self.plans[0], frequency="annual", owers=owers))

    def add_period(self, **fields: Any) -> ReportingPeriod:
        due = fields["due"]
        period: ReportingPeriod = PeriodFactory.create(
            jurisdiction=self.place, stated_due=due, locks_on=due + timedelta(days=14), **fields
        )
        period.plans.set(self.plans)
        return period

    # --- what is reported

    def report(self, period: ReportingPeriod) -> None:
        for unit in self.units:
            if self.chance(85):
                self.fill_form(period, unit)
        for indicator in Indicator.objects.filter(measure__task__plan__in=self.plans).order_by("pk"):
            self.read(indicator, period.end)

    def fill_form(self, period: ReportingPeriod, unit: Department) -> None:
        sent = self.chance(65)
        report: ProgressReport = ReportFactory.create(
            period=period,
            department=unit,
            submitted=sent,
            extended_until=period.due + timedelta(days=self.random.choice([-3, 4, 12])) if self.chance(40) else None,
        )
        owed = Assignment.objects.filter(department=unit, measure__task__plan__in=self.plans).order_by("pk")
        for assignment in owed:
            if self.chance(90):
                state = self.random.choice(["under_way", "done", "done"])
                entry = EntryFactory.create(report=report, assignment=assignment, state=state)
                if sent:
                    self.decide(entry)

    def decide(self, entry: ProgressEntry) -> None:
        """Sent, and then as the office decided; an entry in a form that was never sent stays open."""
        if entry.report.first_submitted_at is None:
            return
        entry.status = self.random.choice(["open", "submitted", "accepted", "accepted", "accepted", "returned"])
        entry.reason = "数字与上期不符" if entry.status == "returned" else ""
        entry.answer_due = self.today + timedelta(days=self.random.randint(-12, 6))
        entry.decided_at = self.moment() if entry.status in ("accepted", "returned") else None
        entry.save()

    def read(self, indicator: Indicator, on: date) -> None:
        for reporter in IndicatorReporter.objects.filter(indicator=indicator).order_by("pk"):
            accepted = ProgressEntry.objects.filter(
                assignment__measure=indicator.measure,
                report__department=reporter.department,
                report__period__end=on,
                status="accepted",
            )
            if self.chance(95 if accepted.exists() else 50):
                self.record(indicator, reporter.department, on)

    def record(self, indicator: Indicator, unit: Department, on: date) -> None:
        """A first reading, or a correction of what stands there."""
        before = Reading.objects.filter(indicator=indicator, department=unit, as_of=on, current=True).first()
        if before:
            Reading.objects.filter(pk=before.pk).update(current=False)
        Reading.objects.create(
            indicator=indicator,
            department=unit,
            as_of=on,
            supersedes=before,
            recorded_at=self.moment(),
            reason="本单位没有这类对象",
            **self.numbers(indicator),
        )

    def numbers(self, indicator: Indicator) -> dict[str, Any]:
        if self.chance(15):
            return {"absence": self.random.choice(Reading.Absence.values)}
        target, degree = indicator.value, Decimal(self.random.choice([20, 50, 70, 75, 90, 97, 100, 105])) / 100
        if indicator.unit == "批次/千人" or indicator.kind == Indicator.Kind.SAMPLING:
            return {"numerator": round(target * degree * 15), "denominator": Decimal("48.6")}
        if indicator.unit in "%‰":
            below = self.random.choice([0, 40, 130, 2000])
            scale = 100 if indicator.unit == "%" else 1000
            return {"numerator": min(below, round(target * degree * below / scale)), "denominator": below}
        return {"value": round(target * degree * self.random.choice([Decimal(1), Decimal("0.5")]), 1)}

    # --- what changes hands and is closed

    def hand_over(self, measure: Measure) -> None:
        """One part ends and another unit takes it over, or the same one in another role."""
        active = list(measure.assignments.filter(ended_on__isnull=True, department__isnull=False).order_by("pk"))
        if not active:
            return
        old = self.random.choice(active)
        old.ended_on = self.today
        old.save()
        taken = {each.department_id for each in active if each != old}
        unit = self.random.choice([each for each in self.units if each.pk not in taken])
        role = self.random.choice(Assignment.Role.values)
        AssignmentFactory.create(measure=measure, department=unit, role=role, started_on=self.today)

    def close(self, measure: Measure) -> None:
        """Asked for, approved, refused, or approved and taken back."""
        Closure.objects.filter(measure=measure, state="approved").update(
            state="reopened", reason="回头看不合格", decided_at=self.next_decision()
        )
        Closure.objects.filter(measure=measure, state="requested").update(state="refused", reason="材料不全")
        state = self.random.choice(Closure.State.values)
        Closure.objects.create(
            measure=measure,
            department=self.random.choice(self.units),
            state=state,
            statement="已全部完成。",
            requested_by=self.person,
            requested_at=self.moment(),
            verified_on=self.today if state in ("approved", "reopened") else None,
            reason="材料不全" if state in ("refused", "reopened") else "",
            decided_at=self.next_decision() if state != "requested" else None,
        )

    def next_decision(self) -> datetime:
        """Of a closure: the later one is decided later."""
        self.decisions += 1
        return self.moment(earliest=self.today) - timedelta(days=1) + timedelta(minutes=self.decisions)
