"""The Celery application. A background job is a `jobs.py` function; `task` always means 任务."""

import os
from typing import Any

from celery import Celery
from celery.signals import worker_ready

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "foodsafety.settings")

app = Celery("foodsafety")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(related_name="jobs")


def handle_what_waits(**kwargs: Any) -> None:
    """A worker that comes back takes up at once what has become due meanwhile, before the next tick."""
    app.send_task("core.jobs.dispatch_outbox")
    app.send_task("dashboards.jobs.refresh_the_day")


worker_ready.connect(handle_what_waits)
