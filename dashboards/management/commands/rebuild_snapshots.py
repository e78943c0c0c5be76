"""Judge all plans in force anew: lights, reasons, figures and today's snapshots."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from dashboards.actions.refresh import in_force, refresh


class Command(BaseCommand):
    help = "重新计算已印发计划的红黄绿灯、指标值和当天汇总；可以随时运行，运行几次结果都一样"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--plan", type=int, action="append", help="只算这份计划（编号），可以写几次；不写就算全部")

    def handle(self, *args: Any, **options: Any) -> None:
        known = set(in_force().values_list("pk", flat=True))
        wanted = set(options["plan"] or known)
        if unknown := wanted - known:
            numbers = "、".join(map(str, sorted(unknown)))
            raise CommandError(f"没有编号为{numbers}的已印发计划。草稿、征求意见稿和已办结的计划不计算。")
        self.stdout.write(f"已重新计算{refresh(wanted)}份计划。")
