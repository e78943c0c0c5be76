"""Whoever carries a password that the office knows changes it before anything else."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

GetResponse = Callable[[HttpRequest], HttpResponse]


class PasswordChangeRequired:
    """Sends a person whose password must be changed to the page that does it; log-out and static files stay open."""

    open_routes: ClassVar[tuple[str, ...]] = ("departments:change_password", "departments:log_out")

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        if not user.is_authenticated or not user.must_change_password or self._is_open(request.path):
            return self.get_response(request)
        target = reverse("departments:change_password")
        if request.headers.get("HX-Request") == "true":
            # A redirect would be swapped into the fragment that asked; this header moves the whole page.
            return HttpResponse(headers={"HX-Redirect": target})
        return HttpResponseRedirect(target)

    def _is_open(self, path: str) -> bool:
        return path.startswith(f"/{settings.STATIC_URL.lstrip('/')}") or path in map(reverse, self.open_routes)
