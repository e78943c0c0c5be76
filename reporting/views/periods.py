"""报送期: the calendar of a year, and what the office does with it."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import clock
from core.errors import BadInput
from departments.editions import edition
from departments.forms.checked import CheckedForm
from departments.places import required_place, signed_in
from reporting.actions import period_change as actions
from reporting.actions.period_generate import Generated, generate_year
from reporting.calendar_rules import moved
from reporting.models import ReportingPeriod
from reporting.periods.forms import AddForm, CancelForm, RestoreForm, ShiftForm, YearForm
from reporting.periods.listing import lines_of, years_of
from reporting.policies import may_run


@require_safe
def periods(request: HttpRequest) -> HttpResponse:
    user, place = signed_in(request), required_place(request)
    asked = YearForm(request.GET)
    year = asked.cleaned_data["year"] if asked.is_valid() else clock.today().year
    context = {
        "place": place,
        "year": year,
        "years": sorted({*years_of(place), year}, reverse=True),
        "lines": lines_of(user, place, year),
        "manage": may_run(user, place, "管理报送期"),
    }
    return render(request, "reporting/periods.html", context)


@require_POST
def generate(request: HttpRequest) -> HttpResponse:
    user, place = signed_in(request), required_place(request)
    may_run(user, place, "生成报送期").or_raise()
    asked = YearForm(request.POST)
    if not asked.is_valid():
        raise BadInput("没有说明要生成哪一年的报送期，请回到报送期页再点一次。")
    year = asked.cleaned_data["year"]
    messages.success(request, told(generate_year(place, actor=user, year=year)))
    return redirect(list_of(year))


def told(made: Generated) -> str:
    """What was done, in a sentence."""
    words = [f"新生成{made.added}个报送期" if made.added else "没有新的报送期"]
    if made.moved:
        words.append(f"{made.moved}个按现在的要求改了日期")
    if made.past:
        words.append(f"{made.past}个截止日已过，没有生成")
    return "，".join(words) + "。"


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    user, place = signed_in(request), required_place(request)
    may_run(user, place, "新增报送期").or_raise()
    form = AddForm(request.POST or None)
    added = form.carry_out(lambda: actions.add_period(place, actor=user, **form.cleaned_data))
    if added:
        messages.success(request, f"“{added.title}”已新增，{added.due:%-m月%-d日}截止。")
        return redirect(list_of(added.year))
    context = {"form": form, "heading": "新增报送期", "back": list_of(clock.today().year), "button": "新增"}
    return render(request, "reporting/period_form.html", context, status=form.status)


@require_http_methods(["GET", "POST"])
def shift(request: HttpRequest, pk: int) -> HttpResponse:
    period = run_period(request, pk)
    actions.require_shiftable(period)
    form = ShiftForm(request.POST or None, initial={"due": period.due, "seen": edition(actions.dates_as_text(period))})

    def carry_out() -> str:
        shifted = actions.shift_period(period, actor=signed_in(request), **form.cleaned_data)
        move = moved(shifted.stated_due, shifted.due)
        return f"{shifted}截止日改为{shifted.due:%-m月%-d日}{f'（{move}）' if move else ''}。"

    return changed(request, period, form, carry_out, "改期")


@require_http_methods(["GET", "POST"])
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    period = run_period(request, pk)
    actions.require_standing(period, "再次取消")
    form = CancelForm(request.POST or None)

    def carry_out() -> str:
        return f"{actions.cancel_period(period, actor=signed_in(request), **form.cleaned_data)}已取消，各单位不用报送。"

    return changed(request, period, form, carry_out, "取消")


@require_http_methods(["GET", "POST"])
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    period = run_period(request, pk)
    form = RestoreForm(request.POST or None)

    def carry_out() -> str:
        return f"{actions.restore_period(period, actor=signed_in(request), **form.cleaned_data)}已恢复。"

    return changed(request, period, form, carry_out, "恢复")


def run_period(request: HttpRequest, pk: int) -> ReportingPeriod:
    """404 for another place's, 403 for all but its own office."""
    user = signed_in(request)
    visible = ReportingPeriod.objects.visible_to(user).select_related("jurisdiction")
    period: ReportingPeriod = get_object_or_404(visible, pk=pk)
    may_run(user, period.jurisdiction, "管理报送期").or_raise()
    return period


def changed(
    request: HttpRequest, period: ReportingPeriod, form: CheckedForm, carry_out: Callable[[], str], verb: str
) -> HttpResponse:
    """Ask with the form; once it is carried out, say so above the list."""
    sentence = form.carry_out(carry_out)
    if sentence:
        messages.success(request, sentence)
        return redirect(list_of(period.year))
    context = {
        "form": form,
        "period": period,
        "heading": f"{verb}：{period.title}",
        "back": list_of(period.year),
        "button": verb,
    }
    return render(request, "reporting/period_form.html", context, status=form.status)


def list_of(year: int) -> str:
    return f"{reverse('reporting:periods')}?year={year}"
