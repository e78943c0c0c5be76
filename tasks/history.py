"""What happened to a plan, as its history page tells it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from core.models import AuditEntry
from tasks.actions.correct_measure import WORDING
from tasks.models import Amendment, Measure, Plan
from tasks.runs import Run, runs, runs_of_names

STEPS = {
    "plan.confirmed": "核对入库",
    "plan.consulted": "转为征求意见稿",
    "plan.replaces": "替换了先前的文本",
    "plan.replaced": "被另一份文本替换",
    "plan.issued": "设为已印发",
    "plan.closed": "办结",
    "plan.baselines_set": "填年初基数",
    "plan.base_switched": "换人口基数",
}
EDITED = "plan.edited"


@dataclass(frozen=True, slots=True)
class Line:
    """What one label said before and says after, as one stretch of text."""

    label: str
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One change. `decided_on` and `reason` are those of a plan in force; `measure` is its number (4.2) or empty."""

    at: datetime
    who: str
    what: str
    measure: str
    url: str
    subject: str
    lines: tuple[Line, ...]
    reason: str = ""
    decided_on: date | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the plan's life."""

    at: datetime
    who: str
    what: str
    reason: str
    detail: str = ""


def amendments_of(plan: Plan, measure: Measure | None = None) -> QuerySet[Amendment]:
    """The latest first; those of one measure alone where it is given."""
    found = plan.amendments.select_related("measure__task", "actor").order_by("-at", "-pk")
    return found.filter(measure=measure) if measure else found


def edits_of(plan: Plan) -> QuerySet[AuditEntry]:
    """What the office changed before the plan was issued, the latest first."""
    return _audit(plan).filter(verb=EDITED).select_related("actor").order_by("-at", "-pk")


def steps_of(plan: Plan) -> list[Step]:
    """From the first to the last; one query."""
    return [
        Step(row.at, _name(row.actor), STEPS[row.verb], row.reason, _detail(row))
        for row in _audit(plan).filter(verb__in=STEPS).select_related("actor").order_by("at", "pk")
    ]


def amendment_entry(row: Amendment) -> Entry:
    return Entry(
        at=row.at,
        who=_name(row.actor),
        what=row.get_kind_display(),
        measure=row.measure.number if row.measure else "",
        url=row.measure.get_absolute_url() if row.measure else "",
        subject=row.subject_label,
        lines=tuple(_lines(row.before, row.after)),
        reason=row.reason,
        decided_on=row.decided_on,
    )


def edit_entry(row: AuditEntry) -> Entry:
    """Of an entry that `tasks.actions.amending.write_down` wrote."""
    kind = Amendment.Kind(row.after["kind"])
    return Entry(
        at=row.at,
        who=_name(row.actor),
        what=str(kind.label),
        measure=row.after["measure"],
        url="",
        subject=row.after["subject"],
        lines=tuple(_lines(row.before["words"], row.after["words"])),
    )


def _audit(plan: Plan) -> QuerySet[AuditEntry]:
    return AuditEntry.objects.filter(object_type=plan._meta.label_lower, object_id=str(plan.pk))


def _name(actor: object | None) -> str:
    return str(actor) if actor else "系统"


def _lines(before: dict[str, str], after: dict[str, str]) -> Iterable[Line]:
    for label, now in after.items():
        compared = runs if label == WORDING else runs_of_names
        yield Line(label, compared(before.get(label, ""), now))


def _detail(row: AuditEntry) -> str:
    """The number and date of an issue, the title of a text that came in the place of another, what figures start from
    or are divided by."""
    if row.verb == "plan.issued":
        day = date.fromisoformat(row.after["issued_on"])
        return f"{row.after['document_number']}，成文日期{day:%Y}年{day.month}月{day.day}日"
    if row.verb in ("plan.replaced", "plan.replaces"):
        return f"《{(row.after or row.before)['title']}》"
    if row.verb == "plan.baselines_set":
        return "；".join(f"{label}：{words}" for label, words in row.after.items())
    if row.verb == "plan.base_switched":
        return f"{row.after['since']}起：{row.after['base']}"
    return ""
