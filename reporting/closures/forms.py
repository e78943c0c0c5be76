"""What is typed to ask for a closure and to decide it."""

from __future__ import annotations

from django import forms

from reporting.actions.closure_decide import Check


def date_field(label: str, *, required: bool = True) -> forms.DateField:
    return forms.DateField(
        label=label, required=required, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


class StatementForm(forms.Form):
    use_required_attribute = False
    statement = forms.CharField(
        label="完成情况",
        help_text="写明完成了什么、何时完成、数量多少",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 6}),
    )


class ReasonForm(forms.Form):
    use_required_attribute = False
    reason = forms.CharField(label="理由", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class RevisitForm(forms.Form):
    use_required_attribute = False
    reason = forms.CharField(label="回头看情况", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    next_on = date_field("下次回头看日期", required=False)


class ApproveForm(forms.Form):
    """On the spot with place and person, or 凭材料 without."""

    use_required_attribute = False
    verified_on = date_field("核实日期")
    on_papers = forms.BooleanField(label="凭材料核实，没有到现场", required=False)
    place = forms.CharField(label="核实地点", help_text="到现场核实的要填", required=False, max_length=100)
    verifier = forms.CharField(label="核实人", help_text="到现场核实的要填", required=False, max_length=60)
    revisit_on = date_field("回头看日期", required=False)

    def check(self) -> Check:
        given = self.cleaned_data
        return Check(
            verified_on=given["verified_on"],
            place=given["place"],
            verifier=given["verifier"],
            on_papers=given["on_papers"],
            revisit_on=given["revisit_on"],
        )
