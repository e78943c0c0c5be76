"""Forms of plans and their measures. What they ask is checked by the actions, which say what is wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from core import clock
from departments.forms.checked import CheckedForm, required
from departments.models import Department
from tasks.actions.amending import Ground
from tasks.actions.correct_measure import Wording, wording_edition, wording_of
from tasks.actions.reassign import ENDED, Reassignment, key_of, units_edition
from tasks.actions.rename_unit import unit_edition
from tasks.models import Assignment, Measure, Plan
from tasks.queries import other_with_number
from tasks.unit_names import UnitNames, unit_names

Data = Mapping[str, Any] | None
WRONG_DATE = "日期应为“2026-03-20”这样的日期。"


def day_field(label: str, **kwargs: Any) -> forms.DateField:
    """A date by the browser's own picker."""
    errors = {**required(label), "invalid": WRONG_DATE}
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, error_messages=errors, **kwargs)


def reason_field(label: str = "理由", help_text: str = "如哪次会议、哪份文件或来函") -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 2})
    return forms.CharField(label=label, widget=widget, help_text=help_text, error_messages=required(label))


class IssueForm(CheckedForm):
    """Number and date under which a plan was issued; the last field only where another plan has the number."""

    document_number = forms.CharField(label="文号", help_text="如青食安委〔2026〕2号", error_messages=required("文号"))
    issued_on = day_field("印发日期", help_text="文件上的成文日期")
    same_number = forms.BooleanField(label="已核对，两份计划确是同一文号", required=False)

    def __init__(self, data: Data = None, *, plan: Plan) -> None:
        initial = {"document_number": plan.document_number, "issued_on": plan.issued_on}
        super().__init__(data, initial=initial)
        number = " ".join(str((data or initial).get("document_number", "")).split())
        if not number or other_with_number(plan, number) is None:
            del self.fields["same_number"]


class CloseForm(CheckedForm):
    """Why a plan is closed."""

    reason = reason_field("办结的理由", "如年度评议结束、以新文件代替")


class GroundForm(CheckedForm):
    """A change: of a plan in force with reason and date, before that freely.

    `seen` is the edition of what is changed from which the form was drawn.
    """

    reason = reason_field("更正的理由")
    decided_on = day_field("自哪天起", help_text="决定的日期，不早于印发日期，不晚于今天")
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Data = None, *, free: bool, initial: Mapping[str, Any]) -> None:
        super().__init__(data, initial={"decided_on": clock.today(), **initial})
        self.free = free
        if free:
            del self.fields["reason"], self.fields["decided_on"]

    def ground(self) -> Ground | None:
        return None if self.free else self.stated_ground()

    def stated_ground(self) -> Ground:
        return Ground(self.cleaned_data["reason"], self.cleaned_data["decided_on"])


def is_free(plan: Plan) -> bool:
    """Whether the plan may be changed without a reason: until it is issued."""
    return plan.stage != Plan.Stage.ISSUED


class ReassignForm(GroundForm):
    """A role for each part that stands, and for each role the names of units to add."""

    def __init__(self, data: Data = None, *, measure: Measure, rows: Sequence[Assignment]) -> None:
        plan: Plan = measure.task.plan
        super().__init__(data, free=is_free(plan), initial={"seen": units_edition(measure)})
        self.measure, self.rows = measure, rows
        ending = "去掉" if self.free else "终止承担"
        choices = [*Assignment.Role.choices, (ENDED, ending)]
        for row in rows:
            name = row.department.name if row.department else row.surface
            self.fields[f"role_{key_of(row)}"] = forms.ChoiceField(
                label=f"{name}的角色", choices=choices, initial=row.role, required=False
            )
        for role, label in Assignment.Role.choices:
            self.fields[f"add_{role}"] = forms.CharField(label=f"{label}单位", required=False)

    def lines(self) -> list[tuple[Assignment, forms.BoundField]]:
        return [(row, self[f"role_{key_of(row)}"]) for row in self.rows]

    def additions(self) -> list[forms.BoundField]:
        return [self[f"add_{role}"] for role in Assignment.Role.values]

    def names(self) -> UnitNames:
        return unit_names(self.measure.task.plan.jurisdiction)

    def wanted(self) -> Reassignment:
        """Raises `BadInput` for a name that stands for nothing."""
        given = self.cleaned_data
        roles = {key_of(row): given[f"role_{key_of(row)}"] or row.role for row in self.rows}
        texts = {role: given[f"add_{role}"] for role in Assignment.Role.values}
        if not any(texts.values()):
            return Reassignment(roles)
        names = self.names()
        return Reassignment(
            roles, [new for role, text in texts.items() for new in names.added(text, role, name=f"add_{role}")]
        )


class MeasureForm(GroundForm):
    """A measure's wording and deadline."""

    text = forms.CharField(
        label="措施内容", widget=forms.Textarea(attrs={"rows": 6}), error_messages=required("措施内容")
    )
    due_on = day_field("期限", required=False, help_text="不填则按原文的写法；原文也没有写的，到年底")

    field_order = ("text", "due_on", "reason", "decided_on", "seen")

    def __init__(self, data: Data = None, *, measure: Measure) -> None:
        wording, plan = wording_of(measure), measure.task.plan
        initial = {"text": wording.text, "due_on": wording.due_on, "seen": wording_edition(measure)}
        super().__init__(data, free=is_free(plan), initial=initial)

    def wording(self) -> Wording:
        return Wording(self.cleaned_data["text"], self.cleaned_data["due_on"])


class RenameForm(GroundForm):
    """A unit's new name, on what ground."""

    name = forms.CharField(label="新名称", error_messages=required("新名称"))
    field_order = ("name", "reason", "decided_on", "seen")

    def __init__(self, data: Data = None, *, unit: Department) -> None:
        super().__init__(data, free=False, initial={"name": unit.name, "seen": unit_edition(unit)})
