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
from django.db import connection, models, transaction
from django.db.models import F, Q
from django.utils.module_loading import import_string
from kombu.exceptions import OperationalError

from core import clock
from core.models import Outbox

Handler = Callable[[str], None]
DISPATCH_JOB = "core.jobs.dispatch_outbox"
DISPATCH_EXPIRES = 60  # seconds; by then the tick has come round
LEASE = timedelta(minutes=10)  # of topics that `OUTBOX_LEASES` (seconds by topic) does not name
FIRST_RETRY = timedelta(seconds=30)
LAST_RETRY = timedelta(hours=1)
# One statement on both databases: `get_or_create` and then `update` would lose the ask to a delete between them.
UPSERT = """
    INSERT INTO core_outbox (topic, key, version, due_at, attempts, last_error) VALUES (%s, %s, 1, %s, 0, '')
    ON CONFLICT (topic, key) DO UPDATE SET version = core_outbox.version + 1, due_at = excluded.due_at, attempts = 0
"""
log = logging.getLogger(__name__)


def put(topic: str, key: object) -> None:
    """Ask for `topic` to be handled for `key`. Call it inside the transaction of the change."""
    due_at = Outbox._meta.get_field("due_at").get_db_prep_value(clock.machine_now(), connection)
    with connection.cursor() as cursor:
        cursor.execute(UPSERT, [topic, str(key), due_at])
    transaction.on_commit(partial(_send_dispatch, topic), robust=True)


def drain() -> int:
    """Handle every row that is due and nobody holds, and what that makes due; returns how many were handled."""
    handlers: Mapping[str, Handler] = import_string(settings.OUTBOX_HANDLERS)
    done = 0
    while row := _claim_next():
        done += _handle(row, handlers)
    return done


def _send_dispatch(topic: str) -> None:
    """A lost broker costs at most a minute: the tick finds the row."""
    try:
        current_app.send_task(DISPATCH_JOB, expires=DISPATCH_EXPIRES)
    except (OperationalError, OSError):
        log.warning("broker out of reach, %s waits for the minute tick", topic)


def _due() -> models.QuerySet[Outbox]:
    now = clock.machine_now()
    return Outbox.objects.filter(Q(leased_until__isnull=True) | Q(leased_until__lt=now), due_at__lte=now)


def _claim_next() -> Outbox | None:
    """The earliest due row, leased to the caller; rows being put or claimed elsewhere are passed over."""
    if not _due().exists():  # without this look every idle tick would take SQLite's write lock
        return None
    with transaction.atomic():
        row = _due().select_for_update(skip_locked=True).order_by("due_at", "pk").first()
        if row is not None:
            row.leased_until = clock.machine_now() + _lease(row.topic)
            row.save(update_fields=["leased_until"])
    return row


def _lease(topic: str) -> timedelta:
    """How long a worker may take; one that died costs as much."""
    seconds = settings.OUTBOX_LEASES.get(topic)
    return LEASE if seconds is None else timedelta(seconds=seconds)


def _handle(row: Outbox, handlers: Mapping[str, Handler]) -> int:
    try:
        _handler_of(row, handlers)(row.key)
    except Exception as error:
        log.exception("outbox %s %s failed", row.topic, row.key)
        _postpone(row, error)
        return 0
    if not Outbox.objects.filter(pk=row.pk, version=row.version).delete()[0]:
        _mine(row).update(leased_until=None)
    return 1


def _handler_of(row: Outbox, handlers: Mapping[str, Handler]) -> Handler:
    try:
        return handlers[row.topic]
    except KeyError:
        raise LookupError(f"no handler for topic {row.topic!r}; name one in {settings.OUTBOX_HANDLERS}") from None


def _mine(row: Outbox) -> models.QuerySet[Outbox]:
    """The row while the lease taken with it still holds: who was too slow does not end another's."""
    return Outbox.objects.filter(pk=row.pk, leased_until=row.leased_until)


def _postpone(row: Outbox, error: Exception) -> None:
    """Back off by doubling; the row is never dropped. Put again meanwhile, it is due at once."""
    wait = min(FIRST_RETRY * 2 ** min(row.attempts, 10), LAST_RETRY)
    mine = _mine(row)
    mine.filter(version=row.version).update(
        due_at=clock.machine_now() + wait, attempts=F("attempts") + 1, last_error=repr(error)
    )
    mine.update(leased_until=None)
