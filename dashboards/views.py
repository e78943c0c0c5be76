"""Pages of the ledger, of one measure, of the plans and of what a unit owes."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from dashboards import owed, queries, rows, wording
from dashboards.forms import LedgerForm
from departments.models import Department, Jurisdiction
from departments.places import place_of, signed_in
from departments.policies import may_change_unit, may_view_unit
from tasks.models import Measure, Plan
from tasks.policies import available_verbs

PAGE_SIZE = 50
COMPACT = "compact"


@require_safe
def ledger(request: HttpRequest) -> HttpResponse:
    """The current plan's ledger."""
    plan = queries.current_plan(signed_in(request), working_place(request))
    if plan:
        return ledger_page(request, plan)
    elsewhere = Plan.objects.visible_to(signed_in(request)).count()
    return render(request, "dashboards/no_plan.html", {"elsewhere": elsewhere})


def working_place(request: HttpRequest) -> Jurisdiction | None:
    """Where the person works in this session; None for a person without any post."""
    place = place_of(request)
    return place.jurisdiction if place else None


@require_safe
def plan_ledger(request: HttpRequest, pk: int) -> HttpResponse:
    return ledger_page(request, visible_plan(request, pk))


def visible_plan(request: HttpRequest, pk: int) -> Plan:
    """Also a consultation text that has been replaced, which no list shows."""
    visible = Plan.objects.visible_to(signed_in(request)).select_related("jurisdiction", "superseded_by")
    plan: Plan = get_object_or_404(visible, pk=pk)
    return queries.counted(plan)


def ledger_page(request: HttpRequest, plan: Plan) -> HttpResponse:
    form = LedgerForm(request.GET, queries.ledger_choices(plan))
    problems = form.problems()
    measures = queries.filtered(plan, form.cleaned_data) if not problems else Measure.objects.none()
    narrowed = problems or any(form.cleaned_data.values())
    counts: dict[int | None, int] = queries.count_by_part(measures) if narrowed else plan.n_by_part  # type: ignore[attr-defined]
    page = Paginator(queries.with_parts(measures), PAGE_SIZE)
    page.count = sum(counts.values())
    shown = page.get_page(request.GET.get("page"))
    context = {
        "plan": plan,
        "summary": f"{wording.plan_state(plan)}；{wording.plan_counts(plan)}",
        "others": queries.visible_plans(signed_in(request))[: queries.SWITCHABLE],
        "form": form,
        "problems": problems,
        "chips": wording.chips(form, request.GET),
        "count": page.count,
        "page": shown,
        "parts": rows.part_rows(list(shown), counts, plan.year),
        "compact": request.GET.get("rows") == COMPACT,
        "query": wording.rest(request.GET),
        "query_without_rows": wording.rest(request.GET, "rows"),
        "clear": wording.rest(request.GET, *form.fields),
    }
    return render(request, "dashboards/ledger.html", context)


@require_safe
@vary_on_headers("HX-Request")
def measure(request: HttpRequest, pk: int) -> HttpResponse:
    """One measure with its sentence in the source; asked by script, a row to unfold under its row of the ledger."""
    visible = queries.with_parts(Measure.objects.filter(task__plan__in=Plan.objects.visible_to(signed_in(request))))
    related = ("task__section", "task__plan__source", "task__plan__jurisdiction")
    found: Measure = get_object_or_404(visible.select_related(*related), pk=pk)
    context = {
        "measure": found,
        "plan": found.task.plan,
        "row": rows.row(found, found.task.plan.year),
        "indicators": [(indicator, rows.target_text(indicator)) for indicator in queries.indicators_of(found)],
        "excerpts": rows.excerpts_of(found),
        "reworded": rows.is_reworded(found),
        "amended": found.amendments.count(),
        "can": available_verbs(signed_in(request), found.task.plan),
    }
    fragment = request.headers.get("HX-Request") == "true"
    return render(request, "dashboards/_measure_row.html" if fragment else "dashboards/measure.html", context)


@require_safe
def plans(request: HttpRequest) -> HttpResponse:
    page = Paginator(queries.with_counts(queries.visible_plans(signed_in(request))), PAGE_SIZE).get_page(
        request.GET.get("page")
    )
    lines = [(plan, wording.plan_state(plan)) for plan in page]
    return render(
        request, "dashboards/plans.html", {"page": page, "lines": lines, "summary": f"共{page.paginator.count}份"}
    )


@require_safe
def department(request: HttpRequest, pk: int) -> HttpResponse:
    """What one unit owes in one plan in force, the current one unless the address names another."""
    visible = Department.objects.visible_to(signed_in(request)).select_related("jurisdiction")
    found: Department = get_object_or_404(visible, pk=pk)
    plans_owed = list(owed.plans_owed(signed_in(request), found))
    chosen = [plan for plan in plans_owed if str(plan.pk) == request.GET.get("plan")]
    plan = next(iter(chosen or plans_owed), None)
    context = {
        "department": found,
        "summary": f"{plan.title}，{wording.plan_state(plan)}" if plan else "",
        "tabs": [(f"?plan={one.pk}", one.title, one == plan) for one in plans_owed],
        "plan": plan,
        "open_unit": may_view_unit(signed_in(request), found),
        "may_change": found.active and may_change_unit(signed_in(request), found),
        **(duties_context(found, plan) if plan else {}),
    }
    return render(request, "dashboards/department.html", context)


def duties_context(department: Department, plan: Plan) -> dict[str, Any]:
    """The unit's measures by role, the targets that it reports, and its duties to report, each with its words."""
    assignments, office_name = owed.assignments_owed(department, plan), department.jurisdiction.office_name
    counts = owed.count_by_role(assignments)
    rows_shown = owed.owed_rows(owed.first_of_roles(assignments), department, plan)
    return {
        "count": sum(counts.values()),
        "roles": owed.by_role(rows_shown, counts),
        "reported": [(i.measure, i.subject, rows.target_text(i)) for i in owed.reported_by(department, plan)],
        "duties": [(wording.duty(rule, office_name), rule.quote) for rule in owed.duties_of(department, plan)],
        "shown": owed.SHOWN,
    }
