"""What an indicator's kind, unit and subject propose for how its figures are summed and judged. Pure.

The office may correct each proposal: `Indicator.family`, `path`, `numerator_label`, `denominator_label`.
"""

from __future__ import annotations

from dataclasses import dataclass

CUMULATE, FLOW_RATIO, STOCK = "cumulate", "flow_ratio", "stock"
CLIMB, HOLD = "climb", "hold"
SHARES = ("%", "％", "‰", "百分点")
RESIDENTS, PER_MILLE = "千人", "‰"
TREATED = ("处置", "整改", "办结", "查处", "核查", "处理", "答复", "反馈", "检验", "立案", "召回")
FELT = ("满意", "知晓", "支持", "得分", "评价")
REACHED = ("达标", "示范", "规范")
AVERAGED = ("平均", "时限", "指数", "排名")


@dataclass(frozen=True, slots=True)
class Proposal:
    """Keyword arguments of an `Indicator`; labels are empty where one figure is reported instead of two."""

    family: str
    path: str
    numerator_label: str = ""
    denominator_label: str = ""


def propose(kind: str, unit: str, subject: str) -> Proposal:
    """`kind` is one of `Indicator.Kind`, `unit` as the document writes it (%, 批次/千人, 家)."""
    if RESIDENTS in unit or (kind == "sampling" and PER_MILLE in unit):
        return Proposal(CUMULATE, CLIMB, "抽检批次", "常住人口（千人）")
    if not any(share in unit for share in SHARES):
        return counted(kind, unit, subject)
    by_kind = {"pass_rate": passed, "completion": completed, "coverage": covered}
    return by_kind.get(kind, share_of)(subject)


def counted(kind: str, unit: str, subject: str) -> Proposal:
    """Scores and averages hold as at the date; all else is added up."""
    label = f"{subject}（{unit}）" if unit else subject
    if kind == "score" or any(word in subject for word in (*FELT, *AVERAGED)):
        return Proposal(STOCK, HOLD, label)
    return Proposal(CUMULATE, CLIMB, label)


def passed(subject: str) -> Proposal:
    """合格率 is of all tests of the year; 达标率 is of all that are to meet a standard, at the date."""
    if any(word in subject for word in REACHED):
        return Proposal(STOCK, CLIMB, "达标数", "应达标数")
    verdict = "不合格" if "不合格" in subject else "合格"
    if "抽检" in subject or "监测" in subject:
        return Proposal(FLOW_RATIO, HOLD, f"{verdict}批次", "抽检批次")
    return Proposal(FLOW_RATIO, HOLD, f"{verdict}数", "检查总数")


def completed(subject: str) -> Proposal:
    """What is to be dealt with as it comes is held all year; a fixed amount of work is climbed."""
    word = next((word for word in TREATED if word in subject), None)
    if word:
        return Proposal(FLOW_RATIO, HOLD, f"已{word}数", f"应{word}数")
    return Proposal(STOCK, CLIMB, "已完成数", "应完成数")


def covered(subject: str) -> Proposal:
    return Proposal(STOCK, CLIMB, "已覆盖数", "应覆盖数")


def share_of(subject: str) -> Proposal:
    """Shares without a kind of their own: what is dealt with as it comes and what people feel is held."""
    if any(word in subject for word in TREATED):
        return completed(subject)
    if any(word in subject for word in FELT):
        return Proposal(STOCK, HOLD, "满意数" if "满意" in subject else "符合数", "调查总数")
    return Proposal(STOCK, CLIMB, "符合数", "总数")
