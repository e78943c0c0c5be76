"""Who is responsible: what brackets and label lines say, and which brackets only explain."""

from __future__ import annotations

import pytest

from intake.reader import reading
from intake.reader.model import Measure

PLAN = """青禾区2026年食品安全工作要点
一、强化源头治理
（一）管好甲事。逐户上门核对台账。{units}
（二）管好乙事。逐户上门核对记录。（区教育局、市场监管局按职责分工负责）
"""


def measures(units: str) -> list[Measure]:
    """The measures of a task whose text ends with `units`."""
    return list(reading.read_text(PLAN.format(units=units)).tasks[0].measures)


def said(units: str) -> str:
    """Departments and roles that the first measure names, as 区教育局:lead …"""
    return " ".join(f"{one.department}:{one.role}" for one in measures(units)[0].assignments)


@pytest.mark.parametrize(
    ("units", "expected"),
    [
        ("（区教育局）", "区教育局:responsible"),
        ("（区教育局负责）", "区教育局:responsible"),
        ("(区教育局、区卫健局)", "区教育局:shared 区卫健局:shared"),
        ("〔区教育局、区卫健局分工负责〕。", "区教育局:shared 区卫健局:shared"),
        ("（区教育局、区卫健局】", "区教育局:shared 区卫健局:shared"),
        ("（区教育局牵头，区卫健局、区民政局按职责分工负责）", "区教育局:lead 区卫健局:shared 区民政局:shared"),
        ("（区教育局牵头，区卫健局配合）", "区教育局:lead 区卫健局:support"),
        (
            "（区教育局、区卫健局牵头，区民政局和各镇街配合）",
            "区教育局:lead 区卫健局:lead 区民政局:support 各镇街:support",
        ),
        ("（由区教育局牵头，会同区卫健局、区民政局落实）", "区教育局:lead 区卫健局:shared 区民政局:shared"),
        ("（区教育局、区卫健局按职责分工负责，区民政局配合）", "区教育局:shared 区卫健局:shared 区民政局:support"),
        ("（区教育局负责，区卫健局、区民政局按职责分工负责）", "区教育局:responsible 区卫健局:shared 区民政局:shared"),
        ("（区教育局牵头，区卫健局、区民政局、按职责分工配合）", "区教育局:lead 区卫健局:support 区民政局:support"),
        ("（区教育局牵头负责，区民政局参与）", "区教育局:lead 区民政局:support"),
    ],
)
def test_words_in_a_bracket_give_roles(units: str, expected: str) -> None:
    assert said(units) == expected


@pytest.mark.parametrize(
    ("units", "expected"),
    [
        ("（责任单位：区教育局）", "区教育局:responsible"),
        ("（责任单位：区教育局、区卫健局，各镇（街道））", "区教育局:shared 区卫健局:shared 各镇（街道）:shared"),
        (
            "（牵头单位：区教育局；责任单位：区卫健局；配合单位：区民政局）",
            "区教育局:lead 区卫健局:shared 区民政局:support",
        ),
        ("牵头单位：区教育局\n责任单位：区卫健局\n", "区教育局:lead 区卫健局:shared"),
        ("[牵头单位:区教育局 配合单位:区卫健局 区民政局]", "区教育局:lead 区卫健局:support 区民政局:support"),
        ("（牵头单位 区教育局，配合单位 区卫健局）", "区教育局:lead 区卫健局:support"),
        ("（责任领导：钱一；责任单位：区教育局；联系人：孙二）", "区教育局:responsible"),
        ("责任部门：区教育局、区粮储局（区粮食中心）", "区教育局:shared 区粮储局（区粮食中心）:shared"),
    ],
)
def test_labels_say_the_same_as_words(units: str, expected: str) -> None:
    assert said(units) == expected


@pytest.mark.parametrize(
    ("units", "expected"),
    [
        ("（区教育局、卫健局、民政局）", "区教育局 区卫健局 区民政局"),
        ("（区教育局、青禾海关、云泽县公安局）", "区教育局 青禾海关 云泽县公安局"),
        ("（区教育局局、区区卫健局）", "区教育局 区卫健局"),
        ("（区委宣传部、网信办，区教育局）", "区委宣传部 区委网信办 区教育局"),
        ("（云泽县、白鹭区政府）", "云泽县政府 白鹭区政府"),
        ("（各镇、办事处）", "各镇 各办事处"),
        ("（各镇党委、政府）", "各镇党委 各镇政府"),
        ("（区教育局、团区委、国网青禾供电公司）", "区教育局 团区委 国网青禾供电公司"),
        ("（区教育局、市生态环境局青禾分局、青禾公安分局）", "区教育局 市生态环境局青禾分局 青禾公安分局"),
        ("（区委宣传部（网信办）、区县(市)政府）", "区委宣传部（网信办） 区县（市）政府"),
        ("（区文化和旅游局、区人力资源和社会保障局及各镇）", "区文化和旅游局 区人力资源和社会保障局 各镇"),
        ("（区教育局、区卫健局等部门负责）", "区教育局 区卫健局"),
        ("（区教育局、区民政局、区教育局）", "区教育局 区民政局"),
    ],
)
def test_names_are_given_in_full(units: str, expected: str) -> None:
    assert " ".join(one.department for one in measures(units)[0].assignments) == expected


@pytest.mark.parametrize(
    "units",
    [
        "（以下简称“两个平台”）。",
        "（含冻品、预制菜）。",
        "（学校、医院、养老机构）。",
        "（第一项至第三项由区教育局负责）。",
        "（以下任务均由各镇负责，不再列出）",
        "（2024—2026年）。",
    ],
)
def test_a_bracket_that_names_no_unit_is_text(units: str) -> None:
    found = measures(units)
    assert [one.assignments for one in found] == [()]
    assert units.rstrip("。") in found[0].text


def test_a_place_list_within_a_sentence_is_text() -> None:
    assert measures("在三个镇（青山镇、白石镇、绿水镇）先行试点。（区教育局）")[0].text.endswith(
        "（青山镇、白石镇、绿水镇）先行试点。"
    )


def test_a_bracket_that_is_never_closed_still_names_its_units() -> None:
    assert said("（区教育局、区卫健局按职责分工负责\n") == "区教育局:shared 区卫健局:shared"


def test_each_bracket_ends_a_measure() -> None:
    found = measures("（区教育局）另行抽查配送企业。（区卫健局）回访。")
    assert [one.text for one in found] == ["逐户上门核对台账。", "另行抽查配送企业。", "回访。"]


@pytest.mark.parametrize(
    ("units", "group", "nobody"), [("各镇", True, False), ("相关部门", True, True), ("区政府", False, False)]
)
def test_groups_and_nobody_in_particular_are_told_apart(units: str, group: bool, nobody: bool) -> None:
    (one,) = measures(f"（{units}负责）")[0].assignments
    assert (one.group, one.open) == (group, nobody)


@pytest.mark.parametrize(
    ("units", "due"),
    [
        ("8月底前完成核对。（区教育局）", "2026-08-31"),
        ("（责任单位：区教育局；完成时限：2026年9月底）", "2026-09-30"),
        ("年底前完成。（区教育局）", "2026-12-31"),
        ("三季度末前完成。（区教育局）", "2026-09-30"),
        ("（区教育局负责，10月15日前完成）", "2026-10-15"),
        ("（责任单位：区教育局；完成时限：全年）", "None"),
        ("每月检查1次。（区教育局）", "None"),
    ],
)
def test_a_measure_knows_its_deadline(units: str, due: str) -> None:
    assert str(measures(units)[0].due_on) == due


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("区教育局负责。", "区教育局:responsible"),
        ("由区教育局牵头，区卫健局配合。", "区教育局:lead 区卫健局:support"),
        ("区教育局牵头；区卫健局配合。", "区教育局:lead 区卫健局:support"),
        ("区教育局、各镇按职责分工负责。", "区教育局:shared 各镇:shared"),
    ],
)
def test_a_sentence_that_only_says_who_acts_names_units(sentence: str, expected: str) -> None:
    assert said(sentence) == expected


@pytest.mark.parametrize(
    "sentence",
    ["各镇要主动配合。", "区食安办负责统筹协调。", "明确专人负责。", "主动与区教育局配合。", "各部门密切配合。"],
)
def test_a_sentence_that_tells_more_stays_text(sentence: str) -> None:
    assert measures(sentence)[0].text.endswith(sentence)


def test_a_place_in_brackets_within_a_name_is_text() -> None:
    assert measures("各村（社区）、镇直单位同步开展。（区教育局）")[0].text.endswith("各村（社区）、镇直单位同步开展。")


def test_parts_of_one_body_vouch_for_one_another() -> None:
    plan = "云泽县2026年市场监管工作要点\n一、甲部\n" + "".join(
        f"（{number}）{word}摊点。\n●逐一{word}摊点.({unit})\n"
        for number, word, unit in [
            ("一", "检查", "食品生产股"),
            ("二", "回访", "登记注册股、法规股"),
            ("三", "培训", "办公室"),
        ]
    )
    found = [unit.department for task in reading.read_text(plan).tasks for m in task.measures for unit in m.assignments]
    assert found == ["食品生产股", "登记注册股", "法规股", "办公室"]


def test_a_bullet_is_no_part_of_a_measure() -> None:
    plan = "云泽县2026年工作要点\n一、甲部\n（一）查验\n■逐户查验。（县商务局）\n● 逐户回访。（县教育局）"
    assert [measure.text for measure in reading.read_text(plan).tasks[0].measures] == ["逐户查验。", "逐户回访。"]


def test_a_town_office_bears_its_prefix_once() -> None:
    plan = "柳溪镇2026年工作清单\n一、甲部\n1.整治。逐户整治。\n责任单位：镇环卫所、镇村建办\n"
    units = reading.read_text(plan).tasks[0].measures[0].assignments
    assert [unit.department for unit in units] == ["镇环卫所", "镇村建办"]


def test_a_bracket_that_explains_what_is_meant_is_text() -> None:
    assert said("建设服务站所。（含村卫生室）（区教育局）") == "区教育局:responsible"
