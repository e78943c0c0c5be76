"""Forms of plan import."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import blake2s
from typing import Any

from django import forms

from departments.models import Department, DepartmentGroup, Jurisdiction
from intake.actions.bind_names import Choice, Kind
from intake.actions.confirm_import import PlanFacts
from intake.actions.upload import PASTED_NAME, check_size
from intake.binding import alike
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
    """One row a name that is not bound: what it is, and the members of a new group.

    Fields are called by the name's own key, so that a choice never slips to another row when the list has changed.
    """

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, jurisdiction: Jurisdiction, names: list[UnboundName], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.names = names
        known = _known_choices(jurisdiction)
        self.alike = _alike(names, jurisdiction.name)
        for unbound in names:
            key = _key(unbound.name)
            same = [(f"{Kind.SAME}:{other}", f"与“{other}”是同一个") for other in self.alike[unbound.name]]
            self.fields[f"choice_{key}"] = forms.ChoiceField(
                label=unbound.name, choices=[*known[:3], *same, *known[3:]], initial=_first_choice(unbound)
            )
            self.fields[f"members_{key}"] = forms.CharField(
                label=f"{unbound.name}的成员", required=False, widget=forms.Textarea(attrs={"rows": 1})
            )

    def rows(self) -> list[tuple[UnboundName, forms.BoundField, forms.BoundField, list[str]]]:
        """Name, choice, members and like names of the document, for the table."""
        return [
            (name, self[f"choice_{key}"], self[f"members_{key}"], self.alike[name.name])
            for name, key in ((name, _key(name.name)) for name in self.names)
        ]

    def choices(self) -> dict[str, Choice]:
        """The decisions by name."""
        return {
            name.name: _choice(self.cleaned_data[f"choice_{key}"], self.cleaned_data[f"members_{key}"])
            for name, key in ((name, _key(name.name)) for name in self.names)
        }


def _key(name: str) -> str:
    return blake2s(name.encode(), digest_size=6).hexdigest()


def _choice(value: str, members: str) -> Choice:
    kind, _, which = value.partition(":")
    if kind == Kind.SAME:
        return Choice(Kind.SAME, other=which)
    names = members.replace("、", "\n").replace("，", "\n").split()
    return Choice(Kind(kind), int(which or 0), tuple(dict.fromkeys(names)))


def _alike(names: list[UnboundName], place: str) -> dict[str, list[str]]:
    """By name those like it; bodies and groups apart, nobody in particular is like nothing."""
    kinds = {group: [n.name for n in names if n.group is group and not n.open] for group in (False, True)}
    return {n.name: [] if n.open else alike(n.name, kinds[n.group], place) for n in names}


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
