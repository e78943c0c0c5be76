"""The only clock. The demo pins its date by `CLOCK_DATE`; the time of day runs on. `pinned` stops it for a block."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime

from django.conf import settings
from django.utils import timezone

_stopped_at: ContextVar[datetime | None] = ContextVar("stopped_at", default=None)  # of this thread or task alone


@contextmanager
def pinned(moment: datetime) -> Iterator[None]:
    """Inside the block it is `moment` (in Asia/Shanghai where it names no zone), for what the demo did in the past."""
    before = _stopped_at.set(moment if timezone.is_aware(moment) else timezone.make_aware(moment))
    try:
        yield
    finally:
        _stopped_at.reset(before)


def now() -> datetime:
    """The present moment in Asia/Shanghai, on the pinned date where one is set."""
    if stopped := _stopped_at.get():
        return timezone.localtime(stopped)
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
