"""Groups and population: lists, adding, changing, two tabs, foreign ones."""

import re
from datetime import date

import pytest
from django.urls import reverse

from core.models import AuditEntry, Outbox
from departments.models import DepartmentGroup, Population
from departments.standing import PLACE_TOPIC
from tests.factories import (
    DepartmentFactory,
    DepartmentGroupFactory,
    JurisdictionFactory,
    PopulationFactory,
    administrator,
    office_user,
)

pytestmark = pytest.mark.django_db
GROUP_QUERIES = 9
POPULATION_QUERIES = 8
YEAR = {"year": "2025", "residents": "486000", "source": "统计公报", "as_of": "2025-12-31"}


@pytest.fixture
def place():
    return JurisdictionFactory.create(name="青禾区")


@pytest.fixture
def office(client, place):
    user = office_user(place)
    client.force_login(user)
    return user


def text_of(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", response.content.decode()))


def seen_in(response):
    found = re.search(r'name="seen" value="([0-9a-f]+)"', response.content.decode())
    assert found
    return found[1]


def test_a_group_is_listed_with_its_members_in_order(client, office, place):
    late = DepartmentFactory.create(jurisdiction=place, name="白塘镇", position=20)
    early = DepartmentFactory.create(jurisdiction=place, name="青溪镇", position=10)
    DepartmentGroupFactory.create(jurisdiction=place, name="各镇", members=[late, early])
    page = text_of(client.get("/groups/"))
    assert "2家" in page
    assert page.index("青溪镇") < page.index("白塘镇")


@pytest.mark.parametrize("number", [5, 40])
def test_the_list_of_groups_costs_the_same_for_few_and_many(client, office, place, number, django_assert_num_queries):
    towns = DepartmentFactory.create_batch(5, jurisdiction=place)
    DepartmentGroupFactory.create_batch(number, jurisdiction=place, members=towns)
    with django_assert_num_queries(GROUP_QUERIES):
        client.get("/groups/")


def test_a_group_is_added_once_by_a_form_sent_twice(client, office, place):
    town = DepartmentFactory.create(jurisdiction=place)
    for _ in range(2):
        client.post("/groups/new/", {"name": "各镇", "members": [town.pk]})
    assert list(DepartmentGroup.objects.get().members.all()) == [town]


def test_a_group_cannot_have_a_units_name(client, office, place):
    DepartmentFactory.create(jurisdiction=place, name="青溪镇")
    response = client.post("/groups/new/", {"name": "青溪镇"})
    assert response.status_code == 400
    assert "“青溪镇”已是单位“青溪镇”" in text_of(response)


def test_a_foreign_unit_cannot_be_a_member(client, office):
    foreign = DepartmentFactory.create()
    assert client.post("/groups/new/", {"name": "各镇", "members": [foreign.pk]}).status_code == 400


def test_changed_members_are_audited_by_name(client, office, place):
    town = DepartmentFactory.create(jurisdiction=place, name="青溪镇")
    group = DepartmentGroupFactory.create(jurisdiction=place, name="各镇", members=[town])
    seen = seen_in(client.get(f"/groups/{group.pk}/edit/"))
    client.post(f"/groups/{group.pk}/edit/", {"name": "各镇", "seen": seen})
    entry = AuditEntry.objects.get(verb="group.changed")
    assert (entry.before["成员"], entry.after["成员"]) == ("青溪镇", "")


def test_a_second_tab_of_a_group_is_told(client, office, place):
    group = DepartmentGroupFactory.create(jurisdiction=place, name="各镇")
    seen = seen_in(client.get(f"/groups/{group.pk}/edit/"))
    client.post(f"/groups/{group.pk}/edit/", {"name": "各镇街", "seen": seen})
    response = client.post(f"/groups/{group.pk}/edit/", {"name": "各乡镇", "seen": seen})
    assert response.status_code == 409
    assert "名称现在是“各镇街”，您填的是“各乡镇”" in text_of(response)


def test_a_foreign_group_is_not_there(client, office):
    assert client.get(f"/groups/{DepartmentGroupFactory.create().pk}/edit/").status_code == 404


@pytest.mark.parametrize("number", [1, 20])
def test_the_list_of_years_costs_the_same_for_few_and_many(client, office, place, number, django_assert_num_queries):
    for year in range(number):
        PopulationFactory.create(jurisdiction=place, year=2005 + year)
    with django_assert_num_queries(POPULATION_QUERIES):
        client.get("/population/")


def test_a_year_is_stated_with_source_and_date(client, office, place):
    client.post("/population/new/", YEAR)
    stated = Population.objects.get(jurisdiction=place)
    assert (stated.residents, stated.source, stated.as_of) == (486_000, "统计公报", date(2025, 12, 31))


def test_a_year_is_stated_once_by_a_form_sent_twice(client, office):
    client.post("/population/new/", YEAR)
    assert client.post("/population/new/", YEAR).status_code == 302
    assert Population.objects.count() == 1


def test_a_year_already_stated_is_told_with_its_number(client, office):
    client.post("/population/new/", YEAR)
    response = client.post("/population/new/", {**YEAR, "residents": "500000"})
    assert response.status_code == 400
    assert "2025年的常住人口已填为486000人" in text_of(response)


@pytest.mark.parametrize(
    "wrong",
    [
        {"residents": "0"},
        {"residents": "-5"},
        {"residents": "48.6万"},
        {"year": "1999"},
        {"year": "9999"},
        {"as_of": "去年底"},
        {"source": ""},
        {"residents": "9" * 30},
    ],
)
def test_what_is_no_population_is_refused(client, office, wrong):
    assert client.post("/population/new/", {**YEAR, **wrong}).status_code == 400
    assert not Population.objects.exists()


def test_a_year_is_corrected_and_audited(client, office, place):
    stated = PopulationFactory.create(jurisdiction=place, residents=480_000)
    seen = seen_in(client.get(f"/population/{stated.pk}/edit/"))
    fields = {"residents": "486000", "source": "统计公报", "as_of": "2025-12-31", "seen": seen}
    client.post(f"/population/{stated.pk}/edit/", fields)
    entry = AuditEntry.objects.get(verb="population.changed")
    assert (entry.before["常住人口"], entry.after["常住人口"]) == ("480000", "486000")


def correct(client, stated, **other):
    path = f"/population/{stated.pk}/edit/"
    shown = {"residents": stated.residents, "source": stated.source, "as_of": stated.as_of.isoformat()}
    return client.post(path, {**shown, "seen": seen_in(client.get(path)), **other})


def test_a_stated_year_has_the_place_judged_anew(client, office, place):
    client.post("/population/new/", YEAR)
    assert Outbox.objects.get().key == str(place.pk)


def test_a_corrected_year_has_the_place_judged_anew(client, office, place):
    correct(client, PopulationFactory.create(jurisdiction=place), residents="500001")
    asked = Outbox.objects.get()
    assert (asked.topic, asked.key) == (PLACE_TOPIC, str(place.pk))


def test_a_year_saved_as_it_was_has_nothing_judged_anew(client, office, place):
    assert correct(client, PopulationFactory.create(jurisdiction=place)).status_code == 302
    assert not Outbox.objects.exists()


def test_foreign_population_is_not_there(client, office):
    assert client.get(f"/population/{PopulationFactory.create().pk}/edit/").status_code == 404


@pytest.fixture
def administration(client):
    client.force_login(administrator(), backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_the_administrators_change_has_the_place_judged_anew(administration, place):
    stated = PopulationFactory.create(jurisdiction=place)
    url = reverse("admin:departments_population_change", args=[stated.pk])
    sent = {"jurisdiction": place.pk, "year": 2026, "residents": 500_100, "source": "统计公报", "as_of": "2025-12-31"}
    assert administration.post(url, sent).status_code == 302
    assert Outbox.objects.filter(topic=PLACE_TOPIC, key=str(place.pk)).exists()


def test_the_administrators_deletion_has_the_place_judged_anew(administration, place):
    stated = PopulationFactory.create(jurisdiction=place)
    administration.post(reverse("admin:departments_population_delete", args=[stated.pk]), {"post": "yes"})
    assert not Population.objects.exists()
    assert Outbox.objects.filter(topic=PLACE_TOPIC, key=str(place.pk)).exists()
