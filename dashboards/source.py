"""The page of a plan's source, and the file that it came in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django.db.models import Count
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from dashboards import wording
from dashboards.queries import part_label
from dashboards.source_text import LONGEST_QUERY, facts_of, found, lines
from dashboards.views import visible_plan
from tasks.models import Plan

CONTROL = re.compile(r"[\x00-\x1f\x7f]")
FILE_GONE = "原文件不在服务器上，可能没有随数据一起搬过来。正文仍可在“原文”页查看，原文件请向系统管理员索取。"


@dataclass(frozen=True, slots=True)
class Heading:
    """An entry of the list beside the text."""

    anchor: str
    label: str
    count: int


@require_safe
def source(request: HttpRequest, pk: int) -> HttpResponse:
    """The document as imported. `?q=` finds words in it, `at` says which hit is the current one, from 1."""
    plan = visible_plan(request, pk)
    document = plan.source
    text = document.text if document else ""
    context: dict[str, Any] = {"plan": plan, "document": document, "summary": wording.plan_state(plan)}
    if text:
        query = CONTROL.sub("", request.GET.get("q", "")).strip()[:LONGEST_QUERY]
        hits = found(text, query)
        shown = lines(text, facts_of(plan, text), hits)
        context |= {"lines": shown, "headings": headings(plan), **place_of_hit(query, len(hits), request.GET.get("at"))}
    return render(request, "dashboards/source.html", context)


def place_of_hit(query: str, count: int, at: str | None) -> dict[str, Any]:
    """The current hit with its neighbours, round the end; the first where the address names none."""
    here = min(int(at), count) if at and at.isascii() and at.isdecimal() and int(at) else min(1, count)
    before, after = (here - 2) % count + 1 if count else 0, here % count + 1 if count else 0
    return {"q": query, "hits": count, "at": here, "before": before, "after": after}


def headings(plan: Plan) -> list[Heading]:
    """The parts, or the tasks of a plan without parts; one or two queries."""
    parts = [
        Heading(f"s{part.pk}", part_label(part), part.n_measures)
        for part in plan.sections.annotate(n_measures=Count("tasks__measures"))
    ]
    tasks = plan.tasks.annotate(n_measures=Count("measures")) if not parts else ()
    return parts or [Heading(f"t{task.pk}", str(task), task.n_measures) for task in tasks]


@require_safe
def source_file(request: HttpRequest, pk: int) -> FileResponse:
    """The original under its original name, never shown in place."""
    plan = visible_plan(request, pk)
    if plan.source is None:
        raise Http404("这份计划没有原文件。")
    try:
        file = plan.source.file.open("rb")
    except (FileNotFoundError, ValueError):
        raise Http404(FILE_GONE) from None
    name = CONTROL.sub("", plan.source.name)
    return FileResponse(file, as_attachment=True, filename=name, content_type="application/octet-stream")
