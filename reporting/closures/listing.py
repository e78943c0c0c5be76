"""Closures of what the person sees, and how far measures are: said, reviewed, verified — three numbers, never added."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from departments.models import User
from reporting.models import Closure, ProgressEntry
from reporting.querysets import served

State, Entry = Closure.State, ProgressEntry
WORDS = ((State.REQUESTED, "待核实"), (State.APPROVED, "已销号"), (State.REFUSED, "未准予"), (State.REOPENED, "已恢复"))


@dataclass(frozen=True, slots=True)
class Claims:
    """Measures: `claimed` done by a unit that answers for them, `reviewed` so by the office, `verified` by a check."""

    claimed: int
    reviewed: int
    verified: int


def closures_shown(user: User, state: str) -> QuerySet[Closure]:
    """The newest first; of one state where the address names it."""
    visible = Closure.objects.filter(pk__in=Closure.objects.visible_to(user).values("pk"))
    shown: QuerySet[Closure] = visible.filter(state=state) if state in State.values else visible
    return shown


def tabs_of(user: User, state: str) -> list[tuple[str, str, bool]]:
    counts = dict(closures_shown(user, "").order_by().values_list("state").annotate(Count("pk")))
    every = [("?", f"全部 {sum(counts.values())}", state not in State.values)]
    return every + [(f"?state={one}", f"{word} {counts.get(one, 0)}", state == one) for one, word in WORDS]


def claims(user: User) -> Claims:
    """By the latest sent entry of each assignment that answers for its measure; two queries."""
    answering = Entry.objects.visible_to(user).exclude(assignment__role="support").exclude(status="open")
    sent = Q(status__in=("submitted", "accepted"))
    latest = Entry.objects.filter(sent, assignment=OuterRef("assignment")).order_by("-report__period__end", "-pk")
    now = answering.filter(sent, pk=Subquery(latest.values("pk")[:1]), state=Entry.State.DONE)
    found = now.aggregate(
        claimed=Count("assignment__measure", distinct=True),
        reviewed=Count("assignment__measure", distinct=True, filter=Q(status="accepted")),
    )
    closed = closures_shown(user, State.APPROVED).values("measure").distinct().count()
    return Claims(found["claimed"], found["reviewed"], closed)


def closable(user: User) -> list[ProgressEntry]:
    """Accepted as done, of the person's own units, with nothing asked for yet; the latest of each measure."""
    asked = Closure.objects.filter(state__in=(State.REQUESTED, State.APPROVED)).values("measure")
    done = Entry.objects.filter(report__department__in=served(user), status="accepted", state=Entry.State.DONE).exclude(
        assignment__role="support"
    )
    rows = done.exclude(assignment__measure__in=asked).select_related(
        "assignment__measure__task", "report__period", "report__department"
    )
    latest = {row.assignment_id: row for row in rows.order_by("report__period__end", "pk")}
    return list(latest.values())
