"""销号: who asks, what stands, and the office's decisions."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.errors import BadInput, Problem
from departments.places import signed_in
from reporting.actions.closure_decide import approve_closure, refuse_closure, reopen_closure, revisit_closure
from reporting.actions.closure_request import request_closure
from reporting.closures.forms import ApproveForm, ReasonForm, RevisitForm, StatementForm
from reporting.closures.listing import claims, closable, closures_shown, tabs_of
from reporting.models import Closure, Evidence, ProgressEntry
from reporting.policies import closure_verbs, may_ask_closure, may_decide_closure

PAGE_SIZE = 50
FORMS: dict[str, type[Form]] = {
    "approve": ApproveForm,
    "refuse": ReasonForm,
    "reopen": ReasonForm,
    "revisit": RevisitForm,
}
RELATED = ("measure__task__plan__jurisdiction", "department", "entry__report__period", "requested_by", "decided_by")


@require_safe
def closures(request: HttpRequest) -> HttpResponse:
    """What was asked, what is closed, and what may be asked for; claimed, reviewed and verified apart."""
    user, state = signed_in(request), request.GET.get("state", "")
    shown = closures_shown(user, state)
    page = Paginator(shown.select_related(*RELATED), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "state": state,
        "tabs": tabs_of(user, state),
        "claims": claims(user),
        "closable": closable(user),
        "query": f"state={state}&" if state else "",
    }
    return render(request, "reporting/closures.html", context)


@require_safe
def closure(request: HttpRequest, pk: int) -> HttpResponse:
    return show(request, visible_closure(request, pk))


def visible_closure(request: HttpRequest, pk: int) -> Closure:
    visible = Closure.objects.filter(pk__in=Closure.objects.visible_to(signed_in(request)).values("pk"))
    found: Closure = get_object_or_404(visible.select_related(*RELATED), pk=pk)
    return found


def show(
    request: HttpRequest, closure: Closure, *, verb: str = "", form: Form | None = None, status: int = 200
) -> HttpResponse:
    """`form` is the one of `verb` that was refused; the others are fresh."""
    forms = {one: kind(auto_id=f"{one}-%s") for one, kind in FORMS.items()}
    can = closure_verbs(signed_in(request), closure)
    context = {"closure": closure, "can": can, "files": evidence_of(closure), "forms": forms}
    if form is not None:
        forms[verb] = form
    return render(request, "reporting/closure.html", context, status=status)


def evidence_of(closure: Closure) -> list[Evidence]:
    return list(closure.entry.evidence.filter(removed_at__isnull=True)) if closure.entry else []


@require_POST
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    form = ApproveForm(request.POST, auto_id="approve-%s")

    def do(found: Closure) -> None:
        approve_closure(found, actor=signed_in(request), check=form.check())

    return decide(request, pk, "approve", form, do, "已准予销号。")


@require_POST
def refuse(request: HttpRequest, pk: int) -> HttpResponse:
    form = ReasonForm(request.POST, auto_id="refuse-%s")

    def do(found: Closure) -> None:
        refuse_closure(found, actor=signed_in(request), reason=form.cleaned_data["reason"])

    return decide(request, pk, "refuse", form, do, "已答复不准予销号。")


@require_POST
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    form = ReasonForm(request.POST, auto_id="reopen-%s")

    def do(found: Closure) -> None:
        reopen_closure(found, actor=signed_in(request), reason=form.cleaned_data["reason"])

    return decide(request, pk, "reopen", form, do, "措施已恢复，下一期继续报送。")


@require_POST
def revisit(request: HttpRequest, pk: int) -> HttpResponse:
    form = RevisitForm(request.POST, auto_id="revisit-%s")

    def do(found: Closure) -> None:
        note, next_on = form.cleaned_data["reason"], form.cleaned_data["next_on"]
        revisit_closure(found, actor=signed_in(request), note=note, next_on=next_on)

    return decide(request, pk, "revisit", form, do, "回头看情况已记录。")


def decide(
    request: HttpRequest, pk: int, verb: str, form: Form, do: Callable[[Closure], None], said: str
) -> HttpResponse:
    """Do it, or show the page with what is wrong beside its field."""
    found = visible_closure(request, pk)
    may_decide_closure(signed_in(request), found).or_raise()
    if not form.is_valid():
        return show(request, found, verb=verb, form=form, status=400)
    try:
        do(found)
    except Problem as problem:
        form.add_error(field_of(problem, form), str(problem))
        return show(request, visible_closure(request, pk), verb=verb, form=form, status=problem.status)
    messages.success(request, said)
    return redirect("reporting:closure", pk)


def field_of(problem: Problem, form: Form) -> str | None:
    name = problem.field if isinstance(problem, BadInput) else None
    return name if name in form.fields else None


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """申请销号 on the ground of an accepted entry."""
    visible = ProgressEntry.objects.visible_to(signed_in(request))
    related = ("report__period__jurisdiction", "report__department", "assignment__measure__task__plan")
    entry: ProgressEntry = get_object_or_404(visible.select_related(*related), pk=pk)
    may_ask_closure(signed_in(request), entry).or_raise()
    form = StatementForm(request.POST or None, initial={"statement": entry.done_text})
    status = 400 if form.is_bound else 200
    if form.is_valid():
        try:
            asked = request_closure(entry, actor=signed_in(request), statement=form.cleaned_data["statement"])
        except Problem as problem:
            form.add_error(None, str(problem))
            status = problem.status
        else:
            messages.success(request, "已申请销号，等食安办核实。")
            return redirect("reporting:closure", asked.pk)
    return render(request, "reporting/closure_ask.html", {"entry": entry, "form": form}, status=status)
