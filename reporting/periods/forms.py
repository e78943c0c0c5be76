"""Forms of periods. What they ask is checked by the actions, which say what is wrong."""

from __future__ import annotations

from django import forms

from departments.forms.checked import CheckedForm, required
from tasks.forms import day_field, reason_field

FIRST_YEAR, LAST_YEAR = 2000, 2100


class YearForm(forms.Form):
    """Which year to generate."""

    year = forms.IntegerField(min_value=FIRST_YEAR, max_value=LAST_YEAR)


class AddForm(CheckedForm):
    """A round of its own."""

    title = forms.CharField(label="名称", help_text="如2026年中秋国庆专项报送", error_messages=required("名称"))
    start = day_field("开始", help_text="报送内容从哪天起")
    end = day_field("结束", help_text="指标数据截至这一天")
    due = day_field("截止日", help_text="遇非工作日顺延到下一个工作日")
    reason = reason_field("依据")


class ShiftForm(CheckedForm):
    """A new due date for all units. `seen` is the edition that the form was drawn from."""

    due = day_field("新的截止日", help_text="遇非工作日顺延到下一个工作日")
    reason = reason_field("改期的理由")
    seen = forms.CharField(required=False, widget=forms.HiddenInput)


class CancelForm(CheckedForm):
    reason = reason_field("取消的理由", "取消后各单位不用报送，已填的草稿保留")


class RestoreForm(CheckedForm):
    reason = reason_field("恢复的理由", "恢复后按原来的日期报送")
