"""Two people on one entry: both texts of each field that differs, side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from indicators.display import plain
from indicators.models import Indicator, Reading
from reporting.entries.content import FigureContent
from reporting.entries.formulas import formula_text
from reporting.entries.loading import LoadedEntry
from reporting.errors import EditedMeanwhile
from reporting.models import ProgressEntry

LABELS = {
    "state": "状态",
    "done_text": "做了什么",
    "problems": "还有什么问题",
    "next_steps": "下一步",
    "same_as_last": "与上期相同",
    "told_lead": "已报牵头单位",
}
TEXTS = ("done_text", "problems", "next_steps")


@dataclass(frozen=True, slots=True)
class Difference:
    """A field in which the two differ; `text` that both are running text, which can be joined. `values` are the
    other's words for each input of the page, so that one press takes them over."""

    field: str
    label: str
    mine: str
    theirs: str
    text: bool
    values: dict[str, str]


@dataclass(frozen=True, slots=True)
class Merging:
    """`by` saved first; `sentence` says so."""

    by: str
    sentence: str
    differences: tuple[Difference, ...]


def merging_of(conflict: EditedMeanwhile, loaded: LoadedEntry) -> Merging:
    indicators = {facts.indicator.pk: facts.indicator for facts in loaded.facts.figures}
    rows = tuple(difference(name, conflict.mine[name], conflict.theirs[name], indicators) for name in conflict.mine)
    return Merging(conflict.by, str(conflict), rows)


def difference(name: str, mine: Any, theirs: Any, indicators: dict[int, Indicator]) -> Difference:
    if isinstance(mine, FigureContent):
        indicator = indicators[mine.indicator]
        said = (figure_words(indicator, mine), figure_words(indicator, theirs))
        return Difference(name, indicator.subject, *said, text=False, values=figure_values(theirs))
    said = (in_words(name, mine), in_words(name, theirs))
    return Difference(name, LABELS[name], *said, text=name in TEXTS, values={name: input_value(theirs)})


def in_words(name: str, value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if name == "state":
        return str(ProgressEntry.State(value).label) if value else "没有选"
    return str(value) or "（空）"


def input_value(value: Any) -> str:
    if isinstance(value, bool):
        return "on" if value else ""
    return str(value)


def figure_words(indicator: Indicator, figure: FigureContent) -> str:
    if figure.empty:
        return "（没有填）"
    if figure.absence:
        return "：".join(filter(None, [str(Reading.Absence(figure.absence).label), figure.explanation]))
    numbers = (plain(figure.numerator), plain(figure.denominator), plain(figure.value))
    words = formula_text(indicator, figure) or "、".join(filter(None, numbers))
    return f"{words}（{figure.explanation}）" if figure.explanation else words


def figure_values(figure: FigureContent) -> dict[str, str]:
    pk = figure.indicator
    return {
        f"n-{pk}": plain(figure.numerator) or "",
        f"d-{pk}": plain(figure.denominator) or "",
        f"v-{pk}": plain(figure.value) or "",
        f"absence-{pk}": figure.absence,
        f"why-{pk}": figure.explanation,
    }
