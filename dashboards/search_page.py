"""The page of what a search finds, grouped by kind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from dashboards.search import Asked, Found, Kind, asked, kinds, measure_meant
from dashboards.views import working_place
from departments.places import signed_in

FEW = 5  # of each kind beside the others
PAGE_SIZE = 30


@dataclass(frozen=True, slots=True)
class Group:
    """A kind with how many there are and those shown; `url` leads to all of them."""

    kind: Kind
    count: int
    rows: list[Found]
    url: str


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """`?q=` words; `in` one kind of things, all of them by pages. A measure's number (4.2) leads to the measure."""
    user, wanted = signed_in(request), asked(request.GET.get("q", ""))
    if not wanted.words:
        return render(request, "dashboards/search.html", {"asked": wanted})
    if measure := measure_meant(user, working_place(request), wanted):
        return redirect("dashboards:measure", measure.pk)
    return render(request, "dashboards/search.html", found_context(request, wanted, kinds(user, wanted.words)))


def found_context(request: HttpRequest, wanted: Asked, found: list[Kind]) -> dict[str, Any]:
    """One count a kind, and the rows of those that have any."""
    counts = {kind.name: kind.rows.count() for kind in found}
    chosen = next((kind for kind in found if kind.name == request.GET.get("in")), None)
    total = sum(counts.values())
    tabs = [(address(wanted, ""), f"全部 {total}", chosen is None)]
    tabs += [(address(wanted, k.name), f"{k.label} {counts[k.name]}", k is chosen) for k in found if counts[k.name]]
    query = address(wanted, chosen.name if chosen else "").removeprefix("?")
    context = {"asked": wanted, "total": total, "tabs": tabs, "query": query}
    if chosen:
        page = page_of(chosen, counts[chosen.name], request.GET.get("page"))
        return context | {"page": page, "groups": [group(chosen, counts[chosen.name], list(page), wanted)]}
    shown = [kind for kind in found if counts[kind.name]]
    return context | {"groups": [group(k, counts[k.name], list(k.rows[:FEW]), wanted) for k in shown]}


def page_of(kind: Kind, count: int, number: str | None) -> Page[Any]:
    paginator = Paginator(kind.rows, PAGE_SIZE)
    paginator.count = count
    return paginator.get_page(number)


def group(kind: Kind, count: int, rows: list[Any], wanted: Asked) -> Group:
    return Group(kind, count, [kind.say(row, wanted.words) for row in rows], address(wanted, kind.name))


def address(wanted: Asked, kind: str) -> str:
    return "?" + urlencode({"q": wanted.text} | ({"in": kind} if kind else {}))
