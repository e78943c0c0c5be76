"""Units, groups, population."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms

from departments.actions.units import UnitFields
from departments.forms.checked import CheckedForm, required
from departments.models import Department, DepartmentGroup, Jurisdiction
from departments.names import split_names

FIRST_YEAR, YEARS_AHEAD = 2000, 1
MOST_RESIDENTS = 200_000_000


class UnitForm(CheckedForm):
    """What a unit is called and where it belongs. `seen` is the edition that the form was drawn from."""

    name = forms.CharField(label="单位名称", help_text="用本地公文的习惯写法", error_messages=required("单位名称"))
    short_name = forms.CharField(label="简称", required=False, help_text="表头竖排用，至多4个字最好")
    aliases = forms.CharField(
        label="别名",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="文件里对它的其他叫法，一行一个；导入计划时按这些名字认单位",
    )
    groups = forms.ModelMultipleChoiceField(
        DepartmentGroup.objects.none(), label="属于集合单位", required=False, widget=forms.CheckboxSelectMultiple
    )
    represents = forms.ModelChoiceField(
        Jurisdiction.objects.none(),
        label="代表的下级行政区",
        required=False,
        empty_label="不代表",
        help_text="镇、街道作为成员单位时选它自己",
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Mapping[str, Any] | None = None, *, jurisdiction: Jurisdiction, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self._offer("groups", DepartmentGroup.objects.filter(jurisdiction=jurisdiction))
        self._offer("represents", Jurisdiction.objects.filter(parent=jurisdiction))

    def _offer(self, name: str, choices: Any) -> None:
        """A choice of nothing is not shown."""
        if choices.exists():
            self.fields[name].queryset = choices  # type: ignore[attr-defined]
        else:
            del self.fields[name]

    def unit_fields(self) -> UnitFields:
        given = self.cleaned_data
        return UnitFields(
            given["name"],
            given["short_name"],
            tuple(split_names(given["aliases"])),
            tuple(given.get("groups") or ()),
            given.get("represents"),
        )


def initial_of(fields: UnitFields) -> dict[str, Any]:
    """What the form shows of a unit."""
    return {
        "name": fields.name,
        "short_name": fields.short_name,
        "aliases": "\n".join(fields.aliases),
        "groups": fields.groups,
        "represents": fields.represents,
    }


class MoveForm(forms.Form):
    """Where in the customary order the unit goes, from 1."""

    to = forms.IntegerField(min_value=1, max_value=100_000)


class GroupForm(CheckedForm):
    """A group's name and members."""

    name = forms.CharField(
        label="集合单位名称", help_text="文件里的写法，如“各镇（街道）”", error_messages=required("集合单位名称")
    )
    members = forms.ModelMultipleChoiceField(
        Department.objects.none(), label="成员", required=False, widget=forms.CheckboxSelectMultiple
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Mapping[str, Any] | None = None, *, jurisdiction: Jurisdiction, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["members"].queryset = Department.objects.filter(  # type: ignore[attr-defined]
            jurisdiction=jurisdiction
        )


class PopulationForm(CheckedForm):
    """A year's residents. The year is fixed once stated."""

    year = forms.IntegerField(label="年份", min_value=FIRST_YEAR, error_messages=required("年份"))
    residents = forms.IntegerField(
        label="常住人口（人）",
        min_value=1,
        max_value=MOST_RESIDENTS,
        error_messages=required("常住人口"),
        help_text="填人数，不填万人",
    )
    source = forms.CharField(
        label="来源", max_length=200, help_text="公报名称和公布时间", error_messages=required("来源")
    )
    as_of = forms.DateField(
        label="截至",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={**required("截至日期"), "invalid": "截至日期应为“2025-12-31”这样的日期。"},
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Mapping[str, Any] | None = None, *, today: date, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["year"].validators.append(_not_after(today.year + YEARS_AHEAD))


def _not_after(last: int) -> Any:
    def check(year: int) -> None:
        if year > last:
            raise forms.ValidationError(f"年份最晚可填{last}年。")

    return check
