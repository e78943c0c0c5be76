"""The Celery application. A background job is a `jobs.py` function; `task` always means 任务."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "foodsafety.settings")

app = Celery("foodsafety")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(related_name="jobs")
