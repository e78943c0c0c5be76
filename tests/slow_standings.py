"""Every standing of a plan, worked out once more from raw rows, one at a time and without any haste.

The oracle of the fast path, written from the rules alone: it shares with it models, the rule of who owes what, and
the work calendar. How indicators stand is in `slow_figures` and
`slow_pace`, what is counted of it all in `slow_snapshots`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache

from core import clock
from core.calendar import working_days_between
from departments.models import Department
from departments.queries import office_settings
from indicators.models import Indicator
from reporting.models import Closure, ProgressEntry, ProgressReport, ReportingPeriod
from reporting.owed import owed_assignments
from tasks.models import Assignment, Measure, Plan
from tests.slow_figures import Turn
from tests.slow_pace import Figure, figure_of

SENT = ("submitted", "accepted", "returned")


@dataclass(frozen=True, slots=True)
class SlowMeasure:
    light: str
    claimed: bool
    reviewed: bool
    verified_on: date | None


@dataclass(frozen=True, slots=True)
class SlowAssignment:
    light: str
    counted_light: str
    claimed: bool
    reviewed: bool


class SlowPlan:
    """One plan in force as it stands today."""

    def __init__(self, plan: Plan) -> None:
        self.plan, self.today = plan, clock.today()
        self.settings = office_settings(plan.jurisdiction)
        self.owed: dict[int, set[int]] = {}  # assignments by the period in which they owe an entry
        # Worked out once: nothing changes while a plan is looked at.
        self.turns, self.figure = cache(self._turns), cache(self._figure)
        self.measure, self.assignment = cache(self._measure), cache(self._assignment)
        self.assignments_of, self.light_of = cache(self._assignments_of), cache(self._light_of)
        self.all_measures = list(Measure.objects.filter(task__plan=plan).order_by("pk"))
        self.all_periods = self.begun_periods()

    # --- what there is

    def assignments(self) -> list[Assignment]:
        """Active ones that have a unit."""
        found = []
        for measure in self.all_measures:
            found += self.assignments_of(measure)
        return found

    def _assignments_of(self, measure: Measure) -> list[Assignment]:
        active = measure.assignments.filter(ended_on__isnull=True)
        return [each for each in active if each.department is not None]

    def indicators(self) -> list[Indicator]:
        found: list[Indicator] = []
        for measure in self.all_measures:
            found += measure.indicators.all()
        return found

    # --- turns to report

    def begun_periods(self) -> list[ReportingPeriod]:
        """Those that have begun and ask units for a form, by their end, due date and key."""
        begun = []
        for period in ReportingPeriod.objects.filter(plans=self.plan):
            if not period.cancelled and period.direction == "to_office" and period.start <= self.today:
                begun.append(period)
        return sorted(begun, key=lambda period: (period.end, period.due, period.pk))

    def _turns(self, assignment: Assignment) -> list[Turn]:
        found = []
        for period in self.all_periods:
            report = ProgressReport.objects.filter(period=period, department=assignment.department_id).first()
            due = max(period.due, report.extended_until or period.due) if report else period.due
            entry = ProgressEntry.objects.filter(report__period=period, assignment=assignment, status__in=SENT).first()
            never_sent = report is None or report.first_submitted_at is None
            if entry is not None or (never_sent and self.owes(assignment, period)):
                found.append(Turn(period, due, entry))
        return found

    def owes(self, assignment: Assignment, period: ReportingPeriod) -> bool:
        if period.pk not in self.owed:
            self.owed[period.pk] = {each.pk for each in owed_assignments(period)}
        return assignment.pk in self.owed[period.pk]

    def turns_of_unit(self, measure: Measure, department: Department) -> list[Turn]:
        found = []
        for assignment in self.assignments_of(measure):
            if assignment.department_id == department.pk:
                found += self.turns(assignment)
        return found

    # --- assignments

    def _light_of(self, assignment: Assignment) -> str:
        sent: list[Turn] = []
        overdue: list[Turn] = []
        for turn in self.turns(assignment):
            if turn.entry is not None:
                sent.append(turn)
                overdue.clear()  # only what came after the last sent one counts
            elif turn.due < self.today:
                overdue.append(turn)
        late: list[date | None] = [turn.due for turn in overdue]
        late += [turn.entry.answer_due for turn in sent if turn.entry and turn.entry.status == "returned"]
        if late:
            return self.by_lateness(late)
        return "green" if sent else "grey"

    def by_lateness(self, days: list[date | None]) -> str:
        """Of several days by which something was due the longest gone; what was returned is late before its own."""
        late = [day and working_days_between(day, self.today) > self.settings.late_working_days for day in days]
        return "red" if any(late) else "amber"

    def is_done(self, entry: ProgressEntry) -> bool:
        if entry.state != "done":
            return False
        for closure in Closure.objects.filter(measure=entry.assignment.measure_id, state="reopened"):
            if entry.decided_at and closure.decided_at and closure.decided_at >= entry.decided_at:
                return False
        return True

    def has_claimed(self, assignment: Assignment) -> bool:
        sent = [turn.entry for turn in self.turns(assignment) if turn.entry]
        return bool(sent) and sent[-1].status != "returned" and self.is_done(sent[-1])

    def was_reviewed(self, assignment: Assignment) -> bool:
        sent = [turn.entry for turn in self.turns(assignment) if turn.entry]
        accepted = [entry for entry in sent if entry.status == "accepted"]
        return bool(accepted) and self.is_done(accepted[-1])

    def counted_light(self, assignment: Assignment) -> str:
        measure = assignment.measure
        faults = [self.light_of(assignment)]
        idle = not self.has_claimed(assignment) and not self.was_reviewed(assignment)
        if self.is_past_and_undone(measure) and assignment.role != "support" and idle:
            faults.append("red")
        for indicator in measure.indicators.filter(reporters__department=assignment.department):
            figure = self.figure(indicator)
            answerable = figure.missing if figure.state == "incomplete" and figure.missing else figure.asked
            if assignment.department in answerable:
                faults.append(figure.light)
        return worst_fault(faults) or ("green" if self.verified_on(measure) else self.light_of(assignment))

    def _assignment(self, assignment: Assignment) -> SlowAssignment:
        return SlowAssignment(
            light=self.light_of(assignment),
            counted_light=self.counted_light(assignment),
            claimed=self.has_claimed(assignment),
            reviewed=self.was_reviewed(assignment),
        )

    # --- measures and indicators

    def _figure(self, indicator: Indicator) -> Figure:
        return figure_of(indicator, self)

    def answering(self, measure: Measure) -> list[Assignment]:
        return [each for each in self.assignments_of(measure) if each.role != "support"]

    def verified_on(self, measure: Measure) -> date | None:
        closure = measure.closures.filter(state="approved").first()
        return closure.verified_on if closure else None

    def all_claimed(self, measure: Measure) -> bool:
        answering = self.answering(measure)
        return bool(answering) and all(self.has_claimed(each) for each in answering)

    def all_reviewed(self, measure: Measure) -> bool:
        answering = self.answering(measure)
        return bool(answering) and all(self.was_reviewed(each) for each in answering)

    def end_of(self, measure: Measure) -> date:
        return measure.due_on or date(self.plan.year, 12, 31)

    def is_past(self, measure: Measure) -> bool:
        """Without a date of its own a measure is past once the year's last reports are due."""
        last = self.end_of(measure)
        if measure.due_on is None:
            for period in ReportingPeriod.objects.filter(plans=self.plan, cancelled=False, direction="to_office"):
                if period.end == date(self.plan.year, 12, 31):
                    last = max(last, period.due)
        return self.today > last

    def is_past_and_undone(self, measure: Measure) -> bool:
        done = self.all_reviewed(measure) or self.verified_on(measure) is not None
        return self.is_past(measure) and not done

    def light_of_measure(self, measure: Measure) -> str:
        lights = [self.light_of(each) for each in self.answering(measure)]
        lights += [self.figure(indicator).light for indicator in measure.indicators.all()]
        if self.is_past_and_undone(measure):
            lights.append("red")
        fault = worst_fault(lights)
        if fault:
            return fault
        done = self.verified_on(measure) is not None or self.all_reviewed(measure)
        return "green" if done or "green" in lights else "grey"

    def _measure(self, measure: Measure) -> SlowMeasure:
        return SlowMeasure(
            light=self.light_of_measure(measure),
            claimed=self.all_claimed(measure),
            reviewed=self.all_reviewed(measure),
            verified_on=self.verified_on(measure),
        )


def worst_fault(lights: Iterable[str]) -> str:
    """Red before amber; empty where there is neither."""
    found = set(lights)
    return "red" if "red" in found else "amber" if "amber" in found else ""
