"""Lists from and to Excel: what a file may be, problems by cell, preview, confirmation, export."""

import io
import zipfile

import pytest
from openpyxl import Workbook

from departments.models import Department, DepartmentGroup, Membership, User
from tests.departments_pages import (
    UNIT_HEADS,
    book,
    carry_through,
    packed_in,
    passwords_in,
    text_of,
    upload,
)
from tests.factories import (
    DepartmentAliasFactory,
    DepartmentFactory,
    DepartmentGroupFactory,
    JurisdictionFactory,
    office_user,
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


def test_nothing_is_written_before_the_confirmation(client, office):
    response = upload(client, book(UNIT_HEADS, ("青溪镇",)))
    assert "没有发现问题，确认后一次写入" in text_of(response)
    assert not Department.objects.exists()


def test_a_confirmed_list_is_written_in_its_order(client, office, place):
    carry_through(client, book(UNIT_HEADS, ("区教体局", "教体局", "区教育局、区教育体育局", "各成员单位"), ("青溪镇",)))
    first, second = Department.objects.filter(jurisdiction=place)
    assert (first.name, first.short_name, second.name) == ("区教体局", "教体局", "青溪镇")
    assert [alias.name for alias in first.aliases.all()] == ["区教育局", "区教育体育局"]
    assert [group.name for group in first.groups.all()] == ["各成员单位"]


def test_a_reporter_named_in_the_list_gets_an_account(client, office):
    response = carry_through(client, book(UNIT_HEADS, ("区教体局", "", "", "", "陈静", 13900000000, "chenjing")))
    person = User.objects.get(username="chenjing")
    assert person.check_password(passwords_in(response)[0])
    assert (person.name, person.phone) == ("陈静", "13900000000")
    assert Membership.objects.get(user=person).department == Department.objects.get(name="区教体局")


def test_one_reporter_of_two_units_gets_one_account(client, office):
    line = ("", "", "", "许岚", "", "xulan")
    response = carry_through(client, book(UNIT_HEADS, ("区委宣传部", *line), ("区文旅局", *line)))
    assert len(passwords_in(response)) == 1
    assert Membership.objects.filter(user__username="xulan").count() == 2


def test_a_list_confirmed_twice_gives_the_same_answer(client, office):
    content = book(UNIT_HEADS, ("区教体局", "", "", "", "陈静", "", "chenjing"))
    packed = packed_in(upload(client, content))
    first, second = (client.post("/units/import/confirm/", {"list": packed}) for _ in range(2))
    assert passwords_in(first) == passwords_in(second)
    assert Department.objects.count() == 1


def test_a_unit_already_there_is_completed(client, office, place):
    unit = DepartmentFactory.create(jurisdiction=place, name="区教体局", short_name="教体")
    DepartmentAliasFactory.create(department=unit, name="区教育局")
    carry_through(client, book(UNIT_HEADS, ("区教体局", "教体局", "区教育局、区教育体育局", "")))
    unit.refresh_from_db()
    assert unit.short_name == "教体局"
    assert {alias.name for alias in unit.aliases.all()} == {"区教育局", "区教育体育局"}


def test_a_group_already_there_is_used(client, office, place):
    group = DepartmentGroupFactory.create(jurisdiction=place, name="各镇")
    carry_through(client, book(UNIT_HEADS, ("青溪镇", "", "", "各镇")))
    assert group.members.get().name == "青溪镇"
    assert DepartmentGroup.objects.count() == 1


def test_heads_are_found_in_any_order_below_a_title_with_remarks(client, office):
    content = book(("青禾区成员单位名单",), ("联系电话", "单 位（全称）"), ("13900000000", "区教体局"))
    carry_through(client, content)
    assert Department.objects.get().name == "区教体局"


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        ([("", "", "只有别名")], "第2行A列：单位名称没有填写。"),
        ([("长" * 101,)], "第2行A列：单位名称有101个字，最多100个字"),
        ([("青溪镇", "很长很长很长的简称")], "第2行B列：简称“很长很长很长的简称”有9个字，最多8个字"),
        ([("青溪镇",), ("青溪镇",)], "第3行A列：“青溪镇”在第2行已经有了"),
        ([("区教育局",)], "第2行A列：“区教育局”已是“区教体局”的别名"),
        ([("青溪镇", "", "区教体局")], "第2行C列：“区教体局”已是单位“区教体局”"),
        ([("青溪镇", "", "同名"), ("白塘镇", "", "同名")], "第3行C列：“同名”已是第2行的别名"),
        ([("青溪镇", "", "", "区教体局")], "第2行D列：“区教体局”已是单位“区教体局”"),
        ([("青溪镇", "", "", "", "任磊")], "第2行G列：填了联络员，也要填用户名"),
        ([("青溪镇", "", "", "", "任磊", "12", "renlei")], "第2行F列：手机“12”不像电话号码"),
        ([("青溪镇", "", "", "", "任磊", "", "linxiao")], "第2行G列：用户名“linxiao”已是林晓的"),
        ([("青溪镇", "", "", "", "", "", "renlei")], "第2行E列：联络员姓名没有填写"),
    ],
)
def test_a_problem_is_told_by_its_cell_and_nothing_can_be_confirmed(client, office, place, lines, sentence):
    school = DepartmentFactory.create(jurisdiction=place, name="区教体局")
    DepartmentAliasFactory.create(department=school, name="区教育局")
    response = upload(client, book(UNIT_HEADS, *lines))
    assert response.status_code == 400
    assert sentence in text_of(response)
    assert "确认导入" not in text_of(response)


def test_a_clash_that_arose_after_the_preview_stops_the_whole_list(client, office, place):
    packed = packed_in(upload(client, book(UNIT_HEADS, ("青溪镇", "", "青镇"), ("白塘镇",))))
    DepartmentAliasFactory.create(department=DepartmentFactory.create(jurisdiction=place), name="青镇")
    response = client.post("/units/import/confirm/", {"list": packed})
    assert response.status_code == 409
    assert "第2行C列" in text_of(response)
    assert not Department.objects.filter(name="白塘镇").exists()


def test_a_list_altered_on_the_way_is_refused(client, office):
    packed = packed_in(upload(client, book(UNIT_HEADS, ("青溪镇",))))
    assert client.post("/units/import/confirm/", {"list": f"x{packed}"}).status_code == 409


def test_a_list_shown_to_another_is_refused(client, office, place):
    packed = packed_in(upload(client, book(UNIT_HEADS, ("青溪镇",))))
    client.force_login(office_user(place))
    assert client.post("/units/import/confirm/", {"list": packed}).status_code == 409


def test_a_list_of_units_is_no_list_of_people(client, office):
    packed = packed_in(upload(client, book(UNIT_HEADS, ("青溪镇",))))
    assert client.post("/users/import/confirm/", {"list": packed}).status_code == 409


def zipped(**parts):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return packed.getvalue()


def far_away():
    workbook = Workbook()
    workbook.active["A1"] = "单位名称"
    workbook.active["ZZ90000"] = "x"
    packed = io.BytesIO()
    workbook.save(packed)
    return packed.getvalue()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "文件是空的（0字节）"),
        ("单位名称,简称\n区教体局,教体局".encode("gb18030"), "这不是Excel文件（.xlsx），可能是改了扩展名的文本或CSV"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512, "旧版的Excel文件（.xls）"),
        (b"PK\x03\x04 torn off", "这个Excel文件打不开"),
        (zipped(word__document_xml="<w/>"), "这不是Excel工作簿"),
        (zipped(xl__workbook_xml="<broken"), "这个Excel文件打不开"),
        (zipped(xl__workbook_xml=" " * 32_000_000), "文件展开后太大"),
        (far_away(), "单元格ZZ90000离名单太远"),
        (book(), "第一张表是空的"),
        (book(UNIT_HEADS), "表头下面没有内容"),
        (
            book(("名号", "称呼"), ("区教体局", "教体局")),
            "没有找到表头。前5行里要有一行写着“单位名称”；现在第1行是“名号、称呼”",
        ),
        (book(UNIT_HEADS, *((f"单位{n}",) for n in range(5005))), "表里有5006行，最多5000行"),
    ],
    ids=[
        "empty",
        "gb18030",
        "xls",
        "torn",
        "docx",
        "broken",
        "bomb",
        "far",
        "blank",
        "heads-only",
        "wrong-heads",
        "long",
    ],
)
def test_a_file_that_cannot_be_used_is_told_in_a_sentence(client, office, content, sentence):
    response = upload(client, content)
    assert response.status_code == 400
    assert sentence in text_of(response)


def test_no_file_is_told(client, office):
    response = client.post("/units/import/", {})
    assert response.status_code == 400
    assert "还没有选文件" in text_of(response)


def test_markup_in_a_cell_is_shown_as_text(client, office):
    response = upload(client, book(UNIT_HEADS, ("<script>alert(1)</script>",)))
    assert b"<script>alert" not in response.content


def test_a_formula_in_a_cell_of_the_file_is_not_carried_out(client, office):
    carry_through(client, book(UNIT_HEADS, ("'=1+1",)))
    assert Department.objects.get().name == "'=1+1"


def test_more_accounts_than_one_step_can_make_are_refused(client, office):
    lines = [(f"单位{n}", "", "", "", f"联络员{n}", "", f"user-{n}") for n in range(501)]
    response = upload(client, book(UNIT_HEADS, *lines))
    assert response.status_code == 400
    assert "一次最多给500人建账号，这里有501人" in text_of(response)
