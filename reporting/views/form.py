"""The unit's form: one entry at a time, saved by itself."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from core import clock
from core.errors import Problem
from departments.models import Department
from departments.places import signed_in
from reporting.actions.open_form import open_form
from reporting.actions.same_as_last import same_as_last
from reporting.actions.save_entry import save_entry
from reporting.entries.entry_form import EntryForm
from reporting.entries.loading import load_entry
from reporting.entries.merging import merging_of
from reporting.entries.page import FormPage, form_page
from reporting.entries.paper import paper_of
from reporting.errors import EditedMeanwhile
from reporting.models import ProgressEntry, ReportingPeriod
from reporting.policies import may_edit
from reporting.querysets import served
from reporting.views.access import by_script, own_entry, visible_report, whole


@require_POST
def start(request: HttpRequest, period: int, department: int) -> HttpResponse:
    """Open the unit's form of a period for the first time."""
    user = signed_in(request)
    unit: Department = get_object_or_404(served(user).distinct(), pk=department)
    periods = ReportingPeriod.objects.standing().with_forms().filter(jurisdiction=unit.jurisdiction_id)
    report = open_form(get_object_or_404(periods, pk=period), unit, actor=user)
    return redirect("reporting:form", report.pk)


@require_safe
def form(request: HttpRequest, pk: int) -> HttpResponse:
    """The form at its first entry that is not filled; for who only reads it, as a whole."""
    report, user = visible_report(request, pk), signed_in(request)
    if not may_edit(user, report):
        return render(request, "reporting/form_read.html", {"paper": paper_of(report, user), "report": report})
    if report.first_submitted_at is None:
        open_form(report.period, report.department, actor=user)
    return show(request, form_page(report, user))


@require_safe
def entry(request: HttpRequest, pk: int, entry: int) -> HttpResponse:
    """One entry of the form."""
    report = visible_report(request, pk)
    get_object_or_404(report.entries.all(), pk=entry)
    if not may_edit(signed_in(request), report):
        return redirect("reporting:form", pk)
    return show(request, form_page(report, signed_in(request), chosen=entry))


def show(request: HttpRequest, page: FormPage, *, status: int = 200) -> HttpResponse:
    return render(request, "reporting/form.html", context_of(page), status=status)


def context_of(page: FormPage) -> dict[str, object]:
    return {"page": page, "report": page.report, "panel": page.panel, "now": clock.now(), "merging": None}


@require_POST
def save(request: HttpRequest, pk: int, entry: int) -> HttpResponse:
    """Keep what was typed; by script the answer is what changed around the fields, which are left alone."""
    found, user = own_entry(request, pk, entry), signed_in(request)
    form = typed_form(request, found)
    form.is_valid()
    try:
        report = save_entry(found, actor=user, content=form.content(), seen=whole(request, "seen")).report
    except EditedMeanwhile as conflict:
        return merge(request, found, conflict)
    if by_script(request):
        page = form_page(report, user, chosen=entry, data=form)
        return render(request, "reporting/_saved.html", context_of(page) | {"by_script": True})
    if form.errors:
        return show(request, form_page(report, user, chosen=entry, data=form), status=400)
    return redirect("reporting:entry", pk, entry)


def typed_form(request: HttpRequest, found: ProgressEntry) -> EntryForm:
    return EntryForm(request.POST, facts=load_entry(found.report, found.pk).facts)


def merge(request: HttpRequest, found: ProgressEntry, conflict: EditedMeanwhile) -> HttpResponse:
    """Both texts side by side; what the person chooses is saved over the other's, which the trail keeps."""
    report = visible_report(request, found.report_id)
    loaded = load_entry(report, found.pk)
    page = form_page(report, signed_in(request), chosen=found.pk, data=EntryForm(request.POST, facts=loaded.facts))
    context = context_of(page) | {"merging": merging_of(conflict, loaded)}
    template = "reporting/_entry.html" if by_script(request) else "reporting/form.html"
    response = render(request, template, context, status=conflict.status)
    response["HX-Retarget"], response["HX-Reswap"] = "#entry", "outerHTML"
    return response


@require_POST
def same(request: HttpRequest, pk: int, entry: int) -> HttpResponse:
    """与上期相同 in one press, with what has been typed."""
    found = own_entry(request, pk, entry)
    form = typed_form(request, found)
    form.is_valid()
    try:
        same_as_last(found, actor=signed_in(request), content=form.content(), seen=whole(request, "seen"))
    except EditedMeanwhile as conflict:
        return merge(request, found, conflict)
    except Problem as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, "已带入上期的状态、数据、问题和下一步，请再写一句本期的情况。")
    return redirect("reporting:entry", pk, entry)


@require_safe
def printed(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole form for paper, with a line for the signature."""
    report = visible_report(request, pk)
    paper = paper_of(report, signed_in(request))
    return render(request, "reporting/form_print.html", {"paper": paper, "report": report})
