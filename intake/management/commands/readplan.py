"""Print what the reader makes of a plan's file."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from intake.reader.as_json import to_json
from intake.reader.formats import read_document
from intake.reader.model import Reading, Unreadable
from intake.reader.reading import read

UNREADABLE = 2


class Command(BaseCommand):
    """Exit 2 with one sentence on standard error where the file cannot be read."""

    help = "识读一份工作要点或重点工作安排，打印读出的台账"
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="文件，“-”为标准输入")
        parser.add_argument("--json", action="store_true", help="以JSON打印全部事实和在正文中的位置")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            reading = read(read_document(file_bytes(options["file"]), Path(options["file"]).name))
        except Unreadable as refusal:
            self.stderr.write(str(refusal))
            sys.exit(UNREADABLE)
        if options["json"]:
            self.stdout.write(json.dumps(to_json(reading), ensure_ascii=False, indent=1))
        else:
            self.stdout.write("\n".join(outline(reading)))


def file_bytes(name: str) -> bytes:
    """The file's content; raises `Unreadable` where it cannot be opened."""
    try:
        return sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except OSError as error:
        raise Unreadable(f"打不开文件“{name}”：{error.strerror}。请检查路径和权限。") from error


def outline(reading: Reading) -> list[str]:
    """The ledger as indented lines."""
    plan = reading.plan
    lines = [f"{plan.title or '（没有标题）'}　{plan.document_number or '无文号'}　{plan.issued_on or '无日期'}"]
    sections = {s.number: s for s in reading.sections}
    shown = None
    for task in reading.tasks:
        if task.section and task.section != shown:
            shown = task.section
            lines.append(f"\n{sections[shown].label}{sections[shown].title}")
        lines.append(f"  {task.label or task.number}{task.title}")
        for position, measure in enumerate(task.measures, start=1):
            units = "、".join(f"{a.department}（{a.role}）" for a in measure.assignments)
            lines.append(f"    {task.number}.{position} {measure.text}　[{units}]")
    targets = (
        f"  {i.task}.{i.measure} {i.subject} {i.comparator} {i.value.normalize():f}{i.unit}" for i in reading.indicators
    )
    duties = (f"  {d.frequency} {d.due or ''} {d.quote}" for d in reading.reporting)
    doubts = (f"  {w.message}" for w in reading.warnings)
    return [*lines, "\n指标", *targets, "\n报送要求", *duties, "\n提醒", *doubts]
