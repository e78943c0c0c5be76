"""The only clock. The demo pins its date by `CLOCK_DATE`; the time of day runs on."""

from __future__ import annotations

from datetime import date, datetime

from django.conf import settings
from django.utils import timezone


def now() -> datetime:
    """The present moment in Asia/Shanghai, on the pinned date where one is set."""
    moment = timezone.localtime()
    if settings.CLOCK_DATE:
        return moment.replace(
            year=settings.CLOCK_DATE.year, month=settings.CLOCK_DATE.month, day=settings.CLOCK_DATE.day
        )
    return moment


def today() -> date:
    """The date of `now()`."""
    return now().date()


def machine_now() -> datetime:
    """The machine's own moment, for leases and durations alone: a pinned date would never let a lease run out."""
    return timezone.now()
