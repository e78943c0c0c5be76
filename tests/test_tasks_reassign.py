"""Who does a measure: changed freely in a draft, by recorded amendment in a plan in force."""

from datetime import date

import pytest

from core.errors import AccessDenied, BadInput, WrongState
from core.models import AuditEntry
from departments.editions import Overtaken
from tasks.actions.amending import Ground
from tasks.actions.reassign import ENDED, Added, Reassignment, active_of, key_of, reassign, units_edition
from tasks.models import Amendment, Assignment, Measure
from tests.factories import (
    AssignmentFactory,
    DepartmentFactory,
    MeasureFactory,
    PlanFactory,
    office_user,
    reporter,
)

pytestmark = pytest.mark.django_db
GROUND = Ground("区食安委会议纪要〔2026〕5号", date(2026, 7, 3))


@pytest.fixture
def plan():
    return PlanFactory.create(issued=True)


@pytest.fixture
def clerk(plan):
    return office_user(plan.jurisdiction)


@pytest.fixture
def measure(plan) -> Measure:
    return MeasureFactory.create(task__section__plan=plan)


@pytest.fixture
def education(plan):
    return DepartmentFactory.create(jurisdiction=plan.jurisdiction, name="区教体局")


@pytest.fixture
def market(plan):
    return DepartmentFactory.create(jurisdiction=plan.jurisdiction, name="区市场监管局")


@pytest.fixture
def lead(measure, education) -> Assignment:
    return AssignmentFactory.create(measure=measure, department=education)


def now(measure) -> list[tuple[str, str]]:
    return [(a.department.name, a.role) for a in active_of(measure) if a.department]


def swap(lead, market) -> Reassignment:
    return Reassignment({key_of(lead): ENDED}, [Added(market, "lead")])


def test_one_ends_and_another_starts_on_the_date(measure, lead, market, clerk):
    seen = units_edition(measure)
    assert reassign(measure, actor=clerk, wanted=swap(lead, market), seen=seen, ground=GROUND)
    lead.refresh_from_db()
    assert lead.ended_on == GROUND.decided_on
    assert active_of(measure)[0].started_on == GROUND.decided_on
    assert now(measure) == [("区市场监管局", "lead")]


def test_amendment_says_who_when_what_and_why(measure, lead, market, clerk):
    reassign(measure, actor=clerk, wanted=swap(lead, market), seen=units_edition(measure), ground=GROUND)
    row = Amendment.objects.get()
    assert (row.before, row.after) == ({"牵头": "区教体局"}, {"牵头": "区市场监管局"})
    assert (row.reason, row.decided_on, row.actor, row.measure) == (GROUND.reason, GROUND.decided_on, clerk, measure)
    assert AuditEntry.objects.get(verb="plan.amended").reason == GROUND.reason


def test_changed_role_keeps_the_past(measure, lead, clerk):
    wanted = Reassignment({key_of(lead): "support"})
    reassign(measure, actor=clerk, wanted=wanted, seen=units_edition(measure), ground=GROUND)
    rows = Assignment.objects.order_by("pk").values_list("role", "ended_on", "started_on", "surface")
    assert list(rows) == [
        ("lead", GROUND.decided_on, None, "区教体局"),
        ("support", None, GROUND.decided_on, "区教体局"),
    ]


def test_same_form_sent_twice_changes_once(measure, lead, market, clerk):
    seen = units_edition(measure)
    assert reassign(measure, actor=clerk, wanted=swap(lead, market), seen=seen, ground=GROUND)
    assert not reassign(measure, actor=clerk, wanted=swap(lead, market), seen=seen, ground=GROUND)
    assert Amendment.objects.count() == 1


def test_second_clerk_is_told_what_the_first_changed(measure, lead, market, clerk, plan):
    seen = units_edition(measure)
    reassign(measure, actor=clerk, wanted=swap(lead, market), seen=seen, ground=GROUND)
    colleague = office_user(plan.jurisdiction)
    finance = DepartmentFactory.create(jurisdiction=plan.jurisdiction)
    wanted = Reassignment({key_of(lead): "support"}, [Added(finance, "lead")])
    with pytest.raises(Overtaken, match="已被改过：牵头现在是“区市场监管局”"):
        reassign(measure, actor=colleague, wanted=wanted, seen=seen, ground=GROUND)
    assert now(measure) == [("区市场监管局", "lead")]


def test_nobody_left_is_refused_in_a_plan_in_force(measure, lead, clerk):
    with pytest.raises(BadInput, match="没有单位承担"):
        reassign(
            measure, actor=clerk, wanted=Reassignment({key_of(lead): ENDED}), seen=units_edition(measure), ground=GROUND
        )


@pytest.mark.parametrize(
    ("ground", "sentence"),
    [
        (None, "要写明理由"),
        (Ground("  ", date(2026, 7, 3)), "理由没有填写"),
        (Ground("会议", date(2026, 1, 1)), "早于计划的印发日期2026年3月20日"),
        (Ground("会议", date(2099, 1, 1)), "在今天之后"),
    ],
)
def test_ground_is_asked_for(measure, lead, market, clerk, ground, sentence):
    with pytest.raises(BadInput, match=sentence):
        reassign(measure, actor=clerk, wanted=swap(lead, market), seen=units_edition(measure), ground=ground)
    assert not Amendment.objects.exists()


def test_unit_that_takes_part_is_not_added_in_another_role(measure, lead, education, clerk):
    wanted = Reassignment({}, [Added(education, "support")])
    with pytest.raises(BadInput, match="“区教体局”已经是牵头单位"):
        reassign(measure, actor=clerk, wanted=wanted, seen=units_edition(measure), ground=GROUND)


def test_unit_named_twice_is_refused(measure, lead, market, clerk):
    wanted = Reassignment({}, [Added(market, "support"), Added(market, "shared")])
    with pytest.raises(BadInput, match="填了两次"):
        reassign(measure, actor=clerk, wanted=wanted, seen=units_edition(measure), ground=GROUND)


def test_foreign_and_unused_units_are_refused(measure, lead, clerk, plan):
    unused = DepartmentFactory.create(jurisdiction=plan.jurisdiction, active=False)
    for unit in (DepartmentFactory.create(), unused):
        with pytest.raises(BadInput, match="不是本行政区在用的单位"):
            reassign(
                measure,
                actor=clerk,
                wanted=Reassignment({}, [Added(unit, "lead")]),
                seen=units_edition(measure),
                ground=GROUND,
            )


def test_role_that_does_not_exist_is_refused(measure, lead, clerk):
    with pytest.raises(BadInput, match="角色不明"):
        reassign(
            measure,
            actor=clerk,
            wanted=Reassignment({key_of(lead): "boss"}),
            seen=units_edition(measure),
            ground=GROUND,
        )


def test_reporter_may_not(measure, lead, market, education):
    with pytest.raises(AccessDenied):
        reassign(
            measure, actor=reporter(education), wanted=swap(lead, market), seen=units_edition(measure), ground=GROUND
        )


def test_closed_plan_is_not_amended(measure, lead, market, clerk, plan):
    plan.stage = "closed"
    plan.save()
    with pytest.raises(WrongState, match="不能更正"):
        reassign(measure, actor=clerk, wanted=swap(lead, market), seen=units_edition(measure), ground=GROUND)


@pytest.fixture
def drafted(plan, measure) -> Measure:
    plan.stage, plan.issued_on, plan.document_number = "draft", None, ""
    plan.save()
    fresh: Measure = Measure.objects.select_related("task__plan").get(pk=measure.pk)
    return fresh


def test_draft_gets_its_units_in_one_go(drafted, education, market, clerk):
    wanted = Reassignment({}, [Added(education, "lead"), Added(market, "support")])
    assert reassign(drafted, actor=clerk, wanted=wanted, seen=units_edition(drafted))
    assert now(drafted) == [("区教体局", "lead"), ("区市场监管局", "support")]
    assert [a.started_on for a in active_of(drafted)] == [None, None]


def test_draft_leaves_no_amendment_but_an_audit_entry(drafted, education, clerk):
    reassign(drafted, actor=clerk, wanted=Reassignment({}, [Added(education, "lead")]), seen=units_edition(drafted))
    assert not Amendment.objects.exists()
    entry = AuditEntry.objects.get(verb="plan.edited")
    assert (entry.after["words"], entry.after["measure"]) == ({"牵头": "区教体局"}, drafted.number)


def test_draft_changes_rows_in_place_and_removes_them(drafted, lead, market, clerk):
    support = AssignmentFactory.create(measure=drafted, department=market, role="support")
    wanted = Reassignment({key_of(lead): ENDED, key_of(support): "lead"})
    reassign(drafted, actor=clerk, wanted=wanted, seen=units_edition(drafted))
    assert Assignment.objects.get().pk == support.pk
    assert now(drafted) == [("区市场监管局", "lead")]


def test_open_name_is_replaced_by_units(drafted, education, clerk):
    open_name = AssignmentFactory.create(measure=drafted, department=None, role="shared", surface="相关部门")
    wanted = Reassignment({key_of(open_name): ENDED}, [Added(education, "shared")])
    reassign(drafted, actor=clerk, wanted=wanted, seen=units_edition(drafted))
    assert AuditEntry.objects.get(verb="plan.edited").before["words"] == {"分工": "相关部门"}
    assert now(drafted) == [("区教体局", "shared")]
