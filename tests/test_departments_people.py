"""Users: list, creating, changing posts, passwords, locks, handing over, taking out of use; who may."""

import re

import pytest
from axes.models import AccessAttempt
from django.test import Client

from core.models import AuditEntry
from departments.models import Membership, User
from tests.departments_pages import password_in, rows, text_of
from tests.factories import (
    DepartmentFactory,
    JurisdictionFactory,
    MembershipFactory,
    UserFactory,
    approver,
    office_user,
    reporter,
)

pytestmark = pytest.mark.django_db
LIST_QUERIES = 13
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


def create(client, *posts, **fields):
    given = {"name": "陈静", "username": "chenjing", "phone": "", "email": "", "key": KEY}
    return client.post("/users/new/", {**given, **fields, **rows(*posts)})


def locked(username):
    return AccessAttempt.objects.create(username=username, ip_address="127.0.0.1", failures_since_start=5)


def test_people_stand_in_the_order_of_their_units_the_office_first(client, office, place, unit):
    second = DepartmentFactory.create(jurisdiction=place, name="区商务局", position=unit.position + 5)
    reporter(second, name="丁一")
    reporter(unit, name="万二")
    page = client.get("/users/").context["page"]
    assert [person.name for person in page] == ["林晓", "万二", "丁一"]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", {"林晓", "陈静", "毛国栋"}),
        ("?q=jing", {"陈静"}),
        ("?role=approver", {"毛国栋"}),
        ("?state=inactive", {"吴劲松"}),
        ("?state=locked", {"陈静"}),
        ("?role=nonsense", {"林晓", "陈静", "毛国栋"}),
    ],
)
def test_filters_narrow_the_list(client, office, unit, query, names):
    reporter(unit, name="陈静", username="chenjing")
    approver(unit, name="毛国栋")
    reporter(unit, name="吴劲松", is_active=False)
    reporter(DepartmentFactory.create(), name="别处的人")
    locked("chenjing")
    assert {person.name for person in client.get(f"/users/{query}").context["page"]} == names


def test_a_unit_filters_the_list(client, office, place, unit):
    reporter(unit, name="陈静")
    reporter(DepartmentFactory.create(jurisdiction=place), name="任磊")
    response = client.get(f"/users/?unit={unit.pk}&role=reporter")
    assert [person.name for person in response.context["page"]] == ["陈静"]


@pytest.mark.parametrize("number", [5, 200])
def test_the_list_costs_the_same_for_few_and_many(client, office, place, unit, number, django_assert_num_queries):
    for person in UserFactory.create_batch(number):
        MembershipFactory.create(user=person, department=unit)
    with django_assert_num_queries(LIST_QUERIES):
        client.get("/users/")


def test_a_new_person_can_log_in_with_the_password_shown_and_must_change_it(client, office, unit):
    password = password_in(create(client, ("reporter", unit)))
    person = User.objects.get(username="chenjing")
    assert person.check_password(password)
    assert person.must_change_password


def test_the_password_is_nowhere_in_the_audit(client, office, unit):
    password = password_in(create(client, ("reporter", unit)))
    assert all(password not in f"{entry.before}{entry.after}" for entry in AuditEntry.objects.all())


def test_one_person_can_serve_several_units(client, office, place, unit):
    other = DepartmentFactory.create(jurisdiction=place, name="区文旅局")
    create(client, ("reporter", unit), ("reporter", other), ("", None))
    assert Membership.objects.filter(user__username="chenjing").count() == 2


def test_a_form_sent_twice_makes_one_account_and_shows_the_same_password(client, office, unit):
    first, second = create(client, ("reporter", unit)), create(client, ("reporter", unit))
    assert password_in(first) == password_in(second)
    assert AuditEntry.objects.filter(verb="user.created").count() == 1


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"username": "linxiao"}, "用户名“linxiao”已是林晓的"),
        ({"username": "LinXiao"}, "用户名“linxiao”已是林晓的"),
        ({"username": "far"}, "用户名“far”已被使用，请换一个，例如“far2”"),
        ({"username": "chen jing!"}, "只能用字母、数字、汉字"),
        ({"username": "长" * 31}, "用户名要有1至30个字符"),
        ({"name": "名" * 41}, "姓名有41个字，最多40个字"),
        ({"phone": "123"}, "手机“123”不像电话号码"),
        ({"email": "chen"}, "邮箱应为"),
        ({"name": ""}, "姓名没有填写"),
    ],
)
def test_what_is_wrong_with_a_person_is_said(client, office, unit, fields, sentence):
    reporter(DepartmentFactory.create(), name="远方的人", username="far")
    response = create(client, ("reporter", unit), **fields)
    assert response.status_code == 400
    assert sentence in text_of(response)
    assert not User.objects.filter(username="chenjing").exists()


def test_a_clash_elsewhere_does_not_name_the_stranger(client, office, unit):
    reporter(DepartmentFactory.create(), name="远方的人", username="far")
    assert "远方的人" not in text_of(create(client, ("reporter", unit), username="far"))


def test_full_width_letters_of_a_user_name_become_plain(client, office, unit):
    create(client, ("reporter", unit), username="　ｃｈｅｎ８ ")
    assert User.objects.filter(username="chen8").exists()


@pytest.mark.parametrize(
    ("role", "with_unit", "sentence"),
    [
        ("reporter", False, "“单位联络员”要选所在的单位"),
        ("office", True, "“食安办工作人员”不用选单位"),
        ("", True, "选了单位，也请选角色"),
    ],
)
def test_a_role_that_does_not_fit_its_unit_is_refused(client, office, unit, role, with_unit, sentence):
    response = create(client, (role, unit if with_unit else None))
    assert response.status_code == 400
    assert sentence in text_of(response)


def test_a_foreign_unit_cannot_be_given(client, office):
    assert create(client, ("reporter", DepartmentFactory.create())).status_code == 400


def edit(client, person, *posts, **fields):
    page = client.get(f"/users/{person.pk}/edit/").content.decode()
    found = re.search(r'name="seen" value="([0-9a-f]+)"', page)
    given = {"name": person.name, "phone": "", "email": "", "seen": found[1] if found else ""}
    return client.post(f"/users/{person.pk}/edit/", {**given, **fields, **rows(*posts)})


def test_posts_are_replaced_and_audited(client, office, place, unit):
    person = reporter(unit, name="陈静")
    other = DepartmentFactory.create(jurisdiction=place, name="区文旅局")
    edit(client, person, ("approver", other))
    entry = AuditEntry.objects.get(verb="user.changed")
    assert (entry.before["任职"], entry.after["任职"]) == ("区教体局联络员", "区文旅局负责人")


def test_a_person_edited_in_two_tabs_is_told(client, office, unit):
    person = reporter(unit, name="陈静")
    client.get(f"/users/{person.pk}/edit/")
    response = edit(client, person, ("reporter", unit), name="陈敬", seen="old")
    assert response.status_code == 409
    assert "姓名现在是“陈静”，您填的是“陈敬”" in text_of(response)


def test_the_last_office_seat_cannot_be_given_up(client, office, unit):
    response = edit(client, office, ("reporter", unit))
    assert response.status_code == 409
    assert "青禾区食安办就没有能登录的工作人员了" in text_of(response)
    assert office.memberships.get().role == "office"


def test_an_office_seat_can_be_given_up_while_another_is_held(client, office, place, unit):
    office_user(place)
    assert edit(client, office, ("reporter", unit)).status_code == 302


def test_a_colleague_out_of_use_holds_no_seat(client, office, place, unit):
    office_user(place, is_active=False)
    assert edit(client, office, ("reporter", unit)).status_code == 409


def test_a_reset_password_is_shown_once_and_works(client, office, unit):
    person = reporter(unit)
    password = password_in(client.post(f"/users/{person.pk}/reset-password/", {"key": KEY}))
    person.refresh_from_db()
    assert person.check_password(password)
    assert person.must_change_password


def test_a_reset_sent_twice_shows_the_same_password(client, office, unit):
    person = reporter(unit)
    first, second = (client.post(f"/users/{person.pk}/reset-password/", {"key": KEY}) for _ in range(2))
    assert password_in(first) == password_in(second)


def test_a_reset_signs_the_person_out(client, office, unit):
    person, theirs = reporter(unit), Client()
    theirs.force_login(person)
    client.post(f"/users/{person.pk}/reset-password/", {"key": KEY})
    assert theirs.get("/profile/").status_code == 302


def test_ones_own_password_is_not_reset_here(client, office):
    response = client.post(f"/users/{office.pk}/reset-password/", {"key": KEY})
    assert response.status_code == 403
    assert "自己的密码请在“我的账号”里修改" in text_of(response)


def test_the_office_unlocks(client, office, unit):
    person = reporter(unit, username="chenjing")
    locked("chenjing")
    assert "已锁定" in text_of(client.get(f"/users/{person.pk}/"))
    client.post(f"/users/{person.pk}/unlock/")
    assert not AccessAttempt.objects.exists()


def test_a_person_out_of_use_is_signed_out_and_comes_back_with_posts(client, office, unit):
    person, theirs = reporter(unit), Client()
    theirs.force_login(person)
    client.post(f"/users/{person.pk}/deactivate/")
    assert theirs.get("/profile/").status_code == 302
    client.post(f"/users/{person.pk}/reactivate/")
    person.refresh_from_db()
    assert person.is_active
    assert person.memberships.get().department == unit


def test_nobody_takes_the_own_account_out_of_use(client, office):
    assert client.post(f"/users/{office.pk}/deactivate/").status_code == 403
    office.refresh_from_db()
    assert office.is_active
