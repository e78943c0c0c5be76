"""The filters of the ledger, as they stand in the address."""

from __future__ import annotations

from django import forms
from django.http import QueryDict

from dashboards.ledger_counts import DONE_LABELS
from dashboards.queries import SOON, LedgerChoices
from indicators.models import Indicator
from reporting.models import Light
from tasks.models import Assignment

Choices = list[tuple[str, str]]
KINDS: Choices = [("any", "有指标"), ("none", "无指标"), *Indicator.Kind.choices]
ROLES_THAT_ANSWER = ("answers", "牵头或负责")
LIGHTS: Choices = [("fault", "滞后和预警"), *Light.choices]
DONE: Choices = [*DONE_LABELS.items(), ("open", "未完成")]
BY_LIGHT = "light"
DUE: Choices = [("past", "期限已过"), ("soon", f"{SOON}个工作日内到期"), ("dated", "写明日期"), ("year_end", "年底")]


class LedgerForm(forms.Form):
    """`part` and `unit` know the values of one plan alone; any other value is an error, told as a sentence."""

    q = forms.CharField(label="关键词", required=False, max_length=100)
    part = forms.TypedMultipleChoiceField(label="部分", required=False, coerce=int)
    unit = forms.ChoiceField(label="单位", required=False)
    role = forms.ChoiceField(
        label="角色", required=False, choices=[("", "全部"), ROLES_THAT_ANSWER, *Assignment.Role.choices]
    )
    kind = forms.ChoiceField(label="指标", required=False, choices=[("", "不限"), *KINDS])
    due = forms.ChoiceField(label="期限", required=False, choices=[("", "不限"), *DUE])
    light = forms.ChoiceField(label="状态", required=False, choices=[("", "全部"), *LIGHTS])
    done = forms.ChoiceField(label="完成", required=False, choices=[("", "不限"), *DONE])
    order = forms.ChoiceField(label="排序", required=False, choices=[("", "按原文"), (BY_LIGHT, "滞后在前")])

    def __init__(self, data: QueryDict, choices: LedgerChoices) -> None:
        super().__init__(data)
        self.fields["part"].choices = choices.parts  # type: ignore[attr-defined]
        self.fields["unit"].choices = [("", "全部"), *choices.units, *choices.groups]  # type: ignore[attr-defined]
        for field in self.fields.values():
            field.error_messages["invalid_choice"] = (
                f"没有这样的{field.label}：%(value)s。它可能已经改动，请去掉这个条件。"
            )

    @property
    def conditions(self) -> list[str]:
        """Names of the fields that narrow the list; the order does not."""
        return [name for name in self.fields if name != "order"]

    @property
    def narrows(self) -> bool:
        """Whether any condition is set."""
        return any(self.cleaned_data.get(name) for name in self.conditions)

    def problems(self) -> list[str]:
        """One sentence for each value that cannot be used."""
        return [str(error) for errors in self.errors.values() for error in errors]
