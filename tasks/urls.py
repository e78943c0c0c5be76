"""Routes of plans, their measures and the units that change."""

from django.urls import path

from tasks import views

app_name = "tasks"
urlpatterns = [
    path("plans/<int:pk>/issue/", views.issue, name="issue"),
    path("plans/<int:pk>/consult/", views.consult, name="consult"),
    path("plans/<int:pk>/close/", views.close, name="close"),
    path("plans/<int:pk>/history/", views.history, name="history"),
    path("measures/<int:pk>/correct/", views.correct, name="correct_measure"),
    path("units/<int:pk>/rename/", views.rename, name="rename_unit"),
]
