"""Corrections of parts, tasks and head matter."""

from __future__ import annotations

from intake.corrections import operations as ops
from tests.corrected import PlanMaker, corrected, measure_of, refusal, sample, task_of


def task_id(plan, number):
    return f"t{plan.reading['tasks'][number - 1]['span'][0]}"


def kinds_at(draft, span):
    return {p["kind"] for p in draft.reading["pieces"] if p["span"][0] < span[1] and span[0] < p["span"][1]}


def test_plan_facts_are_set():
    draft = corrected(sample(), ops.SetPlan({"document_number": "临食安委〔2026〕1号", "issued_on": "2026-03-02"}))
    assert draft.reading["plan"]["document_number"] == "临食安委〔2026〕1号"


def test_section_title_is_set():
    plan = sample()
    draft = corrected(plan, ops.SetSection(f"s{plan.at('一、')}", {"title": "守护校园安全"}))
    assert draft.reading["sections"][0]["title"] == "守护校园安全"


def test_tasks_of_a_removed_part_go_to_the_one_before():
    plan = sample()
    draft = corrected(plan, ops.RemoveSection(f"s{plan.at('二、')}"))
    assert [task["section"] for task in draft.reading["tasks"]] == [1, 1, 1]


def test_tasks_of_a_removed_first_part_have_none():
    plan = sample()
    draft = corrected(plan, ops.RemoveSection(f"s{plan.at('一、')}"))
    assert [task["section"] for task in draft.reading["tasks"]] == [None, None, 1]


def test_heading_of_a_removed_part_becomes_body():
    plan = sample()
    draft = corrected(plan, ops.RemoveSection(f"s{plan.at('二、')}"))
    assert kinds_at(draft, plan.span("二、严把源头")) == {"body"}


def test_an_added_part_takes_the_tasks_behind_it():
    plan = sample()
    draft = corrected(plan, ops.AddSection(task_id(plan, 2), "强化陪餐", "二、"))
    assert [task["section"] for task in draft.reading["tasks"]] == [1, 2, 3]
    assert [section["number"] for section in draft.reading["sections"]] == [1, 2, 3]


def test_an_added_part_cuts_its_heading_out_of_the_measure_before():
    plan = sample()
    plan.reading["tasks"][0]["measures"].pop()
    plan.reading["indicators"].pop(1)
    draft = corrected(plan, ops.AddSection(task_id(plan, 2), "加强巡查", span=plan.span("加强巡查。")))
    assert measure_of(draft, 1, 1)["text"].endswith("覆盖率达到100%。")
    assert kinds_at(draft, plan.span("加强巡查。")) == {"heading"}


def test_an_added_part_may_not_part_the_measures_of_a_task():
    plan = sample()
    draft = corrected(plan, ops.AddSection(task_id(plan, 2), "加强巡查", span=plan.span("加强巡查。")))
    assert "拆分任务" in refusal(draft)


def test_a_task_number_is_unique():
    plan = sample()
    assert "已被另一项任务使用" in refusal(corrected(plan, ops.SetTask(task_id(plan, 2), {"number": 3})))


def test_a_new_task_number_leads_the_targets_along():
    plan = sample()
    draft = corrected(plan, ops.SetTask(task_id(plan, 1), {"number": 9}))
    assert [i["task"] for i in draft.reading["indicators"]] == [9, 9, 3]


def test_merged_task_puts_its_heading_into_its_first_measure():
    plan = sample()
    draft = corrected(plan, ops.MergeTask(task_id(plan, 2)))
    assert measure_of(draft, 1, 3)["text"] == "规范陪餐。落实负责人陪餐制度。"
    assert kinds_at(draft, plan.span("规范陪餐。")) == {"body"}


def test_numbers_that_the_plan_writes_stay_after_a_merge():
    plan = sample()
    draft = corrected(plan, ops.MergeTask(task_id(plan, 2)))
    assert [task["number"] for task in draft.reading["tasks"]] == [1, 3]


def test_counted_numbers_close_the_gap_after_a_merge():
    plan = PlanMaker()
    for title in ("甲", "乙", "丙"):
        plan.task(f"推进{title}项工作", label="")
        plan.measure(f"完成{title}项。")
    draft = corrected(plan, ops.MergeTask(task_id(plan, 2)))
    found = [(task["number"], task["title"]) for task in draft.reading["tasks"]]
    assert found == [(1, "推进甲项工作"), (2, "推进丙项工作")]


def test_the_first_task_has_none_to_go_to():
    plan = sample()
    assert "第一项任务" in refusal(corrected(plan, ops.MergeTask(task_id(plan, 1))))


def test_tasks_of_two_parts_do_not_merge():
    plan = sample()
    assert "另一部分" in refusal(corrected(plan, ops.MergeTask(task_id(plan, 3))))


def test_split_task_takes_the_measures_from_there_on():
    plan = sample()
    draft = corrected(plan, ops.SplitTask(f"m{plan.at('周边')}", "整治周边"))
    assert [(t["number"], t["title"], len(t["measures"])) for t in draft.reading["tasks"]] == [
        (1, "推进明厨亮灶", 1),
        (2, "整治周边", 1),
        (3, "规范陪餐", 1),
        (4, "治理农残", 2),
    ]


def test_split_task_fills_a_gap_in_the_numbers():
    plan = sample()
    draft = corrected(
        plan,
        ops.SetTask(task_id(plan, 3), {"number": 4}),
        ops.SetTask(task_id(plan, 2), {"number": 3}),
        ops.SplitTask(f"m{plan.at('周边')}", "整治周边"),
    )
    assert [task["number"] for task in draft.reading["tasks"]] == [1, 2, 3, 4]


def test_split_task_takes_a_heading_out_of_its_first_measure():
    plan = sample()
    draft = corrected(
        plan,
        ops.SplitMeasure(f"m{plan.at('秋季')}", plan.at("覆盖率")),
        ops.SplitTask(f"m{plan.at('覆盖率')}", "覆盖率达到100%"),
    )
    assert measure_of(draft, 2, 1)["text"] == "加强巡查。"
    assert "heading" in kinds_at(draft, plan.span("覆盖率达到100%。"))


def test_split_task_at_the_first_measure_is_refused():
    plan = sample()
    assert "第一项" in refusal(corrected(plan, ops.SplitTask(f"m{plan.at('秋季')}", "全部联网")))


def test_duties_follow_the_task_that_states_them():
    plan = sample()
    draft = corrected(plan, ops.SplitTask(f"m{plan.at('合格率')}", "提高合格率"))
    assert draft.reading["reporting"][0]["task"] == 4


def test_duties_of_a_removed_task_stay_without_one():
    plan = sample()
    assert corrected(plan, ops.RemoveTask(task_id(plan, 3))).reading["reporting"][0]["task"] is None


def test_a_removed_task_takes_its_targets_along():
    plan = sample()
    draft = corrected(plan, ops.RemoveTask(task_id(plan, 1)))
    assert [i["quote"] for i in draft.reading["indicators"]] == ["合格率达到98%"]


def test_head_matter_takes_parts_and_tasks_wholly_inside():
    plan = sample()
    draft = corrected(plan, ops.MarkHead((0, plan.at("二、"))))
    assert [task["title"] for task in draft.reading["tasks"]] == ["治理农残"]
    assert [section["title"] for section in draft.reading["sections"]] == ["严把源头"]


def test_head_matter_is_one_piece():
    plan = sample()
    end = plan.at("二、")
    assert corrected(plan, ops.MarkHead((0, end))).reading["pieces"][0] == {"kind": "head", "span": [0, end]}


def test_head_matter_may_not_take_a_heading_without_its_text():
    plan = sample()
    assert "标题" in refusal(corrected(plan, ops.MarkHead((0, plan.at("加强巡查")))))


def test_head_matter_inside_a_measure_is_cut_out():
    plan = sample()
    draft = corrected(plan, ops.MarkHead(plan.span("加强巡查。")))
    assert task_of(draft, 1)["measures"][0]["text"].endswith("覆盖率达到100%。")
