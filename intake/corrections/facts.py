"""Ids for the facts of a reading, the same each time the same document is read.

A fact's id is its kind's letter and the offset where it begins: part `s`, task `t`, measure `m`, assignment `a`,
indicator `i`, duty `d`; a warning's is `w:<code>:<start>`. A further one of the same start has `.2`, `.3` … behind it.
Facts that a correction adds are `c<ordinal of the correction>`; the second half of a split measure is `m<offset>`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any

Fact = dict[str, Any]


class Kind(StrEnum):
    """The kinds of facts; the values are what stands for them in ids."""

    PLAN = "plan"
    SECTION = "s"
    TASK = "t"
    MEASURE = "m"
    ASSIGNMENT = "a"
    INDICATOR = "i"
    DUTY = "d"
    DOUBT = "w"


LABELS = {
    Kind.PLAN: "计划信息",
    Kind.SECTION: "部分",
    Kind.TASK: "任务",
    Kind.MEASURE: "措施",
    Kind.ASSIGNMENT: "分工",
    Kind.INDICATOR: "指标",
    Kind.DUTY: "报送要求",
    Kind.DOUBT: "疑点",
}


class Names:
    """Gives each id once."""

    def __init__(self) -> None:
        self._given: dict[str, int] = {}

    def free(self, wanted: str) -> str:
        """`wanted`, or with the next free number behind it where it was given before."""
        times = self._given.get(wanted, 0) + 1
        self._given[wanted] = times
        return wanted if times == 1 else f"{wanted}.{times}"


def identified(reading: Mapping[str, Any], names: Names) -> dict[str, Any]:
    """A copy of the reading with an `id` on every fact; the reading stays as it is."""
    return {
        "plan": dict(reading["plan"]),
        "pieces": [{"kind": piece["kind"], "span": list(piece["span"])} for piece in reading["pieces"]],
        "sections": [_named(names, Kind.SECTION, section) for section in reading["sections"]],
        "tasks": [_task(names, task) for task in reading["tasks"]],
        "indicators": [_named(names, Kind.INDICATOR, indicator) for indicator in reading["indicators"]],
        "reporting": [_named(names, Kind.DUTY, duty) for duty in reading["reporting"]],
        "warnings": [_warning(names, warning) for warning in reading["warnings"]],
    }


def every(reading: Mapping[str, Any]) -> Iterator[tuple[Kind, Fact]]:
    """All facts of an identified reading or a draft with their kinds."""
    yield from ((Kind.SECTION, section) for section in reading["sections"])
    for task in reading["tasks"]:
        yield Kind.TASK, task
        for measure in task["measures"]:
            yield Kind.MEASURE, measure
            yield from ((Kind.ASSIGNMENT, assignment) for assignment in measure["assignments"])
    yield from ((Kind.INDICATOR, indicator) for indicator in reading["indicators"])
    yield from ((Kind.DUTY, duty) for duty in reading["reporting"])
    yield from ((Kind.DOUBT, warning) for warning in reading["warnings"])


def _named(names: Names, kind: Kind, fact: Mapping[str, Any]) -> Fact:
    return {**fact, "id": names.free(f"{kind}{fact['span'][0]}")}


def _task(names: Names, task: Mapping[str, Any]) -> Fact:
    return _named(names, Kind.TASK, task) | {"measures": [_measure(names, measure) for measure in task["measures"]]}


def _measure(names: Names, measure: Mapping[str, Any]) -> Fact:
    units = [_named(names, Kind.ASSIGNMENT, assignment) for assignment in measure["assignments"]]
    return _named(names, Kind.MEASURE, measure) | {"assignments": units}


def _warning(names: Names, warning: Mapping[str, Any]) -> Fact:
    place = warning["span"][0] if warning["span"] else "-"
    return {**warning, "id": names.free(f"{Kind.DOUBT}:{warning['code']}:{place}")}
