"""Changing one fact of a reading in its place: measures with units and targets, headings, duties, stretches of text."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from core.errors import BadInput
from intake.corrections import operations as ops
from intake.corrections.draft import Draft
from intake.corrections.facts import Kind, every
from intake.corrections.operations import Operation
from intake.corrections.problems import BadOperation
from intake.drafting import draft_of
from intake.fact_forms import DutyForm, HeadingForm, MeasureEditor, changed
from intake.models import Import
from intake.views.access import visible_import
from intake.views.review import review_part, take_step, whole
from tasks.models import Assignment


def fact_in(draft: Draft, fact_id: str, *kinds: Kind) -> tuple[Kind, Mapping[str, Any]]:
    """The fact and its kind; 404 where it is gone or of another kind."""
    for kind, fact in every(draft.reading):
        if kind in kinds and fact["id"] == fact_id:
            return kind, fact
    raise Http404("这一处已不在识读结果里，可能刚被删除或合并。")


@require_http_methods(["GET", "POST"])
def measure(request: HttpRequest, pk: int, fact: str) -> HttpResponse:
    """The form of one measure in its row; saving makes one step."""
    import_ = visible_import(request, pk)
    draft = draft_of(import_)
    _, found = fact_in(draft, fact, Kind.MEASURE)
    targets = [i for i in draft.reading["indicators"] if i["measure_id"] == fact]
    editor = MeasureEditor(found, targets, request.POST if request.method == "POST" else None)
    if request.method == "POST" and editor.is_valid():
        return saved(request, import_, editor.operations, fact)
    names = import_.source.jurisdiction.departments.active().values_list("name", flat=True)
    context = {"import": import_, "measure": found, "editor": editor, "names": names, "seen": seen(request, import_)}
    return render(request, "intake/_edit_measure.html", context, status=400 if request.method == "POST" else 200)


@require_http_methods(["GET", "POST"])
def heading(request: HttpRequest, pk: int, fact: str) -> HttpResponse:
    """The form of a part's or task's heading."""
    import_ = visible_import(request, pk)
    kind, found = fact_in(draft_of(import_), fact, Kind.SECTION, Kind.TASK)
    initial = {"label": found["label"], "title": found["title"]}
    form = HeadingForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        changes = changed(initial, form.cleaned_data, ("label", "title"))
        verb = ops.SetSection if kind is Kind.SECTION else ops.SetTask
        return saved(request, import_, lambda: [verb(fact, changes)] if changes else [], fact)
    context = {"import": import_, "fact": found, "form": form, "seen": seen(request, import_)}
    context["task"] = kind is Kind.TASK
    return render(request, "intake/_edit_heading.html", context, status=400 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def duty(request: HttpRequest, pk: int, fact: str) -> HttpResponse:
    """The form of a duty to report."""
    import_ = visible_import(request, pk)
    _, found = fact_in(draft_of(import_), fact, Kind.DUTY)
    initial = {n: found[n] or "" for n in ("frequency", "due", "direction", "owers", "recipients")}
    form = DutyForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        changes = changed(initial, form.cleaned_data, tuple(initial))
        if "due" in changes:
            changes["due"] = changes["due"] or None
        return saved(request, import_, lambda: [ops.SetDuty(fact, changes)] if changes else [], fact)
    context = {"import": import_, "fact": found, "form": form, "seen": seen(request, import_)}
    return render(request, "intake/_edit_duty.html", context, status=400 if form.errors else 200)


def seen(request: HttpRequest, import_: Import) -> int:
    """The last correction that the form was shown with; a refused form keeps the one it came with."""
    if request.method == "POST":
        return whole(request, "seen")
    last = import_.corrections.order_by("-ordinal").values_list("ordinal", flat=True).first()
    return last or 0


def saved(
    request: HttpRequest, import_: Import, operations: Callable[[], list[Operation]], chosen: str
) -> HttpResponse:
    """Record what a form amounts to; a value that no operation takes is refused in words."""
    try:
        steps = operations()
    except BadOperation as refusal:
        return review_part(request, import_, problem=BadInput(str(refusal)), chosen=chosen)
    return take_step(request, import_, steps, chosen=chosen)


@require_POST
def change(request: HttpRequest, pk: int, fact: str) -> HttpResponse:
    """One press on a fact: merge, split, remove."""
    import_ = visible_import(request, pk)
    verb = request.POST.get("verb", "")
    if verb not in PRESSES:
        return review_part(request, import_, problem=BadInput("不认识的操作，请刷新页面后重试。"))
    return saved(request, import_, lambda: [PRESSES[verb](request, fact)], fact)


@require_POST
def stretch(request: HttpRequest, pk: int) -> HttpResponse:
    """A stretch selected in the source: a unit of the measure there, head matter, a measure, or a place to split."""
    import_ = visible_import(request, pk)
    span = whole(request, "start"), whole(request, "end")
    verb = request.POST.get("verb", "")
    if verb not in STRETCHES:
        return review_part(request, import_, problem=BadInput("不认识的操作，请刷新页面后重试。"))
    draft = draft_of(import_)
    return saved(request, import_, lambda: [STRETCHES[verb](draft, span, request)], "")


def measure_at(draft: Draft, span: tuple[int, int]) -> Mapping[str, Any]:
    """The measure that a stretch lies in or behind; raises `BadOperation` where there is none."""
    rows = [f for kind, f in every(draft.reading) if kind is Kind.MEASURE and f["span"][0] <= span[0]]
    if not rows:
        raise BadOperation("选中的文字前面没有措施，请在措施的正文或责任单位里选。")
    return max(rows, key=lambda f: f["span"][0])


def unit_of(draft: Draft, span: tuple[int, int], request: HttpRequest) -> Operation:
    """The selected name as a unit of its measure."""
    name = "".join(draft.text[span[0] : span[1]].split())
    role = request.POST.get("role", Assignment.Role.SHARED)
    return ops.AddAssignment(measure_at(draft, span)["id"], name, role, span=span)


def split_at(draft: Draft, span: tuple[int, int], request: HttpRequest) -> Operation:
    """Split the measure where the selection begins."""
    return ops.SplitMeasure(measure_at(draft, span)["id"], span[0])


def head_matter(draft: Draft, span: tuple[int, int], request: HttpRequest) -> Operation:
    """The selection is no part of the ledger."""
    return ops.MarkHead(span)


def target_of(draft: Draft, span: tuple[int, int], request: HttpRequest) -> Operation:
    """The selection as a target, its number to be filled in."""
    number = "".join(c for c in draft.text[span[0] : span[1]] if c.isascii() and (c.isdigit() or c == ".")).strip(".")
    subject = "".join(draft.text[span[0] : span[1]].split())
    return ops.AddIndicator(
        measure_at(draft, span)["id"],
        subject=subject,
        comparator=">=",
        value=number or "100",
        unit="%",
        kind="other",
        span=span,
    )


PRESSES: dict[str, Callable[[HttpRequest, str], Operation]] = {
    "split": lambda request, fact: ops.SplitMeasure(fact, whole(request, "at")),
    "merge": lambda request, fact: ops.MergeMeasures(fact),
    "remove": lambda request, fact: ops.RemoveMeasure(fact),
    "merge_task": lambda request, fact: ops.MergeTask(fact),
    "remove_task": lambda request, fact: ops.RemoveTask(fact),
    "remove_section": lambda request, fact: ops.RemoveSection(fact),
    "remove_duty": lambda request, fact: ops.RemoveDuty(fact),
}
STRETCHES: dict[str, Callable[[Draft, tuple[int, int], HttpRequest], Operation]] = {
    "unit": unit_of,
    "split": split_at,
    "head": head_matter,
    "target": target_of,
}
