"""The office's own numbers."""

from __future__ import annotations

from django import forms

from departments.forms.checked import CheckedForm, required


def _number(label: str, help_text: str, least: int, most: int) -> forms.IntegerField:
    wrong = {"invalid": f"{label}应为整数。"}
    return forms.IntegerField(
        label=label, help_text=help_text, min_value=least, max_value=most, error_messages={**required(label), **wrong}
    )


class OfficeSettingsForm(CheckedForm):
    """Days and working days. `seen` is the edition that the form was drawn from."""

    due_days = _number("期末后几日内报送", "计划没有写明时间的，按这个天数截止；遇非工作日顺延", 1, 90)
    lock_working_days = _number("截止后几个工作日锁定", "锁定后还没报的单位要先申请延期", 0, 60)
    answer_working_days = _number("退回后几个工作日内补报", "退回时按这个天数写明补报期限", 1, 30)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
