"""A person with posts, handing over."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from departments.actions.people import PersonFields
from departments.forms.checked import WRONG_EMAIL, CheckedForm, required
from departments.models import Department, Jurisdiction, User
from departments.posts import ROLES_OF_PLACES, ROLES_OF_UNITS, Post, Role

SPARE_ROWS = 2
MOST_ROWS = 60
NO_ROLE = [("", "选择角色")]


class PostForm(forms.Form):
    """One post: a role and, for a unit's roles, the unit. An empty role is no post."""

    role = forms.ChoiceField(label="角色", required=False)
    unit = forms.ChoiceField(label="单位", required=False)

    def __init__(self, *args: Any, units: Mapping[str, Department], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.units = units
        self.fields["role"].choices = [*NO_ROLE, *Role.choices]  # type: ignore[attr-defined]
        self.fields["unit"].choices = [  # type: ignore[attr-defined]
            ("", "选择单位"),
            *((key, unit.name) for key, unit in units.items()),
        ]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        role, unit = given.get("role"), given.get("unit")
        if role in ROLES_OF_UNITS and not unit and "unit" not in self.errors:
            self.add_error("unit", f"“{Role(role).label}”要选所在的单位。")
        if role in ROLES_OF_PLACES and unit:
            self.add_error("unit", f"“{Role(role).label}”不用选单位，请把单位留空，或改选单位的角色。")
        if unit and not role:
            self.add_error("role", "选了单位，也请选角色；不任职就把单位留空。")
        return given

    def post(self) -> Post | None:
        """The post, or None for an empty row."""
        given = self.cleaned_data
        return Post(given["role"], self.units.get(given["unit"])) if given.get("role") else None


PostRows = forms.formset_factory(PostForm, extra=SPARE_ROWS, max_num=MOST_ROWS, absolute_max=MOST_ROWS)


class PersonForm(CheckedForm):
    """Who a person is, with the posts in this jurisdiction in `rows`. `key` makes a second sending harmless."""

    name = forms.CharField(label="姓名", error_messages=required("姓名"))
    username = forms.CharField(
        label="用户名",
        help_text="登录用，建好后不能改；字母、数字或汉字",
        error_messages=required("用户名"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )
    phone = forms.CharField(label="手机", required=False, widget=forms.TextInput(attrs={"type": "tel"}))
    email = forms.EmailField(label="邮箱", required=False, error_messages={"invalid": WRONG_EMAIL})
    key = forms.CharField(required=False, widget=forms.HiddenInput)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        jurisdiction: Jurisdiction,
        posts: Iterable[Post] = (),
        existing: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(data, **kwargs)
        if existing:
            del self.fields["username"]
        posts = list(posts)
        held = [post.department for post in posts if post.department]
        initial = [{"role": post.role, "unit": str(post.department.pk) if post.department else ""} for post in posts]
        units = offered_units(jurisdiction, held)
        self.rows = PostRows(data, prefix="posts", initial=initial, form_kwargs={"units": units})

    def is_valid(self) -> bool:
        rows_valid = self.rows.is_valid()
        if super().is_valid() and not rows_valid:
            self.add_error(None, "任职有没填对的地方，已在“任职”里标出。")
        return super().is_valid()

    def person_fields(self) -> PersonFields:
        given = self.cleaned_data
        posts = [form.post() for form in self.rows.forms]
        chosen = tuple(dict.fromkeys(post for post in posts if post))
        return PersonFields(given["name"], given["phone"], given["email"], chosen)


def offered_units(jurisdiction: Jurisdiction, held: Iterable[Department]) -> dict[str, Department]:
    """Units in use in the customary order, and those the person already serves; by key as text."""
    units = list(Department.objects.active().filter(jurisdiction=jurisdiction))
    units += [unit for unit in held if unit not in units]
    return {str(unit.pk): unit for unit in units}


class HandOverForm(CheckedForm):
    """To whom: somebody who has an account, or a new one (name and user name)."""

    to = forms.ModelChoiceField(
        User.objects.none(),
        label="接手的人",
        required=False,
        empty_label="新建用户，资料填在下面",
        error_messages={"invalid_choice": "选的人不在本行政区的用户里，请重新选择。"},
    )
    name = forms.CharField(label="姓名", required=False)
    username = forms.CharField(
        label="用户名", required=False, widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"})
    )
    phone = forms.CharField(label="手机", required=False, widget=forms.TextInput(attrs={"type": "tel"}))
    key = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Mapping[str, Any] | None = None, *, people: Any, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["to"].queryset = people  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if "to" in self.errors or given.get("to"):
            return given
        for name in ("name", "username"):
            if not given.get(name):
                self.add_error(name, f"新建用户要填{self.fields[name].label}；交给已有的用户，请在上面选。")
        return given


class KeyForm(forms.Form):
    """The key of a form that makes a password."""

    key = forms.RegexField(r"^[A-Za-z0-9_-]{16,64}$")
