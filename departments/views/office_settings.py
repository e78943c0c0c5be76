"""报送设置: the office's own numbers."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from departments import queries
from departments.actions.office_settings import NUMBERS, change_office_settings, settings_as_text
from departments.editions import edition
from departments.forms.office_settings import OfficeSettingsForm
from departments.places import required_place, signed_in
from departments.policies import may_manage


@require_http_methods(["GET", "POST"])
def office_settings(request: HttpRequest) -> HttpResponse:
    user, place = signed_in(request), required_place(request)
    may_manage(user, place).or_raise()
    stored = queries.office_settings(place)
    initial = {name: getattr(stored, name) for name in NUMBERS} | {"seen": edition(settings_as_text(stored))}
    form = OfficeSettingsForm(request.POST or None, initial=initial)
    if form.carry_out(lambda: change_office_settings(place, actor=user, **form.cleaned_data)):
        messages.success(request, "报送设置已保存。已经生成的报送期要按新设置调整，请在报送期页重新生成。")
        return redirect("departments:office_settings")
    context = {"form": form, "place": place, "manage": True}
    return render(request, "departments/office_settings.html", context, status=form.status)
