"""The fields of one entry as typed: what is understood becomes content, what is not keeps its words on the page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from core.numerals import EXAMPLE, BadNumber, parse_number
from indicators.display import plain
from indicators.formulas import is_per_residents, is_ratio
from indicators.models import Indicator, Reading
from reporting.checks import EntryFacts
from reporting.entries.content import TEXTS, EntryContent, FigureContent, figure_field
from reporting.models import ProgressEntry

TEXT_LIMIT, EXPLANATION_LIMIT = 5000, 500  # characters
NO_NUMBER = f"{EXAMPLE}；没有数的，选“无数据”"
NUMBERS = {"n": "numerator", "d": "denominator", "v": "value"}
LINES = ("done_text", "problems", "next_steps")


class TypedText(forms.CharField):
    """Text as typed but for line ends, trailing blanks and characters that no database keeps."""

    def __init__(self, *, label: str, limit: int = TEXT_LIMIT, rows: int = 2) -> None:
        super().__init__(label=label, required=False, strip=False, widget=forms.Textarea(attrs={"rows": rows}))
        self.limit = limit

    def to_python(self, value: Any) -> str:
        text = str(super().to_python(value) or "")
        return text.replace("\r\n", "\n").replace("\x00", "").rstrip()

    def validate(self, value: str) -> None:
        if len(value) > self.limit:
            raise forms.ValidationError(
                f"“{self.label}”有{len(value)}个字，最多{self.limit}个字，还没有保存。请删减，详细情况可作为佐证材料上传。"
            )


class TypedNumber(forms.CharField):
    """A figure as people type it; `unit` may stand behind it."""

    def __init__(self, *, label: str, unit: str) -> None:
        attrs = {"inputmode": "decimal", "autocomplete": "off", "maxlength": 40}
        super().__init__(label=label, required=False, widget=forms.TextInput(attrs=attrs))
        self.unit = unit

    def to_python(self, value: Any) -> Any:
        try:
            return parse_number(super().to_python(value) or "", self.unit, advice=NO_NUMBER)
        except BadNumber as bad:
            raise forms.ValidationError(str(bad)) from bad


class EntryForm(forms.Form):
    """`facts` say which figures are asked and what is stored; nothing is required here, the checks ask for it."""

    use_required_attribute = False
    state = forms.ChoiceField(
        label="状态", choices=ProgressEntry.State.choices, required=False, widget=forms.RadioSelect
    )
    told_lead = forms.BooleanField(label="已报牵头单位", required=False)
    same_as_last = forms.BooleanField(label="与上期相同", required=False)

    def __init__(self, data: Mapping[str, Any] | None = None, *, facts: EntryFacts, done_label: str = "") -> None:
        super().__init__(data, initial=initial_of(facts.content), auto_id="id_%s")
        self.facts = facts
        support = facts.role == "support"
        self.fields["done_text"] = TypedText(label=done_label or "做了什么", rows=2 if support else 3)
        self.fields["problems"] = TypedText(label="还有什么问题")
        self.fields["next_steps"] = TypedText(label="下一步")
        for figure in facts.figures:
            self.fields |= figure_fields(figure.indicator)

    def bound(self, prefix: str, indicator: Indicator) -> BoundField | None:
        name = f"{prefix}-{indicator.pk}"
        return self[name] if name in self.fields else None

    def content(self) -> EntryContent:
        """What was typed; of a field that is not understood, what is stored."""
        stored = self.facts.content
        texts = {name: self.cleaned_data.get(name, getattr(stored, name)) for name in TEXTS}
        if self.facts.role == "support":
            texts |= {name: getattr(stored, name) for name in ("state", "problems", "next_steps")}
        figures = tuple(self._figure(figure.indicator, figure.content) for figure in self.facts.figures)
        return EntryContent(**texts, figures=figures)

    def _figure(self, indicator: Indicator, stored: FigureContent) -> FigureContent:
        pk = indicator.pk
        absence = self.cleaned_data.get(f"absence-{pk}", stored.absence)
        explanation = self.cleaned_data.get(f"why-{pk}", stored.explanation)
        if absence:
            return FigureContent(pk, absence=absence, explanation=explanation)
        names = {field: key for key, field in NUMBERS.items() if f"{key}-{pk}" in self.fields}
        if any(f"{key}-{pk}" in self.errors for key in names.values()):
            return stored
        numbers: dict[str, Any] = {field: self.cleaned_data.get(f"{key}-{pk}") for field, key in names.items()}
        return FigureContent(pk, **numbers, explanation=explanation)

    def problems_by_field(self) -> dict[str, str]:
        """What was not understood, by the name that page and checks give the field."""
        found = {}
        for name, errors in self.errors.items():
            prefix, _, pk = name.partition("-")
            found[figure_field(int(pk)) if pk else prefix] = str(errors[0])
        return found


def figure_fields(indicator: Indicator) -> dict[str, forms.Field]:
    pk, labels = indicator.pk, (indicator.numerator_label or "分子", indicator.denominator_label or "分母")
    fields: dict[str, forms.Field] = {}
    if is_ratio(indicator):
        fields[f"n-{pk}"] = TypedNumber(label=labels[0], unit="")
        if not is_per_residents(indicator):
            fields[f"d-{pk}"] = TypedNumber(label=labels[1], unit="")
    else:
        fields[f"v-{pk}"] = TypedNumber(label=indicator.numerator_label or indicator.subject, unit=indicator.unit)
    choices = [("", "有数据"), *Reading.Absence.choices]
    fields[f"absence-{pk}"] = forms.ChoiceField(label="有没有数据", choices=choices, required=False)
    fields[f"why-{pk}"] = TypedText(label="说明", limit=EXPLANATION_LIMIT, rows=1)
    return fields


def initial_of(content: EntryContent) -> dict[str, Any]:
    found = {name: getattr(content, name) for name in TEXTS}
    for figure in content.figures:
        for key, field in NUMBERS.items():
            found[f"{key}-{figure.indicator}"] = plain(getattr(figure, field)) or ""
        found[f"absence-{figure.indicator}"] = figure.absence
        found[f"why-{figure.indicator}"] = figure.explanation
    return found
