"""Corrections of measures: cut, joined, added, removed, reworded, and what happens to their units and targets."""

from __future__ import annotations

from intake.corrections import operations as ops
from tests.corrected import corrected, measure_of, refusal, sample, task_of


def first_id(plan):
    return f"m{plan.at('秋季')}"


def split(plan):
    return ops.SplitMeasure(first_id(plan), plan.at("加强巡查"))


def test_no_corrections_leave_the_reading_as_it_is():
    plan = sample()
    draft = corrected(plan)
    assert [m["text"] for t in draft.reading["tasks"] for m in t["measures"]] == [
        m["text"] for t in plan.reading["tasks"] for m in t["measures"]
    ]


def test_split_cuts_the_text_at_the_place():
    plan = sample()
    draft = corrected(plan, split(plan))
    assert measure_of(draft, 1, 1)["text"] == "秋季开学前学校食堂（含托育机构）全部联网，覆盖率达到100%。"
    assert measure_of(draft, 1, 2)["text"] == "加强巡查。"


def test_split_names_the_new_measure_by_its_place():
    plan = sample()
    assert measure_of(corrected(plan, split(plan)), 1, 2)["id"] == f"m{plan.at('加强巡查')}"


def test_split_gives_both_halves_the_units_of_the_bracket_behind_them():
    plan = sample()
    draft = corrected(plan, split(plan))
    names = [[u["department"] for u in measure_of(draft, 1, n)["assignments"]] for n in (1, 2)]
    assert names == [["市教体局", "市市场监管局"]] * 2


def test_split_leaves_a_deadline_with_the_half_that_states_it():
    plan = sample()
    draft = corrected(plan, split(plan))
    assert [measure_of(draft, 1, n)["due_text"] for n in (1, 2)] == ["秋季开学前", ""]


def test_split_renumbers_the_targets_behind_it():
    plan = sample()
    draft = corrected(plan, split(plan))
    assert [(i["quote"], i["measure"]) for i in draft.reading["indicators"][:2]] == [
        ("覆盖率达到100%", 1),
        ("检查全覆盖", 3),
    ]


def test_split_moves_a_target_stated_behind_the_cut():
    plan = sample()
    draft = corrected(plan, ops.SplitMeasure(first_id(plan), plan.at("覆盖率")))
    assert draft.reading["indicators"][0]["measure"] == 2


def test_split_is_refused_at_the_edge():
    plan = sample()
    assert "不在这项措施之内" in refusal(corrected(plan, ops.SplitMeasure(first_id(plan), plan.at("秋季"))))


def test_split_is_refused_inside_a_bracket():
    plan = sample()
    assert "括号之内" in refusal(corrected(plan, ops.SplitMeasure(first_id(plan), plan.at("托育"))))


def test_split_is_refused_where_a_half_has_no_words():
    plan = sample()
    end = plan.at("加强巡查。") + len("加强巡查")
    draft = corrected(plan, split(plan), ops.SplitMeasure(f"m{plan.at('加强巡查')}", end))
    assert "没有文字" in refusal(draft)


def test_merge_joins_words_without_the_bracket_between():
    plan = sample()
    draft = corrected(plan, ops.MergeMeasures(first_id(plan)))
    assert measure_of(draft, 1, 1)["text"].endswith("覆盖率达到100%。加强巡查。周边商户检查全覆盖。")


def test_merge_unites_units_in_the_stronger_role():
    plan = sample()
    draft = corrected(plan, ops.MergeMeasures(first_id(plan)))
    assert [(u["department"], u["role"]) for u in measure_of(draft, 1, 1)["assignments"]] == [
        ("市教体局", "lead"),
        ("市市场监管局", "lead"),
        ("市城管局", "shared"),
    ]


def test_merge_takes_the_targets_along():
    plan = sample()
    draft = corrected(plan, ops.MergeMeasures(first_id(plan)))
    assert [i["measure"] for i in draft.reading["indicators"] if i["task"] == 1] == [1, 1]


def test_merge_takes_the_later_deadline():
    plan = sample()
    second = f"m{plan.at('周边')}"
    draft = corrected(
        plan,
        ops.SetMeasure(first_id(plan), {"due_on": "2026-08-31"}),
        ops.SetMeasure(second, {"due_on": "2026-09-30", "due_text": "9月底前"}),
        ops.MergeMeasures(first_id(plan)),
    )
    assert (measure_of(draft, 1, 1)["due_on"], measure_of(draft, 1, 1)["due_text"]) == ("2026-09-30", "9月底前")


def test_merge_of_the_last_measure_is_refused():
    plan = sample()
    assert "最后一项" in refusal(corrected(plan, ops.MergeMeasures(f"m{plan.at('周边')}")))


def test_split_undoes_a_merge_at_the_bracket():
    plan = sample()
    draft = corrected(
        plan,
        ops.MergeMeasures(first_id(plan)),
        ops.SplitMeasure(first_id(plan), plan.at("周边")),
    )
    assert [m["text"] for m in task_of(draft, 1)["measures"]] == [
        m["text"] for m in plan.reading["tasks"][0]["measures"]
    ]


def test_text_set_by_hand_stays():
    plan = sample()
    draft = corrected(plan, ops.SetMeasure(first_id(plan), {"text": "学校食堂全部联网。"}))
    assert measure_of(draft, 1, 1)["text"] == "学校食堂全部联网。"


def test_text_set_by_hand_gives_way_to_a_split():
    plan = sample()
    draft = corrected(plan, ops.SetMeasure(first_id(plan), {"text": "学校食堂全部联网。"}), split(plan))
    assert measure_of(draft, 1, 2)["text"] == "加强巡查。"


def test_new_values_keep_what_was_read():
    plan = sample()
    draft = corrected(
        plan,
        ops.SetMeasure(first_id(plan), {"due_on": "2026-08-30"}),
        ops.SetMeasure(first_id(plan), {"due_on": "2026-08-31"}),
    )
    assert measure_of(draft, 1, 1)["read"] == {"due_on": None}


def test_only_touched_facts_are_marked():
    plan = sample()
    draft = corrected(plan, ops.SetMeasure(first_id(plan), {"due_on": "2026-08-31"}))
    assert [m["corrected"] for t in draft.reading["tasks"] for m in t["measures"]] == [True, False, False, False, False]


def test_remove_takes_units_and_targets_along():
    plan = sample()
    draft = corrected(plan, ops.RemoveMeasure(first_id(plan)))
    assert [i["quote"] for i in draft.reading["indicators"]] == ["检查全覆盖", "合格率达到98%"]
    assert measure_of(draft, 1, 1)["text"] == "周边商户检查全覆盖。"


def test_merge_across_a_removed_measure_leaves_its_words_out():
    plan = sample()
    draft = corrected(
        plan, split(plan), ops.RemoveMeasure(f"m{plan.at('加强巡查')}"), ops.MergeMeasures(first_id(plan))
    )
    assert measure_of(draft, 1, 1)["text"].endswith("覆盖率达到100%。周边商户检查全覆盖。")


def test_removed_text_can_become_a_measure_again():
    plan = sample()
    draft = corrected(
        plan, ops.RemoveMeasure(first_id(plan)), ops.AddMeasure(f"t{plan.at('（1）')}", plan.span("加强巡查。"))
    )
    assert [m["id"] for m in task_of(draft, 1)["measures"]] == ["c2", f"m{plan.at('周边')}"]


def test_added_measure_leaves_the_bracket_out_and_reads_its_deadline():
    plan = sample()
    plan.task("清查仓库")
    plan.reading["tasks"][-1]["span"] = [plan.at("（4）"), len(plan.text) + 15]
    plan.write("6月底前完成。", "body")
    plan.write("（市粮食局）", "bracket")
    span = (plan.at("6月底前"), len(plan.text))
    measure = measure_of(corrected(plan, ops.AddMeasure(f"t{plan.at('（4）')}", span)), 4, 1)
    assert (measure["text"], measure["due_on"], measure["due_text"]) == ("6月底前完成。", "2026-06-30", "6月底前")


def test_adding_text_of_another_measure_is_refused():
    plan = sample()
    assert "重叠" in refusal(corrected(plan, ops.AddMeasure(f"t{plan.at('（1）')}", plan.span("豇豆专项"))))


def test_adding_text_far_from_the_task_is_refused():
    plan = sample()
    draft = corrected(
        plan,
        ops.RemoveMeasure(f"m{plan.at('开展豇豆')}"),
        ops.AddMeasure(f"t{plan.at('（1）')}", plan.span("开展豇豆专项治理。")),
    )
    assert "旁边" in refusal(draft)


def test_adding_beyond_the_text_is_refused():
    plan = sample()
    end = len(plan.text)
    assert "超出原文" in refusal(corrected(plan, ops.AddMeasure(f"t{plan.at('（3）')}", (end - 2, end + 9))))


def test_a_fact_that_is_gone_makes_an_orphan():
    plan = sample()
    draft = corrected(plan, ops.RemoveMeasure(first_id(plan)), ops.SetMeasure(first_id(plan), {"text": "改"}))
    assert "已不存在" in refusal(draft)


def test_an_orphan_keeps_its_correction():
    plan = sample()
    operation = ops.RemoveMeasure("m999999")
    assert corrected(plan, operation).orphans[0].correction.operation == operation
