"""From the names that a reading gives to the departments and groups of a jurisdiction.

Exact name, alias, name with or without the jurisdiction's own prefix: these bind. Anything less certain is only
suggested, with its reason. Pure functions; the catalogue is fetched by `intake.queries`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import chain

LEVEL_PREFIXES = ("省", "市", "县", "区", "旗", "州", "镇", "乡")
LIKELY = 0.5
SAME_START = 4
MOST_SUGGESTIONS = 3


class Target(StrEnum):
    DEPARTMENT = "department"
    GROUP = "group"
    OPEN = "open"


class Basis(StrEnum):
    """Why a name binds."""

    EXACT = "名称一致"
    ALIAS = "别名"
    PREFIX = "只差行政区名称"
    OPEN = "留作未明确"


@dataclass(frozen=True, slots=True)
class Bound:
    """A name's target; `pk` is that of a department or group, 0 for a name left open."""

    target: Target
    pk: int
    basis: Basis


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A department that the name may mean, best first; `likeness` from 0 to 1."""

    pk: int
    name: str
    likeness: float


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All names of a jurisdiction: department and group names, aliases, each with the row's key."""

    place: str
    departments: Mapping[str, int]
    aliases: Mapping[str, int] = field(default_factory=dict)
    groups: Mapping[str, int] = field(default_factory=dict)


def fold(name: str) -> str:
    """One form for widths and white space."""
    return "".join(unicodedata.normalize("NFKC", name).split())


def stem(name: str, place: str) -> str:
    """The name without its jurisdiction: 青禾区教育局 and 区教育局 are both 教育局 in 青禾区.

    A level alone goes only where something that can be a name is left (区委 stays 区委)."""
    name = fold(name)
    if place and name.startswith(place):
        return name.removeprefix(place)
    short = name[1:]
    return short if name[:1] in LEVEL_PREFIXES and name[:1] == place[-1:] and len(short) > 1 else name


def bind(names: Iterable[str], catalogue: Catalogue, open_names: Iterable[str] = ()) -> dict[str, Bound]:
    """Those of `names` that bind with certainty."""
    index = _index(catalogue)
    left_open = set(open_names)
    bound: dict[str, Bound] = {}
    for name in names:
        found = index.get(fold(name)) or index.get(f"~{stem(name, catalogue.place)}")
        if found:
            bound[name] = found
        elif name in left_open:
            bound[name] = Bound(Target.OPEN, 0, Basis.OPEN)
    return bound


def suggest(name: str, catalogue: Catalogue) -> list[Suggestion]:
    """The departments whose names or aliases are most like `name`, at most three."""
    wanted = stem(name, catalogue.place)
    likes: dict[int, float] = {}
    for known, pk in chain(catalogue.departments.items(), catalogue.aliases.items()):
        ratio = SequenceMatcher(None, wanted, stem(known, catalogue.place)).ratio()
        likes[pk] = max(ratio, likes.get(pk, 0))
    found = [Suggestion(pk, known, likes[pk]) for known, pk in catalogue.departments.items() if likes[pk] >= LIKELY]
    return sorted(found, key=lambda s: -s.likeness)[:MOST_SUGGESTIONS]


def alike(name: str, others: Iterable[str], place: str) -> list[str]:
    """Those of `others`, names of the same document, that may mean the same body as `name`.

    One is the other with words left out (网信办, 委网信办), or both begin with the same four characters.
    税务局 and 商务局 are much alike as strings and two bodies.
    """
    own = stem(name, place)
    return [other for other in others if other != name and _may_be_one(own, stem(other, place))]


def _may_be_one(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    rest = iter(long)
    return all(character in rest for character in short) or one[:SAME_START] == other[:SAME_START]


def _index(catalogue: Catalogue) -> dict[str, Bound]:
    """Folded names; those without prefix under `~`. What is written exactly wins; an ambiguous stem binds nothing."""
    index: dict[str, Bound] = {}
    for target, basis, rows in (
        (Target.DEPARTMENT, Basis.EXACT, catalogue.departments),
        (Target.GROUP, Basis.EXACT, catalogue.groups),
        (Target.DEPARTMENT, Basis.ALIAS, catalogue.aliases),
    ):
        for name, pk in rows.items():
            index.setdefault(fold(name), Bound(target, pk, basis))
    for short, keys in _stems(catalogue).items():
        if len(keys) == 1:
            index.setdefault(f"~{short}", Bound(Target.DEPARTMENT, next(iter(keys)), Basis.PREFIX))
    return index


def _stems(catalogue: Catalogue) -> dict[str, set[int]]:
    stems: dict[str, set[int]] = {}
    for rows in (catalogue.departments, catalogue.aliases):
        for name, pk in rows.items():
            stems.setdefault(stem(name, catalogue.place), set()).add(pk)
    return stems
