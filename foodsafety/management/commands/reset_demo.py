"""Empty the database and write the demo anew."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from foodsafety.demo import load_demo


class Command(BaseCommand):
    help = "清空数据库并重新装入演示数据（只在DEMO=1时可用）"

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("reset_demo会清空数据库，只在环境变量DEMO=1时可用。")
        call_command("flush", interactive=False, verbosity=0)
        call_command("seed_calendar", verbosity=0)
        plan = load_demo()
        self.stdout.write(f"已重新装入演示数据：{plan.title}（{plan.document_number}）")
