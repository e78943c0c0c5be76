"""Accepted figures become readings of their indicators, as at the period's end."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from core import clock
from core.errors import BadInput
from indicators.models import Reading
from reporting.models import ProgressEntry, ReportedFigure

NUMBERS = ("numerator", "denominator", "value")
CORRECTED = "退回后重新报送"
Key = tuple[int, int, date]


def make_readings(entries: Iterable[ProgressEntry]) -> int:
    """A current reading for each figure entered; one that differs from the current one supersedes it.

    The entries come with `report.period` and `report.department`. Call it inside the transaction of the acceptance;
    the statements do not grow with the entries. Returns how many readings are new. Raises `BadInput` for half a
    ratio and for 不适用 without its reason, which no reading can hold.
    """
    reports = {entry.pk: entry.report for entry in entries}
    found = ReportedFigure.objects.filter(entry__in=reports).select_related("indicator")
    figures = [figure for figure in found if is_entered(figure)]
    for figure in figures:
        require_whole(figure)
    keys = {f: (f.indicator_id, reports[f.entry_id].department_id, reports[f.entry_id].period.end) for f in figures}
    current = current_readings(keys.values())
    changed = [f for f in figures if not same(f, current.get(keys[f]))]
    old = [current[keys[f]].pk for f in changed if keys[f] in current]
    Reading.objects.filter(pk__in=old).update(current=False)
    made = Reading.objects.bulk_create(new_reading(f, keys[f], current.get(keys[f])) for f in changed)
    fresh = dict(zip(changed, made, strict=True))
    for figure in figures:
        figure.reading = fresh.get(figure) or current[keys[figure]]
    ReportedFigure.objects.filter(reading__in=[f.reading for f in figures]).update(reading=None)
    ReportedFigure.objects.bulk_update(figures, ["reading"])
    return len(made)


def is_entered(figure: ReportedFigure) -> bool:
    return bool(figure.absence) or any(getattr(figure, name) is not None for name in NUMBERS)


def require_whole(figure: ReportedFigure) -> None:
    half = (figure.numerator is None) != (figure.denominator is None)
    if half:
        raise BadInput(f"“{figure.indicator.subject}”只有分子或只有分母，不能通过。请退回，请单位把两个数都填上。")
    if figure.absence == Reading.Absence.NOT_APPLICABLE and not figure.explanation:
        raise BadInput(f"“{figure.indicator.subject}”填了不适用而没有写原因，不能通过。请退回，请单位写明原因。")


def current_readings(keys: Iterable[Key]) -> dict[Key, Reading]:
    """The current readings of the indicators, departments and dates of `keys`; one query."""
    wanted = set(keys)
    found = Reading.objects.filter(
        current=True,
        indicator__in={key[0] for key in wanted},
        department__in={key[1] for key in wanted},
        as_of__in={key[2] for key in wanted},
    )
    return {key: reading for reading in found if (key := (reading.indicator_id, reading.department_id, reading.as_of))}


def same(figure: ReportedFigure, reading: Reading | None) -> bool:
    if reading is None:
        return False
    return figure.absence == reading.absence and all(getattr(figure, n) == getattr(reading, n) for n in NUMBERS)


def new_reading(figure: ReportedFigure, key: Key, old: Reading | None) -> Reading:
    indicator, department, as_of = key
    return Reading(
        indicator_id=indicator,
        department_id=department,
        as_of=as_of,
        numerator=figure.numerator,
        denominator=figure.denominator,
        value=figure.value,
        absence=figure.absence,
        reason=figure.explanation or (CORRECTED if old else ""),
        supersedes=old,
        recorded_at=clock.now(),
    )
