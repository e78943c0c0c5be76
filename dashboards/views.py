"""Pages of the ledger, of one measure, of the plans and of what a unit owes."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from dashboards import owed, queries, rows, wording
from dashboards.forms import BY_LIGHT, LedgerForm
from dashboards.freshness import freshness
from dashboards.ledger_counts import LedgerCounts, Standings, kept_counts, live_counts
from dashboards.measure_progress import accepted_progress, done_steps, unit_lines
from dashboards.posts import foremost_post, in_office
from dashboards.standing_rows import readable_measures
from departments.models import Department, Jurisdiction, User
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
    counts = live_counts(measures) if problems or form.narrows else kept_counts(plan)
    page = Paginator(queries.with_parts(measures), PAGE_SIZE)
    page.count = counts.whole.measures
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
        "parts": grouped(list(shown), counts, plan, form, signed_in(request)),
        "compact": request.GET.get("rows") == COMPACT,
        "query": wording.rest(request.GET),
        "query_without_rows": wording.rest(request.GET, "rows"),
        "query_without_order": wording.rest(request.GET, "order"),
        "clear": wording.rest(request.GET, *form.conditions),
        "may_import": in_office(foremost_post(signed_in(request))),
        **standings_context(plan, form, request.GET, counts),
    }
    return render(request, "dashboards/ledger.html", context)


def grouped(
    shown: list[Measure], counts: LedgerCounts, plan: Plan, form: LedgerForm, user: User
) -> list[rows.PartRows]:
    """Under their parts, or under their lights where worse ones come first."""
    readable = readable_measures(user, plan, [measure.pk for measure in shown])
    by_light = not form.errors and form.cleaned_data["order"] == BY_LIGHT
    return (rows.light_rows if by_light else rows.part_rows)(shown, counts, plan.year, readable)


def standings_context(plan: Plan, form: LedgerForm, query: QueryDict, counts: LedgerCounts) -> dict[str, Any]:
    """The lights and states of done with their numbers, each a link, and how fresh they are; no numbers beside a
    filter that is not understood."""
    if not plan.is_issued:
        return {"judged": False}
    if form.errors:
        return {"judged": True, "keys": [], "done_keys": [], "fresh": freshness(plan)}
    return {
        "judged": True,
        "keys": wording.light_keys(beside(plan, form, "light", counts).lights, query),
        "done_keys": wording.done_keys(beside(plan, form, "done", counts), query),
        "fresh": freshness(plan),
    }


def beside(plan: Plan, form: LedgerForm, name: str, counts: LedgerCounts) -> Standings:
    """What all filters but the one named leave, so that each number is that of the rows behind its link."""
    if not form.cleaned_data[name]:
        return counts.whole
    return live_counts(queries.filtered(plan, form.cleaned_data | {name: "", "order": ""})).whole


@require_safe
@vary_on_headers("HX-Request")
def measure(request: HttpRequest, pk: int) -> HttpResponse:
    """One measure with its sentence in the source; asked by script, a row to unfold under its row of the ledger."""
    user = signed_in(request)
    visible = queries.with_parts(Measure.objects.filter(task__plan__in=Plan.objects.visible_to(user)))
    related = ("task__section", "task__plan__source", "task__plan__jurisdiction")
    found: Measure = get_object_or_404(visible.select_related(*related), pk=pk)
    context = {
        "measure": found,
        "plan": found.task.plan,
        "row": rows.row(found, found.task.plan.year, readable_measures(user, found.task.plan, [found.pk])),
        "indicators": [(one, rows.target(one)) for one in queries.indicators_of(found)],
        "excerpts": rows.excerpts_of(found),
        "reworded": rows.is_reworded(found),
        "amended": found.amendments.count(),
        "can": available_verbs(user, found.task.plan),
    }
    fragment = request.headers.get("HX-Request") == "true"
    if not fragment:
        context |= progress_context(found, user)
    return render(request, "dashboards/_measure_row.html" if fragment else "dashboards/measure.html", context)


def progress_context(measure: Measure, user: User) -> dict[str, Any]:
    """How the measure and each of its units stand, and what was accepted of them."""
    return {
        "units": unit_lines(measure),
        "accepted": accepted_progress(measure, user),
        "fresh": freshness(measure.task.plan),
        "steps": done_steps(measure),
    }


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
        **(duties_context(found, plan, request.GET) if plan else {}),
    }
    return render(request, "dashboards/department.html", context)


def duties_context(department: Department, plan: Plan, query: QueryDict | None = None) -> dict[str, Any]:
    """The unit's measures by role, narrowed to a light and worse ones first as the query asks, the targets that it
    reports, and its duties to report, each with its words."""
    query = query or QueryDict()
    everything, office_name = owed.assignments_owed(department, plan), department.jurisdiction.office_name
    assignments = owed.with_light(everything, query.get("light", ""))
    counts = owed.count_by_role(assignments)
    order = owed.WORSE_FIRST if query.get("order") == BY_LIGHT else owed.IN_ORDER
    rows_shown = owed.owed_rows(owed.first_of_roles(assignments, order), department, plan)
    return {
        "count": sum(counts.values()),
        "keys": wording.light_keys(owed.count_by_light(everything), query),
        "light": query.get("light", ""),
        "order": query.get("order", ""),
        "query_without_order": wording.rest(query, "order"),
        "query_without_light": wording.rest(query, "light"),
        "fresh": freshness(plan),
        "roles": owed.by_role(rows_shown, counts),
        "reported": [(i.measure, i.subject, rows.target_text(i)) for i in owed.reported_by(department, plan)],
        "duties": [(wording.duty(rule, office_name), rule.quote) for rule in owed.duties_of(department, plan)],
        "shown": owed.SHOWN,
    }
