"""Questions to the indicators of a plan: those that a filter leaves, how many stand how, and each as a row."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Case, Count, Exists, F, IntegerField, OuterRef, Prefetch, Q, QuerySet, When
from django.http import QueryDict

from dashboards.bullets import Bullet, bullet
from dashboards.queries import ANSWERS, part_label
from dashboards.rows import target_text
from dashboards.standing_rows import ValueLine, value_line
from departments.models import Department
from indicators.formulas import FALLING
from indicators.judging import State
from indicators.models import Indicator, IndicatorReporter
from reporting.models import Light
from tasks.models import Plan

GROUPS: dict[str, tuple[str, tuple[State, ...]]] = {
    "behind": ("落后", (State.FAR_BEHIND, State.BEHIND, State.INCOMPLETE)),
    "on_pace": ("在进度", (State.ON_PACE,)),
    "met": ("达标", (State.MET,)),
    "unknown": ("无数据", (State.PENDING, State.NO_DATA, State.NOT_ASKED)),
}
WORST = [When(standing__light=light, then=place) for place, light in enumerate(Light)]
FARTHEST = "progress"
Choices = list[tuple[str, str]]


class IndicatorForm(forms.Form):
    """The filters as they stand in the address."""

    q = forms.CharField(label="关键词", required=False, max_length=100)
    part = forms.ChoiceField(label="部分", required=False)
    unit = forms.ChoiceField(label="报数单位", required=False)
    kind = forms.ChoiceField(label="类别", required=False, choices=[("", "全部"), *Indicator.Kind.choices])
    family = forms.ChoiceField(label="汇总方式", required=False, choices=[("", "全部"), *Indicator.Family.choices])
    state = forms.ChoiceField(
        label="状态", required=False, choices=[("", "全部"), *((name, label) for name, (label, _) in GROUPS.items())]
    )
    order = forms.ChoiceField(label="排序", required=False, choices=[("", "按原文"), (FARTHEST, "落后多的在前")])

    def __init__(self, data: QueryDict, plan: Plan) -> None:
        super().__init__(data)
        parts = [(str(section.number), part_label(section)) for section in plan.sections.all()]
        self.fields["part"].choices = [("", "全部"), *parts]  # type: ignore[attr-defined]
        units = [(str(pk), name) for pk, name in reporters_of(plan).values_list("pk", "name")]
        self.fields["unit"].choices = [("", "全部"), *units]  # type: ignore[attr-defined]
        for field in self.fields.values():
            field.error_messages["invalid_choice"] = (
                f"没有这样的{field.label}：%(value)s。它可能已经改动，请去掉这个条件。"
            )

    @property
    def conditions(self) -> list[str]:
        return [name for name in self.fields if name != "order"]

    def problems(self) -> list[str]:
        """One sentence for each value that cannot be used."""
        return [str(error) for errors in self.errors.values() for error in errors]


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """`now` is None before the plan was judged; `units` report the figure, `answered` of them have; `limit`: less is
    better."""

    indicator: Indicator
    number: str
    target: str
    now: ValueLine | None
    bullet: Bullet | None
    units: str
    answered: str
    limit: bool


def reporters_of(plan: Plan) -> QuerySet[Department]:
    """Units that report a figure of the plan, in the customary order."""
    reports = IndicatorReporter.objects.filter(indicator__measure__task__plan=plan, department=OuterRef("pk"))
    here = Department.objects.filter(jurisdiction=plan.jurisdiction_id)
    found: QuerySet[Department] = here.filter(Exists(reports)).order_by("position", "pk")
    return found


def filtered(plan: Plan, conditions: dict[str, Any]) -> QuerySet[Indicator]:
    """In the document's order, or those farthest from their target first."""
    found = Indicator.objects.filter(*_conditions(conditions), measure__task__plan=plan)
    order = ("measure__task__number", "measure__position", "position")
    if not conditions.get("order"):
        return found.order_by(*order)
    severity = Case(*WORST, default=len(WORST), output_field=IntegerField())
    return found.order_by(severity, F("standing__progress").asc(nulls_last=True), *order)


def _conditions(conditions: dict[str, Any]) -> Iterable[Q]:
    for word in conditions.get("q", "").split():
        yield Q(subject__icontains=word) | Q(measure__text__icontains=word)
    if part := conditions.get("part"):
        yield Q(measure__task__section__number=part)
    if unit := conditions.get("unit"):
        yield Q(Exists(IndicatorReporter.objects.filter(indicator=OuterRef("pk"), department=unit)))
    for name in ("kind", "family"):
        if chosen := conditions.get(name):
            yield Q(**{name: chosen})
    if state := conditions.get("state"):
        yield Q(standing__state__in=GROUPS[state][1])


def count_by_group(indicators: QuerySet[Indicator]) -> dict[str, int]:
    """By the names of `GROUPS`, and `all`; one query."""
    by = {name: Count("pk", filter=Q(standing__state__in=states)) for name, (_, states) in GROUPS.items()}
    return indicators.order_by().aggregate(all=Count("pk"), **by)


def with_rows(indicators: QuerySet[Indicator]) -> QuerySet[Indicator]:
    """With measure, standing and reporters; one more query."""
    reporters = IndicatorReporter.objects.select_related("department").order_by("department__position", "department")
    related = indicators.select_related("measure__task__section", "standing")
    return related.prefetch_related(Prefetch("reporters", queryset=reporters))


def row(indicator: Indicator) -> IndicatorRow:
    standing = getattr(indicator, "standing", None)
    return IndicatorRow(
        indicator=indicator,
        number=indicator.measure.number,
        target=target_text(indicator),
        now=value_line(indicator),
        bullet=bullet(standing) if standing else None,
        units=units_said([reporter.department.name for reporter in indicator.reporters.all()]),
        answered=f"{standing.answered}／{standing.reporters}" if standing and standing.reporters > 1 else "",
        limit=indicator.comparator in FALLING,
    )


def units_said(names: list[str]) -> str:
    """区教体局; of many 青溪镇等6家."""
    if not names:
        return "未定"
    return "、".join(names) if len(names) <= len(ANSWERS) else f"{names[0]}等{len(names)}家"
