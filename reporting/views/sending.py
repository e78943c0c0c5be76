"""Before the form goes: what is wrong or doubtful, then 送审签, 审签 or 报送."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from core.errors import AccessDenied, Problem
from departments.places import signed_in
from reporting.actions.sign import ask_signature, sign, unsign
from reporting.actions.submit import submit
from reporting.entries.sending import sending_of
from reporting.models import ProgressReport
from reporting.views.access import visible_report, whole


@require_safe
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """All errors and questions of the form, each with the way to it, and the next step."""
    return show(request, visible_report(request, pk))


def show(request: HttpRequest, report: ProgressReport, problem: Problem | None = None) -> HttpResponse:
    context = {"report": report, "sending": sending_of(report, signed_in(request)), "problem": problem}
    confirmed = request.POST.getlist("confirmed")
    status = problem.status if problem else 200
    return render(request, "reporting/form_check.html", context | {"confirmed": confirmed}, status=status)


@require_POST
def send_to_signature(request: HttpRequest, pk: int) -> HttpResponse:
    return step(request, pk, ask_signature, "已送审签，单位负责人登录后可以看到。")


@require_POST
def sign_form(request: HttpRequest, pk: int) -> HttpResponse:
    return step(request, pk, sign, "已审签，可以报送了。")


@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    return step(request, pk, unsign, "已撤回审签，可以继续修改。")


def step(
    request: HttpRequest, pk: int, action: Callable[..., ProgressReport], done: str, **extra: object
) -> HttpResponse:
    """Take one step with the form as the page showed it; a refusal is told above the list."""
    report, user = visible_report(request, pk), signed_in(request)
    try:
        action(report, actor=user, version=whole(request, "version"), **extra)
    except AccessDenied:
        raise
    except Problem as problem:
        return show(request, visible_report(request, pk), problem)
    messages.success(request, done)
    return redirect("reporting:check", pk)


@require_POST
def send(request: HttpRequest, pk: int) -> HttpResponse:
    """报送; questions that were confirmed on the page are sent with it."""
    return step(request, pk, submit, "已报送。", confirmed_questions=request.POST.getlist("confirmed"))
