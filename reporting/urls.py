"""Routes of the round."""

from django.urls import path

from reporting.views import evidence, form, mine, periods, sending

app_name = "reporting"
urlpatterns = [
    path("periods/", periods.periods, name="periods"),
    path("periods/generate/", periods.generate, name="generate_periods"),
    path("periods/new/", periods.add, name="add_period"),
    path("periods/<int:pk>/shift/", periods.shift, name="shift_period"),
    path("periods/<int:pk>/cancel/", periods.cancel, name="cancel_period"),
    path("periods/<int:pk>/restore/", periods.restore, name="restore_period"),
    # The unit's form.
    path("reports/", mine.mine, name="mine"),
    path("reports/start/<int:period>/<int:department>/", form.start, name="start"),
    path("reports/<int:pk>/", form.form, name="form"),
    path("reports/<int:pk>/entries/<int:entry>/", form.entry, name="entry"),
    path("reports/<int:pk>/entries/<int:entry>/save/", form.save, name="save"),
    path("reports/<int:pk>/entries/<int:entry>/same/", form.same, name="same"),
    path("reports/<int:pk>/entries/<int:entry>/evidence/", evidence.add, name="add_evidence"),
    path("reports/<int:pk>/print/", form.printed, name="print"),
    path("reports/<int:pk>/check/", sending.check, name="check"),
    path("reports/<int:pk>/ask-signature/", sending.send_to_signature, name="ask_signature"),
    path("reports/<int:pk>/sign/", sending.sign_form, name="sign"),
    path("reports/<int:pk>/unsign/", sending.take_back, name="unsign"),
    path("reports/<int:pk>/submit/", sending.send, name="submit"),
    path("reports/<int:pk>/narratives/", evidence.add_report, name="add_narrative"),
    path("evidence/<int:pk>/", evidence.evidence, name="evidence"),
    path("evidence/<int:pk>/remove/", evidence.remove, name="remove_evidence"),
    path("narratives/<int:pk>/", evidence.narrative, name="narrative"),
    path("narratives/<int:pk>/remove/", evidence.remove_report, name="remove_narrative"),
]
