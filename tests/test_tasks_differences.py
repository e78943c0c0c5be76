"""In what two texts differ: pure functions, no database."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from time import process_time

import pytest

from tasks.difference_rows import chosen, how_many, measure_row, summary
from tasks.differences import Kind, compare
from tasks.plan_text import DutyText, MeasureText, PlanText, TargetText, TaskText, UnitText
from tasks.runs import runs, runs_of_names

TARGET = TargetText("学校食堂明厨亮灶覆盖率", ">=", Decimal(95), "%")
LEAD, SUPPORT = UnitText("区教体局", "lead"), UnitText("区市场监管局", "support")
SCHOOL = MeasureText(
    "1.1", "推进学校食堂明厨亮灶，覆盖率达到95%以上。", date(2026, 8, 31), "秋季开学前", (LEAD, SUPPORT), (TARGET,)
)
AROUND = MeasureText("1.2", "开展校园周边食品经营者全覆盖检查。")
MARKET = MeasureText("2.1", "规范农村集贸市场经营秩序，每月巡查一次。")
DUTY = DutyText("quarterly", "", "to_office", "各成员单位", "区食安办", "各成员单位每季度末向区食安办报送进展。")
PLAN = PlanText(
    "2026年青禾区食品安全工作要点",
    (
        TaskText(1, "（一）", "守护校园食品安全", "重点治理", (SCHOOL, AROUND)),
        TaskText(2, "（二）", "规范农村食品市场", "重点治理", (MARKET,)),
    ),
    (DUTY,),
)


def with_first(measure: MeasureText) -> PlanText:
    """The plan with another first measure."""
    first, *rest = PLAN.tasks
    return replace(PLAN, tasks=(replace(first, measures=(measure, AROUND)), *rest))


def only(plan: PlanText):
    """The one measure in which the plan differs from `PLAN`."""
    (task,) = compare(PLAN, plan).tasks
    (measure,) = task.measures
    return measure


def test_same_text_has_no_difference():
    found = compare(PLAN, PLAN)
    assert not found
    assert summary(found) == "两份文本没有差异。"


def test_reworded_measure_is_found_and_its_wording_compared():
    measure = only(with_first(replace(SCHOOL, text="全面推进学校食堂明厨亮灶，覆盖率达到98%以上。")))
    assert measure.kind is Kind.REWORDED
    assert [(r.kind, r.text) for r in measure.runs if r.kind != "same"] == [
        ("new", "全面"),
        ("gone", "95%"),
        ("new", "98%"),
    ]


@pytest.mark.parametrize(
    ("comparator", "old", "new", "kind"),
    [
        (">=", 95, 98, Kind.RAISED),
        (">=", 98, 95, Kind.LOWERED),
        ("<=", 2, 1, Kind.RAISED),
        ("<", 1, 2, Kind.LOWERED),
        ("=", 11, 12, Kind.RAISED),
    ],
)
def test_target_is_raised_where_it_becomes_harder(comparator, old, new, kind):
    before, after = (replace(TARGET, comparator=comparator, value=Decimal(v)) for v in (old, new))
    found = compare(with_first(replace(SCHOOL, targets=(before,))), with_first(replace(SCHOOL, targets=(after,))))
    assert [t.kind for t in found.tasks[0].measures[0].targets] == [kind]


def test_target_in_another_unit_is_changed():
    found = only(with_first(replace(SCHOOL, targets=(replace(TARGET, subject="明厨亮灶的学校食堂", unit="家"),))))
    assert {t.kind for t in found.targets} == {Kind.ADDED, Kind.DROPPED}
    found = only(with_first(replace(SCHOOL, targets=(replace(TARGET, unit="‰"),))))
    assert [t.kind for t in found.targets] == [Kind.CHANGED]


def test_units_added_dropped_and_changed_in_role():
    units = (UnitText("区市场监管局", "lead"), UnitText("区卫健委", "support"))
    found = only(with_first(replace(SCHOOL, units=units)))
    assert found.kind is Kind.SAME
    assert [(u.kind, u.name) for u in found.units] == [
        (Kind.CHANGED, "区市场监管局"),
        (Kind.ADDED, "区卫健委"),
        (Kind.DROPPED, "区教体局"),
    ]


def test_changed_deadline_is_found_and_its_wording_alone_is_none():
    assert only(with_first(replace(SCHOOL, due_on=date(2026, 9, 30)))).deadline_changed
    assert not compare(PLAN, with_first(replace(SCHOOL, due_text="8月底前")))


def test_added_and_dropped_tasks():
    more = TaskText(3, "（三）", "加强冷链运输监管", "", (MeasureText("3.1", "建立冷藏车辆登记台账。"),))
    found = compare(replace(PLAN, tasks=(PLAN.tasks[0],)), replace(PLAN, tasks=(PLAN.tasks[0], more)))
    assert found.counts["tasks", Kind.ADDED] == found.counts["measures", Kind.ADDED] == 1
    back = compare(replace(PLAN, tasks=(PLAN.tasks[0], more)), replace(PLAN, tasks=(PLAN.tasks[0],)))
    assert summary(back) == "任务取消1项；措施取消1项。"


def test_task_that_only_moved_does_not_differ_in_wording():
    moved = replace(PLAN.tasks[1], number=5, measures=(replace(MARKET, number="5.1"),))
    assert not compare(PLAN, replace(PLAN, tasks=(PLAN.tasks[0], moved)))


def test_measure_that_moved_to_another_task_is_not_dropped():
    first, second = PLAN.tasks
    tasks = (replace(first, measures=(SCHOOL,)), replace(second, measures=(MARKET, replace(AROUND, number="2.2"))))
    assert compare(PLAN, replace(PLAN, tasks=tasks)).counts["measures", Kind.DROPPED] == 0


def test_renamed_task_is_reworded():
    first = replace(PLAN.tasks[0], title="全面守护校园食品安全")
    found = compare(PLAN, replace(PLAN, tasks=(first, PLAN.tasks[1])))
    assert [task.kind for task in found.tasks] == [Kind.REWORDED]


def test_task_rewritten_under_its_title_keeps_its_place():
    second = replace(PLAN.tasks[1], measures=(MeasureText("2.1", "推广快检室，摊位公示检测结果。"),))
    found = compare(PLAN, replace(PLAN, tasks=(PLAN.tasks[0], second)))
    assert [(m.kind, bool(m.old)) for m in found.tasks[0].measures] == [(Kind.ADDED, False), (Kind.DROPPED, True)]


def test_duties_changed_added_and_dropped():
    due = replace(DUTY, due="06-30")
    assert compare(PLAN, replace(PLAN, duties=(due,))).counts["duties", Kind.CHANGED] == 1
    assert compare(PLAN, replace(PLAN, duties=())).counts["duties", Kind.DROPPED] == 1


def test_filter_leaves_what_differs_in_its_sort():
    plan = with_first(replace(SCHOOL, targets=(replace(TARGET, value=Decimal(98)),)))
    found = compare(PLAN, plan)
    assert how_many(found, "targets") == 1
    assert [len(task.measures) for task in chosen(found.tasks, "targets")] == [1]
    assert chosen(found.tasks, "units") == []


def test_row_says_a_limit_was_tightened():
    before, after = (replace(TARGET, comparator="<=", value=Decimal(v)) for v in (2, 1))
    found = compare(with_first(replace(SCHOOL, targets=(before,))), with_first(replace(SCHOOL, targets=(after,))))
    line = measure_row(found.tasks[0].measures[0], 2026).targets[0]
    assert line.word == "收紧"
    assert [r.text for r in line.runs] == [TARGET.subject, "≤2%", "≤1%"]


def test_deadline_leaves_out_the_plans_year():
    row = measure_row(only(with_first(replace(SCHOOL, due_on=date(2027, 1, 31)))), 2026)
    assert [r.text for r in row.deadline] == ["8月31日", "2027年1月31日"]


@pytest.mark.parametrize(
    ("old", "new"), [("", "新的内容"), ("旧的内容", ""), ("每季度检查", "每半年检查一次"), ("甲乙丙", "丁")]
)
def test_runs_give_back_both_texts(old, new):
    found = runs(old, new)
    assert "".join(r.text for r in found if r.kind != "new") == old
    assert "".join(r.text for r in found if r.kind != "gone") == new


def test_names_change_as_wholes():
    found = runs_of_names("区教体局、区商务局", "区文旅局、区商务局")
    assert [(r.kind, r.text) for r in found] == [("gone", "区教体局"), ("new", "区文旅局"), ("same", "、区商务局")]


def huge(value: int) -> PlanText:
    """2,000 measures in 500 tasks, alike but for their numbers."""
    tasks = []
    for n in range(1, 501):
        texts = [f"第{n}网格第{m}类经营主体检查覆盖率达到{value}%以上。" for m in range(1, 5)]
        measures = tuple(MeasureText(f"{n}.{m}", text, targets=(TARGET,)) for m, text in enumerate(texts, start=1))
        tasks.append(TaskText(n, f"（{n}）", f"第{n}网格日常检查", "", measures))
    return PlanText("大计划", tuple(tasks))


def test_two_texts_of_2000_measures_are_compared_in_two_seconds():
    started = process_time()
    found = compare(huge(90), huge(95))
    assert process_time() - started < 2
    assert found.counts["measures", Kind.REWORDED] == 2000
