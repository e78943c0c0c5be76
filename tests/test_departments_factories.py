"""The makers give objects that the database's constraints accept and that belong together."""

import pytest

from departments.models import Membership
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "maker",
    [
        factories.DepartmentAliasFactory,
        factories.DepartmentGroupFactory,
        factories.PopulationFactory,
        factories.MembershipFactory,
        factories.PlanFactory,
        factories.ReportingRuleFactory,
        factories.IndicatorReporterFactory,
        factories.ImportFactory,
        factories.AssignmentFactory,
    ],
)
def test_every_maker_can_make_two(maker):
    first, second = maker.create_batch(2)
    assert first.pk != second.pk


def test_an_assignment_goes_to_a_department_of_the_plans_jurisdiction():
    assignment = factories.AssignmentFactory.create()
    assert assignment.department
    assert assignment.department.jurisdiction == assignment.measure.task.plan.jurisdiction


def test_an_issued_plan_has_number_and_date():
    plan = factories.PlanFactory.create(issued=True)
    assert plan.document_number
    assert plan.issued_on


def test_a_group_takes_its_members():
    town = factories.DepartmentFactory.create()
    group = factories.DepartmentGroupFactory.create(jurisdiction=town.jurisdiction, members=[town])
    assert list(group.members.all()) == [town]


@pytest.mark.parametrize("maker", [factories.office_user, factories.leader])
def test_a_person_of_a_jurisdiction_has_its_membership(maker):
    jurisdiction = factories.JurisdictionFactory.create()
    assert Membership.objects.get(user=maker(jurisdiction)).jurisdiction == jurisdiction


@pytest.mark.parametrize("maker", [factories.reporter, factories.approver])
def test_a_person_of_a_department_has_its_membership(maker):
    department = factories.DepartmentFactory.create()
    assert Membership.objects.get(user=maker(department, name="陈静")).department == department


def test_the_password_is_the_known_one():
    assert factories.administrator().check_password(factories.PASSWORD)
