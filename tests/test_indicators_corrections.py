"""Corrected targets, reporters that follow the assignments, merged units."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from core.errors import AccessDenied, BadInput, WrongState
from departments.actions.units import change_unit, fields_of
from departments.editions import Overtaken, edition
from departments.models import Department
from indicators.actions.correct_target import Target, correct_target, target_edition, target_of
from indicators.actions.merge_units import merge_units
from indicators.actions.reassign_measure import reassign_measure
from indicators.models import Indicator, IndicatorReporter
from tasks.actions.amending import Ground
from tasks.actions.reassign import ENDED, Added, Reassignment, active_of, key_of, units_edition
from tasks.models import Amendment, Assignment
from tests.factories import (
    AssignmentFactory,
    DepartmentAliasFactory,
    DepartmentFactory,
    IndicatorFactory,
    IndicatorReporterFactory,
    MeasureFactory,
    PlanFactory,
    office_user,
    reporter,
)

pytestmark = pytest.mark.django_db
GROUND = Ground("市考核指标调整", date(2026, 8, 20))


@pytest.fixture
def plan():
    return PlanFactory.create(issued=True)


@pytest.fixture
def clerk(plan):
    return office_user(plan.jurisdiction)


@pytest.fixture
def unit(plan):
    return DepartmentFactory.create(jurisdiction=plan.jurisdiction, name="区畜牧局")


@pytest.fixture
def heir(plan):
    return DepartmentFactory.create(jurisdiction=plan.jurisdiction, name="区农业农村局")


@pytest.fixture
def indicator(plan, unit) -> Indicator:
    measure = MeasureFactory.create(task__section__plan=plan)
    AssignmentFactory.create(measure=measure, department=unit)
    made: Indicator = IndicatorFactory.create(measure=measure)
    IndicatorReporterFactory.create(indicator=made, department=unit)
    return Indicator.objects.select_related("measure__task__plan").get(pk=made.pk)


def corrected(indicator: Indicator, **fields) -> Target:
    return replace(target_of(indicator), **fields)


def test_corrected_target_keeps_its_history(indicator, clerk):
    target = corrected(indicator, value=Decimal("98.5"), family="flow_ratio", numerator_label="合格批次")
    assert correct_target(indicator, actor=clerk, target=target, seen=target_edition(indicator), ground=GROUND)
    row = Amendment.objects.get()
    assert row.before == {"目标": "≥100%", "汇总方式": "时点数", "分子": ""}
    assert row.after == {"目标": "≥98.5%", "汇总方式": "本年累计的比率", "分子": "合格批次"}
    indicator.refresh_from_db()
    assert indicator.value == Decimal("98.5")


def test_value_that_the_office_sets_is_no_longer_implied(indicator, clerk):
    Indicator.objects.update(implied=True)
    target = corrected(indicator, value=Decimal(90))
    correct_target(indicator, actor=clerk, target=target, seen=target_edition(indicator), ground=GROUND)
    assert not Indicator.objects.get().implied


def test_who_reports_is_chosen(indicator, clerk, unit, heir):
    target = corrected(indicator, reporters=(heir,))
    correct_target(indicator, actor=clerk, target=target, seen=target_edition(indicator), ground=GROUND)
    assert IndicatorReporter.objects.get().department == heir
    assert Amendment.objects.get().after == {"报数单位": "区农业农村局"}


def test_target_sent_twice_is_recorded_once_and_a_stale_tab_told(indicator, clerk):
    seen = target_edition(indicator)
    target = corrected(indicator, value=Decimal(90))
    assert correct_target(indicator, actor=clerk, target=target, seen=seen, ground=GROUND)
    assert not correct_target(indicator, actor=clerk, target=target, seen=seen, ground=GROUND)
    with pytest.raises(Overtaken, match="目标现在是“≥90%”，您填的是“≥80%”"):
        correct_target(indicator, actor=clerk, target=replace(target, value=Decimal(80)), seen=seen, ground=GROUND)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"value": Decimal(-1)}, "不能小于0"),
        ({"value": Decimal(101)}, "最多100%"),
        ({"subject": ""}, "指标名称没有填写"),
        ({"unit": "长" * 21}, "计量单位有21个字"),
        ({"denominator_label": "总数"}, "也要填分子"),
    ],
)
def test_target_that_cannot_be_meant_is_refused(indicator, clerk, fields, sentence):
    with pytest.raises(BadInput, match=sentence):
        correct_target(
            indicator, actor=clerk, target=corrected(indicator, **fields), seen=target_edition(indicator), ground=GROUND
        )


def test_foreign_unit_does_not_report(indicator, clerk):
    target = corrected(indicator, reporters=(DepartmentFactory.create(),))
    with pytest.raises(BadInput, match="不能报数"):
        correct_target(indicator, actor=clerk, target=target, seen=target_edition(indicator), ground=GROUND)


def test_unit_that_leaves_no_longer_reports(indicator, clerk, heir):
    measure = indicator.measure
    (lead,) = active_of(measure)
    wanted = Reassignment({key_of(lead): ENDED}, [Added(heir, "lead")])
    reassign_measure(measure, actor=clerk, wanted=wanted, seen=units_edition(measure), ground=GROUND)
    assert IndicatorReporter.objects.get().department == heir
    row = Amendment.objects.get(kind="target")
    assert row.after == {f"{indicator.subject}的报数单位": "区农业农村局"}


def test_reporter_that_stays_is_left_alone(indicator, clerk, unit, heir):
    measure = indicator.measure
    wanted = Reassignment({}, [Added(heir, "lead")])
    reassign_measure(measure, actor=clerk, wanted=wanted, seen=units_edition(measure), ground=GROUND)
    assert IndicatorReporter.objects.get().department == unit


def test_merger_moves_duties_figures_and_names(indicator, clerk, unit, heir):
    DepartmentAliasFactory.create(department=unit, name="畜牧部门")
    done = merge_units(unit, into=heir, actor=clerk, ground=GROUND)
    assert (done.plans, done.assignments, done.doubled) == (1, 1, 0)
    assert [a.department for a in active_of(indicator.measure)] == [heir]
    assert Assignment.objects.get(department=unit).ended_on == GROUND.decided_on
    assert IndicatorReporter.objects.get().department == heir
    assert {alias.name for alias in heir.aliases.all()} == {"区畜牧局", "畜牧部门"}
    unit.refresh_from_db()
    assert (unit.name, unit.active) == ("区畜牧局（已并入区农业农村局）", False)


@pytest.mark.parametrize(("role", "kept"), [("support", "lead"), ("lead", "lead")])
def test_where_both_take_part_the_stronger_role_stays(indicator, clerk, unit, heir, role, kept):
    AssignmentFactory.create(measure=indicator.measure, department=heir, role=role)
    done = merge_units(unit, into=heir, actor=clerk, ground=GROUND)
    assert done.doubled == 1
    assert [(a.department, a.role) for a in active_of(indicator.measure)] == [(heir, kept)]


def test_unit_that_reports_beside_its_heir_leaves_one_reporter(indicator, clerk, unit, heir):
    IndicatorReporterFactory.create(indicator=indicator, department=heir)
    merge_units(unit, into=heir, actor=clerk, ground=GROUND)
    assert [r.department for r in IndicatorReporter.objects.all()] == [heir]


def test_merger_is_recorded_in_each_plan_in_force(indicator, clerk, unit, heir):
    merge_units(unit, into=heir, actor=clerk, ground=GROUND)
    row = Amendment.objects.get()
    assert row.before == {"单位": "区畜牧局", "承担的措施": indicator.measure.number}
    assert row.after["承担的措施"].endswith("转由区农业农村局承担")


def test_draft_is_changed_without_an_amendment_and_a_closed_plan_not_at_all(clerk, unit, heir, plan):
    drafted = PlanFactory.create(jurisdiction=plan.jurisdiction)
    closed = PlanFactory.create(jurisdiction=plan.jurisdiction, issued=True, stage="closed")
    for each in (drafted, closed):
        AssignmentFactory.create(measure__task__section__plan=each, department=unit)
    assert merge_units(unit, into=heir, actor=clerk, ground=GROUND).plans == 1
    assert not Amendment.objects.exists()
    assert Assignment.objects.get(measure__task__plan=drafted).department == heir
    assert Assignment.objects.get(measure__task__plan=closed).department == unit


def test_second_merger_is_told(clerk, unit, heir):
    merge_units(unit, into=heir, actor=clerk, ground=GROUND)
    with pytest.raises(WrongState, match="已经停用"):
        merge_units(unit, into=heir, actor=clerk, ground=GROUND)


def test_unit_does_not_merge_into_itself_or_a_foreign_one(clerk, unit):
    for into, sentence in ((unit, "不能并入自己"), (DepartmentFactory.create(), "不能合并")):
        with pytest.raises(BadInput, match=sentence):
            merge_units(unit, into=into, actor=clerk, ground=GROUND)
    assert Department.objects.get(pk=unit.pk).active


def test_reporter_may_not_merge(unit, heir):
    with pytest.raises(AccessDenied):
        merge_units(unit, into=heir, actor=reporter(unit), ground=GROUND)


def test_heir_can_still_be_edited_afterwards(clerk, unit, heir):
    merge_units(unit, into=heir, actor=clerk, ground=GROUND)
    fields = replace(fields_of(heir), short_name="农业")
    assert change_unit(heir, actor=clerk, fields=fields, seen=edition(fields_of(heir).as_text())).short_name == "农业"
