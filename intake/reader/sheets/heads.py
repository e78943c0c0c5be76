"""What the columns of a ledger hold: told from the heads, asked of the clerk where the heads do not say it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from intake.reader.sheets.book import Sheet
from intake.reader.units import squeezed

HEAD_WITHIN: Final = 15  # rows in which the heads are looked for; a title and notes may stand above them
_LONGEST_HEAD: Final = 20
_LONGEST_LOWER_HEAD: Final = 12


class Meaning(StrEnum):
    """What a column holds."""

    NUMBER = "number"
    PART = "part"
    TASK = "task"
    MEASURE = "measure"
    TARGET = "target"
    LEAD = "lead"
    PLAIN = "plain"
    SUPPORT = "support"
    DEADLINE = "deadline"
    UNUSED = "unused"


LABELS: Final = {
    Meaning.NUMBER: "序号",
    Meaning.PART: "部分（工作类别）",
    Meaning.TASK: "任务",
    Meaning.MEASURE: "措施",
    Meaning.TARGET: "目标或指标",
    Meaning.LEAD: "牵头单位",
    Meaning.PLAIN: "责任单位",
    Meaning.SUPPORT: "配合单位",
    Meaning.DEADLINE: "完成时限",
    Meaning.UNUSED: "不用",
}
ONCE: Final = (Meaning.NUMBER, Meaning.PART, Meaning.TASK, Meaning.DEADLINE)
WORK: Final = (Meaning.TASK, Meaning.MEASURE)
UNITS: Final = (Meaning.LEAD, Meaning.PLAIN, Meaning.SUPPORT)
_HEADS: Final = (  # the first that is found in the head
    (Meaning.NUMBER, r"序号|编号|^号$|^No\.?$"),
    (
        Meaning.UNUSED,
        r"备注|领导|责任人|负责人|联系|联络|电话|手机|说明|进展|完成情况|落实情况|进度$|状态|依据|得分|佐证|附件|来源",
    ),
    (Meaning.DEADLINE, r"时限|期限|(?:完成|截止|办结)(?:时间|日期)|时间节点|时间安排|时间要求|^时间$|进度安排|截止日"),
    (Meaning.LEAD, r"^(?:牵头|主办|主责)|牵头(?:单位|部门)"),
    (Meaning.SUPPORT, r"配合|协办|协同|参与|参加|协助"),
    (
        Meaning.PLAIN,
        r"(?:责任|负责|承办|落实|实施|主管|主体|监管|成员|分工)(?:[（(].{1,4}[）)])?(?:单位|部门|主体|科室|股室)"
        r"|^(?:任务|责任|职责)分工$|^单位$|^部门$|^责任$",
    ),
    (Meaning.TARGET, r"(?:目标|指标)(?!任务)|^标准$|预期成效|工作成效"),
    (Meaning.MEASURE, r"措施|举措|内容|要求|做法|抓手"),
    (Meaning.PART, r"类别|分类|部分|方面|领域|板块|环节|类型"),
    (Meaning.TASK, r"任务|工作|项目|事项|要点"),
)
_PATTERNS: Final = tuple((meaning, re.compile(pattern)) for meaning, pattern in _HEADS)


@dataclass(frozen=True, slots=True)
class Layout:
    """Where a ledger stands in a file: the sheet's name, the first row of heads from 1 and how many rows they take,
    and what each column (from 0) holds; a column that nobody decided is missing."""

    sheet: str
    head: int
    depth: int
    columns: Mapping[int, Meaning]

    def of(self, *meanings: Meaning) -> list[int]:
        """The columns that hold any of these, from left to right."""
        return sorted(column for column, held in self.columns.items() if held in meanings)

    def as_json(self) -> dict[str, Any]:
        """With the columns' numbers as text, as JSON wants them."""
        columns = {str(column): str(held) for column, held in self.columns.items()}
        return {"sheet": self.sheet, "head": self.head, "depth": self.depth, "columns": columns}

    @classmethod
    def from_json(cls, given: Mapping[str, Any]) -> Layout:
        """The layout that `as_json` wrote."""
        columns = {int(column): Meaning(held) for column, held in given["columns"].items()}
        return cls(given["sheet"], given["head"], given["depth"], columns)


def propose(sheets: Sequence[Sheet]) -> tuple[Layout, bool]:
    """The best layout, and whether it is certain: one sheet alone has a ledger's heads and every column is known."""
    found = [(_score(layout), layout, sheet) for sheet in sheets for layout in [layout_of(sheet)]]
    best = max(found, key=lambda entry: entry[0])
    rivals = sum(bool(entry[0]) and not faults(entry[1]) for entry in found)
    certain = rivals == 1 and not faults(best[1]) and not undecided(best[2], best[1])
    return best[1], certain


def layout_of(sheet: Sheet, head: int | None = None) -> Layout:
    """The layout of one sheet with heads in the given row, else in the row that looks most like heads."""
    if head is not None:
        return _layout_at(sheet, head)
    candidates = [_layout_at(sheet, number) for number in range(1, min(HEAD_WITHIN, len(sheet.rows)) + 1)]
    return max(candidates, key=lambda layout: (_score(layout), -layout.head))


def heads_of(sheet: Sheet, head: int, depth: int) -> tuple[str, ...]:
    """Each column's head; in heads of two rows the lower one, behind the upper one that spans several."""
    upper = sheet.rows[head - 1]
    lower = sheet.rows[head] if depth > 1 and head < len(sheet.rows) else upper
    return tuple(
        squeezed(above if above == below or not below else below) for above, below in zip(upper, lower, strict=True)
    )


def faults(layout: Layout) -> list[str]:
    """What keeps a layout from being read, each as one sentence."""
    times = Counter(layout.columns.values())
    found = [f"“{LABELS[held]}”选了{times[held]}列，只能选一列。" for held in ONCE if times[held] > 1]
    if not layout.of(*WORK):
        found.append("还没有选“任务”或“措施”列，至少要有其中一列。")
    return found


def undecided(sheet: Sheet, layout: Layout) -> list[int]:
    """The columns with text below the heads of which nobody has said what they hold."""
    below = sheet.rows[layout.head - 1 + layout.depth :]
    return [c for c in range(len(sheet.rows[0])) if c not in layout.columns and any(row[c] for row in below)]


def meaning_of(head: str) -> Meaning | None:
    """What a head says of its column; None where it says nothing that is known."""
    if not 0 < len(head) <= _LONGEST_HEAD:
        return None
    return next((meaning for meaning, pattern in _PATTERNS if pattern.search(head)), None)


def _layout_at(sheet: Sheet, head: int) -> Layout:
    depth = 2 if _goes_on(sheet, head) else 1
    heads = heads_of(sheet, head, depth)
    upper = sheet.rows[head - 1]
    return Layout(sheet.name, head, depth, dict(_meanings(heads, upper, sheet, head - 1 + depth)))


def _goes_on(sheet: Sheet, head: int) -> bool:
    """Whether the heads take two rows: one is merged downwards, another spans several that differ below it."""
    if head >= len(sheet.rows):
        return False
    upper, lower = sheet.rows[head - 1], sheet.rows[head]
    down = any((head, column) in sheet.merged and upper[column] == lower[column] for column in range(len(upper)))
    parted = [below for above, below in zip(upper, lower, strict=True) if above and below and above != below]
    return down and bool(parted) and all(len(below) <= _LONGEST_LOWER_HEAD for below in parted)


def _meanings(heads: Sequence[str], upper: Sequence[str], sheet: Sheet, below: int) -> Iterator[tuple[int, Meaning]]:
    """The columns that are known; one whose head only repeats its left neighbour's is not, unless it is empty."""
    for column, head in enumerate(heads):
        meaning = meaning_of(head) or meaning_of(squeezed(upper[column]))
        repeats = column > 0 and head == heads[column - 1]
        empty = not any(row[column] for row in sheet.rows[below:])
        if repeats and empty:
            yield column, Meaning.UNUSED
        elif meaning and not repeats:
            yield column, meaning


def _score(layout: Layout) -> int:
    """How many kinds of columns a ledger's heads name; 0 for what is no ledger's."""
    held = set(layout.columns.values())
    named = held - {Meaning.UNUSED}
    return len(named) * 2 + (Meaning.UNUSED in held) if held & set(WORK) and len(named) > 1 else 0
