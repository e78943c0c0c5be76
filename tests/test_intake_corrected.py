"""What was corrected on the review page reaches the ledger."""

import pytest
from django.urls import reverse

from indicators.models import Indicator
from intake.review import review_of
from tasks.models import Assignment, Measure, Plan
from tests.test_intake_review import HTMX, clerk, editor_data, ids, import_, page, place, save

__all__ = ["clerk", "import_", "page", "place"]
pytestmark = pytest.mark.django_db


def test_confirmation_writes_what_was_corrected(page, import_):
    fact = ids(import_)["1.1"]
    save(
        page, import_, fact, editor_data(page, import_, fact) | {"text": "改过的措施。", "units-0-role": "responsible"}
    )
    for doubt in [d for d in review_of(import_).doubts if d.blocks]:
        page.post(reverse("intake:settle", args=[import_.pk]), {"doubt": doubt.id, "answer": 0, "seen": 9}, **HTMX)
    import_.refresh_from_db()
    facts = {"title": "2026年青禾区食品安全工作要点", "year": 2026, "kind": "key_points", "stage": "draft"}
    page.post(reverse("intake:confirm", args=[import_.pk]), facts | {"version": import_.version})
    measure = Measure.objects.get(task__plan=Plan.objects.get(), task__number=1, position=1)
    assert measure.text == "改过的措施。"
    assert Assignment.objects.get(measure=measure, department__name="区教体局").role == "responsible"


def confirmed(page, import_) -> Plan:
    """Settle the names that block and confirm."""
    for doubt in [d for d in review_of(import_).doubts if d.blocks]:
        page.post(reverse("intake:settle", args=[import_.pk]), {"doubt": doubt.id, "answer": 0, "seen": 9}, **HTMX)
    import_.refresh_from_db()
    facts = {"title": "2026年青禾区食品安全工作要点", "year": 2026, "kind": "key_points", "stage": "draft"}
    page.post(reverse("intake:confirm", args=[import_.pk]), facts | {"version": import_.version})
    return Plan.objects.get()


def test_chosen_reporter_and_labels_reach_the_ledger(page, import_):
    fact = ids(import_)["1.1"]
    own = {"targets-0-reporters": "区市场监管局", "targets-0-numerator_label": "已建成（所）", "targets-0-path": "hold"}
    save(page, import_, fact, editor_data(page, import_, fact) | own)
    confirmed(page, import_)
    indicator = Indicator.objects.get(measure__task__number=1)
    assert [r.department.name for r in indicator.reporters.all()] == ["区市场监管局"]
    assert (indicator.numerator_label, indicator.path) == ("已建成（所）", "hold")


def test_unknown_reporter_is_refused_at_confirmation(page, import_):
    fact = ids(import_)["1.1"]
    save(page, import_, fact, editor_data(page, import_, fact) | {"targets-0-reporters": "区没有局"})
    with pytest.raises(Plan.DoesNotExist):
        confirmed(page, import_)
