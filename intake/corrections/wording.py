"""A correction in words, for undo buttons, conflicts and the audit trail."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from intake.corrections.operations import Operation

_VERBS: Final = {
    "set_plan": "修改计划信息",
    "set_section": "修改部分",
    "add_section": "增加部分",
    "remove_section": "删除部分",
    "set_task": "修改任务",
    "merge_task": "并入上一项任务",
    "split_task": "拆分任务",
    "remove_task": "删除任务",
    "set_measure": "修改措施",
    "split_measure": "拆分措施",
    "merge_measures": "与下一项措施合并",
    "remove_measure": "删除措施",
    "add_measure": "增加措施",
    "add_assignment": "增加责任单位",
    "set_assignment": "修改责任单位",
    "remove_assignment": "删除责任单位",
    "add_indicator": "增加指标",
    "set_indicator": "修改指标",
    "remove_indicator": "删除指标",
    "add_duty": "增加报送要求",
    "set_duty": "修改报送要求",
    "remove_duty": "删除报送要求",
    "mark_head": "标为文件头",
    "settle_doubt": "答复疑点",
}
FIELDS: Final = {
    "title": "标题",
    "issuer": "印发机关",
    "document_number": "文号",
    "issued_on": "印发日期",
    "year": "年度",
    "stage": "阶段",
    "kind": "类别",
    "label": "编号原文",
    "number": "编号",
    "text": "内容",
    "due_on": "期限",
    "due_text": "期限原文",
    "name": "单位",
    "role": "角色",
    "group": "集合单位",
    "open": "未明确",
    "subject": "指标名称",
    "comparator": "比较",
    "value": "目标值",
    "unit": "计量单位",
    "implied": "未写数字",
    "family": "汇总方式",
    "path": "进度方式",
    "numerator_label": "分子",
    "denominator_label": "分母",
    "reporters": "填报单位",
    "measure": "所属措施",
    "task": "所属任务",
    "frequency": "频次",
    "due": "时间",
    "direction": "方向",
    "owers": "报送单位",
    "recipients": "接收单位",
}
_CODES: Final = {
    "lead": "牵头",
    "responsible": "负责",
    "shared": "分工",
    "support": "配合",
    "coverage": "覆盖率",
    "pass_rate": "合格率、达标率",
    "completion": "完成率",
    "sampling": "抽检量",
    "count": "数量",
    "score": "得分",
    "other": "其他",
    "annual": "每年",
    "half_yearly": "每半年",
    "quarterly": "每季度",
    "monthly": "每月",
    "once": "一次",
    "to_office": "报食安办",
    "upward": "向上报告",
    "consultation": "征求意见稿",
    "issued": "已印发",
    "key_points": "工作要点",
    "arrangements": "重点工作安排",
    "cumulate": "累计",
    "flow_ratio": "期间比率",
    "stock": "时点",
    "climb": "逐步达到",
    "hold": "始终保持",
}
_CODED: Final = {"role", "kind", "frequency", "direction", "stage", "family", "path"}
_REFERENCES: Final = {"measure", "task"}  # ids say nothing to a reader
_LONGEST: Final = 30


def said(operation: Operation) -> str:
    """One phrase: 修改措施：期限改为2026-08-31."""
    verb = _VERBS[operation.verb]
    detail = changes_said(getattr(operation, "changes", {})) or _named(operation)
    return f"{verb}：{detail}" if detail else verb


def changes_said(changes: Mapping[str, Any]) -> str:
    """期限改为2026-08-31；期限原文清空."""
    return "；".join(_change(name, value) for name, value in changes.items())


def value_said(name: str, value: Any) -> str:
    """A field's value as a clerk reads it; empty for none."""
    if value is None or value == "" or value == ():
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, tuple | list):
        return "、".join(value)
    return _CODES.get(value, value) if name in _CODED else str(value)


def _change(name: str, value: Any) -> str:
    if name in _REFERENCES and value:
        return f"{FIELDS[name]}改变"
    words = value_said(name, value)
    return f"{FIELDS[name]}改为{_short(words)}" if words else f"{FIELDS[name]}清空"


def _named(operation: Operation) -> str:
    """What an adding or answering operation adds, in short."""
    names = (getattr(operation, name, "") for name in ("title", "name", "subject", "answer"))
    return _short(next((name for name in names if name), ""))


def _short(words: str) -> str:
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST]}…"
