"""Intention-named querysets of imports."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models

from departments.models import Jurisdiction

if TYPE_CHECKING:
    from departments.models import User


class ImportQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: User) -> ImportQuerySet:
        """Imports are the office's own work: nobody else sees them."""
        return self.filter(source__jurisdiction__in=Jurisdiction.objects.run_by(user))
