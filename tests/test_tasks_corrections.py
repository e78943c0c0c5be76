"""Corrected wording, renamed units, names as people type them."""

from datetime import date

import pytest

from core.errors import AccessDenied, BadInput
from core.models import AuditEntry
from departments.editions import Overtaken
from tasks.actions.amending import Ground
from tasks.actions.correct_measure import Wording, correct_measure, wording_edition
from tasks.actions.rename_unit import rename_unit, unit_edition
from tasks.models import Amendment
from tasks.unit_names import unit_names
from tests.factories import (
    AssignmentFactory,
    DepartmentAliasFactory,
    DepartmentFactory,
    DepartmentGroupFactory,
    MeasureFactory,
    PlanFactory,
    leader,
    office_user,
)

pytestmark = pytest.mark.django_db
GROUND = Ground("省食安办通知", date(2026, 8, 20))
NEW = Wording("学校食堂明厨亮灶覆盖率达到100%，接入监管平台。", date(2026, 9, 1))


@pytest.fixture
def plan():
    return PlanFactory.create(issued=True)


@pytest.fixture
def clerk(plan):
    return office_user(plan.jurisdiction)


@pytest.fixture
def measure(plan):
    return MeasureFactory.create(task__section__plan=plan)


def test_corrected_wording_is_recorded_with_before_and_after(measure, clerk):
    assert correct_measure(measure, actor=clerk, wording=NEW, seen=wording_edition(measure), ground=GROUND)
    measure.refresh_from_db()
    assert (measure.text, measure.due_on) == (NEW.text, NEW.due_on)
    row = Amendment.objects.get()
    assert row.before == {"内容": "学校食堂明厨亮灶覆盖率达到100%。", "期限": "未写日期"}
    assert row.after["期限"] == "2026年9月1日"


def test_wording_sent_twice_is_recorded_once(measure, clerk):
    seen = wording_edition(measure)
    correct_measure(measure, actor=clerk, wording=NEW, seen=seen, ground=GROUND)
    assert not correct_measure(measure, actor=clerk, wording=NEW, seen=seen, ground=GROUND)
    assert Amendment.objects.count() == 1


def test_stale_tab_is_told(measure, clerk):
    seen = wording_edition(measure)
    correct_measure(measure, actor=clerk, wording=NEW, seen=seen, ground=GROUND)
    with pytest.raises(Overtaken, match="内容现在是“学校食堂明厨亮灶覆盖率达到100%，接入监管平台。”"):
        correct_measure(measure, actor=clerk, wording=Wording("另一种写法。", None), seen=seen, ground=GROUND)


@pytest.mark.parametrize(
    ("wording", "sentence"),
    [
        (Wording("  ", None), "措施内容没有填写"),
        (Wording("长" * 5001, None), "最多5000个字"),
        (Wording("内容。", date(2062, 1, 1)), "期限不会在2062年"),
        (Wording("内容。", date(2025, 1, 1)), "期限不会在2025年"),
    ],
)
def test_wording_that_cannot_be_meant_is_refused(measure, clerk, wording, sentence):
    with pytest.raises(BadInput, match=sentence):
        correct_measure(measure, actor=clerk, wording=wording, seen=wording_edition(measure), ground=GROUND)


def test_leader_may_not_correct(measure, plan):
    with pytest.raises(AccessDenied):
        correct_measure(
            measure, actor=leader(plan.jurisdiction), wording=NEW, seen=wording_edition(measure), ground=GROUND
        )


@pytest.fixture
def unit(plan):
    return DepartmentFactory.create(jurisdiction=plan.jurisdiction, name="区工信局")


def test_renamed_unit_keeps_its_old_name_as_alias(unit, measure, clerk):
    AssignmentFactory.create(measure=measure, department=unit)
    rename_unit(unit, actor=clerk, name="区工业和信息化局", seen=unit_edition(unit), ground=GROUND)
    unit.refresh_from_db()
    assert unit.name == "区工业和信息化局"
    assert [alias.name for alias in unit.aliases.all()] == ["区工信局"]
    row = Amendment.objects.get()
    assert (row.before, row.after) == ({"单位名称": "区工信局"}, {"单位名称": "区工业和信息化局"})


def test_renaming_holds_in_a_plan_since_its_issue_at_the_earliest(unit, measure, clerk):
    AssignmentFactory.create(measure=measure, department=unit)
    early = Ground("“三定”规定", date(2026, 1, 5))
    rename_unit(unit, actor=clerk, name="区工业和信息化局", seen=unit_edition(unit), ground=early)
    assert Amendment.objects.get().decided_on == measure.task.plan.issued_on


def test_renaming_a_unit_without_duties_is_in_the_audit(unit, clerk):
    rename_unit(unit, actor=clerk, name="区工业和信息化局", seen=unit_edition(unit), ground=GROUND)
    assert not Amendment.objects.exists()
    assert AuditEntry.objects.get(verb="unit.renamed").reason == GROUND.reason


def test_renaming_sent_twice_renames_once(unit, measure, clerk):
    AssignmentFactory.create(measure=measure, department=unit)
    seen = unit_edition(unit)
    for _ in range(2):
        rename_unit(unit, actor=clerk, name="区工业和信息化局", seen=seen, ground=GROUND)
    assert Amendment.objects.count() == 1


def test_same_and_taken_names_are_refused(unit, clerk, plan):
    DepartmentFactory.create(jurisdiction=plan.jurisdiction, name="区商务局")
    with pytest.raises(BadInput, match="没有可更名的"):
        rename_unit(unit, actor=clerk, name="区工信局", seen=unit_edition(unit), ground=GROUND)
    with pytest.raises(BadInput, match="“区商务局”已是单位"):
        rename_unit(unit, actor=clerk, name="区商务局", seen=unit_edition(unit), ground=GROUND)


def test_names_aliases_and_groups_are_known(unit, plan):
    DepartmentAliasFactory.create(department=unit, name="工信部门")
    towns = [DepartmentFactory.create(jurisdiction=plan.jurisdiction, name=name) for name in ("青溪镇", "禾丰镇")]
    group = DepartmentGroupFactory.create(jurisdiction=plan.jurisdiction, name="各镇", members=towns)
    found = unit_names(plan.jurisdiction).added("工信部门， 各镇", "support", name="add_support")
    assert [(a.department, a.group) for a in found] == [(unit, None), (towns[0], group), (towns[1], group)]


def test_unknown_name_is_answered_with_the_likest(unit, plan):
    with pytest.raises(BadInput, match="没有名为“区工信居”的在用单位或集合单位。是不是“区工信局”？"):
        unit_names(plan.jurisdiction).added("区工信居", "lead", name="add_lead")


def test_unit_out_of_use_is_unknown(plan):
    DepartmentFactory.create(jurisdiction=plan.jurisdiction, name="区粮食局", active=False)
    with pytest.raises(BadInput, match="没有名为“区粮食局”"):
        unit_names(plan.jurisdiction).added("区粮食局", "lead", name="add_lead")
