"""Settings of the processes that these tests start."""

from tests.settings import *  # noqa: F403

OUTBOX_HANDLERS = "tests.process.actor.HANDLERS"
CELERY_BEAT_SCHEDULE = {"outbox-tick": {"task": "core.jobs.dispatch_outbox", "schedule": 0.5}}
