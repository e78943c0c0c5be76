"""A process that obeys lines about imports: `upload` → path of the stored file · `drain` · `expire` (lets every lease
run out) · `state` → state, number of tasks, of readings in the audit and of outbox rows.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

import django

django.setup()

from core import clock, outbox  # noqa: E402
from core.models import AuditEntry, Outbox  # noqa: E402
from intake.actions.upload import upload_plan  # noqa: E402
from intake.models import Import  # noqa: E402
from tests.factories import JurisdictionFactory, office_user  # noqa: E402

TEXT = "2026年青禾区食品安全工作要点\n一、守护校园\n（一）推进明厨亮灶。覆盖率达到100%。（区教体局牵头）\n"


def upload() -> str:
    place = JurisdictionFactory.create(name="青禾区")
    import_, _ = upload_plan(place, actor=office_user(place), name="要点.txt", data=TEXT.encode())
    return str(import_.source.file.path)


def drain() -> str:
    return f"drained {outbox.drain()}"


def expire() -> str:
    return f"expired {Outbox.objects.update(leased_until=clock.machine_now())}"


def state() -> str:
    import_ = Import.objects.get()
    readings = AuditEntry.objects.filter(verb="import.read").count()
    return f"{import_.state} {len(import_.reading.get('tasks', []))} {readings} {Outbox.objects.count()}"


COMMANDS: dict[str, Callable[[], str]] = {"upload": upload, "drain": drain, "expire": expire, "state": state}

if __name__ == "__main__":
    for line in sys.stdin:
        os.write(1, f"{COMMANDS[line.strip()]()}\n".encode())
