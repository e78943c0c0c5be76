"""On time or late: a fact of the first submission, in working days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from core import clock
from core.calendar import WorkCalendar
from reporting.models import ProgressReport, ReportingPeriod


@dataclass(frozen=True, slots=True)
class Punctuality:
    """`sent_on` is the day of the first submission, None while there is none; `late` counts working days, 0 on time.

    A form that never came is late until today."""

    sent_on: date | None
    late: int

    @property
    def words(self) -> str:
        """按时, 迟报2日, 未报."""
        if self.sent_on is None:
            return "未报"
        return f"迟报{self.late}日" if self.late else "按时"


def punctuality(report: ProgressReport, period: ReportingPeriod, known: WorkCalendar) -> Punctuality:
    """Against the due date, or the later one that was granted."""
    due = max(period.due, report.extended_until or period.due)
    sent_on = timezone.localdate(report.first_submitted_at) if report.first_submitted_at else None
    counted = sent_on or clock.today()
    late = known.working_days_between(due, counted) if counted > due else 0
    # Sent on a day off after the due date: no working day has passed, and it is late all the same.
    return Punctuality(sent_on, max(late, 1) if counted > due else 0)
