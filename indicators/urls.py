"""Routes of targets, of who reports them, and of what two plans differ in."""

from django.urls import path

from indicators import views

app_name = "indicators"
urlpatterns = [
    path("measures/<int:pk>/units/", views.reassign, name="reassign"),
    path("indicators/<int:pk>/correct/", views.correct, name="correct_target"),
    path("plans/<int:new>/differences/<int:old>/", views.differences, name="differences"),
    path("units/<int:pk>/merge/", views.merge, name="merge_unit"),
]
