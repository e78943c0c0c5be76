"""Pages of plan import."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.views.decorators.http import require_GET, require_POST

from core.errors import AccessDenied, BadInput
from departments.models import Jurisdiction
from departments.places import signed_in
from indicators.plan_text import from_plan
from intake.actions.abandon_import import abandon_import
from intake.actions.bind_names import bind_names
from intake.actions.confirm_import import confirm_import
from intake.actions.discard_plan import discard_plan
from intake.actions.upload import upload_plan
from intake.drafting import draft_of
from intake.forms import BindForm, PlanFactsForm, UploadForm
from intake.legacy import program
from intake.models import Import
from intake.plan_text import from_reading
from intake.queries import bindings_of
from intake.review import namesake_of
from intake.views.access import visible_import
from intake.views.review import review_page, whole
from tasks import difference_rows
from tasks.differences import compare
from tasks.models import Plan
from tasks.policies import may_issue


@require_GET
def imports(request: HttpRequest) -> HttpResponse:
    """The office's imports, newest first, with the form for one more."""
    return import_list(request, UploadForm(jurisdictions=Jurisdiction.objects.run_by(signed_in(request))))


def import_list(request: HttpRequest, form: UploadForm, status: int = 200) -> HttpResponse:
    rows = Import.objects.visible_to(signed_in(request)).select_related("source", "plan", "uploaded_by")[:50]
    places = list(Jurisdiction.objects.run_by(signed_in(request)))
    if not places:
        raise AccessDenied("导入工作计划由食安办办理，您的账号不在任何食安办。需要导入请联系食安办工作人员。")
    context = {"form": form, "imports": rows, "places": places, "old_word": bool(program())}
    return render(request, "intake/imports.html", context, status=status)


@require_POST
def upload(request: HttpRequest) -> HttpResponse:
    """Take in a file or pasted text and go to its page."""
    places = Jurisdiction.objects.run_by(signed_in(request))
    form = UploadForm(request.POST, request.FILES, jurisdictions=places)
    if not form.is_valid():
        return import_list(request, form, status=400)
    try:
        name, data = form.document()
        import_, new = upload_plan(form.cleaned_data["jurisdiction"], actor=signed_in(request), name=name, data=data)
    except BadInput as refusal:
        form.add_error(refusal.field, str(refusal))
        return import_list(request, form, status=refusal.status)
    if not new:
        messages.info(request, known_said(import_))
    return redirect("intake:import", import_.pk)


def known_said(import_: Import) -> str:
    """That the file is known, with a link to its ledger where there is one."""
    day = f"{timezone.localtime(import_.uploaded_at):%Y年%-m月%-d日}"
    said = f"这份文件已于{day}由{import_.uploaded_by}导入，没有重复识读，这里就是那次导入"
    if import_.plan is None:
        return format_html("{}，现在{}。", said, import_.get_state_display())
    return format_html(
        '{}，已入库为《{}》，<a href="{}">查看台账</a>。', said, import_.plan.title, import_.plan.get_absolute_url()
    )


@require_GET
def import_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Where one import stands: being read, failed, to be reviewed, confirmed."""
    import_ = visible_import(request, pk)
    part = request.headers.get("HX-Request")
    if import_.state == Import.State.MAPPING:
        columns = reverse("intake:columns", args=[pk])
        return HttpResponse(headers={"HX-Redirect": columns}) if part else redirect(columns)
    if import_.state != Import.State.READ:
        return render(request, "intake/_progress.html" if part else "intake/import_state.html", {"import": import_})
    if part:
        return HttpResponse(headers={"HX-Refresh": "true"})
    return review_page(request, import_)


@require_GET
def names(request: HttpRequest, pk: int) -> HttpResponse:
    """All names that are not bound, to be settled in one step."""
    import_ = visible_import(request, pk)
    _, unbound = bindings_of(import_, draft_of(import_).reading)
    form = BindForm(jurisdiction=import_.source.jurisdiction, names=unbound, initial={"version": import_.version})
    return names_page(request, import_, form)


def names_page(request: HttpRequest, import_: Import, form: BindForm, problem: str = "") -> HttpResponse:
    """The table of names; after a refusal with what was chosen and the reason."""
    context = {"import": import_, "unbound": form.names, "bind_form": form, "problem": problem}
    return render(request, "intake/names.html", context, status=400 if problem else 200)


@require_POST
def bind(request: HttpRequest, pk: int) -> HttpResponse:
    """Settle the names that are not bound, all in one step."""
    import_ = visible_import(request, pk)
    _, unbound = bindings_of(import_, draft_of(import_).reading)
    form = BindForm(request.POST, jurisdiction=import_.source.jurisdiction, names=unbound)
    if not form.is_valid():
        return names_page(request, import_, form, "没有绑定：单位名录刚有变动，或有一项没有选。请核对后再绑定。")
    try:
        bind_names(import_, actor=signed_in(request), choices=form.choices(), version=form.cleaned_data["version"])
    except BadInput as problem:
        return names_page(request, import_, form, str(problem))
    messages.success(request, f"{len(unbound)}个名称已绑定。")
    return redirect("intake:import", pk)


@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the plan and go on to issue it."""
    import_ = visible_import(request, pk)
    form = PlanFactsForm(request.POST)
    if not form.is_valid():
        return review_page(request, import_, facts=form, status=400)
    version = form.cleaned_data["version"]
    replaces = form.cleaned_data["replaces"]
    plan: Plan = confirm_import(
        import_, actor=signed_in(request), facts=form.facts(), version=version, replaces=replaces
    )
    messages.success(request, f"《{plan.title}》已入库。")
    return redirect("tasks:issue", plan.pk) if may_issue(signed_in(request), plan) else redirect("intake:import", pk)


@require_GET
def differences(request: HttpRequest, pk: int) -> HttpResponse:
    """In what the text differs from the plan of the same title that it would replace."""
    import_ = visible_import(request, pk)
    reading = draft_of(import_).reading
    old = namesake_of(import_, reading["plan"])
    if old is None:
        return redirect("intake:import", pk)
    bound, _ = bindings_of(import_, reading)
    found = compare(from_plan(old), from_reading(reading, {b.name: b.target_name or b.name for b in bound}))
    context = {
        "import": import_,
        "old": old,
        "summary": difference_rows.summary(found),
        "tasks": [
            difference_rows.task_row(t, old.year) for t in difference_rows.chosen(found.tasks, difference_rows.ALL)
        ],
        "duties": [difference_rows.duty_line(duty) for duty in found.duties],
    }
    return render(request, "intake/differences.html", context)


@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw the unissued plan away and review once more."""
    import_ = visible_import(request, pk)
    discard_plan(
        import_, actor=signed_in(request), reason=request.POST.get("reason", ""), version=whole(request, "version")
    )
    messages.success(request, "台账里的草稿已作废，可以重新核对这份文件，已作的更正都在。")
    return redirect("intake:import", pk)


@require_POST
def abandon(request: HttpRequest, pk: int) -> HttpResponse:
    """Give an import up."""
    import_ = visible_import(request, pk)
    abandon_import(import_, actor=signed_in(request), version=whole(request, "version"))
    messages.info(request, f"已放弃导入“{import_.source.name}”，文件仍保留。")
    return redirect("intake:imports")
