"""Routes of the gathering pages."""

from django.urls import path

from dashboards import export, home, indicator_views, search_page, source, views

app_name = "dashboards"
urlpatterns = [
    path("", home.home, name="home"),
    path("ledger/", views.ledger, name="ledger"),
    path("plans/", views.plans, name="plans"),
    path("plans/<int:pk>/ledger/", views.plan_ledger, name="plan_ledger"),
    path("plans/<int:pk>/ledger/export/", export.ledger_export, name="ledger_export"),
    path("plans/<int:pk>/source/", source.source, name="source"),
    path("plans/<int:pk>/source/file/", source.source_file, name="source_file"),
    path("measures/<int:pk>/", views.measure, name="measure"),
    path("indicators/", indicator_views.indicators, name="indicators"),
    path("plans/<int:pk>/indicators/", indicator_views.plan_indicators, name="plan_indicators"),
    path("plans/<int:pk>/indicators/export/", indicator_views.indicators_export, name="indicators_export"),
    path("indicators/<int:pk>/", indicator_views.indicator, name="indicator"),
    path("rules/", indicator_views.standing_rules, name="standing_rules"),
    path("search/", search_page.search, name="search"),
    path("departments/<int:pk>/duties/", views.department, name="department"),
]
