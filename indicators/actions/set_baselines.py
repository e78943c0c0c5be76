"""年初基数: where targets that are climbed stood when the year began, as the office knows it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction

from core import audit
from core.errors import BadInput
from core.numerals import BadNumber, within_limits
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
    """The plan's indicators whose way begins at a baseline, in the document's order, with measure, task and part."""
    found = Indicator.objects.filter(measure__task__plan=plan, path=Path.CLIMB).exclude(family=Family.CUMULATE)
    related = found.select_related("measure__task__section")
    return list(related.order_by("measure__task__number", "measure__position", "position"))


def set_baselines(plan: Plan, *, actor: User, baselines: Mapping[int, Baseline], seen: str) -> int:
    """Write the baselines given by indicator, leave the others; how many changed. No amendment: no document states one.

    Raises `Overtaken` where somebody else was first, `BadInput` (field `source-PK` or `value-PK`) for a value that
    cannot be meant, a value without its source or a source without its value.
    """
    with transaction.atomic():
        plan = lock_for_change(plan.pk, actor=actor)
        indicators = climbing(plan)
        _check(indicators, baselines)
        before, after = as_words(indicators), as_words(indicators, baselines)
        require_edition(seen, "年初基数", now=before, mine=after)
        labels = labels_of(indicators)
        changed = [one for one in indicators if before[labels[one.pk]] != after[labels[one.pk]]]
        if changed:
            _write(changed, baselines)
            mark_stale([plan.pk])
            was, now = ({labels[one.pk]: said[labels[one.pk]] for one in changed} for said in (before, after))
            scope = plan.jurisdiction.code
            audit.record("plan.baselines_set", plan, actor=actor, scope=scope, before=was, after=now)
    return len(changed)


def baselines_edition(plan: Plan) -> str:
    """The edition that a form for `set_baselines` carries."""
    return edition(as_words(climbing(plan)))


def as_words(indicators: Sequence[Indicator], baselines: Mapping[int, Baseline] | None = None) -> dict[str, str]:
    """Label → 61%，2025年底统计; the baselines given, or those that stand."""
    standing = {one.pk: Baseline(one.baseline, one.baseline_source) for one in indicators}
    given, labels = standing | dict(baselines or {}), labels_of(indicators)
    return {labels[one.pk]: _words(one, given[one.pk]) for one in indicators}


def labels_of(indicators: Sequence[Indicator]) -> dict[int, str]:
    """By indicator 3.2农村食品经营店规范化建设比例; what has the same name in one measure is counted."""
    labels: dict[int, str] = {}
    counts: Counter[str] = Counter()
    for one in indicators:
        name = f"{one.measure.number}{one.subject}"
        counts[name] += 1
        labels[one.pk] = name if counts[name] == 1 else f"{name}（第{counts[name]}个）"
    return labels


def _check(indicators: Sequence[Indicator], baselines: Mapping[int, Baseline]) -> None:
    found = (fault for one in indicators if one.pk in baselines for fault in faults(one, baselines[one.pk]))
    first = next(found, None)
    if first:
        raise first


def faults(one: Indicator, baseline: Baseline) -> Iterator[BadInput]:
    """What is wrong with one baseline, each for its field."""
    source, value = baseline.source.strip(), baseline.value
    if value is None and source:
        yield BadInput("写了来源，没有填基数。不要基数的，来源也请清空。", field=f"value-{one.pk}")
    if value is not None and not source:
        yield BadInput("请写明来源，如“2025年底统计，175÷268家”。", field=f"source-{one.pk}")
    if len(source) > SOURCE_LENGTH:
        yield BadInput(f"来源最多{SOURCE_LENGTH}个字，现在有{len(source)}个字。", field=f"source-{one.pk}")
    if value is not None and (sentence := _fault_of_value(one, value)):
        yield BadInput(sentence, field=f"value-{one.pk}")


def _fault_of_value(one: Indicator, value: Decimal) -> str:
    """Empty where nothing is wrong."""
    if value < 0:
        return "基数不能小于0，请核对。"
    if is_share(one) and value > scale_of(one):
        return f"基数最多{with_unit(str(scale_of(one)), one.unit)}，填的是{_amount(one, value)}，请核对。"
    try:
        within_limits(value.normalize())
    except BadNumber as bad:
        return str(bad)
    return ""


def _words(one: Indicator, baseline: Baseline) -> str:
    if baseline.value is None:
        return NONE
    return f"{_amount(one, baseline.value)}，{baseline.source.strip()}"


def _amount(one: Indicator, value: Decimal) -> str:
    """65.2985%: exact, unlike `indicators.display.amount`."""
    return with_unit(plain(value) or "", one.unit)


def _write(changed: Sequence[Indicator], baselines: Mapping[int, Baseline]) -> None:
    for one in changed:
        one.baseline, one.baseline_source = baselines[one.pk].value, baselines[one.pk].source.strip()
    Indicator.objects.bulk_update(changed, ["baseline", "baseline_source"])
