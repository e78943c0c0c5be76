"""Names as people type them, made one: spaces, length, and that no two things of a jurisdiction share one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping

from core.errors import BadInput
from departments.models import Department, DepartmentAlias, DepartmentGroup, Jurisdiction

NAME_LENGTH = 100
SHORT_NAME_LENGTH = 8
SEPARATORS = re.compile(r"[\n、；;]+")
# Control and invisible characters (zero-width joiners inside emoji excepted) come along when pasting from Word.
INVISIBLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u200b\u200e\u200f\u2060\ufeff]")


def clean_name(text: str) -> str:
    """Without invisible characters, outer blanks (also full-width ones) and runs of blanks."""
    return " ".join(INVISIBLE.sub("", text).split())


def clean_username(text: str) -> str:
    """Full-width letters and digits become plain ones, as input methods produce them; no blanks at all."""
    return "".join(unicodedata.normalize("NFKC", INVISIBLE.sub("", text)).split())


def split_names(text: str) -> list[str]:
    """Names one a line (or parted by 、 or ；), cleaned, each once, in the order given."""
    names = (clean_name(part) for part in SEPARATORS.split(text.replace("\r", "\n")))
    return list(dict.fromkeys(name for name in names if name))


def checked_name(text: str, what: str, *, limit: int = NAME_LENGTH, field: str | None = None) -> str:
    """The cleaned name; raises `BadInput` where it is empty or longer than `limit` characters."""
    name = clean_name(text)
    if not name:
        raise BadInput(f"{what}没有填写。", field=field)
    if len(name) > limit:
        raise BadInput(f"{what}有{len(name)}个字，最多{limit}个字，请缩短。", field=field)
    return name


def taken_names(jurisdiction: Jurisdiction, *, without: Department | DepartmentGroup | None = None) -> dict[str, str]:
    """Every name of the jurisdiction's units, aliases and groups → whose it is, as words; `without` left out.

    A document's name must lead to one unit or group, so the three share one space of names.
    """
    unit = without.pk if isinstance(without, Department) else None
    group = without.pk if isinstance(without, DepartmentGroup) else None
    taken: dict[str, str] = {}
    groups = DepartmentGroup.objects.filter(jurisdiction=jurisdiction).exclude(pk=group)
    for name in groups.values_list("name", flat=True):
        taken[name] = f"集合单位“{name}”"
    aliases = DepartmentAlias.objects.filter(jurisdiction=jurisdiction).exclude(department=unit)
    for name, owner in aliases.values_list("name", "department__name"):
        taken[name] = f"“{owner}”的别名"
    units = Department.objects.filter(jurisdiction=jurisdiction).exclude(pk=unit)
    for name in units.values_list("name", flat=True):
        taken[name] = f"单位“{name}”"
    return taken


def require_free(names: Iterable[str], taken: Mapping[str, str], *, field: str) -> None:
    """Raise `BadInput` for the first name that is already something else's."""
    for name in names:
        if name in taken:
            raise BadInput(say_taken(name, taken[name]), field=field)


def say_taken(name: str, owner: str) -> str:
    return f"“{name}”已是{owner}，同一行政区内名称不能重复。请换一个名称，或先改那一处。"
