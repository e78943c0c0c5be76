"""`manage.py seed_calendar`: fill the work calendar; run it again after each upgrade of the package."""

from typing import Any

from django.core.management.base import BaseCommand

from core.actions.seed_calendar import seed_calendar
from core.calendar import calendar_known_until


class Command(BaseCommand):
    help = "从国务院办公厅公布的放假安排填充工作日历，已有的日期不改动"

    def handle(self, *args: Any, **options: Any) -> None:
        new = seed_calendar()
        self.stdout.write(f"新增{new}天，工作日历已知至{calendar_known_until()}。")
