"""Units: list, one unit, adding, changing, order, taking out of use; who may."""

import pytest

from core.models import AuditEntry
from departments.models import Department
from tests.departments_pages import seen_in, text_of
from tests.factories import (
    AssignmentFactory,
    DepartmentAliasFactory,
    DepartmentFactory,
    DepartmentGroupFactory,
    JurisdictionFactory,
    MembershipFactory,
    office_user,
    reporter,
)

pytestmark = pytest.mark.django_db
LIST_QUERIES = 13


@pytest.fixture
def place():
    return JurisdictionFactory.create(name="青禾区", office_name="青禾区食安办")


@pytest.fixture
def office(client, place):
    user = office_user(place, name="林晓")
    client.force_login(user)
    return user


def order_of(place):
    return list(Department.objects.filter(jurisdiction=place).values_list("name", flat=True))


def test_units_stand_in_the_customary_order(client, office, place):
    for position, name in ((30, "青溪镇"), (10, "区委宣传部"), (20, "区教体局")):
        DepartmentFactory.create(jurisdiction=place, name=name, position=position)
    page = text_of(client.get("/units/"))
    assert page.index("区委宣传部") < page.index("区教体局") < page.index("青溪镇")


def test_the_head_says_how_many_have_nobody_to_report(client, office, place):
    reporter(DepartmentFactory.create(jurisdiction=place))
    DepartmentFactory.create_batch(2, jurisdiction=place)
    assert "在用3家，其中2家没有联络员" in text_of(client.get("/units/"))


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", {"区教体局", "青溪镇"}),
        ("?q=教育局", {"区教体局"}),
        ("?q=%E3%80%80青溪", {"青溪镇"}),
        ("?state=inactive", {"区粮食局"}),
        ("?state=all", {"区教体局", "青溪镇", "区粮食局"}),
        ("?state=unserved", {"青溪镇"}),
        ("?state=nonsense&group=x", {"区教体局", "青溪镇"}),
    ],
)
def test_filters_narrow_the_list(client, office, place, query, names):
    school = DepartmentFactory.create(jurisdiction=place, name="区教体局")
    DepartmentAliasFactory.create(department=school, name="区教育局")
    reporter(school)
    DepartmentFactory.create(jurisdiction=place, name="青溪镇")
    DepartmentFactory.create(jurisdiction=place, name="区粮食局", active=False)
    response = client.get(f"/units/{query}")
    assert {unit.name for unit in response.context["page"]} == names


def test_a_group_filters_the_list(client, office, place):
    town = DepartmentFactory.create(jurisdiction=place, name="青溪镇")
    DepartmentFactory.create(jurisdiction=place, name="区教体局")
    group = DepartmentGroupFactory.create(jurisdiction=place, name="各镇", members=[town])
    response = client.get(f"/units/?group={group.pk}")
    assert list(response.context["page"]) == [town]
    assert "各镇 ✕" in text_of(response)


@pytest.mark.parametrize("number", [5, 200])
def test_the_list_costs_the_same_for_few_and_many(client, office, place, number, django_assert_num_queries):
    units = DepartmentFactory.create_batch(number, jurisdiction=place)
    for unit in units[:45]:
        DepartmentAliasFactory.create(department=unit)
        MembershipFactory.create(department=unit)
    DepartmentGroupFactory.create(jurisdiction=place, members=units)
    with django_assert_num_queries(LIST_QUERIES):
        client.get("/units/")


def test_an_empty_list_says_what_to_do(client, office):
    assert "把成员单位的名单从Excel导入" in text_of(client.get("/units/"))


def add(client, **fields):
    return client.post("/units/new/", {"name": "", "short_name": "", "aliases": "", **fields})


def test_a_new_unit_stands_last(client, office, place):
    DepartmentFactory.create(jurisdiction=place, name="区教体局", position=70)
    add(client, name="青溪镇")
    assert order_of(place) == ["区教体局", "青溪镇"]


def test_a_new_unit_has_all_its_names(client, office, place):
    group = DepartmentGroupFactory.create(jurisdiction=place)
    aliases = "区教育局\r\n\n区教育体育局、区教育局"
    add(client, name="　区 教体局 ", short_name="教体局", aliases=aliases, groups=[group.pk])
    unit = Department.objects.get(name="区 教体局")
    assert [alias.name for alias in unit.aliases.all()] == ["区教育局", "区教育体育局"]
    assert list(unit.groups.all()) == [group]


def test_adding_is_audited_in_the_jurisdiction(client, office, place):
    add(client, name="青溪镇")
    entry = AuditEntry.objects.get(verb="unit.added")
    assert (entry.actor, entry.scope, entry.after["名称"]) == (office, place.code, "青溪镇")


def test_the_same_form_sent_twice_makes_one_unit(client, office, place):
    first, second = add(client, name="青溪镇"), add(client, name="青溪镇")
    assert first.url == second.url
    assert AuditEntry.objects.filter(verb="unit.added").count() == 1


@pytest.mark.parametrize("name", ["龘靐镇", "🐟塘镇👨‍👩‍👧", "O'Brien & Söhne"])
def test_unusual_names_are_kept(client, office, name):
    add(client, name=name)
    assert Department.objects.get().name == name


def test_a_name_with_markup_is_shown_as_text(client, office):
    response = client.get(add(client, name="<script>alert(1)</script>").url)
    assert b"<script>alert" not in response.content
    assert b"&lt;script&gt;alert" in response.content


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"name": "　 "}, "单位名称没有填写。"),
        ({"name": "长" * 101}, "单位名称有101个字，最多100个字，请缩短。"),
        ({"name": "青溪镇", "short_name": "很长很长很长的简称"}, "简称有9个字，最多8个字，请缩短。"),
        ({"name": "青溪镇", "aliases": "长" * 101}, "有101个字，最多100个字，请缩短。"),
        ({"name": "区教体局"}, "“区教体局”已是单位“区教体局”"),
        ({"name": "区教育局"}, "“区教育局”已是“区教体局”的别名"),
        ({"name": "各镇"}, "“各镇”已是集合单位“各镇”"),
        ({"name": "青溪镇", "aliases": "区教体局"}, "“区教体局”已是单位“区教体局”"),
    ],
)
def test_an_unfit_name_is_refused_with_a_sentence_and_the_typing_stays(client, office, place, fields, sentence):
    school = DepartmentFactory.create(jurisdiction=place, name="区教体局")
    DepartmentAliasFactory.create(department=school, name="区教育局")
    DepartmentGroupFactory.create(jurisdiction=place, name="各镇")
    response = add(client, aliases="", **fields) if "aliases" not in fields else add(client, **fields)
    assert response.status_code == 400
    assert sentence in text_of(response)
    assert Department.objects.count() == 1


def test_the_same_name_elsewhere_is_no_clash(client, office):
    DepartmentFactory.create(name="青溪镇")
    assert add(client, name="青溪镇").status_code == 302


def test_a_group_from_elsewhere_cannot_be_joined(client, office, place):
    DepartmentGroupFactory.create(jurisdiction=place)
    foreign = DepartmentGroupFactory.create()
    assert add(client, name="青溪镇", groups=[foreign.pk]).status_code == 400


def change(client, unit, seen, **fields):
    return client.post(f"/units/{unit.pk}/edit/", {"short_name": "", "aliases": "", "seen": seen, **fields})


def test_changing_keeps_before_and_after(client, office, place):
    unit = DepartmentFactory.create(jurisdiction=place, name="区教育局")
    seen = seen_in(client.get(f"/units/{unit.pk}/edit/"))
    change(client, unit, seen, name="区教体局", aliases="区教育局")
    entry = AuditEntry.objects.get(verb="unit.changed")
    assert (entry.before["名称"], entry.after["名称"], entry.after["别名"]) == ("区教育局", "区教体局", "区教育局")


def test_a_second_tab_is_told_both_values_and_loses_nothing(client, office, place):
    unit = DepartmentFactory.create(jurisdiction=place, name="区教育局")
    seen = seen_in(client.get(f"/units/{unit.pk}/edit/"))
    change(client, unit, seen, name="区教体局")
    response = change(client, unit, seen, name="区教育和体育局")
    assert response.status_code == 409
    assert "名称现在是“区教体局”，您填的是“区教育和体育局”" in text_of(response)
    assert 'value="区教育和体育局"' in response.content.decode()
    assert Department.objects.get().name == "区教体局"


def test_saving_once_more_after_being_told_takes_effect(client, office, place):
    unit = DepartmentFactory.create(jurisdiction=place, name="区教育局")
    seen = seen_in(client.get(f"/units/{unit.pk}/edit/"))
    change(client, unit, seen, name="区教体局")
    told = change(client, unit, seen, name="区教育和体育局")
    change(client, unit, seen_in(told), name="区教育和体育局")
    assert Department.objects.get().name == "区教育和体育局"


def test_the_same_change_sent_twice_is_no_conflict(client, office, place):
    unit = DepartmentFactory.create(jurisdiction=place, name="区教育局")
    seen = seen_in(client.get(f"/units/{unit.pk}/edit/"))
    change(client, unit, seen, name="区教体局")
    assert change(client, unit, seen, name="区教体局").status_code == 302


@pytest.mark.parametrize(("to", "order"), [(1, "CAB"), (2, "ACB"), (3, "ABC"), (99, "ABC")])
def test_a_unit_moves_to_the_place_given(client, office, place, to, order):
    for position, name in enumerate("ABC"):
        unit = DepartmentFactory.create(jurisdiction=place, name=name, position=position)
    client.post(f"/units/{unit.pk}/move/", {"to": to})
    assert "".join(order_of(place)) == order


def test_moving_returns_to_the_row_and_says_where_the_unit_went(client, office, place):
    unit = DepartmentFactory.create(jurisdiction=place, name="青溪镇")
    response = client.post(f"/units/{unit.pk}/move/", {"to": "1", "page": "1"})
    assert response.url == f"/units/?order=1&page=1#unit-{unit.pk}"


@pytest.mark.parametrize("to", ["", "0", "-1", "x", "1e9"])
def test_a_place_that_is_none_moves_nothing_and_says_so(client, office, place, to):
    unit = DepartmentFactory.create(jurisdiction=place)
    response = client.post(f"/units/{unit.pk}/move/", {"to": to}, follow=True)
    assert "次序应填1以上的整数" in text_of(response)


def test_a_unit_out_of_use_keeps_its_assignments(client, office, place):
    unit = DepartmentFactory.create(jurisdiction=place)
    AssignmentFactory.create(department=unit)
    client.post(f"/units/{unit.pk}/deactivate/")
    unit.refresh_from_db()
    assert not unit.active
    assert unit.assignments.count() == 1


def test_taking_out_of_use_twice_is_told(client, office, place):
    unit = DepartmentFactory.create(jurisdiction=place, name="青溪镇", active=False)
    response = client.post(f"/units/{unit.pk}/deactivate/")
    assert response.status_code == 403
    assert "青溪镇已经停用" in text_of(response)


def test_a_unit_comes_back_into_use(client, office, place):
    unit = DepartmentFactory.create(jurisdiction=place, active=False)
    client.post(f"/units/{unit.pk}/reactivate/")
    unit.refresh_from_db()
    assert unit.active


def test_the_page_of_a_unit_shows_its_people(client, office, place):
    unit = DepartmentFactory.create(jurisdiction=place)
    reporter(unit, name="陈静", phone="13900000000")
    reporter(unit, name="离任的人", is_active=False)
    page = text_of(client.get(f"/units/{unit.pk}/"))
    assert "陈静" in page
    assert "离任的人" not in page
