"""Refusals become pages, and a log-in that ran out does not eat what was typed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponseBase

from core import problem_pages
from core.errors import Problem

LOGIN_RAN_OUT = "登录已过期，刚才的操作没有保存。请在新标签页登录，再回到本页重试，填写的内容仍在。"


class ProblemPages:
    """Shows a `Problem` raised by a view with its own status, heading and sentence."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponseBase | None:
        if isinstance(exception, Problem):
            return problem_pages.page(request, exception.status, exception.heading, str(exception))
        return None


class LogInRequired(LoginRequiredMiddleware):
    """Sends strangers to the log-in page; a part of a page (htmx) is told so instead of being replaced by it."""

    def handle_no_permission(  # type: ignore[override]  # the stubs know only the redirect
        self, request: HttpRequest, view_func: Callable[..., Any]
    ) -> HttpResponseBase:
        if problem_pages.wants_part(request):
            return problem_pages.page(request, 403, "登录已过期", LOGIN_RAN_OUT)
        return super().handle_no_permission(request, view_func)
