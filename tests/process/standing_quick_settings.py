"""As `standing_settings`, with a short lease, a quick tick, and handlers that can be held in their middle."""

from tests.process.standing_settings import *  # noqa: F403

OUTBOX_HANDLERS = "tests.process.judge.HANDLERS"
OUTBOX_LEASES = {"plan.standing": 2}  # seconds
CELERY_BEAT_SCHEDULE = {"outbox-tick": {"task": "core.jobs.dispatch_outbox", "schedule": 0.5}}
