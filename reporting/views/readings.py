"""更正数据: an accepted figure set right by the office."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from core.errors import BadInput, Problem
from departments.places import signed_in
from indicators.formulas import is_ratio
from reporting.actions.correct_reading import Numbers, correct_reading
from reporting.models import ProgressEntry, ReportedFigure
from reporting.policies import may_review
from reporting.round.choice import Choice
from reporting.round.forms import CorrectForm

RELATED = ("indicator", "reading", "entry__report__period__jurisdiction", "entry__report__department")


@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """The old reading stays in the trail of the new one, which carries the reason."""
    figure = visible_figure(request, pk)
    may_review(signed_in(request), figure.entry).or_raise()
    form, status = bound_form(request, figure), 200
    if form.is_bound and not form.is_valid():
        status = 400
    elif form.is_bound:
        given = form.cleaned_data
        numbers = Numbers(given.get("numerator"), given.get("denominator"), given.get("value"))
        try:
            correct_reading(figure, actor=signed_in(request), numbers=numbers, reason=given["reason"])
        except Problem as problem:
            field = problem.field if isinstance(problem, BadInput) else None
            form.add_error(field if field in form.fields else None, str(problem))
            status = problem.status
        else:
            messages.success(request, f"“{figure.indicator.subject}”已更正，原数据留在记录里。")
            return redirect(place_of(figure))
    context = {"figure": figure, "form": form, "back": place_of(figure)}
    return render(request, "reporting/correct_reading.html", context, status=status)


def visible_figure(request: HttpRequest, pk: int) -> ReportedFigure:
    entries = ProgressEntry.objects.visible_to(signed_in(request)).values("pk")
    figures = ReportedFigure.objects.filter(entry__in=entries).select_related(*RELATED)
    figure: ReportedFigure = get_object_or_404(figures, pk=pk)
    return figure


def bound_form(request: HttpRequest, figure: ReportedFigure) -> CorrectForm:
    """Of a ratio two numbers, else one; as they stand now."""
    names = ("numerator", "denominator") if is_ratio(figure.indicator) else ("value",)
    form = CorrectForm(request.POST or None, initial={name: getattr(figure, name) for name in names})
    for name in {"numerator", "denominator", "value"} - set(names):
        del form.fields[name]
    for name in names:
        form.fields[name].required = True
        form.fields[name].label = getattr(figure.indicator, f"{name}_label", "") or form.fields[name].label
    return form


def place_of(figure: ReportedFigure) -> str:
    report = figure.entry.report
    query = Choice(unit=report.department_id, entry=figure.entry_id).query()
    return reverse("reporting:round", args=[report.period_id]) + query
