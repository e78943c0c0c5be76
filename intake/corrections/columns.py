"""The columns of each kind of fact that a clerk can change, each with the check for its new value."""

from __future__ import annotations

from typing import Final

from intake.corrections import checks

PLAN: Final = {
    "title": checks.optional(checks.text("计划名称", 200)),
    "issuer": checks.optional(checks.text("印发机关", 100)),
    "document_number": checks.optional(checks.text("文号", 60)),
    "issued_on": checks.optional(checks.iso_date("印发日期")),
    "year": checks.optional(checks.whole("计划年度", 2000, 2100)),
    "stage": checks.choice("阶段", checks.Stage),
    "kind": checks.choice("计划类别", checks.PlanKind),
}
LABEL: Final = checks.text("编号", 20, empty=True)
SECTION_TITLE: Final = checks.text("部分标题", 200)
TASK_TITLE: Final = checks.text("任务标题", 300)
SECTION: Final = {"title": SECTION_TITLE, "label": LABEL}
TASK: Final = {
    "title": TASK_TITLE,
    "label": LABEL,
    "number": checks.whole("任务编号", 1, checks.LAST_NUMBER),
}
MEASURE: Final = {
    "text": checks.text("措施内容", 5000),
    "due_on": checks.optional(checks.iso_date("期限")),
    "due_text": checks.text("期限原文", 100, empty=True),
}
ASSIGNMENT: Final = {
    "name": checks.unit_name,
    "role": checks.role,
    "group": checks.yes_or_no,
    "open": checks.yes_or_no,
}
SUBJECT: Final = checks.text("指标名称", 300)
UNIT: Final = checks.text("计量单位", 20, empty=True)
INDICATOR: Final = {
    "subject": SUBJECT,
    "comparator": checks.comparator,
    "value": checks.amount,
    "unit": UNIT,
    "kind": checks.indicator_kind,
    "implied": checks.yes_or_no,
    "family": checks.optional(checks.family),
    "path": checks.optional(checks.path),
    "numerator_label": checks.text("分子名称", 100, empty=True),
    "denominator_label": checks.text("分母名称", 100, empty=True),
    "reporters": checks.reporters,
    "measure": checks.fact_id,
}
PARTIES: Final = checks.text("报送单位", 500, empty=True)
DUTY: Final = {
    "task": checks.optional(checks.fact_id),
    "frequency": checks.frequency,
    "due": checks.optional(checks.month_day),
    "direction": checks.direction,
    "owers": PARTIES,
    "recipients": PARTIES,
}
