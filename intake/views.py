"""Pages of plan import."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from core.errors import AccessDenied, BadInput
from departments.models import Jurisdiction, User
from intake.actions.abandon_import import abandon_import
from intake.actions.bind_names import bind_names
from intake.actions.confirm_import import confirm_import
from intake.actions.read_import import counts
from intake.actions.upload import upload_plan
from intake.forms import BindForm, PlanFactsForm, UploadForm, plan_facts_initial
from intake.models import Import
from intake.preview import preview
from intake.queries import bindings_of
from tasks.models import Plan
from tasks.policies import may_issue


def acting(request: HttpRequest) -> User:
    """The person logged in; `LoginRequiredMiddleware` lets nobody else through."""
    assert isinstance(request.user, User)  # noqa: S101 (narrows the type)
    return request.user


def visible_import(request: HttpRequest, pk: int) -> Import:
    imports = Import.objects.visible_to(acting(request)).select_related("source__jurisdiction", "plan")
    import_: Import = get_object_or_404(imports, pk=pk)
    return import_


@require_GET
def imports(request: HttpRequest) -> HttpResponse:
    """The office's imports, newest first, with the form for one more."""
    return import_list(request, UploadForm(jurisdictions=Jurisdiction.objects.run_by(acting(request))))


def import_list(request: HttpRequest, form: UploadForm, status: int = 200) -> HttpResponse:
    rows = Import.objects.visible_to(acting(request)).select_related("source", "plan", "uploaded_by")[:50]
    places = list(Jurisdiction.objects.run_by(acting(request)))
    if not places:
        raise AccessDenied("导入工作计划由食安办办理，您的账号不在任何食安办。需要导入请联系食安办工作人员。")
    return render(request, "intake/imports.html", {"form": form, "imports": rows, "places": places}, status=status)


@require_POST
def upload(request: HttpRequest) -> HttpResponse:
    """Take in a file or pasted text and go to its page."""
    places = Jurisdiction.objects.run_by(acting(request))
    form = UploadForm(request.POST, request.FILES, jurisdictions=places)
    if not form.is_valid():
        return import_list(request, form, status=400)
    name, data = form.document()
    try:
        import_, new = upload_plan(form.cleaned_data["jurisdiction"], actor=acting(request), name=name, data=data)
    except BadInput as refusal:
        form.add_error(refusal.field, str(refusal))
        return import_list(request, form, status=refusal.status)
    if not new:
        messages.info(request, f"这份文件已于{import_.uploaded_at:%Y年%-m月%-d日}上传过，这里就是那次导入，没有重复识读。")
    return redirect("intake:import", import_.pk)


@require_GET
def import_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Where one import stands: being read, failed, to be confirmed, confirmed."""
    import_ = visible_import(request, pk)
    if import_.state != Import.State.READ:
        template = "intake/_progress.html" if request.headers.get("HX-Request") else "intake/import_state.html"
        return render(request, template, {"import": import_})
    if request.headers.get("HX-Request"):
        response = HttpResponse()
        response["HX-Refresh"] = "true"
        return response
    return check_page(request, import_)


def check_page(
    request: HttpRequest, import_: Import, facts: PlanFactsForm | None = None, status: int = 200
) -> HttpResponse:
    """What was read, what is not bound yet, and the step into the ledger."""
    bound, unbound = bindings_of(import_)
    initial: dict[str, Any] = {"version": import_.version}
    context = {
        "import": import_,
        "counts": counts(import_.reading),
        "bound": bound,
        "unbound": unbound,
        "bind_form": BindForm(jurisdiction=import_.source.jurisdiction, names=unbound, initial=initial),
        "facts_form": facts or PlanFactsForm(initial=plan_facts_initial(import_.reading, import_.version)),
        "sections": preview(import_.reading, {b.name for b in bound}),
    }
    return render(request, "intake/check.html", context, status=status)


@require_POST
def bind(request: HttpRequest, pk: int) -> HttpResponse:
    """Settle the names that are not bound, all in one step."""
    import_ = visible_import(request, pk)
    _, unbound = bindings_of(import_)
    form = BindForm(request.POST, jurisdiction=import_.source.jurisdiction, names=unbound)
    if not form.is_valid():
        raise BadInput("单位绑定没有保存：有一项所选的单位已不存在。请刷新页面后重选。")
    bind_names(import_, actor=acting(request), choices=form.choices(), version=form.cleaned_data["version"])
    messages.success(request, f"{len(unbound)}个名称已绑定。")
    return redirect("intake:import", pk)


@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the plan and go on to issue it."""
    import_ = visible_import(request, pk)
    form = PlanFactsForm(request.POST)
    if not form.is_valid():
        return check_page(request, import_, form, status=400)
    version = form.cleaned_data["version"]
    plan: Plan = confirm_import(import_, actor=acting(request), facts=form.facts(), version=version)
    messages.success(request, f"《{plan.title}》已入库。")
    return redirect("tasks:issue", plan.pk) if may_issue(acting(request), plan) else redirect("intake:import", pk)


@require_POST
def abandon(request: HttpRequest, pk: int) -> HttpResponse:
    """Give an import up."""
    import_ = visible_import(request, pk)
    abandon_import(import_, actor=acting(request), version=int(request.POST.get("version") or 0))
    messages.info(request, f"已放弃导入“{import_.source.name}”，文件仍保留。")
    return redirect("intake:imports")
