"""How far a machine reading of a plan agrees with a hand-made one, kind of fact by kind of fact.

Both readings are mappings in the form of `intake.reader.as_json`. Text compares after NFKC folding, without
white space, quotation marks and closing stops, so that widths of brackets and digits make no difference.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

Reading = dict[str, Any]
Fact = tuple[Hashable, ...]

QUOTATION_MARKS = "\"'“”‘’"
CLOSING_STOPS = "。.；;，,"
SAME_SUBJECT = 0.5  # Dice coefficient of character pairs from which two subjects are taken for one
ENDING = 12  # characters at the end of a measure that tell it from its neighbours within a task


@dataclass(frozen=True)
class Agreement:
    """Facts of one kind: `found` in both readings, `missed` by the machine, `invented` by it."""

    found: int
    missed: tuple[Fact, ...]
    invented: tuple[Fact, ...]

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall, from 0 to 1; 1 where neither reading has a fact of the kind."""
        facts = 2 * self.found + len(self.missed) + len(self.invented)
        return 2 * self.found / facts if facts else 1.0

    def __str__(self) -> str:
        lines = [f"F1 {self.f1:.3f}, {self.found} found"]
        lines += [f"  - {' | '.join(map(str, fact))}" for fact in self.missed]
        lines += [f"  + {' | '.join(map(str, fact))}" for fact in self.invented]
        return "\n".join(lines)


def agreement(kind: str, reading: Reading, expected: Reading) -> Agreement:
    """Compare one kind of fact: a key of `FACTS` or "indicators"."""
    if kind == "indicators":
        return _indicators(reading["indicators"], expected["indicators"])
    got, want = Counter(FACTS[kind](reading)), Counter(FACTS[kind](expected))
    if kind == "plan":
        got = _only_stated(got, want)
    both = got & want
    return Agreement(both.total(), tuple((want - both).elements()), tuple((got - both).elements()))


def fold(text: object) -> str:
    """The text as it compares."""
    folded = unicodedata.normalize("NFKC", str(text))
    return "".join(c for c in folded if not c.isspace() and c not in QUOTATION_MARKS).rstrip(CLOSING_STOPS)


def _only_stated(got: Counter[Fact], want: Counter[Fact]) -> Counter[Fact]:
    """A field that the hand-made reading leaves null is not judged."""
    stated = {fact[0] for fact in want}
    return Counter({fact: times for fact, times in got.items() if fact[0] in stated})


def _plan(reading: Reading) -> Iterator[Fact]:
    return ((field, fold(value)) for field, value in reading["plan"].items() if value is not None)


def _sections(reading: Reading) -> Iterator[Fact]:
    return ((section["number"], fold(section["title"])) for section in reading["sections"])


def _tasks(reading: Reading) -> Iterator[Fact]:
    return ((task["number"], fold(task["title"])) for task in reading["tasks"])


def _each_measure(reading: Reading) -> Iterator[tuple[int, dict[str, Any]]]:
    return ((task["number"], measure) for task in reading["tasks"] for measure in task["measures"])


def _measures(reading: Reading) -> Iterator[Fact]:
    return ((number, fold(measure["text"])) for number, measure in _each_measure(reading))


def _assignments(reading: Reading) -> Iterator[Fact]:
    return (
        (number, fold(measure["text"])[-ENDING:], fold(assignment["department"]), assignment["role"])
        for number, measure in _each_measure(reading)
        for assignment in measure["assignments"]
    )


def _groups(reading: Reading) -> Iterator[Fact]:
    """Names that stand for several units, each once."""
    every = (assignment for _, measure in _each_measure(reading) for assignment in measure["assignments"])
    return iter({(fold(assignment["department"]),) for assignment in every if assignment["group"]})


def _reporting(reading: Reading) -> Iterator[Fact]:
    return ((duty["task"], duty["frequency"], duty["due"]) for duty in reading["reporting"])


FACTS: dict[str, Callable[[Reading], Iterator[Fact]]] = {
    "plan": _plan,
    "sections": _sections,
    "tasks": _tasks,
    "measures": _measures,
    "assignments": _assignments,
    "groups": _groups,
    "reporting": _reporting,
}


def _indicators(got: list[dict[str, Any]], want: list[dict[str, Any]]) -> Agreement:
    """Pair each indicator with one of the same task, comparator, value and unit, the likest subjects first."""
    likest = sorted(
        (
            (_likeness(g["subject"], w["subject"]), i, j)
            for i, g in enumerate(got)
            for j, w in enumerate(want)
            if _same(g, w)
        ),
        reverse=True,
    )
    of_got: set[int] = set()
    of_want: set[int] = set()
    for likeness, i, j in likest:
        if likeness >= SAME_SUBJECT and i not in of_got and j not in of_want:
            of_got.add(i)
            of_want.add(j)
    missed = tuple(_shown(w) for j, w in enumerate(want) if j not in of_want)
    return Agreement(len(of_got), missed, tuple(_shown(g) for i, g in enumerate(got) if i not in of_got))


def _same(one: dict[str, Any], other: dict[str, Any]) -> bool:
    return _shown(one)[:4] == _shown(other)[:4]


def _shown(indicator: dict[str, Any]) -> Fact:
    return (
        indicator["task"],
        indicator["comparator"],
        _value(indicator["value"]),
        _unit(indicator["unit"]),
        indicator["subject"],
    )


def _value(text: object) -> Decimal | str:
    try:
        return Decimal(str(text))
    except InvalidOperation:
        return str(text)


def _unit(text: str) -> str:
    """A measure word 个 before a unit says nothing: 3个工作日 are 3 工作日."""
    unit = fold(text)
    return unit[1:] if len(unit) > 1 and unit.startswith("个") else unit


def _likeness(one: str, other: str) -> float:
    """Dice coefficient of the pairs of neighbouring characters, from 0 to 1."""
    first, second = _pairs(one), _pairs(other)
    return 2 * (first & second).total() / max(1, first.total() + second.total())


def _pairs(text: str) -> Counter[str]:
    folded = fold(text)
    return Counter(folded[i : i + 2] for i in range(max(1, len(folded) - 1)))
