"""Days that a season or feast in a plan's sentence stands for, as a suggestion only."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

_BEFORE: Final = (  # the day itself is excluded: 国庆节前 is 30 September
    ("秋季开学", 9, 1),
    ("秋季学期", 9, 1),
    ("春季开学", 3, 1),
    ("春季学期", 3, 1),
    ("国庆", 10, 1),
    ("劳动节", 5, 1),
    ("五一", 5, 1),
    ("高考", 6, 7),
    ("元旦", 12, 31),
    ("年底", 12, 31),
    ("年内", 12, 31),
)


def suggested_day(words: str, year: int | None) -> date | None:
    """The last day before the season that the words name, in the plan's year; None where they name none known."""
    if year is None:
        return None
    for season, month, day in _BEFORE:
        if season in words:
            named = date(year, month, day)
            return named if named == date(year, 12, 31) else named - timedelta(days=1)
    return None
