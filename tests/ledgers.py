"""A small plan in force for the pages that gather. Everything in it is invented."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from departments.models import Department, DepartmentGroup, Jurisdiction
from tasks.models import Assignment, Measure, Plan
from tests.factories import (
    AssignmentFactory,
    DepartmentFactory,
    DepartmentGroupFactory,
    IndicatorFactory,
    IndicatorReporterFactory,
    JurisdictionFactory,
    MeasureFactory,
    PlanFactory,
    ReportingRuleFactory,
    SectionFactory,
    SourceDocumentFactory,
    TaskFactory,
)

Role = Assignment.Role
TEXT = (
    "一、校园食品安全\n"
    "（一）推进明厨亮灶。学校食堂明厨亮灶覆盖率达到100%。（区教体局牵头，区市场监管局配合）开展开学检查。（各镇负责）\n"
    "二、基层能力\n"
    "（二）配强队伍。6月底前配齐专职人员。（相关部门按职责分工负责）\n"
)


@dataclass(frozen=True, slots=True)
class SmallPlan:
    """Three measures: 1.1 (lead, support, a target), 1.2 (a group of two towns), 2.1 (nobody named, due 30 June)."""

    place: Jurisdiction
    plan: Plan
    education: Department
    market: Department
    towns: DepartmentGroup
    first: Measure
    second: Measure
    third: Measure


def span(words: str) -> dict[str, int]:
    """Where the words stand in `TEXT`."""
    start = TEXT.index(words)
    return {"span_start": start, "span_end": start + len(words)}


def small_plan(place: Jurisdiction | None = None, **plan_fields: object) -> SmallPlan:
    """In force unless `plan_fields` say otherwise."""
    place = place or JurisdictionFactory.create(name="青禾区", office_name="青禾区食安办")
    education = DepartmentFactory.create(jurisdiction=place, name="区教体局", position=10)
    market = DepartmentFactory.create(jurisdiction=place, name="区市场监管局", position=20)
    members = [
        DepartmentFactory.create(jurisdiction=place, name=name, position=position)
        for name, position in (("禾丰镇", 40), ("青溪镇", 30))
    ]
    towns = DepartmentGroupFactory.create(jurisdiction=place, name="各镇", members=members)
    source = SourceDocumentFactory.create(jurisdiction=place, text=TEXT)
    plan = PlanFactory.create(**{"jurisdiction": place, "source": source, "issued": True, **plan_fields})
    school = SectionFactory.create(plan=plan, number=1, label="一、", title="校园食品安全")
    base = SectionFactory.create(plan=plan, number=2, label="二、", title="基层能力")
    kitchens = TaskFactory.create(section=school, number=1, label="（一）", title="推进明厨亮灶")
    staff = TaskFactory.create(section=base, number=2, label="（二）", title="配强队伍")
    words = ("学校食堂明厨亮灶覆盖率达到100%。", "开展开学检查。", "6月底前配齐专职人员。")
    first, second = (
        MeasureFactory.create(task=kitchens, position=position, text=text, **span(text))
        for position, text in ((1, words[0]), (2, words[1]))
    )
    third = MeasureFactory.create(
        task=staff, position=1, text=words[2], due_on=date(2026, 6, 30), due_text="6月底前", **span(words[2])
    )
    AssignmentFactory.create(measure=first, department=education, role=Role.LEAD, **span("区教体局"))
    AssignmentFactory.create(measure=first, department=market, role=Role.SUPPORT, position=2, **span("区市场监管局"))
    for town in members:
        AssignmentFactory.create(
            measure=second, department=town, role=Role.RESPONSIBLE, via_group=towns, surface="各镇", **span("各镇")
        )
    AssignmentFactory.create(measure=third, department=None, role=Role.SHARED, **span("相关部门"))
    target = IndicatorFactory.create(measure=first, **span("学校食堂明厨亮灶覆盖率达到100%"))
    IndicatorReporterFactory.create(indicator=target, department=education)
    ReportingRuleFactory.create(plan=plan, due="10-15", span_start=len(TEXT), span_end=len(TEXT))
    return SmallPlan(place, plan, education, market, towns, first, second, third)
