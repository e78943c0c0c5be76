"""What the office types on the round page."""

from __future__ import annotations

from django import forms

from reporting.round.choice import number

REASONS = ("数据与佐证不一致", "没有写明时间和数量", "缺佐证", "照抄上期")


class SeenField(forms.CharField):
    """Entries as a page showed them: 12.1,15.3 becomes {12: 1, 15: 3}."""

    def clean(self, value: object) -> dict[int, int]:
        text: str = super().clean(value)
        seen = {}
        for part in filter(None, text.split(",")):
            pk, _, version = part.partition(".")
            entry, shown = number(pk), number(version)
            if entry is None or shown is None:
                raise forms.ValidationError("页面内容不完整，请刷新后再操作。")
            seen[entry] = shown
        if not seen:
            raise forms.ValidationError("没有待审的项。")
        return seen


class AcceptForm(forms.Form):
    version = forms.IntegerField(min_value=1)


class ReturnForm(forms.Form):
    version = forms.IntegerField(min_value=1)
    reason = forms.CharField(label="退回原因", required=False, max_length=500, widget=forms.Textarea)


class BulkForm(forms.Form):
    seen = SeenField()


class BehalfForm(forms.Form):
    reason = forms.CharField(label="代填的理由", max_length=500)


class ExtendForm(forms.Form):
    until = forms.DateField(label="延期至")
    reason = forms.CharField(label="理由", required=False, max_length=500)


class ReopenForm(forms.Form):
    version = forms.IntegerField(min_value=1)
    reason = forms.CharField(label="重新打开的理由", max_length=500)


class CorrectForm(forms.Form):
    """Either both figures of a ratio or the one value, and why."""

    numerator = forms.DecimalField(label="分子", required=False, max_digits=15, decimal_places=4)
    denominator = forms.DecimalField(label="分母", required=False, max_digits=15, decimal_places=4)
    value = forms.DecimalField(label="数值", required=False, max_digits=15, decimal_places=4)
    reason = forms.CharField(label="更正的理由", max_length=500, widget=forms.Textarea)


def first_error(form: forms.Form) -> str:
    """One sentence naming the field, for pages that show no field beside it."""
    name, errors = next(iter(form.errors.items()))
    label = form.fields[name].label if name in form.fields else ""
    return f"{label}：{errors[0]}" if label else str(errors[0])


class AskExtensionForm(forms.Form):
    use_required_attribute = False
    until = forms.DateField(label="延期至", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    reason = forms.CharField(label="理由", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
