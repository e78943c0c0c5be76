"""口径说明: the page that states the whole rule, with the thresholds by which the person's place is judged."""

from __future__ import annotations

import pytest
from django.test import Client

from dashboards.actions.refresh import refresh
from departments.models import Jurisdiction, OfficeSettings
from tests.factories import JurisdictionFactory, administrator, leader, office_user, reporter
from tests.ledgers import SmallPlan, small_plan
from tests.standing_scene import page_of, text_of

pytestmark = pytest.mark.django_db
RULES = "/rules/"
DEFAULTS = [
    "5个工作日以内预警，超过了滞后",
    "过了补报期限5个工作日还没有补：滞后",
    "达到应达的95%及以上：正常；低于95%：预警；低于80%：滞后",
    "滞后占20%及以上：滞后；滞后加预警占20%及以上：预警",
]
OWN = [
    "3个工作日以内预警，超过了滞后",
    "过了补报期限3个工作日还没有补：滞后",
    "达到应达的90%及以上：正常；低于90%：预警；低于70%：滞后",
    "滞后占30%及以上：滞后；滞后加预警占40%及以上：预警",
]


@pytest.fixture
def made() -> SmallPlan:
    return small_plan()


def set_own(place: Jurisdiction) -> None:
    OfficeSettings.objects.create(
        jurisdiction=place,
        late_working_days=3,
        behind_percent=90,
        far_behind_percent=70,
        plan_red_percent=30,
        plan_amber_percent=40,
    )


def rules(client: Client) -> str:
    return text_of(page_of(client, RULES))


@pytest.mark.parametrize("words", DEFAULTS)
def test_an_office_that_has_set_none_goes_by_the_defaults(client: Client, made: SmallPlan, words: str) -> None:
    client.force_login(office_user(made.place))
    assert words in rules(client)


@pytest.mark.parametrize("words", OWN)
def test_the_thresholds_are_those_that_the_office_has_set(client: Client, made: SmallPlan, words: str) -> None:
    set_own(made.place)
    client.force_login(office_user(made.place))
    assert words in rules(client)


@pytest.mark.parametrize("who", ["unit", "leader"])
def test_everybody_of_the_place_reads_its_thresholds(client: Client, made: SmallPlan, who: str) -> None:
    set_own(made.place)
    client.force_login(leader(made.place) if who == "leader" else reporter(made.education))
    assert OWN[2] in rules(client)


def test_thresholds_of_another_place_are_not_shown(client: Client, made: SmallPlan) -> None:
    set_own(JurisdictionFactory.create())
    client.force_login(office_user(made.place))
    assert DEFAULTS[2] in rules(client)


def test_it_says_whose_thresholds_they_are(client: Client, made: SmallPlan) -> None:
    client.force_login(leader(made.place))
    assert "上面的数字是青禾区食安办定的" in rules(client)


def test_without_any_place_the_defaults_stand_for_nobody(client: Client) -> None:
    client.force_login(administrator())
    said = rules(client)
    assert (DEFAULTS[2] in said, "上面的数字是" in said) == (True, False)


@pytest.mark.parametrize("word", ["滞后", "预警", "正常", "未到期"])
def test_each_light_stands_with_its_shape_and_word(client: Client, made: SmallPlan, word: str) -> None:
    client.force_login(leader(made.place))
    assert f'">{word}</span>' in page_of(client, RULES).split("<h2>分工")[0]


@pytest.mark.parametrize(
    "address",
    ["/ledger/", "/plans/{plan}/indicators/", "/indicators/{indicator}/", "/measures/{measure}/",
     "/departments/{unit}/duties/"],
)  # fmt: skip
def test_every_page_with_lights_leads_to_it(client: Client, made: SmallPlan, address: str) -> None:
    refresh([made.plan.pk])
    client.force_login(reporter(made.education))
    keys = {"plan": made.plan.pk, "measure": made.first.pk, "unit": made.education.pk}
    page = page_of(client, address.format(**keys, indicator=made.first.indicators.get().pk))
    assert f'href="{RULES}">口径说明</a>' in page
