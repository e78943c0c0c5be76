"""Settings of processes that judge plans: the site's own jobs and ticks, a place of their own at a shared broker."""

import os

from tests.settings import *  # noqa: F403

CELERY_BROKER_TRANSPORT_OPTIONS = globals().get("CELERY_BROKER_TRANSPORT_OPTIONS", {}) | {
    "global_keyprefix": os.environ["BROKER_PREFIX"]
}
