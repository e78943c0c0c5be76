"""The small world on which the rights table is walked: one district, the city above it, a district elsewhere."""

from __future__ import annotations

from dataclasses import dataclass

from departments.models import Department, DepartmentGroup, Jurisdiction, Population, User
from intake.models import Import
from tasks.models import Measure, Plan
from tests.factories import (
    AssignmentFactory,
    DepartmentFactory,
    DepartmentGroupFactory,
    ImportFactory,
    JurisdictionFactory,
    PlanFactory,
    PopulationFactory,
    administrator,
    approver,
    leader,
    office_user,
    reporter,
)


@dataclass(frozen=True, slots=True)
class World:
    """All things belong to `place`. `unit` is the own unit of reporter and approver; `colleague` serves another one."""

    place: Jurisdiction
    unit: Department
    unused_unit: Department
    group: DepartmentGroup
    population: Population
    colleague: User
    retired: User
    draft: Plan
    plan: Plan
    measure: Measure
    import_: Import
    actors: dict[str, User | None]


def make_world() -> World:
    city = JurisdictionFactory.create(level=Jurisdiction.Level.CITY)
    place = JurisdictionFactory.create(parent=city)
    unit, other = DepartmentFactory.create_batch(2, jurisdiction=place)
    plan = PlanFactory.create(jurisdiction=place, issued=True)
    assignment = AssignmentFactory.create(department=unit, measure__task__section__plan=plan)
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
        measure=assignment.measure,
        import_=ImportFactory.create(source__jurisdiction=place),
        actors=make_actors(city, place, unit),
    )


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
