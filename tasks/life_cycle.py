"""The life cycle of a plan."""

from core.workflow import Transition, Workflow
from tasks.models import Plan

Stage = Plan.Stage
PLAN_WORKFLOW = Workflow(
    subject="这份计划",
    states=dict(Stage.choices),
    transitions=(Transition("issue", "设为已印发", frozenset({Stage.DRAFT, Stage.CONSULTATION}), Stage.ISSUED),),
)
