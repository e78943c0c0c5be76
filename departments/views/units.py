"""Units: the list, one unit, adding, changing, order, taking out of use."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from departments.actions import units as actions
from departments.editions import edition
from departments.forms.filters import UnitFilter
from departments.forms.units import MoveForm, UnitForm, initial_of
from departments.models import Department
from departments.places import required_place, signed_in
from departments.policies import available_verbs, may_change_unit, may_manage, may_view_unit, may_view_units
from departments.queries import count_units, people_serving, units_of


def visible_unit(request: HttpRequest, pk: int) -> Department:
    """The unit, or 404 for one of a jurisdiction that the person does not see."""
    units = Department.objects.visible_to(signed_in(request)).select_related("jurisdiction", "represents")
    unit: Department = get_object_or_404(units, pk=pk)
    return unit


@require_safe
def units(request: HttpRequest) -> HttpResponse:
    """单位: the list in the customary order; with `order` in the address each row can be moved."""
    user, place = signed_in(request), required_place(request)
    may_view_units(user, place).or_raise()
    manage = may_manage(user, place)
    ordering = bool(manage) and "order" in request.GET
    filters = UnitFilter(request.GET, jurisdiction=place)
    rows = units_of(place) if ordering else filters.narrow(units_of(place))
    context = {
        "place": place,
        "filters": filters,
        "page": filters.page(rows),
        "manage": manage,
        "ordering": ordering,
        "counts": count_units(place),
    }
    return render(request, "departments/units.html", context)


@require_safe
def unit(request: HttpRequest, pk: int) -> HttpResponse:
    """One unit: what it is called, its groups and its people."""
    user, shown = signed_in(request), visible_unit(request, pk)
    may_view_unit(user, shown).or_raise()
    context = {
        "unit": shown,
        "can": available_verbs(user, shown),
        "people": people_serving(shown),
        "list_open": may_view_units(user, shown.jurisdiction),
    }
    return render(request, "departments/unit.html", context)


def add_unit(request: HttpRequest) -> HttpResponse:
    user, place = signed_in(request), required_place(request)
    may_manage(user, place).or_raise()
    form = UnitForm(request.POST or None, jurisdiction=place)
    added = form.carry_out(lambda: actions.add_unit(place, actor=user, fields=form.unit_fields()))
    if added:
        messages.success(request, f"已新增单位“{added.name}”，排在最后。")
        return redirect("departments:unit", added.pk)
    return render(request, "departments/unit_form.html", {"form": form, "place": place}, status=form.status)


def change_unit(request: HttpRequest, pk: int) -> HttpResponse:
    user, shown = signed_in(request), visible_unit(request, pk)
    may_change_unit(user, shown).or_raise()
    fields = actions.fields_of(shown)
    initial = {**initial_of(fields), "seen": edition(fields.as_text())}
    form = UnitForm(request.POST or None, jurisdiction=shown.jurisdiction, initial=initial)
    changed = form.carry_out(
        lambda: actions.change_unit(shown, actor=user, fields=form.unit_fields(), seen=form.cleaned_data["seen"])
    )
    if changed:
        messages.success(request, f"“{changed.name}”已保存。")
        return redirect("departments:unit", pk)
    context = {"form": form, "unit": shown, "place": shown.jurisdiction}
    return render(request, "departments/unit_form.html", context, status=form.status)


@require_POST
def move_unit(request: HttpRequest, pk: int) -> HttpResponse:
    """To the place given, or one up or down (`to` of the button pressed)."""
    shown, form = visible_unit(request, pk), MoveForm(request.POST)
    may_change_unit(signed_in(request), shown).or_raise()
    if form.is_valid():
        actions.move_unit(shown, actor=signed_in(request), to=form.cleaned_data["to"])
        messages.success(request, f"“{shown.name}”已移到第{form.cleaned_data['to']}位。")
    else:
        messages.error(request, f"“{shown.name}”没有移动：次序应填1以上的整数。")
    response = redirect("departments:units")
    response["Location"] += f"?order=1&page={request.POST.get('page', '1')}#unit-{pk}"
    return response


@require_POST
def deactivate_unit(request: HttpRequest, pk: int) -> HttpResponse:
    shown = visible_unit(request, pk)
    actions.deactivate_unit(shown, actor=signed_in(request))
    messages.success(request, f"“{shown.name}”已停用。已有的分工和历史不变，新计划不再选用它。")
    return redirect("departments:unit", pk)


@require_POST
def reactivate_unit(request: HttpRequest, pk: int) -> HttpResponse:
    shown = visible_unit(request, pk)
    actions.reactivate_unit(shown, actor=signed_in(request))
    messages.success(request, f"“{shown.name}”已恢复使用。")
    return redirect("departments:unit", pk)
