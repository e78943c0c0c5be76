"""更正指标: what is demanded, how figures are summed and judged, and who reports them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction

from core.errors import BadInput
from departments.editions import edition, require_edition
from departments.models import Department, User
from indicators.actions.reassign_measure import REPORTERS, names_of, set_reporters
from indicators.models import Indicator
from tasks.actions.amending import Change, Ground, checked_ground, write_down
from tasks.actions.locking import lock_for_change
from tasks.models import Amendment

SUBJECT_LENGTH, UNIT_LENGTH, LABEL_LENGTH = 200, 20, 60
WHOLE = Decimal(100)
SHARES_OF_A_WHOLE = (Indicator.Kind.COVERAGE, Indicator.Kind.PASS_RATE, Indicator.Kind.COMPLETION)


@dataclass(frozen=True, slots=True)
class Target:
    """What an indicator says. `value` has at most 11 digits before and 4 behind the point."""

    subject: str
    comparator: str
    value: Decimal
    unit: str
    kind: str
    family: str
    path: str
    numerator_label: str
    denominator_label: str
    reporters: tuple[Department, ...]

    def as_words(self) -> dict[str, str]:
        """Label → words, for the record and for comparing editions."""
        return {
            "指标名称": self.subject,
            "目标": f"{Indicator.Comparator(self.comparator).label}{self.value.normalize():f}{self.unit}",
            "类别": str(Indicator.Kind(self.kind).label),
            "汇总方式": str(Indicator.Family(self.family).label),
            "达标方式": str(Indicator.Path(self.path).label),
            "分子": self.numerator_label,
            "分母": self.denominator_label,
            REPORTERS: names_of(self.reporters),
        }


def target_of(indicator: Indicator) -> Target:
    """What the indicator says now; one query for the reporters unless they are loaded."""
    return Target(
        indicator.subject,
        indicator.comparator,
        indicator.value,
        indicator.unit,
        indicator.kind,
        indicator.family,
        indicator.path,
        indicator.numerator_label,
        indicator.denominator_label,
        tuple(reporter.department for reporter in indicator.reporters.select_related("department")),
    )


def target_edition(indicator: Indicator) -> str:
    """The edition that a form for `correct_target` carries."""
    return edition(target_of(indicator).as_words())


def correct_target(
    indicator: Indicator, *, actor: User, target: Target, seen: str, ground: Ground | None = None
) -> bool:
    """Whether anything changed. Figures reported so far stay and are judged by the corrected target.

    Raises `Overtaken` where somebody else was first, `BadInput` for values that cannot be meant.
    """
    measure = indicator.measure
    with transaction.atomic():
        plan = lock_for_change(measure.task.plan_id, actor=actor)
        indicator = Indicator.objects.get(pk=indicator.pk)
        _check(target, plan.jurisdiction_id)
        before, after = target_of(indicator).as_words(), target.as_words()
        require_edition(seen, f"{measure.number}的指标“{indicator.subject}”", now=before, mine=after)
        if before == after:
            return False
        ground = checked_ground(plan, ground)
        _write(indicator, target)
        change = Change(Amendment.Kind.TARGET, indicator, before, after, measure=measure)
        write_down(plan, change, actor=actor, ground=ground)
    return True


def _check(target: Target, jurisdiction_id: int) -> None:
    _check_length("指标名称", target.subject, SUBJECT_LENGTH, field="subject", empty=False)
    _check_length("计量单位", target.unit, UNIT_LENGTH, field="unit")
    _check_length("分子", target.numerator_label, LABEL_LENGTH, field="numerator_label")
    _check_length("分母", target.denominator_label, LABEL_LENGTH, field="denominator_label")
    if target.value < 0:
        raise BadInput("目标值不能小于0。下降的要求请写成“降幅”，填正数。", field="value")
    if target.unit == "%" and target.kind in SHARES_OF_A_WHOLE and target.value > WHOLE:
        raise BadInput(f"{Indicator.Kind(target.kind).label}最多100%，您填的是{target.value:f}%。", field="value")
    if target.denominator_label and not target.numerator_label:
        raise BadInput("填了分母，也要填分子的名称。", field="numerator_label")
    foreign = next((unit for unit in target.reporters if unit.jurisdiction_id != jurisdiction_id), None)
    if foreign:
        raise BadInput(f"“{foreign.name}”不是本行政区的单位，不能报数。", field="reporters")


def _check_length(what: str, text: str, limit: int, *, field: str, empty: bool = True) -> None:
    if not text and not empty:
        raise BadInput(f"{what}没有填写。", field=field)
    if len(text) > limit:
        raise BadInput(f"{what}有{len(text)}个字，最多{limit}个字，请缩短。", field=field)


def _write(indicator: Indicator, target: Target) -> None:
    """A value that the office has set is no longer an implied one."""
    indicator.implied = indicator.implied and indicator.value == target.value
    for name in (
        "subject",
        "comparator",
        "value",
        "unit",
        "kind",
        "family",
        "path",
        "numerator_label",
        "denominator_label",
    ):
        setattr(indicator, name, getattr(target, name))
    indicator.save()
    set_reporters(indicator, target.reporters)
