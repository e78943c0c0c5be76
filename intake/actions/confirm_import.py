"""确认入库: write the plan of a reading, once, in one transaction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from core import audit
from core.errors import BadInput, WrongState
from departments.models import User
from intake.actions.locking import lock_import
from intake.actions.read_import import counts
from intake.binding import bind
from intake.drafting import draft_of
from intake.life_cycle import IMPORT_WORKFLOW
from intake.models import Import
from intake.plan_rows import binder_for, write_plan_rows
from intake.policies import may_work_on
from intake.queries import catalogue_of, named_units, reporter_names
from tasks.actions.replace_consultation import replace_consultation, require_replaceable
from tasks.models import Plan
from tasks.queries import namesake

NAMES_SHOWN = 5


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """What the clerk confirms of the document itself; number and date may be missing in a draft."""

    title: str
    year: int
    kind: str
    stage: str
    issuer: str = ""
    document_number: str = ""
    issued_on: date | None = None


def confirm_import(
    import_: Import, *, actor: User, facts: PlanFacts, version: int, replaces: int | None = None
) -> Plan:
    """Write plan, parts, tasks, measures, assignments, indicators and reporting rules.

    `replaces` is the key of the draft or consultation text of the same title that the clerk agreed to replace.
    Raises `WrongState` for a stale page, a second confirmation or a title that the year already has otherwise,
    `BadInput` while names are unbound or nothing was read.
    """
    with transaction.atomic():
        import_ = lock_import(import_, version=version)
        may_work_on(actor, import_).or_raise()
        state = IMPORT_WORKFLOW.require("confirm", import_.state)
        reading = draft_of(import_).reading
        names = {**named_units(reading), **dict.fromkeys(reporter_names(reading))}
        bound = bind(names, catalogue_of(import_.source.jurisdiction), import_.open_names)
        check_ready(reading, set(bound))
        plan = place_plan(import_, facts, actor=actor, replaces=replaces)
        write_plan_rows(plan, reading, binder_for(bound))
        import_.plan, import_.state, import_.version = plan, state, import_.version + 1
        import_.save(update_fields=["plan", "state", "version"])
        scope = plan.jurisdiction.code
        audit.record("plan.confirmed", plan, actor=actor, scope=scope, after=counts(reading))
    return plan


def check_ready(reading: Mapping[str, Any], bound: set[str]) -> None:
    """Raise where the ledger would be empty or a name is not settled."""
    if not reading["tasks"]:
        raise BadInput("没有读出任何任务，不能入库。请确认上传的是工作要点或重点工作安排的全文。")
    unbound = [name for name in named_units(reading) if name not in bound]
    if unbound:
        shown = "、".join(unbound[:NAMES_SHOWN]) + ("等" if len(unbound) > NAMES_SHOWN else "")
        raise BadInput(f"还有{len(unbound)}个名称没有绑定单位：{shown}。请先在“单位”一栏逐个绑定、新建或留作未明确。")

    unknown = [name for name in reporter_names(reading) if name not in bound]
    if unknown:
        raise BadInput(f"指标“由谁报数”一栏的“{unknown[0]}”不在单位名录里。请改成单位名录里的名称，或清空这一栏。")


def place_plan(import_: Import, facts: PlanFacts, *, actor: User, replaces: int | None) -> Plan:
    """The plan's row, in the place of the unissued text that it replaces where there is one."""
    old = namesake(import_.source.jurisdiction, year=facts.year, title=facts.title)
    if old is None:
        return create_plan(import_, facts)
    require_replaceable(old)
    if old.pk != replaces:
        raise WrongState(
            f"{facts.year}年已有《{old.title}》（{old.get_stage_display()}），还没有印发。"
            "要用这份文本替换它，请先看两份的差异再确认；确是另一份文件的，请改标题。"
        )
    return replace_consultation(old, lambda: create_plan(import_, facts), actor=actor)


def create_plan(import_: Import, facts: PlanFacts) -> Plan:
    """The plan's row alone."""
    return Plan.objects.create(
        jurisdiction=import_.source.jurisdiction,
        source=import_.source,
        title=facts.title,
        year=facts.year,
        kind=facts.kind,
        stage=facts.stage,
        issuer=facts.issuer,
        document_number=facts.document_number,
        issued_on=facts.issued_on,
    )
