"""Writing the audit trail."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db import models

from core import clock
from core.models import AuditEntry

LABEL_LENGTH = 300


def record(
    verb: str,
    obj: models.Model,
    *,
    actor: AbstractBaseUser | AnonymousUser | None,
    scope: str = "",
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    reason: str = "",
) -> AuditEntry:
    """Write one entry; call it inside the transaction of the change. `actor` None means the system itself."""
    return AuditEntry.objects.create(
        actor_id=actor.pk if actor else None,
        verb=verb,
        object_type=obj._meta.label_lower,
        object_id=str(obj.pk),
        object_label=str(obj)[:LABEL_LENGTH],
        scope=scope,
        before=dict(before or {}),
        after=dict(after or {}),
        reason=reason,
        at=clock.now(),
    )
