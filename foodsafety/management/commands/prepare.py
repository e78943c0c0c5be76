"""Make the site ready to serve: tables, work calendar, static files, and the demo where it is wanted."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.core.management.base import BaseCommand

from departments.models import Jurisdiction

STAMP = "collected.sha256"
UNUSED = ["rest_framework*"]  # pages of an API that answers in JSON alone


class Command(BaseCommand):
    help = "迁移数据库、填充工作日历、收集静态文件；DEMO=1而数据库是空的，就装入演示数据。可以重复运行"

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("migrate", verbosity=0, interactive=False)
        call_command("seed_calendar", stdout=self.stdout)
        self._collect_static()
        if settings.DEMO:
            self._show_demo()
        elif not get_user_model().objects.filter(is_superuser=True).exists():
            self.stdout.write(
                "还没有管理员：另开一个终端运行 script/manage createsuperuser，再登录“系统管理”建行政区和用户。"
            )

    def _collect_static(self) -> None:
        """Skipped while no file has changed: compressing all of them takes seconds."""
        stamp = Path(settings.STATIC_ROOT) / STAMP
        state = hashlib.sha256("\n".join(_static_files()).encode()).hexdigest()
        if stamp.exists() and stamp.read_text() == state:
            return
        call_command("collectstatic", verbosity=0, interactive=False, clear=True, ignore_patterns=UNUSED)
        stamp.write_text(state)

    def _show_demo(self) -> None:
        if not Jurisdiction.objects.exists():
            call_command("load_demo", stdout=self.stdout)
        call_command("demo_logins", stdout=self.stdout)


def _static_files() -> Iterator[str]:
    """Each file with its size and time of change."""
    for finder in finders.get_finders():
        for path, storage in finder.list(UNUSED):
            file = Path(storage.path(path)).stat()
            yield f"{path} {file.st_size} {file.st_mtime_ns}"
