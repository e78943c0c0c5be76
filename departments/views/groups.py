"""集合单位: the list, adding, changing."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from departments.actions import groups as actions
from departments.editions import edition
from departments.forms.units import GroupForm
from departments.models import DepartmentGroup
from departments.places import required_place, signed_in
from departments.policies import may_change_group, may_manage, may_view_units
from departments.queries import groups_of


@require_safe
def groups(request: HttpRequest) -> HttpResponse:
    user, place = signed_in(request), required_place(request)
    may_view_units(user, place).or_raise()
    context = {"place": place, "groups": groups_of(place), "manage": may_manage(user, place)}
    return render(request, "departments/groups.html", context)


def add_group(request: HttpRequest) -> HttpResponse:
    user, place = signed_in(request), required_place(request)
    may_manage(user, place).or_raise()
    form = GroupForm(request.POST or None, jurisdiction=place)
    added = form.carry_out(
        lambda: actions.add_group(
            place, actor=user, name=form.cleaned_data["name"], members=list(form.cleaned_data["members"])
        )
    )
    if added:
        messages.success(request, f"已新增集合单位“{added.name}”。")
        return redirect("departments:groups")
    return render(request, "departments/group_form.html", {"form": form, "place": place}, status=form.status)


def change_group(request: HttpRequest, pk: int) -> HttpResponse:
    user = signed_in(request)
    group = get_object_or_404(DepartmentGroup.objects.visible_to(user).select_related("jurisdiction"), pk=pk)
    may_change_group(user, group).or_raise()
    members = list(group.members.all())
    initial = {"name": group.name, "members": members, "seen": edition(actions.group_as_text(group.name, members))}
    form = GroupForm(request.POST or None, jurisdiction=group.jurisdiction, initial=initial)

    def change() -> DepartmentGroup:
        given = form.cleaned_data
        chosen = list(given["members"])
        return actions.change_group(group, actor=user, name=given["name"], members=chosen, seen=given["seen"])

    changed = form.carry_out(change)
    if changed:
        messages.success(request, f"“{changed.name}”已保存。已印发的计划仍按印发时的成员。")
        return redirect("departments:groups")
    context = {"form": form, "group": group, "place": group.jurisdiction}
    return render(request, "departments/group_form.html", context, status=form.status)
