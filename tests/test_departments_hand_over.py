"""Handing posts over, and whose accounts the office may touch."""

import pytest

from core.models import AuditEntry
from departments.models import User
from tests.departments_pages import password_in, text_of
from tests.factories import (
    DepartmentFactory,
    JurisdictionFactory,
    MembershipFactory,
    administrator,
    approver,
    leader,
    office_user,
    reporter,
)

pytestmark = pytest.mark.django_db
KEY = "k" * 32


@pytest.fixture
def place():
    return JurisdictionFactory.create(name="青禾区", office_name="青禾区食安办")


@pytest.fixture
def unit(place):
    return DepartmentFactory.create(jurisdiction=place, name="区教体局")


@pytest.fixture
def office(client, place):
    user = office_user(place, name="林晓", username="linxiao")
    client.force_login(user)
    return user


def test_all_posts_are_handed_over_in_one_step(client, office, place, unit):
    left, to = reporter(unit, name="陈静"), reporter(unit, name="唐一帆")
    other = DepartmentFactory.create(jurisdiction=place)
    MembershipFactory.create(user=left, role="approver", department=other)
    client.post(f"/users/{left.pk}/hand-over/", {"to": to.pk, "key": KEY})
    left.refresh_from_db()
    assert {(post.role, post.department) for post in to.memberships.all()} == {("reporter", unit), ("approver", other)}
    assert not left.is_active
    assert not left.memberships.exists()


def test_handing_over_is_audited_with_both_names(client, office, unit):
    left, to = reporter(unit, name="陈静"), reporter(unit, name="唐一帆")
    client.post(f"/users/{left.pk}/hand-over/", {"to": to.pk, "key": KEY})
    entry = AuditEntry.objects.get(verb="user.handed_over")
    assert (entry.object_label, entry.after["接手"]) == ("陈静", "唐一帆")


def test_who_has_left_stays_in_the_offices_list(client, office, unit):
    left, to = reporter(unit, name="陈静"), reporter(unit)
    client.post(f"/users/{left.pk}/hand-over/", {"to": to.pk, "key": KEY})
    assert "陈静" in text_of(client.get("/users/?state=inactive"))


def test_a_new_account_can_take_over_and_a_second_sending_changes_nothing(client, office, unit):
    left = reporter(unit, name="陈静")
    fields = {"to": "", "name": "新来的", "username": "xinlai", "phone": "", "key": KEY}
    first = client.post(f"/users/{left.pk}/hand-over/", fields)
    second = client.post(f"/users/{left.pk}/hand-over/", fields)
    assert password_in(first) == password_in(second)
    assert User.objects.get(username="xinlai").memberships.get().department == unit


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [({}, "新建用户要填姓名"), ({"name": "新来的", "username": "linxiao"}, "用户名“linxiao”已是林晓的")],
)
def test_a_hand_over_to_nobody_changes_nothing(client, office, unit, fields, sentence):
    left = reporter(unit)
    response = client.post(f"/users/{left.pk}/hand-over/", {"key": KEY, **fields})
    assert response.status_code == 400
    assert sentence in text_of(response)
    assert left.memberships.exists()


def test_posts_cannot_be_handed_to_a_stranger(client, office, unit):
    left, stranger = reporter(unit), reporter(DepartmentFactory.create())
    assert client.post(f"/users/{left.pk}/hand-over/", {"to": stranger.pk}).status_code == 400


STEPS = ["", "edit/", "reset-password/", "unlock/", "hand-over/", "deactivate/", "reactivate/"]


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_foreign_person_is_not_there(client, office, step, method):
    foreign = reporter(DepartmentFactory.create())
    assert getattr(client, method)(f"/users/{foreign.pk}/{step}").status_code in (404, 405)


@pytest.mark.parametrize("step", STEPS[2:])
def test_a_foreign_person_is_not_changed(client, office, step):
    foreign = reporter(DepartmentFactory.create())
    before = User.objects.values().get(pk=foreign.pk)
    client.post(f"/users/{foreign.pk}/{step}", {"key": KEY})
    assert User.objects.values().get(pk=foreign.pk) == before


@pytest.mark.parametrize("step", ["reset-password/", "unlock/", "deactivate/", "hand-over/"])
def test_an_administrators_account_is_out_of_the_offices_reach(client, office, place, step):
    admin = administrator()
    MembershipFactory.create(user=admin, role="office", department=None, jurisdiction=place)
    response = client.post(f"/users/{admin.pk}/{step}", {"key": KEY, "to": office.pk})
    assert response.status_code in (403, 409)
    admin.refresh_from_db()
    assert admin.is_active
    assert not admin.must_change_password


def test_a_person_who_also_works_elsewhere_is_kept_by_the_administrator(client, office, unit):
    person = reporter(unit, name="陈静")
    MembershipFactory.create(user=person, department=DepartmentFactory.create(jurisdiction__name="云泽县"))
    response = client.post(f"/users/{person.pk}/reset-password/", {"key": KEY})
    assert response.status_code == 403
    assert "陈静还在云泽县任职，账号由系统管理员维护" in text_of(response)


@pytest.mark.parametrize("make", [reporter, approver])
def test_units_people_do_not_see_the_users(client, unit, make):
    client.force_login(make(unit))
    assert client.get("/users/").status_code == 403


def test_a_leader_does_not_see_the_users(client, place):
    client.force_login(leader(place))
    assert client.get("/users/").status_code == 403


def test_a_colleague_cannot_reset_a_password(client, unit):
    client.force_login(reporter(unit))
    other = reporter(unit)
    assert client.post(f"/users/{other.pk}/reset-password/", {"key": KEY}).status_code == 403


def test_a_name_with_markup_is_shown_as_text(client, office, unit):
    reporter(unit, name="<img src=x onerror=alert(1)>")
    assert b"<img src=x" not in client.get("/users/").content
