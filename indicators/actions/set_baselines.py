"""年初基数: where targets that are climbed stood when the year began, as the office knows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction

from core import audit
from core.errors import BadInput
from departments.editions import edition, require_edition
from departments.models import User
from indicators.display import plain, with_unit
from indicators.formulas import Family, Path, is_share, scale_of
from indicators.models import Indicator
from tasks.actions.locking import lock_for_change
from tasks.models import Plan
from tasks.standing import mark_stale

SOURCE_LENGTH = 200
NONE = "无"


@dataclass(frozen=True, slots=True)
class Baseline:
    """`value` in the indicator's unit with at most 4 places, None for none; `source` says who states it."""

    value: Decimal | None
    source: str = ""


def climbing(plan: Plan) -> list[Indicator]:
    """The plan's indicators whose way begins at a baseline, in the document's order."""
    found = Indicator.objects.filter(measure__task__plan=plan, path=Path.CLIMB).exclude(family=Family.CUMULATE)
    related = found.select_related("measure__task")
    return list(related.order_by("measure__task__number", "measure__position", "position"))


def set_baselines(plan: Plan, *, actor: User, baselines: Mapping[int, Baseline], seen: str) -> int:
    """Write the baselines by indicator; how many changed. No amendment: no document states a baseline.

    Raises `Overtaken` where somebody else was first, `BadInput` (field `source-PK` or `value-PK`) for a value that
    cannot be meant or without its source.
    """
    with transaction.atomic():
        plan = lock_for_change(plan.pk, actor=actor)
        indicators = climbing(plan)
        for one in indicators:
            _check(one, baselines.get(one.pk, Baseline(None)))
        before, after = as_words(indicators), as_words(indicators, baselines)
        require_edition(seen, "年初基数", now=before, mine=after)
        changed = [one for one in indicators if before[_label(one)] != after[_label(one)]]
        for one in changed:
            one.baseline, one.baseline_source = baselines[one.pk].value, baselines[one.pk].source.strip()
        Indicator.objects.bulk_update(changed, ["baseline", "baseline_source"])
        if changed:
            mark_stale([plan.pk])
            labels = [_label(one) for one in changed]
            words = {name: {label: said[label] for label in labels} for name, said in (("b", before), ("a", after))}
            scope = plan.jurisdiction.code
            audit.record("plan.baselines_set", plan, actor=actor, scope=scope, before=words["b"], after=words["a"])
    return len(changed)


def baselines_edition(plan: Plan) -> str:
    """The edition that a form for `set_baselines` carries."""
    return edition(as_words(climbing(plan)))


def as_words(indicators: list[Indicator], baselines: Mapping[int, Baseline] | None = None) -> dict[str, str]:
    """Label → 61%，2025年底统计; the baselines given, or those that stand."""
    standing = {one.pk: Baseline(one.baseline, one.baseline_source) for one in indicators}
    given = standing | dict(baselines or {})
    return {_label(one): _words(one, given[one.pk]) for one in indicators}


def _label(one: Indicator) -> str:
    return f"{one.measure.number}.{one.position} {one.subject}"


def _words(one: Indicator, baseline: Baseline) -> str:
    if baseline.value is None:
        return NONE
    return f"{with_unit(plain(baseline.value) or '', one.unit)}，{baseline.source.strip()}"


def _check(one: Indicator, baseline: Baseline) -> None:
    source, value = baseline.source.strip(), baseline.value
    if value is None:
        return
    if not source:
        raise BadInput("填了基数，也要写明来源，例如“2025年底统计，150÷230家”。", field=f"source-{one.pk}")
    if len(source) > SOURCE_LENGTH:
        raise BadInput(f"来源最多{SOURCE_LENGTH}个字，现在有{len(source)}个字。", field=f"source-{one.pk}")
    if value < 0 or (is_share(one) and value > scale_of(one)):
        most = f"、大于{scale_of(one)}" if is_share(one) else ""
        raise BadInput(f"{one.subject}的基数不能小于0{most}，请核对。", field=f"value-{one.pk}")
