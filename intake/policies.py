"""Who may do what with an import: the office of its jurisdiction, nobody else."""

from __future__ import annotations

from core.access import Allowed, Answer, Denied
from departments.models import Jurisdiction, User
from intake.models import Import


def may_upload(user: User, jurisdiction: Jurisdiction) -> Answer:
    """Upload a plan for a jurisdiction."""
    if Jurisdiction.objects.run_by(user).filter(pk=jurisdiction.pk).exists():
        return Allowed()
    return Denied(f"只有{jurisdiction.office_name}的工作人员可以导入工作计划。")


def may_work_on(user: User, import_: Import) -> Answer:
    """Bind names, confirm or abandon an import."""
    return may_upload(user, import_.source.jurisdiction)
