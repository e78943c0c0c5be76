"""The office's own numbers."""

from __future__ import annotations

from django import forms

from departments.actions.office_settings import LIGHTS, NUMBERS, REPORTS, Numbers
from departments.forms.checked import CheckedForm, required


class NumberField(forms.IntegerField):
    """A whole number of `least` to `most`; `unit` stands behind it."""

    def __init__(self, label: str, help_text: str, unit: str, least: int, most: int) -> None:
        wrong = {
            "invalid": f"{label}应为整数。",
            "min_value": f"{label}，最小填{least}。",
            "max_value": f"{label}，最大填{most}。",
        }
        super().__init__(
            label=label,
            help_text=help_text,
            min_value=least,
            max_value=most,
            error_messages={**required(label), **wrong},
        )
        self.unit = unit


def _days(name: str, help_text: str, least: int, most: int) -> NumberField:
    return NumberField(NUMBERS[name], help_text, "个工作日", least, most)


def _percent(name: str, help_text: str) -> NumberField:
    return NumberField(NUMBERS[name], help_text, "%", 1, 100)


class OfficeSettingsForm(CheckedForm):
    """Days, working days and percents. `seen` is the edition that the form was drawn from."""

    due_days = NumberField(NUMBERS["due_days"], "计划没有写明时间的，按这个天数截止；遇非工作日顺延", "日", 1, 90)
    lock_working_days = _days("lock_working_days", "锁定后还没报的单位要先申请延期", 0, 60)
    answer_working_days = _days("answer_working_days", "退回时按这个天数写明补报期限", 1, 30)
    late_working_days = _days("late_working_days", "超过的为滞后；填0，一迟报就为滞后", 0, 60)
    behind_percent = _percent("behind_percent", "完成值与同一日的应达值相比")
    far_behind_percent = _percent("far_behind_percent", "应小于预警的百分数")
    plan_red_percent = _percent("plan_red_percent", "按措施数算，未到期的不计入；用于部分、单位和计划")
    plan_amber_percent = _percent("plan_amber_percent", "不正常是滞后加预警；用于部分、单位和计划")
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def reports(self) -> list[forms.BoundField]:
        """The fields of the first part of the page."""
        return [self[name] for name in REPORTS]

    def lights(self) -> list[forms.BoundField]:
        """The fields of the second part."""
        return [self[name] for name in LIGHTS]

    def numbers(self) -> Numbers:
        """What a valid form says."""
        return Numbers(**{name: self.cleaned_data[name] for name in NUMBERS})
