"""Settings of processes that read imports: the site's own handlers, a short lease, a quick tick."""

from tests.settings import *  # noqa: F403

OUTBOX_LEASES = {"import.uploaded": 2}  # seconds
CELERY_BEAT_SCHEDULE = {"outbox-tick": {"task": "core.jobs.dispatch_outbox", "schedule": 0.5}}
