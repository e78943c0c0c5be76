"""食安办设置: the office's own numbers for reports and lights, their page."""

from __future__ import annotations

from dataclasses import asdict, replace

import pytest
from django.db import IntegrityError
from django.test import Client

from core.errors import BadInput
from core.models import AuditEntry, Outbox
from departments.actions.office_settings import change_office_settings, numbers_of
from departments.editions import edition
from departments.models import Jurisdiction, OfficeSettings
from departments.queries import office_settings
from departments.standing import PLACE_TOPIC
from tests.departments_pages import seen_in, text_of
from tests.factories import JurisdictionFactory, office_user

pytestmark = pytest.mark.django_db
PAGE = "/office-settings/"
REPORTS = {"due_days": "15", "lock_working_days": "8", "answer_working_days": "3"}
DEFAULT_LIGHTS = {
    "late_working_days": "5",
    "behind_percent": "95",
    "far_behind_percent": "80",
    "plan_red_percent": "20",
    "plan_amber_percent": "20",
}
NUMBERS = REPORTS | DEFAULT_LIGHTS
LIGHTS = {
    "late_working_days": "3",
    "behind_percent": "90",
    "far_behind_percent": "70",
    "plan_red_percent": "15",
    "plan_amber_percent": "30",
}


@pytest.fixture
def place() -> Jurisdiction:
    return JurisdictionFactory.create()


@pytest.fixture
def office(client: Client, place: Jurisdiction) -> None:
    client.force_login(office_user(place))


def test_a_place_without_a_row_goes_by_the_defaults(place: Jurisdiction) -> None:
    settings = office_settings(place)
    assert (settings.due_days, settings.lock_working_days, settings.answer_working_days) == (10, 10, 5)


def test_the_lights_of_a_place_without_a_row_go_by_the_defaults(place: Jurisdiction) -> None:
    numbers = asdict(numbers_of(office_settings(place)))
    assert {name: str(numbers[name]) for name in DEFAULT_LIGHTS} == DEFAULT_LIGHTS


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
    "wrong",
    [
        {"due_days": "0"},
        {"due_days": "91"},
        {"lock_working_days": "-1"},
        {"due_days": "十"},
        {"late_working_days": "61"},
        {"behind_percent": "101"},
        {"far_behind_percent": "0"},
        {"plan_red_percent": "0"},
        {"plan_amber_percent": "101"},
        {"plan_amber_percent": "12.5"},
        {"behind_percent": ""},
    ],
)
def test_what_is_no_such_number_is_refused(client: Client, wrong: dict[str, str]) -> None:
    assert client.post(PAGE, NUMBERS | wrong).status_code == 400
    assert not OfficeSettings.objects.exists()


@pytest.mark.usefixtures("office")
def test_a_refusal_says_how_far_the_number_may_go(client: Client) -> None:
    response = client.post(PAGE, NUMBERS | {"behind_percent": "101"})
    assert "指标低于应达的百分之几为预警，最大填100。" in text_of(response)


@pytest.mark.usefixtures("office")
def test_thresholds_are_kept(client: Client, place: Jurisdiction) -> None:
    client.post(PAGE, REPORTS | LIGHTS | {"seen": seen_in(client.get(PAGE))})
    kept = asdict(numbers_of(office_settings(place)))
    assert {name: str(kept[name]) for name in LIGHTS} == LIGHTS


@pytest.mark.usefixtures("office")
def test_thresholds_are_audited(client: Client) -> None:
    client.post(PAGE, REPORTS | LIGHTS | {"seen": seen_in(client.get(PAGE))})
    entry = AuditEntry.objects.get(verb="office_settings.changed")
    label = "迟报几个工作日内为预警"
    assert (entry.before[label], entry.after[label]) == ("5", "3")


@pytest.mark.usefixtures("office")
@pytest.mark.parametrize("far_behind", ["95", "96"])
def test_far_behind_has_to_be_below_behind(client: Client, far_behind: str) -> None:
    wrong = NUMBERS | {"far_behind_percent": far_behind, "seen": seen_in(client.get(PAGE))}
    response = client.post(PAGE, wrong)
    assert response.status_code == 400
    sentence = f"“指标低于应达的百分之几为滞后”填的是{far_behind}，应小于“指标低于应达的百分之几为预警”的95。"
    assert sentence in text_of(response)


def test_the_action_refuses_far_behind_that_is_not_below_behind(place: Jurisdiction) -> None:
    now = numbers_of(office_settings(place))
    wrong = replace(now, far_behind_percent=now.behind_percent)
    with pytest.raises(BadInput) as refusal:
        change_office_settings(place, actor=office_user(place), numbers=wrong, seen=edition(now.as_text()))
    assert refusal.value.field == "far_behind_percent"


@pytest.mark.parametrize(
    "wrong",
    [
        {"behind_percent": 80},
        {"behind_percent": 101},
        {"far_behind_percent": 0},
        {"plan_red_percent": 0},
        {"plan_amber_percent": 101},
    ],
)
def test_the_database_keeps_no_impossible_threshold(place: Jurisdiction, wrong: dict[str, int]) -> None:
    with pytest.raises(IntegrityError):
        OfficeSettings.objects.create(jurisdiction=place, **wrong)


@pytest.mark.usefixtures("office")
@pytest.mark.parametrize("name", LIGHTS)
def test_a_changed_threshold_has_the_place_judged_anew_once(client: Client, place: Jurisdiction, name: str) -> None:
    client.post(PAGE, NUMBERS | {name: LIGHTS[name], "seen": seen_in(client.get(PAGE))})
    asked = Outbox.objects.get()
    assert (asked.topic, asked.key, asked.version) == (PLACE_TOPIC, str(place.pk), 1)


@pytest.mark.usefixtures("office")
def test_unchanged_thresholds_have_nothing_judged_anew(client: Client) -> None:
    client.post(PAGE, NUMBERS | {"seen": seen_in(client.get(PAGE))})
    assert not Outbox.objects.exists()


@pytest.mark.usefixtures("office")
def test_a_refused_threshold_has_nothing_judged_anew(client: Client) -> None:
    client.post(PAGE, NUMBERS | {"late_working_days": "3", "seen": "0"})
    assert not Outbox.objects.exists()


@pytest.mark.usefixtures("office")
def test_a_second_tab_is_told_of_a_threshold(client: Client) -> None:
    seen = seen_in(client.get(PAGE))
    client.post(PAGE, NUMBERS | {"seen": seen, "plan_red_percent": "15"})
    response = client.post(PAGE, NUMBERS | {"seen": seen})
    assert response.status_code == 409
    assert "滞后措施占到百分之几为滞后现在是“15”，您填的是“20”" in text_of(response)


@pytest.mark.usefixtures("office")
def test_changed_thresholds_ask_for_no_new_periods(client: Client, place: Jurisdiction) -> None:
    OfficeSettings.objects.create(jurisdiction=place, **{name: int(number) for name, number in REPORTS.items()})
    sent = REPORTS | LIGHTS | {"seen": seen_in(client.get(PAGE))}
    page = text_of(client.post(PAGE, sent, follow=True))
    assert "设置已保存。红黄绿灯几秒内按新标准重新计算，历史汇总不变。" in page


@pytest.mark.usefixtures("office")
def test_changed_days_of_reports_ask_for_new_periods_alone(client: Client) -> None:
    page = text_of(client.post(PAGE, NUMBERS | {"seen": seen_in(client.get(PAGE))}, follow=True))
    assert "设置已保存。已经生成的报送期要按新设置调整，请在报送期页重新生成。" in page
    assert "红黄绿灯几秒内" not in page


@pytest.mark.usefixtures("office")
def test_thresholds_stand_with_their_units_under_their_own_heading(client: Client) -> None:
    reports, lights = text_of(client.get(PAGE)).split("红黄绿灯改了标准")
    assert (reports.count("%"), lights.count("%"), lights.count(" 个工作日")) == (0, 4, 1)
