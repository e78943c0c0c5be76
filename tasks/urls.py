"""Routes of plans."""

from django.urls import path

from tasks import views

app_name = "tasks"
urlpatterns = [path("plans/<int:pk>/issue/", views.issue, name="issue")]
