"""The administrator's pages under the portal's name, entered by the portal's own log-in."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.admin import apps
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from core.errors import AccessDenied


class AdminSite(admin.AdminSite):
    """后台. Strangers are sent to the log-in page by the middleware, as everywhere."""

    site_header = site_title = "食安督办后台"
    index_title = "行政区、用户、工作日历和操作记录"

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Where the pages send who may not see them; a person who has logged in since goes on to the start."""
        if not self.has_permission(request):
            raise AccessDenied("“后台”只给系统管理员用。")
        return redirect("admin:index")


class AdminConfig(apps.AdminConfig):
    default_site = "foodsafety.admin_site.AdminSite"
