"""What a check of a list finds: the rows that can be written, what happens to each, and problems by cell."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from core.errors import BadInput, WrongState
from departments.lists.sheets import Row, Table

MOST_ACCOUNTS = 500  # made in one transaction, which keeps everybody else from writing meanwhile
R = TypeVar("R")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Problem:
    """第5行C列：what is wrong there and how to mend it."""

    row: int
    place: str
    sentence: str


@dataclass(slots=True)
class CheckedList(Generic[R]):
    """`entries` are to be written if there is no problem; `outcome` says by row what becomes of it (新增)."""

    table: Table
    entries: list[R] = field(default_factory=list)
    outcome: dict[int, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def wrong(self, row: Row, key: str, sentence: str) -> None:
        self.problems.append(Problem(row.number, self.table.place(row, key), sentence))

    def limit_accounts(self, count: int) -> None:
        """More accounts than one transaction should make are a problem of the last row."""
        if count > MOST_ACCOUNTS:
            sentence = f"一次最多给{MOST_ACCOUNTS}人建账号，这里有{count}人，请拆成几个文件。"
            self.wrong(self.table.rows[-1], "username", sentence)

    def in_order(self) -> list[Problem]:
        """By row, then by column, as one goes through the file."""
        return sorted(self.problems, key=lambda problem: (problem.row, len(problem.place), problem.place))

    def attempt(self, row: Row, key: str, check: Callable[[], T], default: T) -> T:
        """The check's result; its refusal becomes a problem of this cell and `default` stands in."""
        try:
            return check()
        except BadInput as refusal:
            self.wrong(row, key, str(refusal))
            return default


class ListRefused(WrongState):
    """The list has problems, of which the first is told; `checked` has them all."""

    def __init__(self, checked: CheckedList[Any]) -> None:
        first = checked.in_order()[0]
        super().__init__(f"名单没有导入：有{len(checked.problems)}处要改，第一处是{first.place}：{first.sentence}")
        self.checked = checked


def require_faultless(checked: CheckedList[Any]) -> None:
    """Raise `ListRefused` for a list with any problem."""
    if checked.problems:
        raise ListRefused(checked)
