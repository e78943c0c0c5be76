"""Whether a text is a work plan at all: a doubt for the clerk, never a refusal."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from intake.reader.model import Reading, Warning  # noqa: A004 (the reader's word)

CODE: Final = "not_a_plan"


def with_doubt(reading: Reading) -> Reading:
    """The reading, with the doubt in front where the text does not look like a plan."""
    lacks = what_it_lacks(reading)
    if not lacks:
        return reading
    sentence = f"这份文件不像工作要点或重点工作安排：{lacks}。确实是的，请选“仍然识读”；传错了的，请放弃这次导入。"
    return replace(reading, warnings=(Warning(CODE, sentence), *reading.warnings))


def what_it_lacks(reading: Reading) -> str:
    """In words what every plan has and this text has not; empty for a plan, also one that names no units."""
    if not reading.tasks:
        return "没有读到任何任务"
    named = any(measure.assignments for task in reading.tasks for measure in task.measures)
    return "" if named or reading.plan.title else "没有读到计划的标题，也没有读到责任单位"
