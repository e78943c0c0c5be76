"""The life cycle of a plan: draft → consultation → issued → closed."""

from __future__ import annotations

from core.errors import WrongState
from core.workflow import Transition, Workflow
from tasks.models import Plan

Stage = Plan.Stage
UNISSUED = frozenset({Stage.DRAFT, Stage.CONSULTATION})


def _stays(verb: str, label: str, *stages: Stage) -> tuple[Transition, ...]:
    """A verb that the stages allow and that leaves the plan in its stage."""
    return tuple(Transition(verb, label, frozenset({stage}), stage) for stage in stages)


PLAN_WORKFLOW = Workflow(
    subject="这份计划",
    states=dict(Stage.choices),
    transitions=(
        Transition("consult", "转为征求意见稿", frozenset({Stage.DRAFT}), Stage.CONSULTATION),
        Transition("issue", "设为已印发", UNISSUED, Stage.ISSUED),
        Transition("close", "办结", frozenset({Stage.ISSUED}), Stage.CLOSED),
        *_stays("replace", "用另一份文本替换", Stage.DRAFT, Stage.CONSULTATION),
        *_stays("discard", "作废", Stage.DRAFT, Stage.CONSULTATION),
        *_stays("change", "更正", Stage.DRAFT, Stage.CONSULTATION, Stage.ISSUED),
    ),
)


def require(verb: str, plan: Plan) -> str:
    """The stage that `verb` leads to. Raises `WrongState` for a wrong stage or a text that has been replaced."""
    if plan.superseded_at:
        raise WrongState(f"《{plan.title}》（{plan.get_stage_display()}）已由另一份文本替换，只能查看，不能再办理。")
    return PLAN_WORKFLOW.require(verb, plan.stage)


def allows(verb: str, plan: Plan) -> bool:
    return plan.superseded_at is None and PLAN_WORKFLOW.allows(verb, plan.stage)
