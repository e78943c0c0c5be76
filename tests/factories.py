"""Makers of domain objects for the tests. Places, people and texts are invented."""

# factory_boy calls are untyped.
# mypy: allow-untyped-calls, allow-untyped-decorators

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, Generic, TypeVar

from factory.declarations import LazyAttribute, SelfAttribute, Sequence, SubFactory, Trait
from factory.django import DjangoModelFactory, Password
from factory.helpers import post_generation

from departments.models import (
    Department,
    DepartmentAlias,
    DepartmentGroup,
    Jurisdiction,
    Membership,
    Population,
    User,
)
from indicators.models import Indicator, IndicatorReporter
from intake.models import Import
from tasks.models import Assignment, Measure, Plan, ReportingRule, Section, SourceDocument, Task

PASSWORD = "青禾-tests-2026"
T = TypeVar("T")


class Maker(DjangoModelFactory[T], Generic[T]):
    """`XFactory.create(...)` returns a saved X; `create_batch(n, ...)` a list of them."""

    class Meta:
        abstract = True


class JurisdictionFactory(Maker[Jurisdiction]):
    class Meta:
        model = Jurisdiction

    code = Sequence(lambda n: f"99{n:04}")
    name = Sequence(lambda n: f"青禾{n}区")
    office_name = LazyAttribute(lambda o: f"{o.name}食安办")
    level = Jurisdiction.Level.COUNTY
    parent = None


class DepartmentFactory(Maker[Department]):
    class Meta:
        model = Department

    jurisdiction = SubFactory(JurisdictionFactory)
    name = Sequence(lambda n: f"区第{n}局")
    short_name = ""
    position = Sequence(lambda n: n + 1)
    active = True


class DepartmentAliasFactory(Maker[DepartmentAlias]):
    class Meta:
        model = DepartmentAlias

    department = SubFactory(DepartmentFactory)
    jurisdiction = SelfAttribute("department.jurisdiction")
    name = Sequence(lambda n: f"第{n}局")


class DepartmentGroupFactory(Maker[DepartmentGroup]):
    """`members=[department, …]` puts them into the group."""

    class Meta:
        model = DepartmentGroup
        skip_postgeneration_save = True

    jurisdiction = SubFactory(JurisdictionFactory)
    name = Sequence(lambda n: f"各镇{n}")

    @post_generation
    def members(self, create: bool, extracted: Any, **kwargs: Any) -> None:
        if create and extracted:
            self.members.set(extracted)


class PopulationFactory(Maker[Population]):
    class Meta:
        model = Population

    jurisdiction = SubFactory(JurisdictionFactory)
    year = 2026
    residents = 500_000
    source = "2025年国民经济和社会发展统计公报"
    as_of = date(2025, 12, 31)


class UserFactory(Maker[User]):
    """A person without any role. The password is `PASSWORD`; tests log in by `client.force_login(user)`."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    username = Sequence(lambda n: f"user{n}")
    name = Sequence(lambda n: f"林晓{n}")
    phone = ""
    password = Password(PASSWORD)
    must_change_password = False


class MembershipFactory(Maker[Membership]):
    """A reporter of a new department, unless told otherwise (role with department, or with jurisdiction)."""

    class Meta:
        model = Membership

    user = SubFactory(UserFactory)
    role = Membership.Role.REPORTER
    department = SubFactory(DepartmentFactory)
    jurisdiction = None


class SourceDocumentFactory(Maker[SourceDocument]):
    class Meta:
        model = SourceDocument

    jurisdiction = SubFactory(JurisdictionFactory)
    sha256 = Sequence(lambda n: f"{n:064x}")
    name = Sequence(lambda n: f"工作要点{n}.docx")
    file = Sequence(lambda n: f"sources/2026/{n}.docx")
    text = "一、校园食品安全\n（一）推进明厨亮灶。学校食堂明厨亮灶覆盖率达到100%。（区教体局牵头）"
    uploaded_at = datetime(2026, 3, 24, 1, 0, tzinfo=UTC)


class PlanFactory(Maker[Plan]):
    """A draft; `PlanFactory.create(issued=True)` is one in force since 20 March 2026."""

    class Meta:
        model = Plan

    class Params:
        issued = Trait(
            stage=Plan.Stage.ISSUED,
            document_number=Sequence(lambda n: f"青食安委〔2026〕{n + 1}号"),
            issued_on=date(2026, 3, 20),
        )

    jurisdiction = SubFactory(JurisdictionFactory)
    year = 2026
    kind = Plan.Kind.KEY_POINTS
    stage = Plan.Stage.DRAFT
    title = Sequence(lambda n: f"2026年青禾区食品安全工作要点{n}")
    issuer = "青禾区食品安全委员会"
    source = SubFactory(SourceDocumentFactory, jurisdiction=SelfAttribute("..jurisdiction"))


class SectionFactory(Maker[Section]):
    class Meta:
        model = Section

    plan = SubFactory(PlanFactory)
    number = Sequence(lambda n: n + 1)
    label = "一、"
    title = "校园食品安全"
    span_start = 0
    span_end = 8


class TaskFactory(Maker[Task]):
    class Meta:
        model = Task

    section = SubFactory(SectionFactory)
    plan = SelfAttribute("section.plan")
    number = Sequence(lambda n: n + 1)
    label = "（一）"
    title = "推进明厨亮灶"
    span_start = 9
    span_end = 18


class MeasureFactory(Maker[Measure]):
    class Meta:
        model = Measure

    task = SubFactory(TaskFactory)
    position = Sequence(lambda n: n + 1)
    text = "学校食堂明厨亮灶覆盖率达到100%。"
    span_start = 19
    span_end = 36


class AssignmentFactory(Maker[Assignment]):
    """A lead of a new department in the jurisdiction of the measure's plan."""

    class Meta:
        model = Assignment

    measure = SubFactory(MeasureFactory)
    department = SubFactory(DepartmentFactory, jurisdiction=SelfAttribute("..measure.task.plan.jurisdiction"))
    role = Assignment.Role.LEAD
    via_group = None
    position = 1
    surface = LazyAttribute(lambda o: o.department.name if o.department else "相关部门")
    span_start = 37
    span_end = 41


class ReportingRuleFactory(Maker[ReportingRule]):
    class Meta:
        model = ReportingRule

    plan = SubFactory(PlanFactory)
    task = None
    frequency = ReportingRule.Frequency.QUARTERLY
    due = ""
    direction = ReportingRule.Direction.TO_OFFICE
    owers = "各成员单位"
    recipients = "区食安办"
    quote = "各成员单位每季度向区食安办报送进展。"
    span_start = 0
    span_end = 18


class IndicatorFactory(Maker[Indicator]):
    class Meta:
        model = Indicator

    measure = SubFactory(MeasureFactory)
    position = Sequence(lambda n: n + 1)
    subject = "学校食堂明厨亮灶覆盖率"
    comparator = Indicator.Comparator.AT_LEAST
    value = Decimal(100)
    unit = "%"
    kind = Indicator.Kind.COVERAGE
    implied = False
    quote = "学校食堂明厨亮灶覆盖率达到100%"
    span_start = 19
    span_end = 35


class IndicatorReporterFactory(Maker[IndicatorReporter]):
    class Meta:
        model = IndicatorReporter

    indicator = SubFactory(IndicatorFactory)
    department = SubFactory(DepartmentFactory, jurisdiction=SelfAttribute("..indicator.measure.task.plan.jurisdiction"))


class ImportFactory(Maker[Import]):
    class Meta:
        model = Import

    source = SubFactory(SourceDocumentFactory)
    state = Import.State.UPLOADED
    uploaded_by = SubFactory(UserFactory)
    uploaded_at = datetime(2026, 3, 24, 1, 0, tzinfo=UTC)


def office_user(jurisdiction: Jurisdiction, **fields: Any) -> User:
    """A person of the jurisdiction's office."""
    return _person(Membership.Role.OFFICE, jurisdiction=jurisdiction, fields=fields)


def leader(jurisdiction: Jurisdiction, **fields: Any) -> User:
    """A leader of the jurisdiction."""
    return _person(Membership.Role.LEADER, jurisdiction=jurisdiction, fields=fields)


def reporter(department: Department, **fields: Any) -> User:
    """A department's reporter."""
    return _person(Membership.Role.REPORTER, department=department, fields=fields)


def approver(department: Department, **fields: Any) -> User:
    """A department's approver, who signs its forms off."""
    return _person(Membership.Role.APPROVER, department=department, fields=fields)


def administrator(**fields: Any) -> User:
    """A system administrator, without any membership."""
    return UserFactory.create(is_staff=True, is_superuser=True, **fields)


def _person(
    role: Membership.Role,
    *,
    fields: dict[str, Any],
    department: Department | None = None,
    jurisdiction: Jurisdiction | None = None,
) -> User:
    user = UserFactory.create(**fields)
    MembershipFactory.create(user=user, role=role, department=department, jurisdiction=jurisdiction)
    return user
