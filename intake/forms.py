"""Forms of plan import."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from departments.models import Department, DepartmentGroup, Jurisdiction
from intake.actions.bind_names import Choice, Kind
from intake.actions.confirm_import import PlanFacts
from intake.actions.upload import PASTED_NAME, check_size
from intake.queries import UnboundName
from tasks.models import Plan

PASTE_LIMIT = 500_000
LIKELY_ENOUGH = 0.8


class PastedField(forms.CharField):
    """Text from a clipboard, which may carry characters that no database keeps."""

    def to_python(self, value: Any) -> Any:
        return (super().to_python(value) or "").replace("\x00", "")


class UploadForm(forms.Form):
    """A file or pasted text, for one of the jurisdictions whose office the person works in."""

    file = forms.FileField(label="文件", required=False, allow_empty_file=True)
    text = PastedField(label="正文", required=False, max_length=PASTE_LIMIT, strip=False, widget=forms.Textarea)
    jurisdiction = forms.ModelChoiceField(label="行政区", queryset=Jurisdiction.objects.none(), empty_label=None)

    def __init__(self, *args: Any, jurisdictions: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["jurisdiction"].queryset = jurisdictions  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if not data.get("file") and not (data.get("text") or "").strip():
            raise forms.ValidationError("请选择一个文件，或把正文粘贴到文本框里。")
        return data

    def document(self) -> tuple[str, bytes]:
        """Name and bytes of what was handed in; a file goes before pasted text.

        Raises `TooLarge`, the file unread: the server keeps what is large on the disk.
        """
        file = self.cleaned_data["file"]
        if not file:
            return PASTED_NAME, self.cleaned_data["text"].encode()
        check_size(file.size)
        return file.name, file.read()


class PlanFactsForm(forms.Form):
    """What the document says of itself, for the clerk to mend."""

    title = forms.CharField(label="标题", max_length=200)
    year = forms.IntegerField(label="年度", min_value=2000, max_value=2100)
    kind = forms.ChoiceField(label="类别", choices=Plan.Kind.choices)
    stage = forms.ChoiceField(
        label="文稿", choices=((Plan.Stage.DRAFT, "正式文稿"), (Plan.Stage.CONSULTATION, "征求意见稿"))
    )
    issuer = forms.CharField(label="印发机关", max_length=100, required=False)
    document_number = forms.CharField(label="文号", max_length=60, required=False)
    issued_on = forms.DateField(label="印发日期", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    version = forms.IntegerField(widget=forms.HiddenInput)
    replaces = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def facts(self) -> PlanFacts:
        """The confirmed facts, without the page's version and what it replaces."""
        own = {key: value for key, value in self.cleaned_data.items() if key not in ("version", "replaces")}
        return PlanFacts(**own)


def plan_facts_initial(reading: Mapping[str, Any], version: int) -> dict[str, Any]:
    """The form's first values from a reading."""
    plan = reading["plan"]
    consultation = plan["stage"] == Plan.Stage.CONSULTATION
    return dict(plan) | {
        "stage": Plan.Stage.CONSULTATION if consultation else Plan.Stage.DRAFT,
        "version": version,
    }


class BindForm(forms.Form):
    """One row a name that is not bound: what it is, and the members of a new group."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, jurisdiction: Jurisdiction, names: list[UnboundName], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.names = names
        known = _known_choices(jurisdiction)
        for index, unbound in enumerate(names):
            self.fields[f"choice_{index}"] = forms.ChoiceField(
                label=unbound.name, choices=known, initial=_first_choice(unbound)
            )
            self.fields[f"members_{index}"] = forms.CharField(
                label=f"{unbound.name}的成员", required=False, widget=forms.Textarea(attrs={"rows": 1})
            )

    def rows(self) -> list[tuple[UnboundName, forms.BoundField, forms.BoundField]]:
        """Name, choice and members, for the table."""
        return [(name, self[f"choice_{i}"], self[f"members_{i}"]) for i, name in enumerate(self.names)]

    def choices(self) -> dict[str, Choice]:
        """The decisions by name."""
        return {
            name.name: _choice(self.cleaned_data[f"choice_{i}"], self.cleaned_data[f"members_{i}"])
            for i, name in enumerate(self.names)
        }


def _known_choices(jurisdiction: Jurisdiction) -> list[Any]:
    departments = Department.objects.filter(jurisdiction=jurisdiction).active()
    groups = DepartmentGroup.objects.filter(jurisdiction=jurisdiction)
    return [
        (Kind.NEW, "新建单位"),
        (Kind.NEW_GROUP, "新建集合单位"),
        (Kind.OPEN, "留作未明确"),
        ("就是这个单位", [(f"{Kind.DEPARTMENT}:{d.pk}", d.name) for d in departments]),
        ("就是这个集合单位", [(f"{Kind.GROUP}:{g.pk}", g.name) for g in groups]),
    ]


def _first_choice(unbound: UnboundName) -> str:
    if unbound.open:
        return Kind.OPEN
    if unbound.group:
        return Kind.NEW_GROUP
    if unbound.suggestions and unbound.suggestions[0].likeness >= LIKELY_ENOUGH:
        return f"{Kind.DEPARTMENT}:{unbound.suggestions[0].pk}"
    return Kind.NEW


def _choice(value: str, members: str) -> Choice:
    kind, _, pk = value.partition(":")
    names = members.replace("、", "\n").replace("，", "\n").split()
    return Choice(Kind(kind), int(pk or 0), tuple(dict.fromkeys(names)))
