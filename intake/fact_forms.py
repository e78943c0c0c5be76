"""Forms for one fact of a reading, and the operations that their changes amount to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from django import forms

from indicators.models import Indicator
from intake.corrections import operations as ops
from intake.corrections.operations import Operation
from tasks.models import Assignment, ReportingRule

DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class MeasureForm(forms.Form):
    """Text and deadline."""

    text = forms.CharField(label="措施", max_length=5000, widget=forms.Textarea(attrs={"rows": 4}))
    due_on = forms.DateField(label="期限", required=False, widget=DATE)


class UnitForm(forms.Form):
    """One unit of a measure; `id` is empty for a new one."""

    id = forms.CharField(required=False, widget=forms.HiddenInput)
    role = forms.ChoiceField(label="角色", choices=Assignment.Role.choices)
    name = forms.CharField(
        label="单位", max_length=100, required=False, widget=forms.TextInput(attrs={"list": "unit-names"})
    )
    group = forms.BooleanField(label="集合单位", required=False)
    gone = forms.BooleanField(label="删除", required=False)


class TargetForm(forms.Form):
    """One target of a measure; `id` is empty for a new one."""

    id = forms.CharField(required=False, widget=forms.HiddenInput)
    subject = forms.CharField(label="指标名称", max_length=300, required=False)
    comparator = forms.ChoiceField(label="比较", choices=Indicator.Comparator.choices)
    value = forms.DecimalField(label="目标值", max_digits=15, decimal_places=4, required=False)
    unit = forms.CharField(label="计量单位", max_length=20, required=False)
    kind = forms.ChoiceField(label="类别", choices=Indicator.Kind.choices)
    family = forms.ChoiceField(label="汇总方式", choices=(("", "按类别"), *Indicator.Family.choices), required=False)
    path = forms.ChoiceField(label="达标方式", choices=(("", "按类别"), *Indicator.Path.choices), required=False)
    numerator_label = forms.CharField(label="分子", max_length=100, required=False)
    denominator_label = forms.CharField(label="分母", max_length=100, required=False)
    reporters = forms.CharField(label="由谁报数", required=False, help_text="单位名称，顿号隔开；不填为牵头或负责单位")
    gone = forms.BooleanField(label="删除", required=False)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("subject") and data.get("value") is None and not data.get("gone") and "value" not in self.errors:
            self.add_error("value", "请填目标值。")
        return data


class DutyForm(forms.Form):
    """One duty to report."""

    frequency = forms.ChoiceField(label="频次", choices=ReportingRule.Frequency.choices)
    due = forms.RegexField(
        label="时间",
        regex=r"^\d\d-\d\d$",
        required=False,
        help_text="月-日，如11-15",
        error_messages={"invalid": "时间应写成“11-15”这样的月-日。"},
    )
    direction = forms.ChoiceField(label="方向", choices=ReportingRule.Direction.choices)
    owers = forms.CharField(label="谁报", max_length=500, required=False)
    recipients = forms.CharField(label="报给谁", max_length=500, required=False)


class HeadingForm(forms.Form):
    """Title and written number of a part or task."""

    label = forms.CharField(label="编号原文", max_length=20, required=False)
    title = forms.CharField(label="标题", max_length=300)


UnitForms = forms.formset_factory(UnitForm, extra=1)
TargetForms = forms.formset_factory(TargetForm, extra=1)
TARGET_FIELDS = (
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
)


class MeasureEditor:
    """The forms of one measure with its units and targets, bound to `data` or showing the fact."""

    def __init__(
        self, measure: Mapping[str, Any], targets: list[Mapping[str, Any]], data: Mapping[str, Any] | None = None
    ) -> None:
        self.measure = measure
        self.initial_units = [unit_initial(a) for a in measure["assignments"]]
        self.initial_targets = [target_initial(i) for i in targets]
        self.form = MeasureForm(data, initial={"text": measure["text"], "due_on": measure["due_on"]})
        self.units = UnitForms(data, initial=self.initial_units, prefix="units")
        self.targets = TargetForms(data, initial=self.initial_targets, prefix="targets")

    def is_valid(self) -> bool:
        """All three, so that every error is shown at once."""
        return all([self.form.is_valid(), self.units.is_valid(), self.targets.is_valid()])

    def operations(self) -> list[Operation]:
        """What was changed, in an order that fits: the measure, its units, its targets."""
        return [*self.measure_operations(), *self.unit_operations(), *self.target_operations()]

    def measure_operations(self) -> Iterator[Operation]:
        """New text or deadline."""
        data = self.form.cleaned_data
        due_on = data["due_on"].isoformat() if data["due_on"] else None
        changes: dict[str, Any] = {}
        if squeezed(data["text"]) != self.measure["text"]:
            changes["text"] = squeezed(data["text"])
        if due_on != self.measure["due_on"]:
            changes["due_on"] = due_on
        if changes:
            yield ops.SetMeasure(self.measure["id"], changes)

    def unit_operations(self) -> Iterator[Operation]:
        """Units taken out, changed, added."""
        for form in self.units:
            data = form.cleaned_data
            if not data.get("id"):
                if data.get("name") and not data["gone"]:
                    yield ops.AddAssignment(self.measure["id"], data["name"], data["role"], group=data["group"])
            elif data["gone"] or not data["name"]:
                yield ops.RemoveAssignment(data["id"])
            elif changes := changed(form.initial, data, ("name", "role", "group")):
                yield ops.SetAssignment(data["id"], changes)

    def target_operations(self) -> Iterator[Operation]:
        """Targets taken out, changed, added."""
        for form in self.targets:
            data = form.cleaned_data
            if not data.get("id"):
                if data.get("subject") and not data["gone"]:
                    yield from self.new_target(data)
            elif data["gone"] or not data["subject"]:
                yield ops.RemoveIndicator(data["id"])
            elif changes := changed(form.initial, data, TARGET_FIELDS):
                yield ops.SetIndicator(data["id"], {k: target_value(k, v) for k, v in changes.items()})

    def new_target(self, data: Mapping[str, Any]) -> Iterator[Operation]:
        """A target that the reader did not find."""
        yield ops.AddIndicator(
            self.measure["id"],
            subject=data["subject"],
            comparator=data["comparator"],
            value=target_value("value", data["value"]),
            unit=data["unit"],
            kind=data["kind"],
        )


def unit_initial(assignment: Mapping[str, Any]) -> dict[str, Any]:
    """A unit's form values."""
    return {
        "id": assignment["id"],
        "role": assignment["role"],
        "name": assignment["department"],
        "group": assignment["group"],
    }


def target_initial(fact: Mapping[str, Any]) -> dict[str, Any]:
    """A target's form values; what the reading leaves to the kind is empty."""
    shown = {name: fact.get(name) or "" for name in TARGET_FIELDS}
    shown["value"] = Decimal(fact["value"])
    shown["reporters"] = "、".join(fact.get("reporters") or ())
    return {"id": fact["id"]} | shown


def changed(initial: Mapping[str, Any], data: Mapping[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    """The fields whose values differ."""
    return {name: data[name] for name in names if data[name] != initial.get(name)}


def target_value(name: str, value: Any) -> Any:
    """A cleaned value in the form of an operation."""
    if name == "value":
        return f"{value.normalize():f}"
    if name == "reporters":
        return [part for part in value.replace("，", "、").split("、") if part.strip()]
    if name in ("family", "path"):
        return value or None
    return value


def squeezed(text: str) -> str:
    """The text without white space, as a measure's text is kept."""
    return "".join(text.split())
