"""The life cycles of a unit's form, of its entries, of an extension and of a closure."""

from __future__ import annotations

from core.workflow import Transition, Workflow
from reporting.models import Closure, Extension, ProgressEntry, ProgressReport

Report, Entry = ProgressReport.Status, ProgressEntry.Status
UNSENT = frozenset({Report.DRAFT, Report.SIGNED})
WITH_UNIT = frozenset({Entry.OPEN, Entry.RETURNED})

REPORT_WORKFLOW = Workflow(
    subject="这份填报单",
    states=dict(Report.choices),
    transitions=(
        # A change after the signature takes the signature back.
        Transition("edit", "修改", UNSENT, Report.DRAFT),
        Transition("ask_signature", "送审签", frozenset({Report.DRAFT}), Report.DRAFT),
        Transition("sign", "审签", frozenset({Report.DRAFT}), Report.SIGNED),
        Transition("unsign", "撤回审签", frozenset({Report.SIGNED}), Report.DRAFT),
        Transition("submit", "报送", UNSENT, Report.SUBMITTED),
        # A second entry may be returned while the unit mends the first one.
        Transition("return", "退回", UNSENT | {Report.SUBMITTED}, Report.DRAFT),
        Transition("accept", "全部通过", frozenset({Report.SUBMITTED}), Report.ACCEPTED),
        Transition("reopen", "重新打开", frozenset({Report.ACCEPTED}), Report.DRAFT),
        Transition("file_on_behalf", "代填", frozenset({Report.DRAFT}), Report.DRAFT),
        Transition("extend", "延期", UNSENT, Report.DRAFT),
    ),
)
ENTRY_WORKFLOW = Workflow(
    subject="这一项",
    states=dict(Entry.choices),
    transitions=(
        Transition("edit", "修改", frozenset({Entry.OPEN}), Entry.OPEN),
        Transition("edit", "修改", frozenset({Entry.RETURNED}), Entry.RETURNED),
        Transition("submit", "报送", WITH_UNIT, Entry.SUBMITTED),
        Transition("accept", "通过", frozenset({Entry.SUBMITTED}), Entry.ACCEPTED),
        Transition("return", "退回", frozenset({Entry.SUBMITTED}), Entry.RETURNED),
        Transition("reopen", "重新打开", frozenset({Entry.ACCEPTED}), Entry.RETURNED),
        Transition("correct", "更正数据", frozenset({Entry.ACCEPTED}), Entry.ACCEPTED),
    ),
)
EXTENSION_WORKFLOW = Workflow(
    subject="这份延期申请",
    states=dict(Extension.State.choices),
    transitions=(
        Transition("grant", "准予", frozenset({Extension.State.ASKED}), Extension.State.GRANTED),
        Transition("refuse", "答复", frozenset({Extension.State.ASKED}), Extension.State.REFUSED),
    ),
)
CLOSURE_WORKFLOW = Workflow(
    subject="这份销号申请",
    states=dict(Closure.State.choices),
    transitions=(
        Transition("approve", "准予销号", frozenset({Closure.State.REQUESTED}), Closure.State.APPROVED),
        Transition("refuse", "不准予销号", frozenset({Closure.State.REQUESTED}), Closure.State.REFUSED),
        Transition("revisit", "记录回头看", frozenset({Closure.State.APPROVED}), Closure.State.APPROVED),
        Transition("reopen", "恢复", frozenset({Closure.State.APPROVED}), Closure.State.REOPENED),
    ),
)
