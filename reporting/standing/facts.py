"""What is known of a plan on a day, before anything is judged. Built by `reporting.standing.loading`, or by a test."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from core.calendar import DayCount
from indicators.models import Indicator
from indicators.population import Bases
from indicators.totals import Given
from reporting.models import ProgressEntry
from reporting.standing.lights import Limits
from tasks.models import Assignment

Status, State, Role = ProgressEntry.Status, ProgressEntry.State, Assignment.Role


@dataclass(frozen=True, slots=True)
class Turn:
    """One period in which an assignment owes an entry or has sent one. `title` is short (三季度); `due` as extended for
    the unit. `status` is empty while nothing was sent; `state` is what the sent entry says. `void` says that the
    closure which followed was taken back, so that 已完成 counts no more."""

    period: int
    title: str
    end: date
    due: date
    status: str = ""
    state: str = ""
    entry: int | None = None
    decided_on: date | None = None
    answer_due: date | None = None
    void: bool = False

    @property
    def sent(self) -> bool:
        return bool(self.status)

    @property
    def done(self) -> bool:
        return self.state == State.DONE and not self.void


@dataclass(frozen=True, slots=True)
class AssignmentFacts:
    """An active assignment; `turns` in the order of their periods' ends."""

    pk: int
    department: int
    unit: str
    role: str
    turns: Sequence[Turn]

    @property
    def answers(self) -> bool:
        """Its lateness colours the measure; a support's colours the support alone."""
        return self.role != Role.SUPPORT


@dataclass(frozen=True, slots=True)
class IndicatorFacts:
    """An indicator, the departments that report it in the customary order, and their current readings."""

    indicator: Indicator
    reporters: Sequence[int]
    given: Sequence[Given]


@dataclass(frozen=True, slots=True)
class MeasureFacts:
    """A measure with the units that have a part in it, the foremost first. `verified_on` where it is closed."""

    pk: int
    section: int | None
    due_on: date | None
    assignments: Sequence[AssignmentFacts]
    indicators: Sequence[IndicatorFacts]
    verified_on: date | None = None


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """`year_end_due` is the day by which figures as at the year's last day are due."""

    pk: int
    year: int
    today: date
    year_end_due: date
    limits: Limits
    days: DayCount
    bases: Bases
    measures: Sequence[MeasureFacts]

    def end_of(self, measure: MeasureFacts) -> date:
        return measure.due_on or date(self.year, 12, 31)

    def over_since(self, measure: MeasureFacts) -> date:
        """The last day on which the measure is not overdue: its date, or what the year's last figures need."""
        return measure.due_on or max(date(self.year, 12, 31), self.year_end_due)
