"""常住人口: the years stated, adding one, correcting one."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from core import clock
from departments.actions import population as actions
from departments.editions import edition
from departments.forms.units import PopulationForm
from departments.models import Population
from departments.places import required_place, signed_in
from departments.policies import may_change_population, may_manage, may_view_units


@require_safe
def population(request: HttpRequest) -> HttpResponse:
    user, place = signed_in(request), required_place(request)
    may_view_units(user, place).or_raise()
    context = {
        "place": place,
        "years": Population.objects.filter(jurisdiction=place),
        "manage": may_manage(user, place),
    }
    return render(request, "departments/population.html", context)


def add_population(request: HttpRequest) -> HttpResponse:
    user, place = signed_in(request), required_place(request)
    may_manage(user, place).or_raise()
    form = PopulationForm(request.POST or None, today=clock.today())

    def add() -> Population:
        given = {name: value for name, value in form.cleaned_data.items() if name != "seen"}
        return actions.add_population(place, actor=user, **given)

    added = form.carry_out(add)
    if added:
        messages.success(request, f"{added.year}年常住人口已保存。")
        return redirect("departments:population")
    return render(request, "departments/population_form.html", {"form": form, "place": place}, status=form.status)


def change_population(request: HttpRequest, pk: int) -> HttpResponse:
    user = signed_in(request)
    stated = get_object_or_404(Population.objects.visible_to(user).select_related("jurisdiction"), pk=pk)
    may_change_population(user, stated).or_raise()
    shown = {name: getattr(stated, name) for name in ("residents", "source", "as_of")}
    initial = {**shown, "seen": edition(actions.population_as_text(stated))}
    form = PopulationForm(request.POST or None, today=clock.today(), initial=initial)
    del form.fields["year"]
    changed = form.carry_out(lambda: actions.change_population(stated, actor=user, **form.cleaned_data))
    if changed:
        messages.success(request, f"{changed.year}年常住人口已保存。")
        return redirect("departments:population")
    context = {"form": form, "population": stated, "place": stated.jurisdiction}
    return render(request, "departments/population_form.html", context, status=form.status)
