"""What the columns of a task table hold, told from its head row."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from intake.reader.joining import Cell
from intake.reader.units import squeezed

_LONGEST_HEAD: Final = 16


class Column(Enum):
    """The kinds of columns that a reading draws on."""

    NUMBER = auto()
    PART = auto()
    PROBLEM = auto()
    WORK = auto()
    LEAD = auto()
    SUPPORT = auto()
    PLAIN = auto()
    DEADLINE = auto()
    OTHER = auto()


_HEADS: Final = (
    (Column.NUMBER, re.compile(r"序号|编号|^号$")),
    (Column.OTHER, re.compile(r"备注|领导|责任人|负责人|联系|电话|说明|进展|完成情况|状态|依据")),
    (Column.DEADLINE, re.compile(r"时限|期限|完成时间|时间节点|时间安排|时间要求|^时间$|进度安排")),
    (Column.LEAD, re.compile(r"^(?:牵头|主办|主责)|牵头(?:单位|部门)$")),
    (Column.SUPPORT, re.compile(r"配合|协办|协同|参与|参加|协助")),
    (
        Column.PLAIN,
        re.compile(
            r"(?:责任|负责|承办|落实|实施|主管|主体|监管|成员)(?:[（(].{1,4}[）)])?(?:单位|部门|主体|分工|科室|股室)|^(?:任务|责任|职责)分工$|^单位$|^部门$"
        ),
    ),
    (Column.PART, re.compile(r"类别|分类|部分|方面|领域|板块|环节")),
    (Column.PROBLEM, re.compile(r"问题$")),
    (Column.WORK, re.compile(r"任务|措施|内容|工作|要求|项目|目标|事项|要点|举措")),
)
UNITS: Final = (Column.LEAD, Column.PLAIN, Column.SUPPORT)


@dataclass(frozen=True, slots=True)
class Columns:
    """Where the columns stand, by position: `part` and `task` (None where there is none), `measures`, units by kind."""

    number: int | None
    part: int | None
    task: int
    measures: tuple[int, ...]
    units: tuple[tuple[Column, int], ...]
    deadline: int | None
    width: int


def read(row: Sequence[Cell]) -> Columns | None:
    """The columns that a row heads, or None where it is no head of a task table."""
    kinds = [_kind(squeezed(cell.text)) for cell in row]
    work = _first_of_each(row, kinds, Column.WORK)
    units = tuple((kind, position) for position, kind in enumerate(kinds) if kind in UNITS and _is_first(row, position))
    if not work or (not units and Column.DEADLINE not in kinds and len(work) < 2):
        return None
    part = _position(kinds, Column.PART)
    problem = _position(kinds, Column.PROBLEM)
    if part is None and len(work) > 2 and problem is None:
        part = work[-3]
    task = work[-2] if len(work) > 1 else work[0]
    task, measures = (task, work[-1:]) if problem is None else (problem, work)  # a problem's goal and what is done
    return Columns(
        _position(kinds, Column.NUMBER), part, task, tuple(measures), units, _position(kinds, Column.DEADLINE), len(row)
    )


def _kind(head: str) -> Column:
    if not 0 < len(head) <= _LONGEST_HEAD:
        return Column.OTHER
    return next((kind for kind, pattern in _HEADS if pattern.search(head)), Column.OTHER)


def _is_first(row: Sequence[Cell], position: int) -> bool:
    """Whether a head is not the repetition of the one to its left, over which it was merged."""
    return position == 0 or row[position].text != row[position - 1].text


def _first_of_each(row: Sequence[Cell], kinds: Sequence[Column], kind: Column) -> list[int]:
    return [position for position, found in enumerate(kinds) if found is kind and _is_first(row, position)]


def _position(kinds: Sequence[Column], kind: Column) -> int | None:
    return kinds.index(kind) if kind in kinds else None
