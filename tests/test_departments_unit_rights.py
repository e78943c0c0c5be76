"""Units of others: not there from elsewhere, read-only from above, refused with a reason to the own people."""

import pytest

from tests.departments_pages import text_of
from tests.factories import (
    DepartmentFactory,
    JurisdictionFactory,
    leader,
    office_user,
    reporter,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    return JurisdictionFactory.create(name="青禾区", office_name="青禾区食安办")


@pytest.fixture
def office(client, place):
    user = office_user(place, name="林晓")
    client.force_login(user)
    return user


STEPS = ["", "edit/", "move/", "deactivate/", "reactivate/"]


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_foreign_unit_is_not_there(client, office, step, method):
    foreign = DepartmentFactory.create()
    response = getattr(client, method)(f"/units/{foreign.pk}/{step}")
    assert response.status_code in (404, 405)
    foreign.refresh_from_db()
    assert foreign.active


@pytest.mark.parametrize("path", ["/units/new/", "/units/import/", "/groups/new/", "/population/new/", "/users/new/"])
def test_a_reporter_changes_nothing_and_is_told_why(client, place, path):
    client.force_login(reporter(DepartmentFactory.create(jurisdiction=place)))
    response = client.get(path)
    assert response.status_code == 403
    assert "由青禾区食安办维护" in text_of(response)


def test_a_reporter_sees_the_own_unit_but_not_the_list(client, place):
    unit = DepartmentFactory.create(jurisdiction=place)
    client.force_login(reporter(unit))
    assert client.get(f"/units/{unit.pk}/").status_code == 200
    assert client.get("/units/").status_code == 403


def test_a_leader_reads_the_list_without_buttons(client, place):
    client.force_login(leader(place))
    page = text_of(client.get("/units/"))
    assert "新增单位" not in page


def test_the_office_above_may_read_but_not_change(client):
    city = JurisdictionFactory.create()
    below = JurisdictionFactory.create(parent=city, office_name="青禾区食安办")
    unit = DepartmentFactory.create(jurisdiction=below)
    client.force_login(office_user(city))
    assert client.get(f"/units/{unit.pk}/").status_code == 200
    refused = client.get(f"/units/{unit.pk}/edit/")
    assert refused.status_code == 403
    assert "只能查看，要修改请由青禾区食安办办理" in text_of(refused)
