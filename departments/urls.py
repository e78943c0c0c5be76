"""Routes of log-in, units, names, people and population."""

from django.urls import path

from departments.views import groups, lists, office_settings, people, population, sessions, units

app_name = "departments"
urlpatterns = [
    path("log-in/", sessions.log_in, name="log_in"),
    path("log-out/", sessions.log_out, name="log_out"),
    path("profile/", sessions.profile, name="profile"),
    path("profile/password/", sessions.change_password, name="change_password"),
    path("profile/place/", sessions.switch_place, name="switch_place"),
    path("units/", units.units, name="units"),
    path("units/new/", units.add_unit, name="add_unit"),
    path("units/import/", lists.upload_units, name="import_units"),
    path("units/import/confirm/", lists.confirm_units, name="confirm_units"),
    path("units/import/template.xlsx", lists.units_template, name="units_template"),
    path("units/export.xlsx", lists.export_units, name="export_units"),
    path("units/<int:pk>/", units.unit, name="unit"),
    path("units/<int:pk>/edit/", units.change_unit, name="change_unit"),
    path("units/<int:pk>/move/", units.move_unit, name="move_unit"),
    path("units/<int:pk>/deactivate/", units.deactivate_unit, name="deactivate_unit"),
    path("units/<int:pk>/reactivate/", units.reactivate_unit, name="reactivate_unit"),
    path("groups/", groups.groups, name="groups"),
    path("groups/new/", groups.add_group, name="add_group"),
    path("groups/<int:pk>/edit/", groups.change_group, name="change_group"),
    path("population/", population.population, name="population"),
    path("population/new/", population.add_population, name="add_population"),
    path("population/<int:pk>/edit/", population.change_population, name="change_population"),
    path("office-settings/", office_settings.office_settings, name="office_settings"),
    path("users/", people.users, name="users"),
    path("users/new/", people.add_user, name="add_user"),
    path("users/import/", lists.upload_users, name="import_users"),
    path("users/import/confirm/", lists.confirm_users, name="confirm_users"),
    path("users/import/template.xlsx", lists.users_template, name="users_template"),
    path("users/import/passwords.xlsx", lists.download_passwords, name="download_passwords"),
    path("users/export.xlsx", lists.export_users, name="export_users"),
    path("users/<int:pk>/", people.user, name="user"),
    path("users/<int:pk>/edit/", people.change_user, name="change_user"),
    path("users/<int:pk>/reset-password/", people.reset_password, name="reset_password"),
    path("users/<int:pk>/unlock/", people.unlock, name="unlock"),
    path("users/<int:pk>/hand-over/", people.hand_over, name="hand_over"),
    path("users/<int:pk>/deactivate/", people.deactivate_user, name="deactivate_user"),
    path("users/<int:pk>/reactivate/", people.reactivate_user, name="reactivate_user"),
]
