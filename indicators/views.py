"""Pages that change what a measure demands and of whom, what its figures start from, and that compare two plans."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from core import clock
from departments.models import Department, Population, User
from departments.places import signed_in
from departments.policies import may_change_unit
from indicators.actions.correct_target import correct_target
from indicators.actions.merge_units import merge_units, plans_touched
from indicators.actions.reassign_measure import reassign_measure
from indicators.actions.set_baselines import climbing, set_baselines
from indicators.actions.switch_base import switch_base
from indicators.display import day_text, target_text
from indicators.forms import BaselinesForm, MergeForm, SwitchBaseForm, TargetForm
from indicators.formulas import PER_RESIDENTS
from indicators.models import Indicator, PopulationBase
from indicators.plan_text import from_plan
from indicators.population import Base, Bases, base_from, bases_of
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


@require_http_methods(["GET", "POST"])
def baselines(request: HttpRequest, pk: int) -> HttpResponse:
    """年初基数: where the targets that are climbed stood when the year began, all of a plan as one form."""
    user = signed_in(request)
    plan = _plan_to_change(user, pk)
    indicators = climbing(plan)
    form = BaselinesForm(request.POST or None, indicators=indicators)
    changed = form.carry_out(lambda: set_baselines(plan, actor=user, baselines=form.baselines(), seen=form.seen()))
    if changed is not None:
        done = f"{changed}项年初基数已保存，“应达”和红黄绿灯随即重新计算。" if changed else "没有改动。"
        messages.success(request, done)
        return redirect("indicators:baselines", pk)
    stated = sum(one.baseline is not None for one in indicators)
    context = {
        "form": form,
        "plan": plan,
        "lines": [(one, target_text(one), *fields) for one, *fields in form.lines()],
        "stated": stated,
        "summary": f"逐步达到的指标{len(indicators)}项，已有基数{stated}项" if indicators else "",
        "tabs": _base_tabs(plan, "indicators:baselines"),
    }
    return render(request, "indicators/baselines.html", context, status=form.status)


def _plan_to_change(user: User, pk: int) -> Plan:
    """404 for a plan that the person does not see. Raises `AccessDenied`, or `WrongState` where it is closed."""
    visible = Plan.objects.visible_to(user).select_related("jurisdiction")
    plan: Plan = get_object_or_404(visible, pk=pk)
    may_change(user, plan).or_raise()
    require("change", plan)
    return plan


def _base_tabs(plan: Plan, current: str) -> list[tuple[str, str, bool]]:
    names = (("indicators:baselines", "年初基数"), ("indicators:switch_base", "人口基数"))
    return [(reverse(route, args=[plan.pk]), name, route == current) for route, name in names]


@require_http_methods(["GET", "POST"])
def switch_population_base(request: HttpRequest, pk: int) -> HttpResponse:
    """换基数: the population that figures per thousand residents are divided by, and from when another one."""
    user = signed_in(request)
    plan = _plan_to_change(user, pk)
    bases = bases_of(plan)
    form = SwitchBaseForm(request.POST or None, others=_others(plan, bases))
    switched = form.carry_out(lambda: switch_base(plan, actor=user, **form.cleaned_data))
    if switched:
        base = base_from(switched.population)
        messages.success(request, f"自{day_text(switched.since)}起按{base.short}算，有关指标随即重新计算。")
        return redirect("indicators:switch_base", pk)
    context = {
        "form": form,
        "plan": plan,
        "base": bases.on(clock.today()),
        "lines": _base_lines(plan, bases),
        "targets": [(one, target_text(one)) for one in _per_residents(plan)],
        "tabs": _base_tabs(plan, "indicators:switch_base"),
    }
    return render(request, "indicators/switch_base.html", context, status=form.status)


def _others(plan: Plan, bases: Bases) -> QuerySet[Population]:
    """The populations of the place but the one last switched to, which any further switch would have to leave."""
    stated = Population.objects.filter(jurisdiction=plan.jurisdiction_id)
    last: Base | None = bases.on(date.max)
    return stated.exclude(pk__in=[one.pk for one in stated if base_from(one) == last])


def _base_lines(plan: Plan, bases: Bases) -> list[tuple[PopulationBase | None, Base, bool]]:
    """The switch (None for what held from the beginning), its base, whether that is in force; the earliest first."""
    rows = PopulationBase.objects.filter(plan=plan).select_related("population", "actor").order_by("since")
    switches: list[PopulationBase | None] = [*rows]
    firsts: list[PopulationBase | None] = [None] if bases.on(date.min) else []
    held = [row for row in firsts + switches if row is None or row.since <= clock.today()]
    return [
        (row, base_from(row.population) if row else bases.switches[0][1], row in held[-1:]) for row in firsts + switches
    ]


def _per_residents(plan: Plan) -> QuerySet[Indicator]:
    found = Indicator.objects.filter(measure__task__plan=plan, unit__contains=PER_RESIDENTS)
    return found.select_related("measure__task").order_by("measure__task__number", "measure__position", "position")
