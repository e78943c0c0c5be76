"""Plans, duties to report and filters, said in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from django import forms
from django.http import QueryDict

from dashboards.ledger_counts import DONE_LABELS, Standings
from reporting.models import Light
from tasks.models import Plan, ReportingRule


class Filters(Protocol):
    """What the chips ask of a form of filters."""

    @property
    def conditions(self) -> list[str]: ...
    @property
    def fields(self) -> dict[str, forms.Field]: ...
    @property
    def errors(self) -> Any: ...
    @property
    def cleaned_data(self) -> dict[str, Any]: ...


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter that is on, with the query of the address without it."""

    label: str
    rest: str


def plan_state(plan: Plan) -> str:
    """青食安委〔2026〕2号，3月20日印发; or what an unissued text is."""
    if plan.issued_on is None or not plan.is_issued:
        return f"{plan.get_stage_display()}，尚未印发"
    year = "" if plan.issued_on.year == plan.year else f"{plan.issued_on.year}年"
    closed = "，已办结" if plan.stage == Plan.Stage.CLOSED else ""
    return f"{plan.document_number}，{year}{plan.issued_on.month}月{plan.issued_on.day}日印发{closed}"


def plan_counts(plan: Plan) -> str:
    """8个部分、26项任务、46项措施、171项分工、26个指标. `plan` comes from `queries.with_counts`."""
    numbers = (
        (plan.n_sections, "个部分"),  # type: ignore[attr-defined]
        (plan.n_tasks, "项任务"),  # type: ignore[attr-defined]
        (plan.n_measures, "项措施"),  # type: ignore[attr-defined]
        (plan.n_assignments, "项分工"),  # type: ignore[attr-defined]
        (plan.n_indicators, "个指标"),  # type: ignore[attr-defined]
    )
    left_open = f"，另有{plan.n_open}处单位未明确" if plan.n_open else ""  # type: ignore[attr-defined]
    return "、".join(f"{number}{word}" for number, word in numbers if number) + left_open


def weekday(day: date) -> str:
    """10月13日（周二）."""
    return f"{day.month}月{day.day}日（周{'一二三四五六日'[day.weekday()]}）"


def duty(rule: ReportingRule, office_name: str) -> str:
    """每季度，10月15日前报区食安办."""
    recipients = rule.recipients or ("上级" if rule.direction == ReportingRule.Direction.UPWARD else office_name)
    return f"{rule.get_frequency_display()}，{due_words(rule.due)}报{recipients}"


def due_words(due: str) -> str:
    """10-15 becomes 10月15日前; nothing where no date is stated."""
    if not due:
        return ""
    month, day = due.split("-")
    return f"{int(month)}月{int(day)}日前"


def chips(form: Filters, query: QueryDict) -> list[Chip]:
    """One chip a filter that is on, also one that is not understood; several parts are one chip."""
    found = []
    for name in form.conditions:
        field = form.fields[name]
        value = query.getlist(name) if name in form.errors else form.cleaned_data.get(name)
        if value:
            found.append(Chip(f"{field.label}：{value_words(form, name, value)}", rest(query, name)))
    return found


@dataclass(frozen=True, slots=True)
class Key:
    """A light or a state of done as a link to its measures; `chosen` that the list is narrowed to it."""

    css: str
    label: str
    number: int
    rest: str
    chosen: bool


def light_keys(counts: Mapping[str, int], query: QueryDict) -> list[Key]:
    """`counts` by light."""
    others, chosen = rest(query, "light"), query.get("light", "")
    return [
        Key(light, str(Light(light).label), number, f"{others}light={light}", light == chosen)
        for light, number in counts.items()
    ]


def done_keys(counts: Standings, query: QueryDict) -> list[Key]:
    others, chosen = rest(query, "done"), query.get("done", "")
    return [
        Key("", DONE_LABELS[state], number, f"{others}done={state}", state == chosen)
        for state, number in counts.done.items()
    ]


def value_words(form: Filters, name: str, value: object) -> str:
    labels = dict(getattr(form.fields[name], "choices", ()))
    values = value if isinstance(value, list) else [value]
    words = (str(labels.get(one, one)) for one in values)
    return "、".join(word.split("、")[0] if name == "part" else word for word in words)


def rest(query: QueryDict, *without: str) -> str:
    """The query of the address without some filters, the page and all that is empty; ends in & unless empty."""
    kept = query.copy()
    for name in (*without, "page"):
        kept.pop(name, None)
    for name in [name for name in kept if not any(kept.getlist(name))]:
        kept.pop(name)
    return f"{kept.urlencode()}&" if kept else ""
