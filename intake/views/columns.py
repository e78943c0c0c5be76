"""What the columns of a ledger hold, where its heads do not say it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from core.errors import BadInput, WrongState
from departments.places import signed_in
from intake.actions.map_columns import map_columns
from intake.column_forms import ColumnsForm, PlaceForm
from intake.columns import PROBLEMS_SHOWN, Columns, columns_of
from intake.files import layout_json
from intake.life_cycle import IMPORT_WORKFLOW
from intake.models import Import
from intake.reader.model import Unreadable
from intake.views.access import visible_import


@require_http_methods(["GET", "POST"])
def columns(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose sheet, row of heads and columns, look at what would be read, and have it read."""
    import_ = visible_import(request, pk)
    if request.method == "GET" and not (import_.layout and IMPORT_WORKFLOW.allows("map_columns", import_.state)):
        return redirect("intake:import", pk)
    found = opened(import_, PlaceForm(request.POST if request.method == "POST" else request.GET))
    if request.method == "GET":
        return page(request, import_, ColumnsForm(columns=found, initial={"version": import_.version}))
    form = ColumnsForm(request.POST, columns=found)
    if not form.is_valid():
        raise BadInput("列的对应没有保存：有一列的选择已不存在。请刷新页面后重选。")
    chosen = Columns(found.sheets, form.layout(), import_)
    form.columns = chosen
    if "preview" in request.POST or chosen.wrong:
        return page(request, import_, form, status=200 if "preview" in request.POST else 400)
    map_columns(
        import_,
        actor=signed_in(request),
        layout=layout_json(chosen.sheet, chosen.layout),
        version=form.cleaned_data["version"],
    )
    return redirect("intake:import", pk)


def opened(import_: Import, place: PlaceForm) -> Columns:
    """The import's table at this place."""
    if not import_.layout:
        raise WrongState("这次导入没有要对应的列。请回到导入记录查看它的状态。")
    try:
        return columns_of(import_, **place.place())
    except Unreadable as refusal:
        raise BadInput(str(refusal)) from refusal


def page(request: HttpRequest, import_: Import, form: ColumnsForm, status: int = 200) -> HttpResponse:
    """The first rows under their selects, and below what would be read."""
    problems = form.columns.problems
    context = {
        "import": import_,
        "form": form,
        "columns": form.columns,
        "problems": problems[:PROBLEMS_SHOWN],
        "problem_count": len(problems),
        "chosen": status == 400,
    }
    return render(request, "intake/columns.html", context, status=status)
