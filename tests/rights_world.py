"""The small world on which the rights table is walked: one district, the city above it, a district elsewhere."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.files.base import ContentFile

from departments.models import Department, DepartmentGroup, Jurisdiction, Population, User
from indicators.models import Indicator
from intake.actions.read_import import read_import_by_key
from intake.actions.upload import upload_plan
from intake.corrections.facts import Kind, every
from intake.drafting import draft_of
from intake.models import Import
from reporting.models import ReportingPeriod
from tasks.models import Measure, Plan
from tests.factories import (
    AssignmentFactory,
    DepartmentFactory,
    DepartmentGroupFactory,
    IndicatorFactory,
    JurisdictionFactory,
    PlanFactory,
    PopulationFactory,
    administrator,
    approver,
    leader,
    office_user,
    reporter,
)
from tests.reporting_factories import PeriodFactory
from tests.rights_form import FormWorld, make_form_world
from tests.rights_round import RoundWorld, make_round_world

TEXT = """2026年青禾区食品安全工作要点
一、守护校园
（一）推进明厨亮灶。学校食堂明厨亮灶覆盖率达到100%。（区教体局牵头）
（二）每季度末向区食安办报送进展。（各成员单位）
"""


@dataclass(frozen=True, slots=True)
class World:
    """All things belong to `place`. `unit` is the own unit of reporter and approver; `colleague` serves another one.

    `facts` has the id of the import's first fact of each kind.
    """

    place: Jurisdiction
    unit: Department
    unused_unit: Department
    group: DepartmentGroup
    population: Population
    colleague: User
    retired: User
    draft: Plan
    plan: Plan
    older: Plan
    measure: Measure
    indicator: Indicator
    period: ReportingPeriod
    round: RoundWorld
    form: FormWorld
    import_: Import
    facts: dict[Kind, str]
    actors: dict[str, User | None]


def make_world() -> World:
    city = JurisdictionFactory.create(level=Jurisdiction.Level.CITY)
    place = JurisdictionFactory.create(parent=city)
    unit, other = DepartmentFactory.create_batch(2, jurisdiction=place)
    plan = PlanFactory.create(jurisdiction=place, issued=True)
    plan.source.file.save("要点.docx", ContentFile(b"PK"))  # type: ignore[union-attr]
    measure = AssignmentFactory.create(department=unit, measure__task__section__plan=plan).measure
    actors = make_actors(city, place, unit)
    import_ = read_text(place, actors["office"])
    return World(
        place=place,
        unit=unit,
        unused_unit=DepartmentFactory.create(jurisdiction=place, active=False),
        group=DepartmentGroupFactory.create(jurisdiction=place),
        population=PopulationFactory.create(jurisdiction=place),
        colleague=reporter(other),
        retired=reporter(other, is_active=False),
        draft=PlanFactory.create(jurisdiction=place),
        plan=plan,
        older=PlanFactory.create(jurisdiction=place, issued=True, year=2025),
        measure=measure,
        indicator=IndicatorFactory.create(measure=measure),
        period=period_of(plan),
        round=make_round_world(plan, unit),
        form=make_form_world(plan, unit, reporter(unit)),
        import_=import_,
        facts={kind: fact["id"] for kind, fact in reversed(list(every(draft_of(import_).reading)))},
        actors=actors,
    )


def period_of(plan: Plan) -> ReportingPeriod:
    """A period of the plan; what the page of the present year shows does not matter here."""
    period = PeriodFactory.create(jurisdiction=plan.jurisdiction)
    period.plans.add(plan)
    return period


def read_text(place: Jurisdiction, office: User | None) -> Import:
    """An import as the clerk finds it, read and waiting for its review."""
    assert office
    import_, _ = upload_plan(place, actor=office, name="工作要点.txt", data=TEXT.encode())
    read_import_by_key(str(import_.pk))
    import_.refresh_from_db()
    return import_


def make_actors(city: Jurisdiction, place: Jurisdiction, unit: Department) -> dict[str, User | None]:
    """In the order of the table's columns; `foreign` ones are of a district that has nothing to do with `place`."""
    elsewhere = DepartmentFactory.create()
    return {
        "anonymous": None,
        "office": office_user(place),
        "office above": office_user(city),
        "office foreign": office_user(elsewhere.jurisdiction),
        "reporter": reporter(unit),
        "reporter foreign": reporter(elsewhere),
        "approver": approver(unit),
        "leader": leader(place),
        "admin": administrator(),
    }
