"""设置: the office's own numbers."""

from __future__ import annotations

from dataclasses import asdict

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from departments import queries
from departments.actions.office_settings import LIGHTS, PERIODS, change_office_settings, numbers_of
from departments.editions import edition
from departments.forms.office_settings import OfficeSettingsForm
from departments.places import required_place, signed_in
from departments.policies import may_manage


@require_http_methods(["GET", "POST"])
def office_settings(request: HttpRequest) -> HttpResponse:
    user, place = signed_in(request), required_place(request)
    may_manage(user, place).or_raise()
    stored = numbers_of(queries.office_settings(place))
    form = OfficeSettingsForm(request.POST or None, initial=asdict(stored) | {"seen": edition(stored.as_text())})

    def change() -> frozenset[str]:
        return change_office_settings(place, actor=user, numbers=form.numbers(), seen=form.cleaned_data["seen"])

    changed = form.carry_out(change)
    if changed is not None:
        messages.success(request, _saved(changed))
        return redirect("departments:office_settings")
    context = {"form": form, "place": place, "manage": True}
    return render(request, "departments/office_settings.html", context, status=form.status)


def _saved(changed: frozenset[str]) -> str:
    """That it is saved, and what follows from the numbers that changed."""
    periods = "已经生成的报送期要按新设置调整，请在报送期页重新生成。" if changed & PERIODS.keys() else ""
    lights = "红黄绿灯几秒内按新标准重新计算，历史汇总不变。" if changed & LIGHTS.keys() else ""
    return f"设置已保存。{periods}{lights}"
