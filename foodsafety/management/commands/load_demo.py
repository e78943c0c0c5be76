"""Write the demo into an empty database."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core.errors import Problem
from foodsafety.demo import load_demo


class Command(BaseCommand):
    help = "装入演示数据：虚构的青禾区，22家单位和2026年工作要点"

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            plan = load_demo()
        except Problem as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"已装入演示数据：{plan.title}（{plan.document_number}）")
