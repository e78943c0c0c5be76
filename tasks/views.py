"""Pages of a plan's life."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from departments.models import User
from tasks.actions.issue_plan import issue_plan
from tasks.forms import IssueForm
from tasks.life_cycle import PLAN_WORKFLOW
from tasks.models import Plan
from tasks.policies import may_issue


@require_http_methods(["GET", "POST"])
def issue(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for number and date, then put the plan in force."""
    assert isinstance(request.user, User)  # noqa: S101 (narrows the type)
    plan: Plan = get_object_or_404(Plan.objects.visible_to(request.user), pk=pk)
    may_issue(request.user, plan).or_raise()
    PLAN_WORKFLOW.require("issue", plan.stage)
    initial = {"document_number": plan.document_number, "issued_on": plan.issued_on}
    form = IssueForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        issue_plan(plan, actor=request.user, **form.cleaned_data)
        messages.success(request, f"《{plan.title}》已设为已印发，各单位现在可以看到。")
        return redirect(plan)
    return render(request, "tasks/issue.html", {"plan": plan, "form": form}, status=400 if form.errors else 200)
