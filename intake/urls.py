"""Routes of plan import."""

from django.urls import path

from intake.views import columns, facts, imports, review

app_name = "intake"
urlpatterns = [
    path("", imports.imports, name="imports"),
    path("upload/", imports.upload, name="upload"),
    path("<int:pk>/", imports.import_page, name="import"),
    path("<int:pk>/columns/", columns.columns, name="columns"),
    path("<int:pk>/names/", imports.names, name="names"),
    path("<int:pk>/bind/", imports.bind, name="bind"),
    path("<int:pk>/confirm/", imports.confirm, name="confirm"),
    path("<int:pk>/differences/", imports.differences, name="differences"),
    path("<int:pk>/discard/", imports.discard, name="discard"),
    path("<int:pk>/abandon/", imports.abandon, name="abandon"),
    path("<int:pk>/settle/", review.settle, name="settle"),
    path("<int:pk>/undo/", review.undo_step, name="undo"),
    path("<int:pk>/redo/", review.redo_step, name="redo"),
    path("<int:pk>/read-again/", review.again, name="read_again"),
    path("<int:pk>/measures/<str:fact>/", facts.measure, name="measure"),
    path("<int:pk>/headings/<str:fact>/", facts.heading, name="heading"),
    path("<int:pk>/duties/<str:fact>/", facts.duty, name="duty"),
    path("<int:pk>/facts/<str:fact>/change/", facts.change, name="change"),
    path("<int:pk>/stretch/", facts.stretch, name="stretch"),
]
