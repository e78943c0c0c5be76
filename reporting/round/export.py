"""The round as an Excel file: what the page shows, one row a unit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from departments.lists.sheets import Cell
from reporting.models import ReportingPeriod
from reporting.round import words
from reporting.round.rows import Row

HEADS = ("单位", "状态", "进展项", "通过", "待审", "退回", "未报", "首次报送", "是否按时", "上期", "备注")


def export_rows(rows: Sequence[Row], period: ReportingPeriod) -> Iterator[list[Cell]]:
    for row in rows:
        sent_on = row.sent.sent_on if row.sent else None
        yield [
            row.department.name,
            words.state(row, period),
            row.total,
            row.accepted,
            row.waiting,
            row.returned,
            row.open,
            sent_on,
            row.sent.words if row.sent else "未报",
            row.last.words if row.last else "",
            "、".join(words.remarks(row)),
        ]
