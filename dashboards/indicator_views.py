"""Pages of a plan's indicators and of one of them, and the rules by which all is judged."""

from __future__ import annotations

import tempfile
from typing import Any

from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from core.errors import BadInput
from dashboards import indicator_book, indicator_list, queries, wording
from dashboards.export import XLSX, file_name, note_of
from dashboards.freshness import freshness
from dashboards.indicator_list import GROUPS, IndicatorForm
from dashboards.indicator_page import page_of
from dashboards.sheets import write_sheet
from dashboards.views import visible_plan, working_place
from departments.models import OfficeSettings
from departments.places import place_of, signed_in
from departments.queries import office_settings
from indicators.models import Indicator
from reporting.standing.lights import limits_of
from tasks.models import Plan
from tasks.policies import available_verbs

PAGE_SIZE = 50


@require_safe
def indicators(request: HttpRequest) -> HttpResponse:
    """Those of the current plan."""
    plan = queries.current_plan(signed_in(request), working_place(request))
    return redirect("dashboards:plan_indicators", plan.pk) if plan else redirect("dashboards:ledger")


@require_safe
def plan_indicators(request: HttpRequest, pk: int) -> HttpResponse:
    plan = visible_plan(request, pk)
    form = IndicatorForm(request.GET, plan)
    problems = form.problems()
    found = indicator_list.filtered(plan, form.cleaned_data) if not problems else Indicator.objects.none()
    page = Paginator(indicator_list.with_rows(found), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "plan": plan,
        "form": form,
        "problems": problems,
        "chips": wording.chips(form, request.GET),
        "page": page,
        "rows": [indicator_list.row(indicator) for indicator in page],
        "count": page.paginator.count,
        "keys": group_keys(plan, form, request) if not problems else [],
        "fresh": freshness(plan),
        "query": wording.rest(request.GET),
        "query_without_order": wording.rest(request.GET, "order"),
        "clear": wording.rest(request.GET, *form.conditions),
        "can": available_verbs(signed_in(request), plan),
    }
    return render(request, "dashboards/indicators.html", context)


def group_keys(plan: Plan, form: IndicatorForm, request: HttpRequest) -> list[wording.Key]:
    """What the other filters leave of each group; one query."""
    conditions = form.cleaned_data | {"state": "", "order": ""}
    counts = indicator_list.count_by_group(indicator_list.filtered(plan, conditions))
    others, chosen = wording.rest(request.GET, "state"), request.GET.get("state", "")
    return [
        wording.Key("", label, counts[name], f"{others}state={name}", name == chosen)
        for name, (label, _) in GROUPS.items()
    ]


@require_safe
def indicators_export(request: HttpRequest, pk: int) -> FileResponse:
    """The list's own query string; a filter that is not understood is refused rather than left out."""
    plan = visible_plan(request, pk)
    form = IndicatorForm(request.GET, plan)
    if problems := form.problems():
        raise BadInput(" ".join(problems))
    found = indicator_list.with_rows(indicator_list.filtered(plan, form.cleaned_data))
    chips = [chip.label for chip in wording.chips(form, request.GET)]
    note = note_of(request, plan, indicator_book.counted(found.count(), plan, chips))
    file = tempfile.TemporaryFile()  # noqa: SIM115 (the response closes it)
    write_sheet(file, indicator_book.frame(f"{plan.title}指标", note), indicator_book.lines(found), groups=1)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"{file_name(plan.title)}指标.xlsx", content_type=XLSX)


@require_safe
def indicator(request: HttpRequest, pk: int) -> HttpResponse:
    """One indicator: its formula with the numbers put in, by unit and date, and where it comes from."""
    visible = Indicator.objects.filter(measure__task__plan__in=Plan.objects.visible_to(signed_in(request)))
    related = ("measure__task__section", "measure__task__plan__source", "measure__task__plan__jurisdiction", "standing")
    found: Indicator = get_object_or_404(visible.select_related(*related), pk=pk)
    plan = found.measure.task.plan
    context: dict[str, Any] = {
        "indicator": found,
        "measure": found.measure,
        "plan": plan,
        "fresh": freshness(plan),
        "can": available_verbs(signed_in(request), plan),
        "shown": page_of(found, signed_in(request)),
    }
    return render(request, "dashboards/indicator.html", context)


@require_safe
def standing_rules(request: HttpRequest) -> HttpResponse:
    """口径说明: the whole rule of lights and figures, with the thresholds of the person's place."""
    place = place_of(request)
    stored = office_settings(place.jurisdiction) if place else OfficeSettings()
    return render(request, "dashboards/standing_rules.html", {"limits": limits_of(stored), "place": place})
