"""Forms of plans."""

from __future__ import annotations

from typing import Any

from django import forms

from core import clock


class IssueForm(forms.Form):
    """Number and date under which a plan was issued."""

    document_number = forms.CharField(label="文号", max_length=60)
    issued_on = forms.DateField(
        label="印发日期", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def clean_issued_on(self) -> Any:
        day = self.cleaned_data["issued_on"]
        if day > clock.today():
            raise forms.ValidationError("印发日期在今天之后。请填文件上的成文日期。")
        return day
