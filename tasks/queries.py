"""Questions about plans that actions and pages ask."""

from __future__ import annotations

from departments.models import Jurisdiction
from tasks.life_cycle import UNISSUED
from tasks.models import Plan
from tasks.titles import title_key


def namesake(jurisdiction: Jurisdiction, *, year: int, title: str) -> Plan | None:
    """The current plan of that year whose title names the same document, an issued one before others. One query."""
    key = title_key(title)
    plans = Plan.objects.current().filter(jurisdiction=jurisdiction, year=year)
    same = [plan for plan in plans.select_related("jurisdiction") if title_key(plan.title) == key]
    return min(same, key=lambda plan: plan.stage in UNISSUED, default=None)


def other_with_number(plan: Plan, document_number: str) -> Plan | None:
    """Another current plan of the jurisdiction under the same 文号."""
    others = Plan.objects.current().filter(jurisdiction=plan.jurisdiction_id, document_number=document_number)
    found: Plan | None = others.exclude(pk=plan.pk).first()
    return found
