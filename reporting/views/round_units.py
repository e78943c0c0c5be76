"""What the office does with a unit's form as a whole: file it on behalf, extend, open again, answer a request."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from core.errors import BadInput, Problem
from departments.places import signed_in
from reporting.actions.extend import extend, grant_extension, refuse_extension
from reporting.actions.file_on_behalf import file_on_behalf
from reporting.actions.reopen import reopen_report
from reporting.models import Extension, ProgressReport, ReportingPeriod
from reporting.owed import open_report
from reporting.policies import may_run
from reporting.round.choice import Choice
from reporting.round.forms import BehalfForm, ExtendForm, ReopenForm, first_error
from reporting.views.rounds import show, visible_period, visible_unit


@require_POST
def on_behalf(request: HttpRequest, pk: int, unit: int) -> HttpResponse:
    """代填: go on to the unit's form."""
    period, form = visible_period(request, pk), BehalfForm(request.POST)
    department, user = visible_unit(period, unit), signed_in(request)
    may_run(user, period.jurisdiction, "代单位填报").or_raise()
    try:
        require_valid(form)
        report = open_report(period, department)
        file_on_behalf(report, actor=user, reason=form.cleaned_data["reason"])
    except Problem as problem:
        return show(request, period, Choice(unit=unit), problem=str(problem), status=problem.status)
    messages.info(request, f"现在由食安办代{department}填报，报送后会标明“食安办代填”。")
    return redirect("reporting:form", report.pk)


@require_POST
def extend_unit(request: HttpRequest, pk: int, unit: int) -> HttpResponse:
    """Grant an extension that nobody asked for."""
    period, form = visible_period(request, pk), ExtendForm(request.POST)
    department, user = visible_unit(period, unit), signed_in(request)
    may_run(user, period.jurisdiction, "准予延期").or_raise()

    def do() -> None:
        report = open_report(period, department)
        extend(report, actor=user, until=form.cleaned_data["until"], reason=form.cleaned_data["reason"])

    return done(request, period, unit, form, do, f"已准予{department}延期。")


@require_POST
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    report, form = overseen_report(request, pk), ReopenForm(request.POST)

    def do() -> None:
        reason, version = form.cleaned_data["reason"], form.cleaned_data["version"]
        reopen_report(report, actor=signed_in(request), reason=reason, version=version)

    said = f"{report.department}的填报单已重新打开，请其补报。"
    return done(request, report.period, report.department_id, form, do, said)


def overseen_report(request: HttpRequest, pk: int) -> ProgressReport:
    visible = ProgressReport.objects.visible_to(signed_in(request)).select_related("period__jurisdiction", "department")
    report: ProgressReport = get_object_or_404(visible, pk=pk)
    may_run(signed_in(request), report.period.jurisdiction, "办理填报单").or_raise()
    return report


@require_POST
def grant(request: HttpRequest, pk: int) -> HttpResponse:
    extension, form = overseen_extension(request, pk), ExtendForm(request.POST)

    def do() -> None:
        until, answer = form.cleaned_data["until"], form.cleaned_data["reason"]
        grant_extension(extension, actor=signed_in(request), until=until, answer=answer)

    report = extension.report
    return done(request, report.period, report.department_id, form, do, f"已准予{report.department}延期。")


@require_POST
def refuse(request: HttpRequest, pk: int) -> HttpResponse:
    extension, form = overseen_extension(request, pk), BehalfForm(request.POST)

    def do() -> None:
        refuse_extension(extension, actor=signed_in(request), answer=form.cleaned_data["reason"])

    report = extension.report
    return done(request, report.period, report.department_id, form, do, f"已答复{report.department}不准予延期。")


def overseen_extension(request: HttpRequest, pk: int) -> Extension:
    reports = ProgressReport.objects.visible_to(signed_in(request))
    visible = Extension.objects.filter(report__in=reports)
    related = ("report__period__jurisdiction", "report__department")
    extension: Extension = get_object_or_404(visible.select_related(*related), pk=pk)
    may_run(signed_in(request), extension.report.period.jurisdiction, "答复延期申请").or_raise()
    return extension


def done(
    request: HttpRequest, period: ReportingPeriod, unit: int, form: Form, do: Callable[[], None], said: str
) -> HttpResponse:
    """Do it and go back to the unit on the round page, or show the page with why not."""
    choice = Choice(unit=unit)
    try:
        require_valid(form)
        do()
    except Problem as problem:
        return show(request, period, choice, problem=str(problem), status=problem.status)
    messages.success(request, said)
    return redirect(reverse("reporting:round", args=[period.pk]) + choice.query())


def require_valid(form: Form) -> None:
    if not form.is_valid():
        raise BadInput(first_error(form))
