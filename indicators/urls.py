"""Routes of targets, of who reports them, of what they start from, and of what two plans differ in."""

from django.urls import path

from indicators import views

app_name = "indicators"
urlpatterns = [
    path("measures/<int:pk>/units/", views.reassign, name="reassign"),
    path("indicators/<int:pk>/correct/", views.correct, name="correct_target"),
    path("plans/<int:new>/differences/<int:old>/", views.differences, name="differences"),
    path("plans/<int:pk>/baselines/", views.baselines, name="baselines"),
    path("plans/<int:pk>/population-base/", views.switch_population_base, name="switch_base"),
    path("units/<int:pk>/merge/", views.merge, name="merge_unit"),
]
