"""The home page: what the person came for, by their foremost post."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core import clock
from dashboards import overview, owed, queries, rounds, wording
from dashboards.posts import foremost_post, in_lead, in_office
from dashboards.views import duties_context, working_place
from departments.models import Department, Jurisdiction, User
from departments.places import signed_in
from reporting.closures.listing import closable
from tasks.models import Plan


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    user, place = signed_in(request), working_place(request)
    post = foremost_post(user)
    if in_office(post):
        return render(request, "dashboards/home_office.html", office_context(user, place))
    if in_lead(post):
        return render(request, "dashboards/home_leader.html", plan_context(queries.current_plan(user, place)))
    if post:
        return render(request, "dashboards/home_unit.html", unit_context(user, request.GET))
    setup = (
        {"jurisdictions": Jurisdiction.objects.count(), "departments": Department.objects.count()}
        if user.is_staff
        else {}
    )
    return render(request, "dashboards/home_without_post.html", setup)


def setup_context() -> dict[str, Any]:
    """How far the deployment is set up."""
    return {"jurisdictions": Jurisdiction.objects.count(), "departments": Department.objects.count()}


def office_context(user: User, place: Jurisdiction | None) -> dict[str, Any]:
    """Own to-dos, then the current plan in figures where one is in force."""
    imports = list(overview.imports_waiting(user))
    drafts = [(draft, wording.plan_counts(draft)) for draft in overview.plans_to_issue(user)]
    unserved = list(overview.units_without_people(Jurisdiction.objects.run_by(user)))
    plan = queries.current_plan(user, place)
    duties = rounds.office_duties(user)
    return {
        "round_duties": duties,
        "imports": imports,
        "drafts": drafts,
        "unserved": unserved,
        "todo": len(imports) + len(drafts) + bool(unserved) + len(duties),
        **plan_context(plan if plan and plan.is_issued else None),
    }


def plan_context(plan: Plan | None) -> dict[str, Any]:
    """A plan in figures, by part and by unit; `plan` comes from `queries.current_plan`."""
    if plan is None:
        return {"plan": None, "today": wording.weekday(clock.today())}
    return {
        "plan": plan,
        "plan_state": wording.plan_state(plan),
        "soon": queries.SOON,
        "figures": overview.figures(plan),
        "sections": list(overview.count_by_section(plan)),
        "units": list(owed.count_by_unit(plan)),
        "today": wording.weekday(clock.today()),
    }


def unit_context(user: User, query: QueryDict) -> dict[str, Any]:
    """The person's unit (the one of several that the query names): nearest deadlines, targets, duties, measures."""
    units = list(served(user))
    unit = next((unit for unit in units if str(unit.pk) == query.get("unit")), units[0])
    plan = owed.plans_owed(user, unit).first()
    context: dict[str, Any] = {"units": units, "department": unit, "plan": plan}
    context["today"] = wording.weekday(clock.today())
    context |= {"round_duties": rounds.unit_duties(user, unit), "this_year": rounds.this_year(unit)}
    context["closable"] = len(closable(user))
    if plan:
        soonest = owed.nearest(owed.assignments_owed(unit, plan))
        context |= duties_context(unit, plan, query) | {"nearest": owed.owed_rows(soonest, unit, plan)}
    return context


def served(user: User) -> QuerySet[Department]:
    units: QuerySet[Department] = Department.objects.served_by(user).select_related("jurisdiction")
    return units.order_by("position", "pk")
