"""Work that must happen after a change: written with it, sent on commit, swept up by the minute tick.

`put` upserts one row a topic and key in the caller's transaction, which is also the debounce. `drain` runs what is
due: each row is claimed by lease, its handler called, and the row deleted only if nobody has put it again since.
Handlers therefore run at least once and must bear being run twice.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import partial

from celery import current_app
from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Q
from django.utils.module_loading import import_string
from kombu.exceptions import OperationalError

from core import clock
from core.models import Outbox

Handler = Callable[[str], None]
DISPATCH_JOB = "core.jobs.dispatch_outbox"
LEASE = timedelta(minutes=10)
FIRST_RETRY = timedelta(seconds=30)
LAST_RETRY = timedelta(hours=1)
log = logging.getLogger(__name__)


def put(topic: str, key: object) -> None:
    """Ask for `topic` to be handled for `key`. Call it inside the transaction of the change."""
    row, created = Outbox.objects.get_or_create(topic=topic, key=str(key))
    if not created:
        Outbox.objects.filter(pk=row.pk).update(version=F("version") + 1, attempts=0)
    transaction.on_commit(partial(_send_dispatch, topic), robust=True)


def drain() -> int:
    """Handle every row that is due and nobody holds; returns how many were handled."""
    handlers: Mapping[str, Handler] = import_string(settings.OUTBOX_HANDLERS)
    done = 0
    for pk in list(_due().order_by("pk").values_list("pk", flat=True)):
        row = _claim(pk)
        if row is not None:
            done += _handle(row, handlers)
    return done


def _send_dispatch(topic: str) -> None:
    """A lost broker costs at most a minute: the tick finds the row."""
    try:
        current_app.send_task(DISPATCH_JOB)
    except OperationalError:
        log.warning("broker out of reach, %s waits for the minute tick", topic)


def _due() -> models.QuerySet[Outbox]:
    return Outbox.objects.filter(Q(leased_until__isnull=True) | Q(leased_until__lt=clock.machine_now()))


def _claim(pk: int) -> Outbox | None:
    claimed = _due().filter(pk=pk).update(leased_until=clock.machine_now() + LEASE)
    return Outbox.objects.filter(pk=pk).first() if claimed else None


def _handle(row: Outbox, handlers: Mapping[str, Handler]) -> int:
    try:
        handlers[row.topic](row.key)
    except Exception as error:
        log.exception("outbox %s %s failed", row.topic, row.key)
        _postpone(row, error)
        return 0
    if not Outbox.objects.filter(pk=row.pk, version=row.version).delete()[0]:
        Outbox.objects.filter(pk=row.pk).update(leased_until=None)
    return 1


def _postpone(row: Outbox, error: Exception) -> None:
    """Back off by doubling; the row is never dropped."""
    wait = min(FIRST_RETRY * 2 ** min(row.attempts, 10), LAST_RETRY)
    Outbox.objects.filter(pk=row.pk).update(
        attempts=F("attempts") + 1, leased_until=clock.machine_now() + wait, last_error=repr(error)
    )
