"""Which round is on."""

from __future__ import annotations

from core import clock
from departments.models import Jurisdiction
from reporting.models import ReportingPeriod


def current_period(place: Jurisdiction) -> ReportingPeriod | None:
    """The latest one whose stretch is over, so that it is being reported; before the year's first, that one."""
    periods = ReportingPeriod.objects.standing().with_forms().filter(jurisdiction=place)
    over = periods.filter(end__lt=clock.today()).order_by("-end", "-due").first()
    found: ReportingPeriod | None = over or periods.order_by("end", "due").first()
    return found
