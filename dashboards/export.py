"""The ledger as an Excel file: exactly the measures that its page counts, on all of its pages."""

from __future__ import annotations

import re
import tempfile
from datetime import datetime

from django.http import FileResponse, HttpRequest
from django.utils import timezone
from django.views.decorators.http import require_safe

from core import clock
from core.errors import BadInput
from dashboards import ledger_book, queries, wording
from dashboards.export_rows import ledger_rows, names_of
from dashboards.forms import LedgerForm
from dashboards.freshness import freshness
from dashboards.sheets import write_sheet
from dashboards.standing_rows import readable_measures
from dashboards.views import visible_plan
from departments.places import place_of, signed_in
from tasks.models import Plan

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NOT_IN_NAMES = re.compile(r'[\x00-\x1f\x7f\\/:*?"<>|]')


@require_safe
def ledger_export(request: HttpRequest, pk: int) -> FileResponse:
    """The ledger's own query string; a filter that is not understood is refused rather than left out."""
    plan = visible_plan(request, pk)
    form = LedgerForm(request.GET, queries.ledger_choices(plan))
    if problems := form.problems():
        raise BadInput(" ".join(problems))
    measures = queries.filtered(plan, form.cleaned_data)
    chips = [chip.label for chip in wording.chips(form, request.GET)]
    note = note_of(request, plan, counted(measures.count(), plan, chips))
    readable = readable_measures(signed_in(request), plan, queries.plan_measures(plan).values_list("pk", flat=True))
    lines = ledger_book.lines(ledger_rows(measures), names_of(plan, readable))
    file = tempfile.TemporaryFile()  # noqa: SIM115 (the response closes it)
    frame = ledger_book.frame(f"{plan.title}台账", note)
    write_sheet(file, frame, lines, groups=ledger_book.GROUPS)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"{file_name(plan.title)}台账.xlsx", content_type=XLSX)


def counted(count: int, plan: Plan, chips: list[str]) -> str:
    """全部46项措施, or what a filter leaves of them."""
    if not chips:
        return f"全部{count}项措施"
    return f"筛选：{'；'.join(chips)}；{count}项措施，共{plan.n_measures}项"  # type: ignore[attr-defined]


def note_of(request: HttpRequest, plan: Plan, shown: str) -> str:
    """What the sheet holds (`shown`), how fresh it is, and who made it when."""
    place = place_of(request)
    who = f"{signed_in(request)}（{place.label}）" if place else str(signed_in(request))
    judged = f"状态和指标{freshness(plan).words}" if plan.is_issued else "尚未印发，没有进展"
    return f"{wording.plan_state(plan)}。{shown}。{judged}。{who}{moment(clock.now())}导出。"


def moment(at: datetime) -> str:
    """2026年10月13日15:20."""
    local = timezone.localtime(at)
    return f"{local.year}年{local.month}月{local.day}日{local:%H:%M}"


def file_name(title: str) -> str:
    """The title without what file systems refuse; long ones are cut."""
    return NOT_IN_NAMES.sub("", title).strip()[:100]
