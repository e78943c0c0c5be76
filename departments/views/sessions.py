"""Log-in, log-out, own password and particulars, and the switch of place."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.module_loading import import_string
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from departments.actions.accounts import change_own_particulars, change_own_password
from departments.forms.sessions import LogInForm, OwnPasswordForm, ParticularsForm
from departments.models import Jurisdiction
from departments.places import choose_place, place_of, signed_in


class LogIn(LoginView):
    """Back to where one came from (only within the site), else to the home page."""

    template_name = "departments/log_in.html"
    authentication_form = LogInForm
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        # The demo's people live in an upper package, which the setting names.
        demo = import_string(settings.DEMO_LOG_INS)() if settings.DEMO else []
        return super().get_context_data(**kwargs, demo_log_ins=demo)

    def form_invalid(self, form: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=400)


log_in = LogIn.as_view()
# Open to strangers, so that pressing it after the session ran out does not ask to log in first.
log_out = login_not_required(LogoutView.as_view())


@sensitive_post_parameters()
@never_cache
def change_password(request: HttpRequest) -> HttpResponse:
    """修改密码; also where a person with an initial password is sent."""
    user = signed_in(request)
    form = OwnPasswordForm(user, request.POST or None)
    if form.is_valid():
        change_own_password(user, password=form.cleaned_data["new_password1"])
        update_session_auth_hash(request, user)
        messages.success(request, "密码已修改，下次登录请用新密码。")
        return redirect(settings.LOGIN_REDIRECT_URL)
    context = {"form": form, "forced": user.must_change_password}
    return render(request, "departments/change_password.html", context, status=400 if form.errors else 200)


def profile(request: HttpRequest) -> HttpResponse:
    """我的账号."""
    user = signed_in(request)
    shown = {"name": user.name, "phone": user.phone, "email": user.email}
    form = ParticularsForm(request.POST or None, initial=shown)

    def save() -> bool:
        change_own_particulars(user, **form.cleaned_data)
        return True

    if form.carry_out(save):
        messages.success(request, "资料已保存。")
        return redirect("departments:profile")
    context = {
        "form": form,
        "posts": user.memberships.select_related("department__jurisdiction", "jurisdiction"),
        "place": place_of(request),
        "places": Jurisdiction.objects.visible_to(user).order_by("code"),
    }
    return render(request, "departments/profile.html", context, status=form.status)


@require_POST
def switch_place(request: HttpRequest) -> HttpResponse:
    """Work in another of the jurisdictions that one may see, until log-out."""
    given = request.POST.get("jurisdiction", "")
    visible = Jurisdiction.objects.visible_to(signed_in(request))
    jurisdiction = get_object_or_404(visible, pk=given if given.isdecimal() else None)
    choose_place(request, jurisdiction)
    messages.success(request, f"已切换到{jurisdiction.name}。")
    return redirect(settings.LOGIN_REDIRECT_URL)
