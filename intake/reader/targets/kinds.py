"""Which kind of target a subject is."""

from __future__ import annotations

import re
from typing import Final

from intake.reader.model import IndicatorKind

_SHARES: Final = (
    (re.compile(r"满意|利用率|知晓|幅度$|增长|优良天数|下降"), IndicatorKind.OTHER),
    (re.compile(r"覆盖(?:率|面|比例)?$"), IndicatorKind.COVERAGE),
    (
        re.compile(r"(?:合格|达标|符合|通过|优良|良好|优秀|准确)[^，]{0,2}(?:率|比例)$|规范化|达到.*(?:标准|要求)"),
        IndicatorKind.PASS_RATE,
    ),
    (
        re.compile(
            r"(?:处置|处理|整改|备案|建档|立案|完成|自查|报告|办结|及时|答复|反馈|回复|核查|移送|公示|公开|签订|兑现|到位|落实|销号|销毁|查处|结案|上报|"
            r"录入|上传|执行|响应|办理)[^，]{0,1}率$"
        ),
        IndicatorKind.COMPLETION,
    ),
    (re.compile(r"(?:抽检|检测|监测|抽样|抽查)量"), IndicatorKind.SAMPLING),
    (
        re.compile(r"(?:比例|占比|比重|参保率|投保率|持证率|配备率|安装率|普及率|检查率|培训率|抽查率|抽检率|考核率)$"),
        IndicatorKind.COVERAGE,
    ),
)


def kind_of(subject: str, unit: str) -> IndicatorKind:
    """The kind by what the subject measures and the unit."""
    if "批" in unit or unit.startswith("份/"):
        return IndicatorKind.SAMPLING
    if unit == "分":
        return IndicatorKind.SCORE
    if unit and unit not in ("%", "‰", "百分点"):
        return IndicatorKind.COUNT
    return next((kind for pattern, kind in _SHARES if pattern.search(subject)), IndicatorKind.OTHER)
