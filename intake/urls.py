"""Routes of plan import."""

from django.urls import path

from intake import views

app_name = "intake"
urlpatterns = [
    path("", views.imports, name="imports"),
    path("upload/", views.upload, name="upload"),
    path("<int:pk>/", views.import_page, name="import"),
    path("<int:pk>/bind/", views.bind, name="bind"),
    path("<int:pk>/confirm/", views.confirm, name="confirm"),
    path("<int:pk>/abandon/", views.abandon, name="abandon"),
]
