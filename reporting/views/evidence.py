"""Files of a form: handed in, given back as attachments, taken away."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from core.errors import BadInput, Problem
from departments.places import signed_in
from reporting.actions.evidence import add_evidence, add_narrative, remove_evidence, remove_narrative
from reporting.entries.panel import evidence_of
from reporting.evidence.sniffing import NARRATIVE_KINDS, TYPES
from reporting.models import Evidence, Narrative
from reporting.policies import may_edit, may_see_evidence, reads_drafts
from reporting.querysets import served
from reporting.views.access import by_script, own_entry, visible_report

NO_FILE = "请先选择文件。"
GONE = "文件在服务器上找不到了，请联系系统管理员。"


@require_POST
def add(request: HttpRequest, pk: int, entry: int) -> HttpResponse:
    """One or several files for an entry; those that are taken stay, each refused one is told."""
    found = own_entry(request, pk, entry)
    refused = []
    files: list[UploadedFile[Any]] = request.FILES.getlist("file")
    for file in files:
        try:
            add_evidence(found, actor=signed_in(request), file=file)
        except BadInput as problem:
            refused.append(problem)
    if not files:
        refused.append(BadInput(NO_FILE))
    return answer(request, pk, entry, refused)


def answer(request: HttpRequest, pk: int, entry: int, refused: list[BadInput]) -> HttpResponse:
    if by_script(request):
        context = {"evidence": evidence_of(entry), "editable": True, "refused": refused}
        status = refused[0].status if len(refused) == 1 and refused[0].status == BadInput.status else 200
        return render(
            request, "reporting/_evidence.html", context | {"report_pk": pk, "entry_pk": entry}, status=status
        )
    for problem in refused:
        messages.error(request, str(problem))
    return redirect("reporting:entry", pk, entry)


@require_safe
def evidence(request: HttpRequest, pk: int) -> HttpResponse | FileResponse:
    """Handed out as an attachment to who may see its entry; to all others there is no such file."""
    found = get_object_or_404(Evidence.objects.select_related("entry__report__department"), pk=pk)
    if not may_see_evidence(signed_in(request), found):
        raise Http404
    return attachment(found.file, found.name, TYPES[found.kind])


def attachment(file: FieldFile, name: str, content_type: str) -> FileResponse:
    """Never shown by the browser itself, whatever is in it."""
    try:
        response = FileResponse(file.open("rb"), as_attachment=True, filename=name, content_type=content_type)
    except OSError:
        raise Http404(GONE) from None
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    user = signed_in(request)
    related = ("entry__report__period__jurisdiction", "entry__report__department")
    visible = Evidence.objects.filter(entry__report__department__in=served(user))
    found = visible.filter(pk=pk).select_related(*related).first() or on_behalf(request, pk)
    try:
        remove_evidence(found, actor=user)
    except Problem as problem:
        messages.error(request, str(problem))
    return redirect("reporting:entry", found.entry.report_id, found.entry_id)


def on_behalf(request: HttpRequest, pk: int) -> Evidence:
    """A file of a form that the office fills for a unit; else 404."""
    found = get_object_or_404(Evidence.objects.select_related("entry__report"), pk=pk)
    report = found.entry.report
    if not (report.on_behalf and may_edit(signed_in(request), report)):
        raise Http404
    return found


@require_POST
def add_report(request: HttpRequest, pk: int) -> HttpResponse:
    """The narrative report of the whole form."""
    report = visible_report(request, pk)
    may_edit(signed_in(request), report).or_raise()
    file = request.FILES.get("file")
    try:
        if file is None:
            raise BadInput(NO_FILE)
        add_narrative(report, actor=signed_in(request), file=file)
    except Problem as problem:
        messages.error(request, str(problem))
    return redirect("reporting:form", pk)


@require_safe
def narrative(request: HttpRequest, pk: int) -> FileResponse:
    found = get_object_or_404(Narrative, pk=pk, removed_at__isnull=True)
    report = visible_report(request, found.report_id)
    unsent = report.submitted_at is None or found.uploaded_at > report.submitted_at
    if unsent and not reads_drafts(signed_in(request), report):
        raise Http404
    kind = next((kind for kind in NARRATIVE_KINDS if found.name.endswith(kind)), NARRATIVE_KINDS[0])
    return attachment(found.file, found.name, TYPES[kind])


@require_POST
def remove_report(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Narrative.objects.select_related("report"), pk=pk)
    report = visible_report(request, found.report_id)
    may_edit(signed_in(request), report).or_raise()
    try:
        remove_narrative(found, actor=signed_in(request))
    except Problem as problem:
        messages.error(request, str(problem))
    return redirect("reporting:form", report.pk)
