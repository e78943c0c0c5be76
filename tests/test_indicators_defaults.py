"""What kind, unit and subject propose for summing and judging."""

import pytest

from indicators.defaults import propose
from indicators.models import Indicator


@pytest.mark.parametrize(
    ("kind", "unit", "subject", "family", "path", "numerator", "denominator"),
    [
        ("coverage", "%", "学校食堂明厨亮灶覆盖率", "stock", "climb", "已覆盖数", "应覆盖数"),
        ("pass_rate", "%", "食用农产品抽检合格率", "flow_ratio", "hold", "合格批次", "抽检批次"),
        ("pass_rate", "%", "评价性抽检不合格率", "flow_ratio", "hold", "不合格批次", "抽检批次"),
        ("pass_rate", "%", "餐饮单位自查合格率", "flow_ratio", "hold", "合格数", "检查总数"),
        ("pass_rate", "%", "小作坊规范化达标率", "stock", "climb", "达标数", "应达标数"),
        ("completion", "%", "不合格食品处置率", "flow_ratio", "hold", "已处置数", "应处置数"),
        ("completion", "%", "问题整改率", "flow_ratio", "hold", "已整改数", "应整改数"),
        ("completion", "%", "培训任务完成率", "stock", "climb", "已完成数", "应完成数"),
        ("sampling", "批次/千人", "食品抽检量", "cumulate", "climb", "抽检批次", "常住人口（千人）"),
        ("sampling", "批次", "食用农产品抽检", "cumulate", "climb", "食用农产品抽检（批次）", ""),
        ("count", "家", "示范店", "cumulate", "climb", "示范店（家）", ""),
        ("count", "工作日", "投诉平均办理时限", "stock", "hold", "投诉平均办理时限（工作日）", ""),
        ("score", "分", "公众满意度", "stock", "hold", "公众满意度（分）", ""),
        ("other", "%", "公众满意度", "stock", "hold", "满意数", "调查总数"),
        ("other", "%", "集中采购率", "stock", "climb", "符合数", "总数"),
    ],
)
def test_proposal(kind, unit, subject, family, path, numerator, denominator):
    found = propose(kind, unit, subject)
    assert (found.family, found.path, found.numerator_label, found.denominator_label) == (
        family,
        path,
        numerator,
        denominator,
    )


def test_every_kind_is_answered_in_the_models_words():
    for kind in Indicator.Kind.values:
        for unit in ("%", "家", ""):
            found = propose(kind, unit, "某项指标")
            assert found.family in Indicator.Family.values
            assert found.path in Indicator.Path.values
