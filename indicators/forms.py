"""Forms of targets and of units that merge."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import Q

from departments.forms.checked import required
from departments.models import Department
from indicators.actions.correct_target import Target, target_edition, target_of
from indicators.models import Indicator
from tasks.forms import Data, GroundForm, is_free
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
