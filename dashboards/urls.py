"""Routes of the gathering pages."""

from django.urls import path

from dashboards import export, home, views

app_name = "dashboards"
urlpatterns = [
    path("", home.home, name="home"),
    path("ledger/", views.ledger, name="ledger"),
    path("plans/", views.plans, name="plans"),
    path("plans/<int:pk>/ledger/", views.plan_ledger, name="plan_ledger"),
    path("plans/<int:pk>/ledger/export/", export.ledger_export, name="ledger_export"),
    path("measures/<int:pk>/", views.measure, name="measure"),
    path("departments/<int:pk>/duties/", views.department, name="department"),
]
