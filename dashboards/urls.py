"""Routes of the gathering pages."""

from django.urls import URLPattern

app_name = "dashboards"
urlpatterns: list[URLPattern] = []
