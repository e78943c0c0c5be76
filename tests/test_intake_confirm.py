"""From a reading to the ledger: bind, confirm once, nothing half-written."""

from datetime import date
from decimal import Decimal

import pytest

from core.errors import BadInput, WrongState
from core.models import AuditEntry
from departments.models import Department, DepartmentAlias, DepartmentGroup
from indicators.models import Indicator, IndicatorReporter
from intake.actions.bind_names import Choice, Kind, bind_names
from intake.actions.confirm_import import PlanFacts, confirm_import
from intake.models import Import
from intake.queries import bindings_of
from tasks.actions.issue_plan import issue_plan
from tasks.models import Assignment, Measure, Plan, ReportingRule, Section, Task
from tests.factories import (
    DepartmentFactory,
    DepartmentGroupFactory,
    ImportFactory,
    JurisdictionFactory,
    PlanFactory,
    office_user,
)
from tests.readings import assignment, reading

pytestmark = pytest.mark.django_db
FACTS = PlanFacts(
    title="2026年青禾区食品安全工作要点",
    year=2026,
    kind="key_points",
    stage="draft",
    document_number="青食安委〔2026〕2号",
    issued_on=date(2026, 3, 20),
)
ALL_NEW = {
    "区教体局": Choice(Kind.NEW),
    "区市场监管局": Choice(Kind.NEW),
    "各镇": Choice(Kind.NEW_GROUP, members=("青溪镇", "禾丰镇")),
    "相关部门": Choice(Kind.OPEN),
}


@pytest.fixture
def place():
    return JurisdictionFactory.create(name="青禾区")


@pytest.fixture
def clerk(place):
    return office_user(place)


@pytest.fixture
def import_(place, clerk) -> Import:
    return ImportFactory.create(
        source__jurisdiction=place, uploaded_by=clerk, state=Import.State.READ, reading=reading()
    )


@pytest.fixture
def bound(import_, clerk) -> Import:
    return bind_names(import_, actor=clerk, choices=ALL_NEW, version=1)


def test_one_step_creates_all_units_in_the_order_of_the_text(bound, place):
    assert [d.name for d in place.departments.all()] == ["区教体局", "区市场监管局", "青溪镇", "禾丰镇"]
    assert bindings_of(bound, bound.reading)[1] == []


def test_name_of_a_known_department_is_remembered_as_alias(import_, clerk, place):
    known = DepartmentFactory.create(jurisdiction=place, name="区教育体育局")
    bind_names(import_, actor=clerk, choices={"区教体局": Choice(Kind.DEPARTMENT, known.pk)}, version=1)
    assert DepartmentAlias.objects.get().department == known
    assert "区教体局" not in {name.name for name in bindings_of(import_, import_.reading)[1]}


def test_name_that_is_another_new_one_becomes_its_alias(import_, clerk, place):
    choices = {"区教体局": Choice(Kind.SAME, other="区市场监管局"), "区市场监管局": Choice(Kind.NEW)}
    bind_names(import_, actor=clerk, choices=choices, version=1)
    assert DepartmentAlias.objects.get(name="区教体局").department == place.departments.get(name="区市场监管局")
    assert not place.departments.filter(name="区教体局").exists()


def test_two_names_that_point_at_each_other_are_refused(import_, clerk):
    choices = {
        "区教体局": Choice(Kind.SAME, other="区市场监管局"),
        "区市场监管局": Choice(Kind.SAME, other="区教体局"),
    }
    with pytest.raises(BadInput, match="还没有选定"):
        bind_names(import_, actor=clerk, choices=choices, version=1)


def test_group_named_like_another_takes_its_members(import_, clerk, place):
    town = DepartmentFactory.create(jurisdiction=place, name="青溪镇")
    group = DepartmentGroupFactory.create(jurisdiction=place, name="各镇街", members=[town])
    bind_names(import_, actor=clerk, choices={"各镇": Choice(Kind.GROUP, group.pk)}, version=1)
    assert list(DepartmentGroup.objects.get(name="各镇").members.all()) == [town]


def test_foreign_department_is_refused_and_nothing_written(import_, clerk):
    foreign = DepartmentFactory.create()
    choices = {"区市场监管局": Choice(Kind.NEW), "区教体局": Choice(Kind.DEPARTMENT, foreign.pk)}
    with pytest.raises(BadInput, match="不在青禾区"):
        bind_names(import_, actor=clerk, choices=choices, version=1)
    assert not Department.objects.filter(name="区市场监管局").exists()


def test_confirm_writes_the_whole_ledger(bound, clerk):
    plan = confirm_import(bound, actor=clerk, facts=FACTS, version=2)
    assert plan.stage == Plan.Stage.DRAFT
    assert Section.objects.get().title == "守护校园"
    assert Task.objects.get().section == Section.objects.get()
    assert [m.number for m in Measure.objects.select_related("task")] == ["1.1", "1.2"]
    assert Measure.objects.get(position=1).due_on == date(2026, 8, 31)
    assert Indicator.objects.get().value == Decimal(100)
    assert ReportingRule.objects.get().frequency == "quarterly"
    assert AuditEntry.objects.get(verb="plan.confirmed").after["measures"] == 2


def test_group_expands_to_its_members_and_open_names_stay_open(bound, clerk):
    confirm_import(bound, actor=clerk, facts=FACTS, version=2)
    rows = Assignment.objects.filter(measure__position=2)
    assert [(a.department and a.department.name, a.via_group_id is not None) for a in rows] == [
        ("区市场监管局", False),
        ("青溪镇", True),
        ("禾丰镇", True),
        (None, False),
    ]


def test_lead_supplies_the_figure(bound, clerk):
    confirm_import(bound, actor=clerk, facts=FACTS, version=2)
    assert [r.department.name for r in IndicatorReporter.objects.all()] == ["区教体局"]


def test_unit_named_twice_keeps_its_strongest_role(import_, clerk):
    units = import_.reading["tasks"][0]["measures"][1]["assignments"]
    units.append(assignment("青溪镇", "lead"))
    units.append(assignment("区市场监管局", "support"))
    import_.save()
    bound = bind_names(import_, actor=clerk, choices=ALL_NEW | {"青溪镇": Choice(Kind.NEW)}, version=1)
    confirm_import(bound, actor=clerk, facts=FACTS, version=2)
    roles = {
        a.department.name: a.role for a in Assignment.objects.filter(measure__position=2, department__isnull=False)
    }
    assert roles == {"区市场监管局": "shared", "禾丰镇": "shared", "青溪镇": "lead"}


def test_group_without_members_stays_one_open_row(import_, clerk):
    bound = bind_names(import_, actor=clerk, choices=ALL_NEW | {"各镇": Choice(Kind.NEW_GROUP)}, version=1)
    confirm_import(bound, actor=clerk, facts=FACTS, version=2)
    assert Assignment.objects.get(via_group__isnull=False).department is None


def test_unbound_names_block_confirmation(import_, clerk):
    with pytest.raises(BadInput, match="还有4个名称没有绑定单位：区教体局"):
        confirm_import(import_, actor=clerk, facts=FACTS, version=1)
    assert not Plan.objects.exists()


def test_second_confirmation_is_refused(bound, clerk):
    confirm_import(bound, actor=clerk, facts=FACTS, version=2)
    with pytest.raises(WrongState, match="已入库"):
        confirm_import(bound, actor=clerk, facts=FACTS, version=3)
    assert Plan.objects.count() == 1


def test_stale_page_is_told(bound, clerk):
    with pytest.raises(WrongState, match="已不是最新"):
        confirm_import(bound, actor=clerk, facts=FACTS, version=1)


def test_title_that_the_year_has_is_refused(bound, clerk, place):
    PlanFactory.create(jurisdiction=place, title=FACTS.title)
    with pytest.raises(WrongState, match="已有《2026年青禾区食品安全工作要点》"):
        confirm_import(bound, actor=clerk, facts=FACTS, version=2)
    assert Measure.objects.count() == 0


def test_reading_without_tasks_is_refused(import_, clerk):
    import_.reading |= {"tasks": [], "indicators": [], "reporting": []}
    import_.save()
    with pytest.raises(BadInput, match="没有读出任何任务"):
        confirm_import(import_, actor=clerk, facts=FACTS, version=1)


def test_confirmed_plan_can_be_issued_once(bound, clerk):
    plan = confirm_import(bound, actor=clerk, facts=FACTS, version=2)
    issue_plan(plan, actor=clerk, document_number="青食安委〔2026〕2号", issued_on=date(2026, 3, 20))
    assert Plan.objects.issued().get() == plan
    with pytest.raises(WrongState, match="已印发"):
        issue_plan(plan, actor=clerk, document_number="青食安委〔2026〕3号", issued_on=date(2026, 3, 21))
