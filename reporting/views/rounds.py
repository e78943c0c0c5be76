"""The office's round page, and what is decided on it."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import quote

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from core.errors import BadInput, Problem
from departments.lists.sheets import write_book
from departments.models import Department
from departments.places import required_place, signed_in
from reporting.actions.accept import accept_entry, accept_filtered
from reporting.actions.return_entry import return_entry
from reporting.models import ProgressEntry, ReportingPeriod
from reporting.policies import may_oversee, may_review, may_review_period, may_run
from reporting.round.choice import SORTS, Choice, choice_of
from reporting.round.current import current_period
from reporting.round.export import HEADS, export_rows
from reporting.round.forms import REASONS, AcceptForm, BulkForm, ReturnForm, first_error
from reporting.round.page import round_page
from reporting.round.rows import round_rows

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
RELATED = ("report__period__jurisdiction", "report__department", "assignment__measure__task")


@require_safe
def current_round(request: HttpRequest) -> HttpResponse:
    """The round that is open now."""
    place = required_place(request)
    may_oversee(signed_in(request), place).or_raise()
    period = current_period(place)
    if period is None:
        periods_url = reverse("reporting:periods") if may_run(signed_in(request), place, "设置报送期") else ""
        return render(request, "reporting/no_round.html", {"periods_url": periods_url})
    return redirect("reporting:round", period.pk)


@require_safe
def round_(request: HttpRequest, pk: int) -> HttpResponse:
    """Who is in and who is not; with a unit in the address its entries beside it."""
    if chosen := request.GET.get("period"):
        return redirect("reporting:round", visible_period(request, chosen).pk)
    return show(request, visible_period(request, pk), choice_of(request.GET))


def visible_period(request: HttpRequest, pk: int | str) -> ReportingPeriod:
    """404 for another place's, 403 for who may not see how units report."""
    if not str(pk).isdigit():
        raise Http404
    visible = ReportingPeriod.objects.visible_to(signed_in(request)).with_forms()
    period: ReportingPeriod = get_object_or_404(visible.select_related("jurisdiction"), pk=pk)
    may_oversee(signed_in(request), period.jurisdiction).or_raise()
    return period


def show(
    request: HttpRequest,
    period: ReportingPeriod,
    choice: Choice,
    *,
    problem: str = "",
    typed: str = "",
    status: int = 200,
) -> HttpResponse:
    """`problem` tells why a decision was not taken, `typed` keeps the reason that came with it."""
    context = {
        "page": round_page(period, signed_in(request), choice),
        "period": period,
        "choice": choice,
        "sorts": [(value, label, value == choice.sort) for value, label in SORTS],
        "reasons": REASONS,
        "problem": problem,
        "typed": typed,
    }
    return render(request, "reporting/round.html", context, status=status)


def reviewed_entry(request: HttpRequest, pk: int) -> ProgressEntry:
    """404 for one that the person does not see, 403 for one that is not theirs to decide."""
    visible = ProgressEntry.objects.visible_to(signed_in(request)).select_related(*RELATED)
    entry: ProgressEntry = get_object_or_404(visible, pk=pk)
    may_review(signed_in(request), entry).or_raise()
    return entry


@require_POST
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """通过，看下一项."""
    entry, form = reviewed_entry(request, pk), AcceptForm(request.POST)
    try:
        if not form.is_valid():
            raise BadInput(first_error(form))
        accept_entry(entry, actor=signed_in(request), version=form.cleaned_data["version"])
    except Problem as problem:
        return refused(request, entry, problem)
    return to_next(request, entry, f"{name_of(entry)}已通过。")


@require_POST
def return_(request: HttpRequest, pk: int) -> HttpResponse:
    """退回这一项."""
    entry, form = reviewed_entry(request, pk), ReturnForm(request.POST)
    try:
        if not form.is_valid():
            raise BadInput(first_error(form))
        reason, version = form.cleaned_data["reason"], form.cleaned_data["version"]
        return_entry(entry, actor=signed_in(request), reason=reason, version=version)
    except Problem as problem:
        return refused(request, entry, problem)
    return to_next(request, entry, f"{name_of(entry)}已退回，补报期限为5个工作日。")


def refused(request: HttpRequest, entry: ProgressEntry, problem: Problem) -> HttpResponse:
    """The page again with the sentence and what was typed."""
    choice = replace(choice_of(request.POST), unit=entry.report.department_id, entry=entry.pk)
    typed = request.POST.get("reason", "")
    return show(request, entry.report.period, choice, problem=str(problem), typed=typed, status=problem.status)


def to_next(request: HttpRequest, entry: ProgressEntry, said: str) -> HttpResponseRedirect:
    """The unit's next entry that waits; where none is left, the same one as it now stands."""
    messages.success(request, said)
    waiting = ProgressEntry.objects.waiting().filter(report=entry.report_id)
    left = waiting.exclude(pk=entry.pk).exists()
    query = choice_of(request.POST).query(unit=entry.report.department_id, entry=None if left else entry.pk)
    return redirect(reverse("reporting:round", args=[entry.report.period_id]) + query)


def name_of(entry: ProgressEntry) -> str:
    return f"{entry.report.department}{entry.assignment.measure.number}"


@require_POST
def accept_waiting(request: HttpRequest, pk: int) -> HttpResponse:
    """批量通过 what the page showed."""
    period, form = visible_period(request, pk), BulkForm(request.POST)
    choice = choice_of(request.POST)
    may_review_period(signed_in(request), period).or_raise()
    try:
        if not form.is_valid():
            raise BadInput(first_error(form))
        seen = form.cleaned_data["seen"]
        done = accept_filtered(period, actor=signed_in(request), seen=seen)
    except Problem as problem:
        return show(request, period, choice, problem=str(problem), status=problem.status)
    rest = f"；另有{len(seen) - done}项刚被别人审过或退回，没有改动" if done < len(seen) else ""
    messages.success(request, f"已通过{done}项{rest}。")
    return redirect(reverse("reporting:round", args=[pk]) + choice.query(unit=None, entry=None))


def visible_unit(period: ReportingPeriod, pk: int) -> Department:
    unit: Department = get_object_or_404(Department.objects.filter(jurisdiction=period.jurisdiction_id), pk=pk)
    return unit


@require_safe
def export(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole round as an Excel file."""
    period = visible_period(request, pk)
    rows = export_rows(round_rows(period), period)
    name = quote(f"{period.title}报送情况.xlsx")
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{name}"}
    return HttpResponse(write_book("报送情况", HEADS, rows), content_type=XLSX, headers=headers)
