"""Pages of a plan's life, its history, and of corrections to its measures and units."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from departments.models import Department, User
from departments.places import signed_in
from departments.policies import may_change_unit
from tasks import history as past
from tasks.actions.close_plan import close_plan
from tasks.actions.consult_plan import consult_plan
from tasks.actions.correct_measure import correct_measure
from tasks.actions.issue_plan import issue_plan
from tasks.actions.rename_unit import plans_in_force_with, rename_unit
from tasks.forms import CloseForm, IssueForm, MeasureForm, RenameForm
from tasks.life_cycle import UNISSUED, require
from tasks.models import Measure, Plan
from tasks.policies import available_verbs, may_change, may_close, may_issue, may_view_edits

PAGE_SIZE = 50
EDITS = "edits"


def visible_plan(request: HttpRequest, pk: int) -> Plan:
    """404 for a plan of a jurisdiction, or in a stage, that the person does not see."""
    visible = Plan.objects.visible_to(signed_in(request)).select_related("jurisdiction", "superseded_by")
    plan: Plan = get_object_or_404(visible, pk=pk)
    return plan


@require_http_methods(["GET", "POST"])
def issue(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for number and date, then put the plan in force."""
    user, plan = signed_in(request), visible_plan(request, pk)
    may_issue(user, plan).or_raise()
    require("issue", plan)
    form = IssueForm(request.POST or None, plan=plan)
    issued = form.carry_out(lambda: issue_plan(plan, actor=user, **form.cleaned_data))
    if issued:
        messages.success(request, f"《{plan.title}》已设为已印发，各单位现在可以看到。")
        return redirect(plan)
    return render(request, "tasks/issue.html", {"plan": plan, "form": form}, status=form.status)


@require_POST
def consult(request: HttpRequest, pk: int) -> HttpResponse:
    """A draft becomes a consultation text."""
    plan = consult_plan(visible_plan(request, pk), actor=signed_in(request))
    messages.success(request, f"《{plan.title}》已转为征求意见稿。定稿印发后，导入印发的文件即可替换它。")
    return redirect("tasks:history", pk)


@require_http_methods(["GET", "POST"])
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the reason, then end the plan's supervision."""
    user, plan = signed_in(request), visible_plan(request, pk)
    may_close(user, plan).or_raise()
    require("close", plan)
    form = CloseForm(request.POST or None)
    closed = form.carry_out(lambda: close_plan(plan, actor=user, reason=form.cleaned_data["reason"]))
    if closed:
        messages.success(request, f"《{plan.title}》已办结。台账和历史仍可查看，不再填报和更正。")
        return redirect("tasks:history", pk)
    return render(request, "tasks/close.html", {"plan": plan, "form": form}, status=form.status)


@require_safe
def history(request: HttpRequest, pk: int) -> HttpResponse:
    """Amendments to a plan in force and the steps of its life; the office also sees its changes before the issue."""
    user, plan = signed_in(request), visible_plan(request, pk)
    edits_open = bool(may_view_edits(user, plan))
    shows_edits = edits_open and request.GET.get("tab", EDITS if plan.stage in UNISSUED else "") == EDITS
    measure = None if shows_edits else _measure_asked(request, plan)
    page = _page(request, past.edits_of(plan) if shows_edits else past.amendments_of(plan, measure))
    entries = [past.edit_entry(row) if shows_edits else past.amendment_entry(row) for row in page]
    context = {
        "plan": plan,
        "page": page,
        "entries": entries,
        "steps": past.steps_of(plan),
        "tabs": _tabs(plan, shows_edits) if edits_open else [],
        "shows_edits": shows_edits,
        "measure": measure,
        "can": available_verbs(user, plan),
        "query": f"tab={EDITS}&" if shows_edits else f"tab=amendments&{f'measure={measure.pk}&' if measure else ''}",
    }
    return render(request, "tasks/history.html", context)


def _measure_asked(request: HttpRequest, plan: Plan) -> Measure | None:
    """The measure of the plan that the address names, if it does."""
    asked = request.GET.get("measure", "")
    measures = Measure.objects.of_plan(plan).select_related("task")
    return measures.filter(pk=asked).first() if asked.isascii() and asked.isdigit() and len(asked) < 19 else None


def _page(request: HttpRequest, rows: Any) -> Page[Any]:
    return Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))


def _tabs(plan: Plan, shows_edits: bool) -> list[tuple[str, str, bool]]:
    return [
        ("?tab=amendments", f"印发后的更正 {plan.amendments.count()}", not shows_edits),
        (f"?tab={EDITS}", f"印发前的修改 {past.edits_of(plan).count()}", shows_edits),
    ]


@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """更正措施: its wording and deadline."""
    user = signed_in(request)
    measure = visible_measure(user, pk)
    plan: Plan = measure.task.plan
    may_change(user, plan).or_raise()
    require("change", plan)
    form = MeasureForm(request.POST or None, measure=measure)
    changed = form.carry_out(
        lambda: correct_measure(
            measure, actor=user, wording=form.wording(), seen=form.cleaned_data["seen"], ground=form.ground()
        )
    )
    if changed is not None:
        messages.success(request, f"{measure.number}已保存。" if changed else "没有改动。")
        return redirect(measure)
    context = {"form": form, "measure": measure, "plan": plan}
    return render(request, "tasks/correct_measure.html", context, status=form.status)


def visible_measure(user: User, pk: int) -> Measure:
    visible = Measure.objects.filter(task__plan__in=Plan.objects.visible_to(user))
    measure: Measure = get_object_or_404(visible.select_related("task__plan__jurisdiction"), pk=pk)
    return measure


@require_http_methods(["GET", "POST"])
def rename(request: HttpRequest, pk: int) -> HttpResponse:
    """单位更名: the old name stays as an alias, plans in force record it."""
    user = signed_in(request)
    unit: Department = get_object_or_404(Department.objects.visible_to(user).select_related("jurisdiction"), pk=pk)
    may_change_unit(user, unit).or_raise()
    form = RenameForm(request.POST or None, unit=unit)
    renamed = form.carry_out(
        lambda: rename_unit(
            unit,
            actor=user,
            name=form.cleaned_data["name"],
            seen=form.cleaned_data["seen"],
            ground=form.stated_ground(),
        )
    )
    if renamed:
        messages.success(request, f"“{unit.name}”已更名为“{renamed.name}”，旧名称留作别名。")
        return redirect("departments:unit", pk)
    context = {"form": form, "unit": unit, "plans": plans_in_force_with(unit)}
    return render(request, "tasks/rename_unit.html", context, status=form.status)
