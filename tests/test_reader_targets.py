"""Targets read out of invented plan sentences, by rule."""

from __future__ import annotations

import pytest

from intake.reader.model import Indicator, IndicatorKind, Span
from intake.reader.targets import Context, find

Fact = tuple[str, str, str, str]


def read(sentence: str, title: str = "") -> tuple[Indicator, ...]:
    return find(sentence, [Context(1, 1, title, "", Span(0, len(sentence)))])


def facts(sentence: str, title: str = "") -> list[Fact]:
    """Subject, comparator, value and unit of each target, in order."""
    return [(i.subject, i.comparator.value, f"{i.value:f}", i.unit) for i in read(sentence, title)]


@pytest.mark.parametrize(
    ("words", "comparator"),
    [
        ("达到96%", ">="),
        ("达96%", ">="),
        ("96%", ">="),
        ("为96%", ">="),
        ("不低于96%", ">="),
        ("不得低于96%", ">="),
        ("力争达到96%", ">="),
        ("稳定在96%以上", ">="),
        ("提高到96%", ">="),
        ("控制在96%左右", "<="),
        ("超过96%", ">"),
        ("突破96%", ">"),
        ("不超过96%", "<="),
        ("控制在96%以内", "<="),
        ("控制在96%以下", "<"),
        ("低于96%", "<"),
        ("≥96%", ">="),
        ("≤96%", "<="),
    ],
)
def test_words_beside_a_number_give_its_direction(words: str, comparator: str) -> None:
    assert facts(f"青禾区蔬菜抽检合格率{words}。") == [("青禾区蔬菜抽检合格率", comparator, "96", "%")]


@pytest.mark.parametrize(
    ("words", "value", "unit"),
    [
        ("百分之九十五", "95", "%"),
        ("九成以上", "90", "%"),
        ("９５．５％", "95.5", "%"),
        ("6‰", "6", "‰"),
        ("80%—85%", "80", "%"),
        ("80至85%", "80", "%"),
    ],
)
def test_shares_are_read_however_written(words: str, value: str, unit: str) -> None:
    assert facts(f"云泽县农户满意率达到{words}。") == [("云泽县农户满意率", ">=", value, unit)]


@pytest.mark.parametrize(
    ("sentence", "fact"),
    [
        ("云泽县食品抽检量达到5批次/千人。", ("云泽县食品抽检量", ">=", "5", "批次/千人")),
        ("云泽县食品抽检量达到5批次／千人。", ("云泽县食品抽检量", ">=", "5", "批次/千人")),
        ("云泽县食品抽检量达到5批/千人。", ("云泽县食品抽检量", ">=", "5", "批次/千人")),
        ("云泽县食品抽检量达到每千人5批次。", ("云泽县食品抽检量", ">=", "5", "批次/千人")),
        ("水产品检测量不低于1.5份/千人。", ("水产品检测量", ">=", "1.5", "份/千人")),
        ("开办审批时限压缩至3个工作日以内。", ("开办审批时限", "<=", "3", "工作日")),
        ("开展科普直播，观看量达到1.5亿人次。", ("观看量", ">=", "1.5", "亿人次")),
        ("培训农户65万人。", ("培训农户", ">=", "65", "万人")),
        ("投入检测资金1,200万元。", ("投入检测资金", ">=", "1200", "万元")),
        ("夏季臭氧浓度控制在160微克/立方米以下。", ("夏季臭氧浓度", "<", "160", "微克/立方米")),
        ("年度绩效考核达到92分以上。", ("年度绩效考核", ">=", "92", "分")),
        ("火灾死亡率控制在0.3人/10万人以下。", ("火灾死亡率", "<", "0.3", "人/10万人")),
        ("灌溉水利用系数提高到0.58。", ("灌溉水利用系数", ">=", "0.58", "")),
        ("审批时限由20个工作日压缩至5个工作日。", ("审批时限", "<=", "5", "工作日")),
        ("清洁取暖占比由60%提高到75%。", ("清洁取暖占比", ">=", "75", "%")),
        ("（3）培训乡厨200人次。", ("培训乡厨", ">=", "200", "人次")),
    ],
)
def test_units_keep_their_multiplier_and_lose_a_leading_measure_word(sentence: str, fact: Fact) -> None:
    assert facts(sentence) == [fact]


def test_a_range_gives_its_upper_bound_where_less_is_asked() -> None:
    assert facts("汛期事故控制在3至5起以内。") == [("汛期事故", "<=", "5", "起")]


@pytest.mark.parametrize(
    ("sentence", "fact"),
    [
        ("新建12个农贸市场。", ("新建农贸市场", ">=", "12", "个")),
        ("年内培育三家以上放心作坊。", ("培育放心作坊", ">=", "3", "家")),
        ("全县创建示范超市6家。", ("全县创建示范超市", ">=", "6", "家")),
        ("抽检不少于200批次糕点。", ("抽检糕点", ">=", "200", "批次")),
        ("全年组织应急演练不少于2次。", ("组织应急演练", ">=", "2", "次")),
        ("每季度不少于两次开展冷库联查。", ("每季度开展冷库联查", ">=", "2", "次")),
        ("每学期检查校园超市1次。", ("每学期检查校园超市", ">=", "1", "次")),
        ("参保门店突破300家。", ("参保门店", ">", "300", "家")),
        ("一般火灾控制在5起以内。", ("一般火灾", "<=", "5", "起")),
        ("完成3轮巡查。", ("完成巡查", ">=", "3", "轮")),
    ],
)
def test_counts_of_what_is_to_be_done(sentence: str, fact: Fact) -> None:
    assert facts(sentence) == [fact]


def test_items_of_a_list_share_the_verb() -> None:
    assert facts("新增步道18公里、绿地30公顷。") == [
        ("新增步道", ">=", "18", "公里"),
        ("新增绿地", ">=", "30", "公顷"),
    ]


def test_each_verb_keeps_its_own_object() -> None:
    assert facts("新建12个菜市场和改造30所食堂。") == [
        ("新建菜市场", ">=", "12", "个"),
        ("改造食堂", ">=", "30", "所"),
    ]


def test_a_second_number_of_the_same_thing_keeps_its_subject() -> None:
    assert facts("改造老旧小区16个、40万平方米。") == [
        ("改造老旧小区", ">=", "16", "个"),
        ("改造老旧小区", ">=", "40", "万平方米"),
    ]


def test_a_short_count_takes_in_what_the_clause_before_spoke_of() -> None:
    assert facts("建成云泽县阳光监管平台，接入门店不少于80家。") == [("云泽县阳光监管平台接入门店", ">=", "80", "家")]


@pytest.mark.parametrize(
    "sentence",
    [
        "2026年是临川湖市建市30周年。",
        "深化“三个全覆盖”和“两个100%”行动。",
        "推行“7S”管理，推广ISO22000认证。",
        "聚焦11个重点品种集中攻坚。",
        "落实第3批清单。",
        "对用餐人数在300人以上的食堂加强检查。",
        "对全县32家屠宰企业逐一约谈。",
        "每户一码、一企一档，打造一支队伍。",
        "加强合格率低于90%的品种管理。",
        "一年内受到3次处罚的，依法吊销许可证。",
        "截至去年底，已建成示范街15条。",
        "在明厨亮灶全覆盖的基础上提升质量。",
        "按照全覆盖、无死角的要求排查。",
        "11月15日前报告。",
        "事故发生后2小时内报告。",
        "千家万户共享十分满意的服务。",
        "由三部门联合印发。",
    ],
)
def test_numbers_that_are_no_target(sentence: str) -> None:
    assert facts(sentence) == []


def test_a_size_stays_in_the_subject_that_it_bounds() -> None:
    assert facts("500平方米以上餐饮单位参保率不低于70%。") == [("500平方米以上餐饮单位参保率", ">=", "70", "%")]


def test_a_goal_set_in_brackets_is_a_target() -> None:
    assert facts("开展水产监测（每千人不少于2批次）。") == [("开展水产监测", ">=", "2", "批次/千人")]


def test_what_is_reached_on_top_of_an_existing_state_is_a_target() -> None:
    assert facts("在现有20家的基础上新增5家体验馆。") == [("新增体验馆", ">=", "5", "家")]


@pytest.mark.parametrize(
    ("sentence", "fact"),
    [
        ("绿色食品产值增长6%以上。", ("绿色食品产值增长比例", ">=", "6", "%")),
        ("火灾起数同比下降3个百分点。", ("火灾起数下降幅度", ">=", "3", "百分点")),
        ("餐厨浪费总量较上年减少10%。", ("餐厨浪费总量减少幅度", ">=", "10", "%")),
        ("许可审批时限压缩50%以上。", ("许可审批时限压缩幅度", ">=", "50", "%")),
    ],
)
def test_rises_and_falls_say_so_in_their_subject(sentence: str, fact: Fact) -> None:
    assert facts(sentence) == [fact]


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("豆制品抽检合格率达到98%。", IndicatorKind.PASS_RATE),
        ("80%以上的面馆达到规范化建设标准。", IndicatorKind.PASS_RATE),
        ("早餐店检查覆盖率达到90%。", IndicatorKind.COVERAGE),
        ("问题糕点处置率达到100%。", IndicatorKind.COMPLETION),
        ("食品抽检量达到5批次/千人。", IndicatorKind.SAMPLING),
        ("培育示范店5家。", IndicatorKind.COUNT),
        ("年度考核达到90分。", IndicatorKind.SCORE),
        ("群众满意度达到85%。", IndicatorKind.OTHER),
    ],
)
def test_the_kind_follows_what_is_measured(sentence: str, kind: IndicatorKind) -> None:
    assert [i.kind for i in read(sentence)] == [kind]


def test_the_span_holds_the_quote() -> None:
    text = "前言。推进阳光厨房，面馆覆盖率\n达到 35% 以上；其他。"
    found = find(text, [Context(3, 2, "", "", Span(3, len(text)))])[0]
    assert (found.task, found.measure, found.quote) == (3, 2, "面馆覆盖率达到35%以上")
    assert "".join(text[found.span.start : found.span.end].split()) == found.quote


def test_only_the_stretch_of_the_measure_is_read() -> None:
    text = "面馆检查覆盖率达到90%。茶馆检查覆盖率达到80%。"
    assert [i.subject for i in find(text, [Context(1, 2, "", "", Span(13, len(text)))])] == ["茶馆检查覆盖率"]


def test_a_target_in_the_heading_belongs_to_the_first_measure() -> None:
    text = "（一）糕点抽检量达到5批次/千人。加强抽样管理。"
    context = Context(1, 1, "糕点抽检量达到5批次/千人", "", Span(17, len(text)))
    assert [(i.measure, i.subject) for i in find(text, [context])] == [(1, "糕点抽检量")]


def test_page_numbers_inside_a_sentence_are_no_numbers() -> None:
    assert facts("面馆检查覆盖率达到\n— 3 —\n88%以上。") == [("面馆检查覆盖率", ">=", "88", "%")]


@pytest.mark.parametrize(
    ("sentence", "fact"),
    [
        ("新建充电端口2万—2.5万个。", ("新建充电端口", ">=", "2", "万个")),
        ("新建步道30—35公里。", ("新建步道", ">=", "30", "公里")),
        ("企业投诉3个工作日内核查。", ("企业投诉核查", "<=", "3", "工作日")),
        ("摊贩检查不少于4次/年。", ("摊贩检查", ">=", "4", "次/年")),
        ("超重肥胖率年均增幅不超过0.3个百分点。", ("超重肥胖率年均增幅", "<=", "0.3", "百分点")),
        ("摊点公示率每季度达到100%。", ("摊点公示率", ">=", "100", "%")),
        ("回收点覆盖全部8个行政村。", ("回收点行政村覆盖率", ">=", "100", "%")),
        ("全区11个市场全部达到管理要求。", ("市场达到管理要求比例", ">=", "100", "%")),
        ("热线工单5个工作日内办结率达到95%。", ("热线工单5个工作日内办结率", ">=", "95", "%")),
        ("粮食总产量稳定在35亿斤以上。", ("粮食总产量", ">=", "35", "亿斤")),
        ("上半年、全年分别完成投资30亿元、70亿元。", ("全年完成投资", ">=", "70", "亿元")),
        ("学校食堂A级率达到45%，B级以上达到98%。", ("学校食堂B级以上率", ">=", "98", "%")),
    ],
)
def test_words_around_a_number_belong_to_it(sentence: str, fact: Fact) -> None:
    assert facts(sentence)[-1] == fact


@pytest.mark.parametrize(
    "sentence",
    [
        "重点养殖场巡查每季度不少于一次。",
        "每半年报送一次工作小结。",
        "得分90分以上且排名靠前的评为先进。",
        "收到线索后3个工作日内核查。",
    ],
)
def test_rhythms_and_conditions_are_no_targets(sentence: str) -> None:
    assert facts(sentence) == []


def test_each_of_those_checked_is_checked_as_often() -> None:
    assert [subject for subject, *_ in facts("每学期对学校食堂、校外餐馆监督检查不少于2次。")] == [
        "每学期学校食堂监督检查",
        "每学期校外餐馆监督检查",
    ]


def test_a_measure_goes_on_with_the_rate_of_the_one_before() -> None:
    text = "学校食堂阳光厨房覆盖率达到100%。托育机构食堂达到80%。"
    cut = text.index("托")
    found = find(text, [Context(1, 1, "", "", Span(0, cut)), Context(1, 2, "", "", Span(cut, len(text)))])
    assert found[1].subject == "托育机构食堂阳光厨房覆盖率"
