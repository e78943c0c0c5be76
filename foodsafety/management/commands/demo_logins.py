"""Print the demo's log-ins."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from foodsafety.demo import PASSWORD, demo_log_ins


class Command(BaseCommand):
    help = "列出演示数据的登录名"

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"演示登录（密码都是 {PASSWORD}）：")
        for log_in in demo_log_ins():
            self.stdout.write(f"  {log_in.username:<16}{log_in.name}　{log_in.title}")
