"""Templates and exports, and the list of people with its initial passwords."""

import io

import pytest
from openpyxl import load_workbook

from core.models import AuditEntry
from departments.models import Membership, User
from tests.departments_pages import (
    PEOPLE_HEADS,
    UNIT_HEADS,
    book,
    carry_through,
    cells_of,
    packed_in,
    passwords_in,
    text_of,
    upload,
)
from tests.factories import (
    DepartmentAliasFactory,
    DepartmentFactory,
    JurisdictionFactory,
    office_user,
    reporter,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    return JurisdictionFactory.create(name="青禾区")


@pytest.fixture
def office(client, place):
    user = office_user(place, name="林晓", username="linxiao")
    client.force_login(user)
    return user


def test_the_template_of_units_can_be_filled_in_and_read(client, office):
    template = client.get("/units/import/template.xlsx")
    assert tuple(cells_of(template)[0]) == UNIT_HEADS
    assert upload(client, template.content).status_code == 200


def test_the_template_of_people_has_its_heads(client, office):
    assert tuple(cells_of(client.get("/users/import/template.xlsx"))[0]) == PEOPLE_HEADS


def test_the_export_holds_what_the_filter_shows(client, office, place):
    unit = DepartmentFactory.create(jurisdiction=place, name="区教体局")
    DepartmentAliasFactory.create(department=unit, name="区教育局")
    DepartmentFactory.create(jurisdiction=place, name="青溪镇")
    rows = cells_of(client.get("/units/export.xlsx?q=教体"))
    assert [row[0] for row in rows] == ["单位名称", "区教体局"]
    assert rows[1][2] == "区教育局"


def test_an_export_can_be_imported_again(client, office, place):
    DepartmentFactory.create(jurisdiction=place, name="区教体局", short_name="教体局")
    response = upload(client, client.get("/units/export.xlsx").content)
    assert "补充" in text_of(response)


@pytest.mark.parametrize("name", ["=1+1", "+86", "-1", "@SUM(A1)"])
def test_a_name_that_looks_like_a_formula_is_exported_as_text(client, office, place, name):
    DepartmentFactory.create(jurisdiction=place, name=name)
    sheet = load_workbook(io.BytesIO(client.get("/units/export.xlsx").content)).active
    assert (sheet["A2"].value, sheet["A2"].data_type, sheet["A2"].quotePrefix) == (name, "s", True)


def test_control_characters_do_not_break_an_export(client, office, place):
    DepartmentFactory.create(jurisdiction=place, name="青\x08溪镇")
    assert cells_of(client.get("/units/export.xlsx"))[1][0] == "青溪镇"


def test_the_export_of_users_has_a_row_a_post(client, office, place):
    person = reporter(DepartmentFactory.create(jurisdiction=place, name="区委宣传部"), name="许岚")
    Membership.objects.create(
        user=person, role="reporter", department=DepartmentFactory.create(jurisdiction=place, name="区文旅局")
    )
    rows = cells_of(client.get("/users/export.xlsx?role=reporter"))
    assert [(row[0], row[5]) for row in rows[1:]] == [("许岚", "区委宣传部"), ("许岚", "区文旅局")]


def test_people_are_imported_with_units_by_name_or_alias(client, office, place):
    unit = DepartmentFactory.create(jurisdiction=place, name="区教体局")
    DepartmentAliasFactory.create(department=unit, name="区教育局")
    lines = [("陈静", "chenjing", "", "", "联络员", "区教育局"), ("周敏", "zhoumin", "", "", "领导", "")]
    content = book(PEOPLE_HEADS, *lines)
    response = carry_through(client, content, "/users/import/")
    assert len(passwords_in(response)) == 2
    assert User.objects.get(username="chenjing").memberships.get().department == unit
    assert User.objects.get(username="zhoumin").memberships.get().jurisdiction == place


def test_several_rows_of_one_user_name_are_one_person(client, office, place):
    DepartmentFactory.create(jurisdiction=place, name="区教体局")
    DepartmentFactory.create(jurisdiction=place, name="区文旅局")
    lines = [("陈静", "chenjing", "", "", "联络员", unit) for unit in ("区教体局", "区文旅局")]
    carry_through(client, book(PEOPLE_HEADS, *lines), "/users/import/")
    assert User.objects.get(username="chenjing").memberships.count() == 2


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (("", "chenjing", "", "", "联络员", "区教体局"), "第2行A列：姓名没有填写"),
        (("陈静", "", "", "", "联络员", "区教体局"), "第2行B列：用户名要有1至30个字符"),
        (("陈静", "linxiao", "", "", "联络员", "区教体局"), "第2行B列：用户名“linxiao”已是林晓的"),
        (("陈静", "chenjing", "", "x@", "联络员", "区教体局"), "第2行D列：邮箱“x@”应为"),
        (("陈静", "chenjing", "", "", "局长", "区教体局"), "第2行E列：角色“局长”认不出"),
        (("陈静", "chenjing", "", "", "联络员", ""), "第2行F列：“单位联络员”要填所在的单位"),
        (("陈静", "chenjing", "", "", "联络员", "区粮食局"), "第2行F列：单位名录里没有“区粮食局”"),
    ],
)
def test_a_problem_with_a_person_is_told_by_its_cell(client, office, place, line, sentence):
    DepartmentFactory.create(jurisdiction=place, name="区教体局")
    response = upload(client, book(PEOPLE_HEADS, line), "/users/import/")
    assert response.status_code == 400
    assert sentence in text_of(response)


def test_a_list_of_people_confirmed_twice_gives_the_same_passwords(client, office):
    packed = packed_in(upload(client, book(PEOPLE_HEADS, ("周敏", "zhoumin", "", "", "领导", "")), "/users/import/"))
    first, second = (client.post("/users/import/confirm/", {"list": packed}) for _ in range(2))
    assert passwords_in(first) == passwords_in(second)
    assert AuditEntry.objects.filter(verb="user.created").count() == 1


def test_the_passwords_shown_can_be_downloaded(client, office):
    shown = carry_through(client, book(PEOPLE_HEADS, ("周敏", "zhoumin", "", "", "领导", "")), "/users/import/")
    rows = cells_of(client.post("/users/import/passwords.xlsx", {"list": packed_in(shown)}))
    assert rows[1] == ["周敏", "zhoumin", passwords_in(shown)[0]]


def test_no_passwords_are_downloaded_from_what_was_not_shown(client, office):
    assert client.post("/users/import/passwords.xlsx", {"list": "x"}).status_code == 409
