"""Whom and what a target is about: lists, elided words, shares of subjects, full coverage; invented sentences."""

from __future__ import annotations

from decimal import Decimal

import pytest

from intake.reader.model import Comparator
from tests.test_reader_targets import facts, read


@pytest.mark.parametrize(
    ("sentence", "subjects"),
    [
        ("建档率、销号率和回访率均达到100%。", ["建档率", "销号率", "回访率"]),
        ("冷饮店、烘焙店检查覆盖率达到90%。", ["冷饮店检查覆盖率", "烘焙店检查覆盖率"]),
        ("州级、县级监督抽检合格率达到98%。", ["州级监督抽检合格率", "县级监督抽检合格率"]),
        ("酒厂和水厂自查率和报告率达到100%。", ["酒厂自查率", "酒厂报告率", "水厂自查率", "水厂报告率"]),
        ("客流较大的超市和菜店巡查覆盖率达80%。", ["客流较大的超市巡查覆盖率", "客流较大的菜店巡查覆盖率"]),
        ("食堂A级、B级比例达到80%。", ["食堂A级比例", "食堂B级比例"]),
    ],
)
def test_each_subject_of_a_list_has_its_own_target(sentence: str, subjects: list[str]) -> None:
    assert [fact[0] for fact in facts(sentence)] == subjects


def test_a_sum_is_not_taken_apart() -> None:
    assert facts("水果和蔬菜抽检量达到2批次/千人。") == [("水果和蔬菜抽检量", ">=", "2", "批次/千人")]


def test_numbers_share_out_a_list() -> None:
    assert facts("秸秆利用率、农膜回收率分别达到90%和85%以上。") == [
        ("秸秆利用率", ">=", "90", "%"),
        ("农膜回收率", ">=", "85", "%"),
    ]


def test_numbers_share_out_a_sum_too() -> None:
    assert facts("水果、蔬菜抽检量分别达到2批次/千人和3批次/千人。") == [
        ("水果抽检量", ">=", "2", "批次/千人"),
        ("蔬菜抽检量", ">=", "3", "批次/千人"),
    ]


@pytest.mark.parametrize(
    ("sentence", "subjects"),
    [
        ("推进“阳光车间”建设，糕点企业覆盖率达到90%。", ["糕点企业“阳光车间”覆盖率"]),
        ("糕点企业抽考覆盖率达到90%，合格率达到95%。", ["糕点企业抽考覆盖率", "糕点企业抽考合格率"]),
        ("糕点企业自查率达到90%，风险报告率达到95%。", ["糕点企业自查率", "糕点企业风险报告率"]),
        ("强化问题月饼处置工作，立案率达到100%。", ["问题月饼处置立案率"]),
        ("督促小餐饮店开展自查，整改率达到100%。", ["小餐饮店整改率"]),
        ("加强摊贩登记备案管理。规范程序，确保登记备案率达到100%。", ["摊贩登记备案率"]),
        ("统筹州级糕点抽检量，确保抽检量达6‰。", ["州级糕点抽检量"]),
        ("大型超市参保覆盖率达到90%，老字号餐馆不低于60%。", ["大型超市参保覆盖率", "老字号餐馆参保覆盖率"]),
        ("复查比例不低于新开店铺的25%。", ["新开店铺复查比例"]),
    ],
)
def test_elided_words_come_from_what_was_spoken_of(sentence: str, subjects: list[str]) -> None:
    assert [fact[0] for fact in facts(sentence)] == subjects


def test_a_rate_carries_on_for_every_subject_before_it() -> None:
    sentence = "州级、县级问题糕点核查率达到100%，处置率达到95%。"
    assert [fact[0] for fact in facts(sentence)][2:] == ["州级问题糕点处置率", "县级问题糕点处置率"]


def test_a_bare_rate_alone_takes_the_heading() -> None:
    assert facts("确保合格率达到98%。", title="加强豆制品抽检工作") == [("豆制品抽检合格率", ">=", "98", "%")]


@pytest.mark.parametrize(
    ("sentence", "subject"),
    [
        ("80%以上的面馆达到规范标准。", "达到规范标准的面馆比例"),
        ("全县所有菜场100%达到管理要求。", "全县达到管理要求的菜场比例"),
        ("抽查30%以上的食品店。", "抽查食品店比例"),
        ("规模奶牛场推行“6S”管理达90%。", "规模奶牛场推行“6S”管理比例"),
    ],
)
def test_a_share_of_subjects_that_do_something(sentence: str, subject: str) -> None:
    assert [fact[0] for fact in facts(sentence)] == [subject]


@pytest.mark.parametrize(
    ("sentence", "subjects"),
    [
        ("实现冷库备案全覆盖。", ["冷库备案覆盖率"]),
        ("对茶馆、酒楼实行全覆盖检查。", ["茶馆检查覆盖率", "酒楼检查覆盖率"]),
        ("开展早市全覆盖隐患排查。", ["早市隐患排查覆盖率"]),
        ("哨点覆盖所有卫生院和社区医院。", ["哨点卫生院覆盖率", "哨点社区医院覆盖率"]),
        ("督促奶粉企业配备总监，实现岗位配备全覆盖。", ["奶粉企业岗位配备覆盖率"]),
        ("对所有酒厂做到抽检全覆盖、培训全覆盖。", ["酒厂抽检覆盖率", "酒厂培训覆盖率"]),
        ("开展全覆盖式冷库排查。", ["冷库排查覆盖率"]),
        ("考核达到90分，且所有必备项均符合要求。", ["考核必备项符合率"]),
    ],
)
def test_full_coverage_implies_all(sentence: str, subjects: list[str]) -> None:
    found = [i for i in read(sentence) if i.unit == "%"]
    assert [i.subject for i in found] == subjects
    assert all(i.implied and i.value == Decimal(100) and i.comparator is Comparator.AT_LEAST for i in found)


def test_a_stated_share_is_not_implied_again() -> None:
    assert [i.implied for i in read("早餐店检查覆盖率达到100%。")] == [False]
