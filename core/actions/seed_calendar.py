"""Filling the work calendar from the State Council's published holidays."""

from __future__ import annotations

from datetime import date

from chinese_calendar.constants import Holiday, holidays, workdays
from django.db import transaction

from core.models import WorkDay

MAKE_UP = "{holiday}调休上班"


def seed_calendar() -> int:
    """Add every holiday and make-up working day that the package knows; returns how many rows were new.

    A date that has a row keeps it, whoever wrote it.
    """
    rows = [WorkDay(date=day, kind=WorkDay.Kind.REST, note=_chinese(name)) for day, name in holidays.items()]
    rows += [
        WorkDay(date=day, kind=WorkDay.Kind.WORK, note=MAKE_UP.format(holiday=_chinese(name)))
        for day, name in workdays.items()
    ]
    with transaction.atomic():
        known: set[date] = set(WorkDay.objects.values_list("date", flat=True))
        new = [row for row in rows if row.date not in known]
        WorkDay.objects.bulk_create(new, ignore_conflicts=True)
    return len(new)


def _chinese(name: str) -> str:
    return str(Holiday(name).chinese)
