"""申请延期: a unit asks for more time."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from core.errors import BadInput, Problem
from departments.places import signed_in
from reporting.actions.extend import ask_extension
from reporting.models import ProgressReport
from reporting.policies import deadline_of, may_ask_extension
from reporting.round.forms import AskExtensionForm


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    visible = ProgressReport.objects.visible_to(signed_in(request)).select_related("period__jurisdiction", "department")
    report: ProgressReport = get_object_or_404(visible, pk=pk)
    may_ask_extension(signed_in(request), report).or_raise()
    form = AskExtensionForm(request.POST or None)
    status = 400 if form.is_bound else 200
    if form.is_valid():
        try:
            until, reason = form.cleaned_data["until"], form.cleaned_data["reason"]
            ask_extension(report, actor=signed_in(request), until=until, reason=reason)
        except Problem as problem:
            form.add_error(problem.field if isinstance(problem, BadInput) else None, str(problem))
            status = problem.status
        else:
            messages.success(request, "已申请延期，等食安办答复。答复前请仍按原截止日准备。")
            return redirect("reporting:form", report.pk)
    context = {"report": report, "form": form, "due": deadline_of(report)}
    return render(request, "reporting/extension_ask.html", context, status=status)
