"""Log-in, lock-out, forced password change, own account, switch of place."""

import re

import pytest
from django.urls import reverse

from core.models import AuditEntry
from departments.models import User
from tests.factories import (
    PASSWORD,
    DepartmentFactory,
    JurisdictionFactory,
    UserFactory,
    administrator,
    office_user,
    reporter,
)

pytestmark = pytest.mark.django_db
LOG_IN = "/log-in/"
NEW = "新的-Mima-2026"


def log_in(client, username, password, **more):
    return client.post(LOG_IN, {"username": username, "password": password, **more})


def text_of(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", response.content.decode()))


def test_right_name_and_password_lead_home(client):
    reporter(DepartmentFactory.create(), username="chenjing")
    assert log_in(client, "chenjing", PASSWORD).url == reverse("dashboards:home")


def test_a_name_typed_with_a_blank_around_it_is_found(client):
    reporter(DepartmentFactory.create(), username="chenjing")
    assert log_in(client, "chenjing ", PASSWORD).status_code == 302


@pytest.mark.parametrize("username", ["chenjing", "nobody"])
def test_wrong_password_and_unknown_name_are_told_alike(client, username):
    reporter(DepartmentFactory.create(), username="chenjing")
    response = log_in(client, username, "wrong")
    assert response.status_code == 400
    assert "用户名或密码不正确，请重新输入。" in text_of(response)


def test_an_account_out_of_use_is_told_like_a_wrong_password(client):
    UserFactory.create(username="left", is_active=False)
    assert "用户名或密码不正确" in text_of(log_in(client, "left", PASSWORD))


def test_after_log_in_one_is_back_where_one_wanted_to_go(client):
    reporter(DepartmentFactory.create(), username="chenjing")
    assert log_in(client, "chenjing", PASSWORD, next="/profile/").url == "/profile/"


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "http:///evil"])
def test_no_address_outside_the_site_is_followed(client, target):
    reporter(DepartmentFactory.create(), username="chenjing")
    assert log_in(client, "chenjing", PASSWORD, next=target).url == reverse("dashboards:home")


def test_five_wrong_passwords_lock_and_say_how_long_and_whom_to_ask(client):
    reporter(DepartmentFactory.create(), username="chenjing")
    for _ in range(5):
        response = log_in(client, "chenjing", "wrong")
    assert response.status_code == 429
    told = text_of(response)
    assert "锁定30分钟" in told
    assert "食安办" in told


def test_the_right_password_does_not_open_a_locked_account(client):
    reporter(DepartmentFactory.create(), username="chenjing")
    for _ in range(5):
        log_in(client, "chenjing", "wrong")
    assert log_in(client, "chenjing", PASSWORD).status_code == 429


def test_a_locked_name_is_shown_escaped(client):
    for _ in range(5):
        response = log_in(client, "<script>alert(1)</script>", "wrong")
    assert b"<script>alert" not in response.content


def test_log_out_is_a_step_not_an_address(client):
    client.force_login(UserFactory.create())
    assert client.get("/log-out/").status_code == 405


def test_log_out_ends_the_session(client):
    client.force_login(UserFactory.create())
    client.post("/log-out/")
    assert "_auth_user_id" not in client.session


def test_log_out_without_a_session_leads_to_the_log_in_page(client):
    assert client.post("/log-out/").url == LOG_IN


def test_demo_accounts_are_not_shown_on_a_real_site(client, settings):
    settings.DEMO = False
    assert "演示账号" not in client.get(LOG_IN).content.decode()


def test_the_demo_shows_its_accounts(client, settings):
    settings.DEMO = True
    assert 'value="linxiao"' in client.get(LOG_IN).content.decode()


@pytest.fixture
def newcomer(client):
    person = reporter(DepartmentFactory.create(), must_change_password=True)
    client.force_login(person)
    return person


@pytest.mark.parametrize("route", ["dashboards:home", "departments:profile"])
def test_an_initial_password_must_go_before_anything_else(client, newcomer, route):
    assert client.get(reverse(route)).url == "/profile/password/"


def test_a_part_of_a_page_is_moved_as_a_whole(client, newcomer):
    assert client.get("/profile/", headers={"HX-Request": "true"})["HX-Redirect"] == "/profile/password/"


def test_log_out_stays_open_with_an_initial_password(client, newcomer):
    assert client.post("/log-out/").url == LOG_IN


def change(client, old=PASSWORD, new=NEW, again=NEW):
    return client.post("/profile/password/", {"old_password": old, "new_password1": new, "new_password2": again})


def test_changing_the_password_opens_the_site(client, newcomer):
    assert change(client).status_code == 302
    assert client.get("/profile/").status_code == 200


def test_changing_the_password_is_in_the_audit_without_the_password(client, newcomer):
    change(client)
    entry = AuditEntry.objects.get(verb="user.password_changed")
    assert NEW not in str(entry.after) + str(entry.before)


@pytest.mark.parametrize(
    ("old", "new", "again", "sentence"),
    [
        ("wrong", NEW, NEW, "现在的密码不正确"),
        (PASSWORD, NEW, NEW + "x", "两次输入的新密码不一样"),
        (PASSWORD, PASSWORD, PASSWORD, "新密码与现在的密码相同"),
        (PASSWORD, "20261013202610", "20261013202610", "新密码不能只用数字"),
        (PASSWORD, "password123", "password123", "新密码太常见"),
        (PASSWORD, "", "", "新密码没有填写"),
        (PASSWORD, "short", "short", "新密码太短，至少要10位"),
    ],
)
def test_what_is_wrong_with_a_new_password_is_said(client, newcomer, old, new, again, sentence):
    response = change(client, old, new, again)
    assert response.status_code == 400
    assert sentence in text_of(response)
    assert User.objects.get(pk=newcomer.pk).must_change_password


def test_own_particulars_are_saved_and_audited(client):
    person = reporter(DepartmentFactory.create(), name="陈静")
    client.force_login(person)
    client.post("/profile/", {"name": "　陈 静　", "phone": "１３９ 0000 0000", "email": ""})
    person.refresh_from_db()
    assert (person.name, person.phone) == ("陈 静", "13900000000")
    assert AuditEntry.objects.get(verb="user.changed").actor == person


def test_a_phone_that_is_none_is_refused_with_what_was_typed(client):
    client.force_login(reporter(DepartmentFactory.create()))
    response = client.post("/profile/", {"name": "陈静", "phone": "没有"})
    assert response.status_code == 400
    assert "手机“没有”不像电话号码" in text_of(response)


def test_a_person_without_a_post_is_told_whom_to_ask(client):
    client.force_login(UserFactory.create())
    response = client.get("/units/")
    assert response.status_code == 403
    assert "还没有分配单位和角色" in text_of(response)


def test_an_administrator_before_any_place_is_told_to_make_one(client):
    client.force_login(administrator())
    assert "新建本级行政区" in text_of(client.get("/units/"))


def test_the_office_above_can_look_at_a_district_below(client):
    city = JurisdictionFactory.create(name="临禾市")
    district = JurisdictionFactory.create(name="青禾区", parent=city)
    DepartmentFactory.create(jurisdiction=district, name="区教体局")
    client.force_login(office_user(city))
    client.post("/profile/place/", {"jurisdiction": district.pk})
    assert "区教体局" in client.get("/units/").content.decode()


@pytest.mark.parametrize("given", ["", "x", "999999"])
def test_no_place_but_a_visible_one_can_be_chosen(client, given):
    client.force_login(office_user(JurisdictionFactory.create()))
    assert client.post("/profile/place/", {"jurisdiction": given}).status_code == 404


def test_a_foreign_place_cannot_be_chosen(client):
    client.force_login(office_user(JurisdictionFactory.create()))
    foreign = JurisdictionFactory.create()
    assert client.post("/profile/place/", {"jurisdiction": foreign.pk}).status_code == 404


def test_an_administrator_sees_every_place(client):
    JurisdictionFactory.create(name="青禾区")
    client.force_login(administrator())
    assert client.get("/units/").status_code == 200
