"""A process that obeys lines: reads a command from stdin, does it, answers on stdout, until stdin ends.

`put TOPIC KEY` · `puts N` (N changes, each putting one of five keys and draining now and then) · `drain` → rows
handled · `expire` (lets every lease run out) · `rows` → topic, key and version of each row.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

import django
from django.db import transaction

django.setup()

from core import audit, clock, outbox  # noqa: E402
from core.models import AuditEntry, Outbox, WorkDay  # noqa: E402

KEYS = 5


def say(line: str) -> None:
    os.write(1, f"{line}\n".encode())  # not `print`, which Celery turns into a log line


def count(key: str) -> None:
    """Handler: tells how many changes of the key it can see."""
    say(f"handled {key} {AuditEntry.objects.filter(object_label=key).count()}")


def block(key: str) -> None:
    """Handler: never comes back."""
    say(f"handling {key}")
    sys.stdin.readline()


HANDLERS: dict[str, outbox.Handler] = {"count": count, "block": block}


def put(topic: str, key: str) -> str:
    with transaction.atomic():
        outbox.put(topic, key)
    return "put"


def puts(number: str) -> str:
    for index in range(int(number)):
        key = str(index % KEYS)
        with transaction.atomic():
            change = audit.record("counted", WorkDay(), actor=None)
            AuditEntry.objects.filter(pk=change.pk).update(object_label=key)
            outbox.put("count", key)
        if index % 7 == 0:
            outbox.drain()
    return "put"


def drain() -> str:
    return f"drained {outbox.drain()}"


def expire() -> str:
    return f"expired {Outbox.objects.update(leased_until=clock.machine_now())}"


def rows() -> str:
    return " ".join(
        f"{topic}:{key}:{version}" for topic, key, version in Outbox.objects.values_list("topic", "key", "version")
    )


COMMANDS: dict[str, Callable[..., str]] = {"put": put, "puts": puts, "drain": drain, "expire": expire, "rows": rows}

if __name__ == "__main__":
    for line in sys.stdin:
        command, *words = line.split()
        say(COMMANDS[command](*words))
