"""报送设置: the office's own numbers, their page."""

from __future__ import annotations

import pytest
from django.test import Client

from core.models import AuditEntry
from departments.models import Jurisdiction, OfficeSettings
from departments.queries import office_settings
from tests.departments_pages import seen_in, text_of
from tests.factories import JurisdictionFactory, office_user

pytestmark = pytest.mark.django_db
PAGE = "/office-settings/"
NUMBERS = {"due_days": "15", "lock_working_days": "8", "answer_working_days": "3"}


@pytest.fixture
def place() -> Jurisdiction:
    return JurisdictionFactory.create()


@pytest.fixture
def office(client: Client, place: Jurisdiction) -> None:
    client.force_login(office_user(place))


def test_a_place_without_a_row_goes_by_the_defaults(place: Jurisdiction) -> None:
    settings = office_settings(place)
    assert (settings.due_days, settings.lock_working_days, settings.answer_working_days) == (10, 10, 5)


@pytest.mark.usefixtures("office")
def test_numbers_are_kept_and_audited(client: Client, place: Jurisdiction) -> None:
    client.post(PAGE, NUMBERS | {"seen": seen_in(client.get(PAGE))})
    assert office_settings(place).due_days == 15
    entry = AuditEntry.objects.get(verb="office_settings.changed")
    assert (entry.before["期末后几日内报送"], entry.after["期末后几日内报送"]) == ("10", "15")


@pytest.mark.usefixtures("office")
def test_the_same_numbers_again_leave_no_trace(client: Client) -> None:
    for _ in range(2):
        client.post(PAGE, NUMBERS | {"seen": seen_in(client.get(PAGE))})
    assert AuditEntry.objects.filter(verb="office_settings.changed").count() == 1


@pytest.mark.usefixtures("office")
def test_a_second_tab_is_told(client: Client) -> None:
    seen = seen_in(client.get(PAGE))
    client.post(PAGE, NUMBERS | {"seen": seen})
    response = client.post(PAGE, NUMBERS | {"seen": seen, "due_days": "20"})
    assert response.status_code == 409
    assert "期末后几日内报送现在是“15”，您填的是“20”" in text_of(response)


@pytest.mark.usefixtures("office")
@pytest.mark.parametrize(
    "wrong", [{"due_days": "0"}, {"due_days": "91"}, {"lock_working_days": "-1"}, {"due_days": "十"}]
)
def test_what_is_no_number_of_days_is_refused(client: Client, wrong: dict[str, str]) -> None:
    assert client.post(PAGE, NUMBERS | wrong).status_code == 400
    assert not OfficeSettings.objects.exists()
