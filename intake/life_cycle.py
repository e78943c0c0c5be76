"""The life cycle of an import."""

from core.workflow import Transition, Workflow
from intake.models import Import

State = Import.State
UNFINISHED = frozenset({State.UPLOADED, State.READING, State.MAPPING, State.READ, State.FAILED})
IMPORT_WORKFLOW = Workflow(
    subject="这次导入",
    states=dict(State.choices),
    transitions=(
        # A reading cut short by a killed worker starts again from READING.
        Transition("start", "识读", frozenset({State.UPLOADED, State.READING}), State.READING),
        Transition("read", "识读", frozenset({State.READING}), State.READ),
        Transition("ask_columns", "识读", frozenset({State.READING}), State.MAPPING),
        Transition("map_columns", "对应列", frozenset({State.MAPPING, State.READ}), State.UPLOADED),
        Transition("fail", "识读", frozenset({State.READING}), State.FAILED),
        Transition("bind", "绑定单位", frozenset({State.READ}), State.READ),
        Transition("correct", "更正", frozenset({State.READ}), State.READ),
        Transition("confirm", "确认入库", frozenset({State.READ}), State.CONFIRMED),
        Transition("read_again", "重新识读", frozenset({State.READ}), State.UPLOADED),
        Transition("discard", "作废重核", frozenset({State.CONFIRMED}), State.READ),
        Transition("abandon", "放弃", UNFINISHED, State.ABANDONED),
    ),
)
