"""Pages that change what a measure demands and of whom, and that compare two plans."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from departments.models import Department
from departments.places import signed_in
from departments.policies import may_change_unit
from indicators.actions.correct_target import correct_target
from indicators.actions.merge_units import merge_units, plans_touched
from indicators.actions.reassign_measure import reassign_measure
from indicators.forms import MergeForm, TargetForm
from indicators.models import Indicator
from indicators.plan_text import from_plan
from tasks import difference_rows
from tasks.actions.reassign import active_of
from tasks.differences import compare
from tasks.forms import ReassignForm
from tasks.life_cycle import require
from tasks.models import Assignment, Measure, Plan
from tasks.policies import may_change

TASKS_SHOWN = 40


@require_http_methods(["GET", "POST"])
def reassign(request: HttpRequest, pk: int) -> HttpResponse:
    """调整分工: roles, ends and additions of one measure, as one form."""
    user = signed_in(request)
    visible = Measure.objects.filter(task__plan__in=Plan.objects.visible_to(user))
    measure: Measure = get_object_or_404(visible.select_related("task__plan__jurisdiction"), pk=pk)
    plan: Plan = measure.task.plan
    may_change(user, plan).or_raise()
    require("change", plan)
    form = ReassignForm(request.POST or None, measure=measure, rows=active_of(measure))
    changed = form.carry_out(
        lambda: reassign_measure(
            measure, actor=user, wanted=form.wanted(), seen=form.cleaned_data["seen"], ground=form.ground()
        )
    )
    if changed is not None:
        messages.success(request, f"{measure.number}的责任单位已保存。" if changed else "没有改动。")
        return redirect(measure)
    context = {"form": form, "measure": measure, "plan": plan}
    return render(request, "indicators/reassign.html", context, status=form.status)


@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """更正指标: what is demanded, how it is summed, who reports it."""
    user = signed_in(request)
    visible = Indicator.objects.filter(measure__task__plan__in=Plan.objects.visible_to(user))
    indicator: Indicator = get_object_or_404(visible.select_related("measure__task__plan__jurisdiction"), pk=pk)
    measure = indicator.measure
    plan: Plan = measure.task.plan
    may_change(user, plan).or_raise()
    require("change", plan)
    form = TargetForm(request.POST or None, indicator=indicator)
    changed = form.carry_out(
        lambda: correct_target(
            indicator, actor=user, target=form.target(), seen=form.cleaned_data["seen"], ground=form.ground()
        )
    )
    if changed is not None:
        messages.success(request, f"{measure.number}的指标已保存。" if changed else "没有改动。")
        return redirect(measure)
    context = {"form": form, "indicator": indicator, "measure": measure, "plan": plan}
    return render(request, "indicators/correct_target.html", context, status=form.status)


@require_safe
def differences(request: HttpRequest, new: int, old: int) -> HttpResponse:
    """In what one plan differs from another: a consultation text and what was issued, or two years."""
    visible = Plan.objects.visible_to(signed_in(request)).select_related("jurisdiction")
    newer, older = get_object_or_404(visible, pk=new), get_object_or_404(visible, pk=old)
    found = compare(from_plan(older), from_plan(newer))
    what = request.GET.get("what", difference_rows.ALL)
    what = what if what in difference_rows.WHAT else difference_rows.ALL
    page = Paginator(difference_rows.chosen(found.tasks, what), TASKS_SHOWN).get_page(request.GET.get("page"))
    context = {
        "new": newer,
        "old": older,
        "summary": difference_rows.summary(found),
        "tabs": _tabs(found, what),
        "page": page,
        "tasks": [difference_rows.task_row(task, newer.year) for task in page],
        "duties": [difference_rows.duty_line(duty) for duty in found.duties] if _shows_duties(what, page) else [],
        "query": "" if what == difference_rows.ALL else f"what={what}&",
    }
    return render(request, "indicators/differences.html", context)


def _tabs(found: Any, what: str) -> list[tuple[str, str, bool]]:
    """Filters with how many each leaves; a sort in which nothing differs has none."""
    tabs = [("?", "全部", what == difference_rows.ALL)]
    for key, (name, _) in difference_rows.WHAT.items():
        number = difference_rows.how_many(found, key)
        if number or key == what:
            tabs.append((f"?what={key}", f"{name} {number}", key == what))
    return tabs


def _shows_duties(what: str, page: Any) -> bool:
    """On their own, and behind the last task of all."""
    return what == "duties" or (what == difference_rows.ALL and not page.has_next())


@require_http_methods(["GET", "POST"])
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    """单位合并: one unit's duties and names go over to another."""
    user = signed_in(request)
    unit: Department = get_object_or_404(Department.objects.visible_to(user).select_related("jurisdiction"), pk=pk)
    may_change_unit(user, unit).or_raise()
    form = MergeForm(request.POST or None, unit=unit)
    merged = form.carry_out(
        lambda: merge_units(unit, into=form.cleaned_data["into"], actor=user, ground=form.stated_ground())
    )
    if merged is not None:
        into = form.cleaned_data["into"]
        messages.success(
            request,
            f"“{unit.name}”已并入“{into.name}”：{merged.plans}份计划，{merged.assignments}项分工"
            f"{f'，其中{merged.doubled}项两家原都承担' if merged.doubled else ''}。原单位的人员请到“用户”页改任职。",
        )
        return redirect("departments:unit", into.pk)
    owes = Assignment.objects.owed_by(unit).count()
    context = {"form": form, "unit": unit, "plans": plans_touched(unit), "owes": owes}
    return render(request, "indicators/merge.html", context, status=form.status)
