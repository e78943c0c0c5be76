"""Names of a reading bind to departments only with certainty; else suggestions."""

import pytest

from intake.binding import Basis, Bound, Catalogue, Target, alike, bind, suggest

CATALOGUE = Catalogue(
    place="青禾区",
    departments={"区教体局": 1, "区市场监管局": 2, "区委宣传部": 3, "公安青禾分局": 4},
    aliases={"区教育局": 1},
    groups={"各镇": 9},
)


@pytest.mark.parametrize(
    ("name", "pk", "basis"),
    [
        ("区教体局", 1, Basis.EXACT),
        ("区教育局", 1, Basis.ALIAS),
        ("青禾区教体局", 1, Basis.PREFIX),
        ("教体局", 1, Basis.PREFIX),
        ("区 市场监管局", 2, Basis.EXACT),
        ("青禾区委宣传部", 3, Basis.PREFIX),
    ],
)
def test_certain_name_binds(name, pk, basis):
    assert bind([name], CATALOGUE)[name] == Bound(Target.DEPARTMENT, pk, basis)


@pytest.mark.parametrize("name", ["市教体局", "区教体", "区体育局"])
def test_less_certain_name_does_not_bind(name):
    assert bind([name], CATALOGUE) == {}


def test_group_binds_by_its_name():
    assert bind(["各镇"], CATALOGUE)["各镇"] == Bound(Target.GROUP, 9, Basis.EXACT)


def test_name_left_open_binds_to_nobody():
    assert bind(["相关部门"], CATALOGUE, ["相关部门"])["相关部门"] == Bound(Target.OPEN, 0, Basis.OPEN)


def test_two_departments_of_one_stem_bind_only_exactly():
    twins = Catalogue(place="青禾区", departments={"区法院": 1, "法院": 2})
    assert bind(["青禾区法院", "法院"], twins) == {"法院": Bound(Target.DEPARTMENT, 2, Basis.EXACT)}


def test_nearest_names_are_suggested_best_first():
    names = [s.name for s in suggest("区市场监督管理局", CATALOGUE)]
    assert names[0] == "区市场监管局"


def test_name_like_an_alias_suggests_the_department():
    catalogue = Catalogue(place="青禾区", departments={"区城管局": 1}, aliases={"区城市管理综合行政执法局": 1})
    assert [s.name for s in suggest("区综合执法局", catalogue)] == ["区城管局"]


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("区委网信办", "区网信办"),
        ("区机关事务中心", "区机关事务管理局"),
        ("区食安委成员单位", "区食品安全委员会成员单位"),
    ],
)
def test_two_writings_of_one_body_in_a_document_are_alike(name, other):
    assert alike(name, [name, other], "青禾区") == [other]


@pytest.mark.parametrize(("name", "other"), [("区税务局", "区商务局"), ("区城管局", "区市场监管局")])
def test_names_that_only_look_alike_are_two_bodies(name, other):
    assert alike(name, [other], "青禾区") == []


def test_nothing_alike_suggests_nothing():
    assert suggest("金水海关", CATALOGUE) == []
