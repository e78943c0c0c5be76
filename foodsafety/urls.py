"""All routes, by package."""

from django.contrib import admin
from django.urls import include, path

from core.health import health

urlpatterns = [
    path("", include("dashboards.urls")),
    path("", include("departments.urls")),
    path("", include("indicators.urls")),
    path("", include("reporting.urls")),
    path("", include("tasks.urls")),
    path("imports/", include("intake.urls")),
    path("healthz", health, name="health"),
    path("admin/", admin.site.urls),
]
handler400 = "core.problem_pages.bad_request"
handler403 = "core.problem_pages.forbidden"
handler404 = "core.problem_pages.not_found"
handler500 = "core.problem_pages.server_error"
