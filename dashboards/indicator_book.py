"""The indicators of a plan as an Excel file for printing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.db.models import QuerySet
from openpyxl import Workbook

from dashboards.indicator_list import row
from dashboards.ledger_book import Column, sheet_frame
from dashboards.queries import part_label
from dashboards.sheets import Line
from dashboards.standing_rows import as_of_words
from indicators.models import Indicator
from tasks.models import Plan

COLUMNS: Sequence[Column] = (
    ("部分", 12, True),
    ("编号", 6, True),
    ("指标", 30, False),
    ("目标值", 12, False),
    ("当前值", 12, False),
    ("算式", 20, False),
    ("截至", 9, True),
    ("应达", 12, False),
    ("为应达", 9, True),
    ("状态", 8, True),
    ("原因", 26, False),
    ("报数单位", 22, False),
    ("汇总方式", 12, True),
)
CHUNK = 500


def frame(title: str, note: str) -> Workbook:
    return sheet_frame("指标", title, note, COLUMNS)


def counted(number: int, plan: Plan, chips: Sequence[str]) -> str:
    """全部26个指标, or what a filter leaves of them."""
    if not chips:
        return f"全部{number}个指标"
    return f"筛选：{'；'.join(chips)}；{number}个指标，共{plan.n_indicators}个"  # type: ignore[attr-defined]


def lines(indicators: QuerySet[Indicator]) -> Iterator[Line]:
    """In the order of `indicators`, loaded by `indicator_list.with_rows`."""
    part: object = ...
    for one in indicators.iterator(chunk_size=CHUNK):
        section = one.measure.task.section
        opens = 1 if section == part else 0
        part = section
        yield Line(opens, cells(one))


def cells(one: Indicator) -> Sequence[str]:
    """In the order of `COLUMNS`."""
    shown, standing = row(one), getattr(one, "standing", None)
    progress = standing.progress if standing else None
    return (
        part_label(one.measure.task.section),
        shown.number,
        one.subject,
        shown.target,
        shown.now.value if shown.now else "",
        standing.formula if standing else "",
        as_of_words(standing.as_of) if standing else "",
        shown.now.expected if shown.now else "",
        "" if progress is None or shown.limit else f"{progress}%",
        shown.now.lit.word if shown.now else "",
        shown.now.lit.reason if shown.now else "",
        "、".join(reporter.department.name for reporter in one.reporters.all()),
        one.get_family_display(),
    )
