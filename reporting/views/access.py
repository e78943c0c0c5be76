"""What the views of a form share: the form that the person may open, and the numbers of its page."""

from __future__ import annotations

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from departments.places import signed_in
from reporting.models import ProgressEntry, ProgressReport
from reporting.policies import may_edit, may_view_report

MOST_DIGITS = 9
RELATED = ("period__jurisdiction", "department")


def visible_report(request: HttpRequest, pk: int) -> ProgressReport:
    """404 for another's, 403 for a draft that the person may only know of."""
    visible = ProgressReport.objects.visible_to(signed_in(request)).select_related(*RELATED)
    report: ProgressReport = get_object_or_404(visible, pk=pk)
    may_view_report(signed_in(request), report).or_raise()
    return report


def own_entry(request: HttpRequest, pk: int, entry: int) -> ProgressEntry:
    """An entry of the form that the person is about to change; 404 for another's, 403 where it is not theirs."""
    report = visible_report(request, pk)
    may_edit(signed_in(request), report).or_raise()
    found: ProgressEntry = get_object_or_404(report.entries.select_related("assignment"), pk=entry)
    found.report = report
    return found


def whole(request: HttpRequest, name: str) -> int:
    """A whole number of the form, 0 where it is none."""
    value = request.POST.get(name, "")
    return int(value) if value.isascii() and value.isdigit() and len(value) <= MOST_DIGITS else 0


def by_script(request: HttpRequest) -> bool:
    """Whether a part of the page is asked for."""
    return request.headers.get("HX-Request") == "true"
