"""Forms of targets, of what they start from and are divided by, and of units that merge."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import Q, QuerySet

from core.numerals import DIVIDED, EXAMPLE, PLACES, BadNumber, parse_division, parse_number, tidied
from departments.editions import edition
from departments.forms.checked import CheckedForm, required
from departments.models import Department, Population
from indicators.actions.correct_target import Target, target_edition, target_of
from indicators.actions.set_baselines import Baseline, as_words, faults
from indicators.display import plain, rounded
from indicators.formulas import is_per_residents, is_ratio, quotient
from indicators.models import Indicator
from indicators.population import base_from
from tasks.forms import Data, GroundForm, day_field, is_free, reason_field
from tasks.models import Measure


class TargetForm(GroundForm):
    """What an indicator demands, how its figures are summed and judged, who reports them."""

    subject = forms.CharField(label="指标名称", error_messages=required("指标名称"))
    comparator = forms.ChoiceField(label="比较", choices=Indicator.Comparator.choices)
    value = forms.DecimalField(
        label="目标值",
        max_digits=15,
        decimal_places=4,
        error_messages={
            **required("目标值"),
            "invalid": "目标值应是一个数，如98或3.5，单位填在后面一格。",
            "max_digits": "目标值最多15位数字。",
            "max_whole_digits": "目标值整数部分最多11位。",
            "max_decimal_places": "目标值最多4位小数。",
        },
    )
    unit = forms.CharField(label="计量单位", required=False, help_text="如%、批次/千人、家")
    kind = forms.ChoiceField(label="类别", choices=Indicator.Kind.choices)
    family = forms.ChoiceField(
        label="汇总方式",
        choices=Indicator.Family.choices,
        help_text="累计：各单位本年数相加；比率：分子之和÷分母之和；时点数：以当日的数为准",
    )
    path = forms.ChoiceField(
        label="达标方式",
        choices=Indicator.Path.choices,
        help_text="覆盖率一类逐步达到；合格率、满意度一类每次都要达到",
    )
    numerator_label = forms.CharField(
        label="分子", required=False, help_text="填报表里的名称；只报一个数的，填这个数的名称"
    )
    denominator_label = forms.CharField(label="分母", required=False, help_text="只报一个数的不填")
    reporters = forms.ModelMultipleChoiceField(
        Department.objects.none(),
        label="由谁报数",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="承担这项措施的单位；几家都报的，分子分母各自相加",
    )

    field_order = (
        "subject",
        "comparator",
        "value",
        "unit",
        "kind",
        "family",
        "path",
        "numerator_label",
        "denominator_label",
        "reporters",
        "reason",
        "decided_on",
        "seen",
    )

    def __init__(self, data: Data = None, *, indicator: Indicator) -> None:
        measure: Measure = indicator.measure
        super().__init__(data, free=is_free(measure.task.plan), initial=_initial_of(indicator))
        self.fields["reporters"].queryset = _who_may_report(indicator)  # type: ignore[attr-defined]

    def target(self) -> Target:
        given = {name: self.cleaned_data[name] for name in self.field_order if name in Target.__slots__}
        return Target(**given | {"reporters": tuple(given["reporters"])})


def _initial_of(indicator: Indicator) -> Mapping[str, Any]:
    target = target_of(indicator)
    shown = {name: getattr(target, name) for name in Target.__slots__}
    return shown | {"value": f"{target.value.normalize():f}", "seen": target_edition(indicator)}


def _who_may_report(indicator: Indicator) -> Any:
    """Units with a part in the measure, and those that report already, in the customary order."""
    part = Q(assignments__measure=indicator.measure_id, assignments__ended_on__isnull=True)
    return Department.objects.filter(part | Q(indicator_reports__indicator=indicator)).distinct()


class MergeForm(GroundForm):
    """Into which unit another goes, on what ground."""

    into = forms.ModelChoiceField(
        Department.objects.none(), label="并入哪家单位", empty_label="请选择", error_messages=required("并入的单位")
    )
    field_order = ("into", "reason", "decided_on", "seen")

    def __init__(self, data: Data = None, *, unit: Department) -> None:
        super().__init__(data, free=False, initial={})
        others = Department.objects.filter(jurisdiction=unit.jurisdiction_id).active().exclude(pk=unit.pk)
        self.fields["into"].queryset = others  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class Typed:
    """A baseline as understood, in the indicator's unit; `working` is the division that it was computed from."""

    value: Decimal
    working: str = ""


class BaselineField(forms.CharField):
    """A figure as people type it, or two divided, which come to at most four places."""

    def __init__(self, indicator: Indicator) -> None:
        super().__init__(
            required=False,
            widget=cell(f"{indicator.measure.number}{indicator.subject}的年初基数", maxlength=40),
            initial=plain(indicator.baseline) or "",
            show_hidden_initial=True,
        )
        self.indicator = indicator
        self.divides = is_ratio(indicator) and not is_per_residents(indicator)

    def to_python(self, value: Any) -> Any:
        typed = tidied(super().to_python(value) or "").removesuffix(tidied(self.indicator.unit))
        try:
            return self._divided(typed) or self._plain(typed)
        except BadNumber as bad:
            raise forms.ValidationError(str(bad)) from bad

    def _plain(self, typed: str) -> Typed | None:
        number = parse_number(typed, advice="请填65.3这样的数，或175÷268这样的算式" if self.divides else EXAMPLE)
        return None if number is None else Typed(number)

    def _divided(self, typed: str) -> Typed | None:
        numbers = parse_division(typed)
        if numbers is None:
            return None
        if not self.divides:
            raise BadNumber(f"这个指标按“{self.indicator.unit}”计，请直接填一个数，不填算式。")
        return Typed(rounded(quotient(self.indicator, *numbers), PLACES), DIVIDED.sub("÷", typed))


def cell(label: str, **attrs: Any) -> forms.TextInput:
    """A field of a table, named by its row and column; the browser's suggestions would hide the rows below."""
    return forms.TextInput(attrs={"autocomplete": "off", "aria-label": label, **attrs})


class BaselinesForm(CheckedForm):
    """`value-PK` and `source-PK` for each indicator. Each row carries what it said when it was drawn, so that two
    people who fill in different rows do not meet."""

    def __init__(self, data: Data = None, *, indicators: Sequence[Indicator]) -> None:
        super().__init__(data)
        self.indicators = indicators
        for one in indicators:
            value, source = names_of(one)
            self.fields[value] = BaselineField(one)
            self.fields[source] = forms.CharField(
                required=False,
                widget=cell(f"{one.measure.number}{one.subject}的基数来源"),
                initial=one.baseline_source,
                show_hidden_initial=True,
            )

    def lines(self) -> Iterator[tuple[Indicator, forms.BoundField, forms.BoundField]]:
        for one in self.indicators:
            value, source = names_of(one)
            yield one, self[value], self[source]

    def clean(self) -> None:
        for one, baseline in self._understood():
            for fault in faults(one, baseline):
                if fault.field not in self.errors:
                    self.add_error(fault.field, str(fault))

    def baselines(self) -> dict[int, Baseline]:
        """Those that the person changed."""
        return {one.pk: baseline for one, baseline in self._understood()}

    def seen(self) -> str:
        """The edition that stands, unless somebody else has changed a row that the person changed too."""
        overtaken = any(self._drawn(one) != standing(one) for one in self._touched())
        return "" if overtaken else edition(as_words(self.indicators))

    def _touched(self) -> list[Indicator]:
        changed = set(self.changed_data)
        return [one for one in self.indicators if changed & set(names_of(one))]

    def _understood(self) -> list[tuple[Indicator, Baseline]]:
        given = self.cleaned_data
        return [(one, self._baseline(one)) for one in self._touched() if names_of(one)[0] in given]

    def _baseline(self, one: Indicator) -> Baseline:
        """The division says where the value comes from if nothing else does."""
        value, source = names_of(one)
        typed, said = self.cleaned_data[value], self.cleaned_data.get(source, "")
        return Baseline(typed.value, said or typed.working) if typed else Baseline(None, said)

    def _drawn(self, one: Indicator) -> list[str]:
        return [self.data.get(self.add_initial_prefix(name), "") for name in names_of(one)]

    def _see(self, edition: str) -> None:
        """What stands now is what all rows are drawn from, and what those say that the person did not change."""
        data: Any = self.data.copy()  # type: ignore[attr-defined]
        touched = self._touched()
        for one in self.indicators:
            for name, now in zip(names_of(one), standing(one), strict=True):
                data[self.add_initial_prefix(name)] = now
                data[name] = data.get(name, "") if one in touched else now
        self.data = data


def names_of(one: Indicator) -> tuple[str, str]:
    return f"value-{one.pk}", f"source-{one.pk}"


def standing(one: Indicator) -> list[str]:
    """A row's value and source as they stand, as its fields show them."""
    return [plain(one.baseline) or "", one.baseline_source]


class PopulationChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Population) -> str:
        return f"{obj.year}年：{base_from(obj).words}"


class SwitchBaseForm(CheckedForm):
    """To which population, since when, why. `others` are those that a plan may switch to."""

    population = PopulationChoice(
        Population.objects.none(),
        label="换成哪个人口数",
        empty_label="请选择",
        error_messages={**required("换成的人口数"), "invalid_choice": "这个人口数不能选，请在列表里另选。"},
    )
    since = day_field("起用日期", help_text="自这天起的数按新基数算")
    reason = reason_field("换基数的理由", "如统计公报公布了新的常住人口")

    def __init__(self, data: Data = None, *, others: QuerySet[Population]) -> None:
        super().__init__(data)
        self.fields["population"].queryset = others  # type: ignore[attr-defined]
