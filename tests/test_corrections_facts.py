"""Ids of facts; corrections of units, targets and duties."""

from __future__ import annotations

from intake.corrections import operations as ops
from intake.corrections.facts import Names, every, identified
from tests.corrected import corrected, measure_of, refusal, sample
from tests.readings import reading


def first_measure(plan):
    return f"m{plan.at('秋季')}"


def unit_id(plan, name):
    return f"a{plan.at(name)}"


def target(draft, quote):
    return next(i for i in draft.reading["indicators"] if i["quote"] == quote)


def test_ids_say_kind_and_place():
    plan = sample()
    ids = {fact["id"] for _, fact in every(identified(plan.reading, Names()))}
    assert {f"s{plan.at('一、')}", f"t{plan.at('（1）')}", f"m{plan.at('秋季')}", f"a{plan.at('市教体局')}"} <= ids


def test_ids_of_facts_at_one_place_differ():
    ids = [fact["id"] for _, fact in every(identified(reading(), Names()))]
    assert "a30.2" in ids
    assert len(ids) == len(set(ids))


def test_ids_leave_the_reading_alone():
    before = reading()
    identified(before, Names())
    assert before == reading()


def test_a_unit_is_added_at_the_end():
    plan = sample()
    draft = corrected(plan, ops.AddAssignment(first_measure(plan), "市卫健委", "support"))
    assert measure_of(draft, 1, 1)["assignments"][-1] | {"corrected": None} == {
        "id": "c1",
        "surface": "市卫健委",
        "department": "市卫健委",
        "role": "support",
        "group": False,
        "open": False,
        "span": [plan.at("（市教体局")] * 2,
        "corrected": None,
    }


def test_a_unit_marked_in_the_text_is_quoted():
    plan = sample()
    draft = corrected(plan, ops.AddAssignment(first_measure(plan), "市城管局", "support", plan.span("周边商户")))
    assert measure_of(draft, 1, 1)["assignments"][-1]["surface"] == "周边商户"


def test_a_unit_stands_once_in_a_measure():
    plan = sample()
    assert "已是这项措施" in refusal(corrected(plan, ops.AddAssignment(first_measure(plan), "市教体局", "support")))


def test_renaming_to_a_unit_of_the_measure_is_refused():
    plan = sample()
    draft = corrected(plan, ops.SetAssignment(unit_id(plan, "市教体局"), {"name": "市市场监管局"}))
    assert "已是这项措施" in refusal(draft)


def test_a_unit_takes_its_new_name_and_keeps_how_it_is_written():
    plan = sample()
    draft = corrected(plan, ops.SetAssignment(unit_id(plan, "市教体局"), {"name": "市教育局", "role": "shared"}))
    unit = measure_of(draft, 1, 1)["assignments"][0]
    assert (unit["surface"], unit["department"], unit["role"]) == ("市教体局", "市教育局", "shared")


def test_a_unit_is_removed():
    plan = sample()
    draft = corrected(plan, ops.RemoveAssignment(unit_id(plan, "市教体局")))
    assert [unit["department"] for unit in measure_of(draft, 1, 1)["assignments"]] == ["市市场监管局"]


def test_a_renamed_unit_still_reports():
    plan = sample()
    draft = corrected(
        plan,
        ops.SetIndicator(f"i{plan.at('覆盖率')}", {"reporters": ["市教体局"]}),
        ops.SetAssignment(unit_id(plan, "市教体局"), {"name": "市教育局"}),
    )
    assert target(draft, "覆盖率达到100%")["reporters"] == ["市教育局"]


def test_a_removed_unit_reports_no_more():
    plan = sample()
    draft = corrected(
        plan,
        ops.SetIndicator(f"i{plan.at('覆盖率')}", {"reporters": ["市教体局", "市市场监管局"]}),
        ops.RemoveAssignment(unit_id(plan, "市教体局")),
    )
    assert target(draft, "覆盖率达到100%")["reporters"] == ["市市场监管局"]


def test_a_target_is_added_with_its_quote():
    plan = sample()
    add = ops.AddIndicator(first_measure(plan), "巡查次数", ">=", "4", "次", "count", span=plan.span("加强巡查"))
    added = target(corrected(plan, add), "加强巡查")
    assert (added["id"], added["task"], added["measure"]) == ("c1", 1, 1)


def test_a_target_is_set():
    plan = sample()
    draft = corrected(plan, ops.SetIndicator(f"i{plan.at('覆盖率')}", {"value": "95", "family": "stock"}))
    assert (target(draft, "覆盖率达到100%")["value"], target(draft, "覆盖率达到100%")["family"]) == ("95", "stock")


def test_a_target_moves_to_another_measure():
    plan = sample()
    draft = corrected(plan, ops.SetIndicator(f"i{plan.at('覆盖率')}", {"measure": f"m{plan.at('合格率')}"}))
    moved = target(draft, "覆盖率达到100%")
    assert (moved["task"], moved["measure"]) == (3, 2)


def test_a_target_does_not_move_to_a_measure_that_is_gone():
    plan = sample()
    draft = corrected(plan, ops.SetIndicator(f"i{plan.at('覆盖率')}", {"measure": "m999999"}))
    assert "已不存在" in refusal(draft)


def test_a_target_is_removed():
    plan = sample()
    draft = corrected(plan, ops.RemoveIndicator(f"i{plan.at('覆盖率')}"))
    assert [i["quote"] for i in draft.reading["indicators"]] == ["检查全覆盖", "合格率达到98%"]


def test_a_duty_is_added_in_its_place():
    plan = sample()
    draft = corrected(plan, ops.AddDuty(f"t{plan.at('（1）')}", "annual", "upward", span=plan.span("加强巡查")))
    assert [(duty["task"], duty["quote"]) for duty in draft.reading["reporting"]] == [
        (1, "加强巡查"),
        (3, "各单位每季度报送进展。"),
    ]


def test_a_duty_is_set_and_given_to_a_task():
    plan = sample()
    draft = corrected(plan, ops.SetDuty(f"d{plan.at('各单位每')}", {"due": "11-15", "task": f"t{plan.at('（1）')}"}))
    assert (draft.reading["reporting"][0]["due"], draft.reading["reporting"][0]["task"]) == ("11-15", 1)


def test_a_duty_is_removed():
    plan = sample()
    assert corrected(plan, ops.RemoveDuty(f"d{plan.at('各单位每')}")).reading["reporting"] == []


def test_settling_a_doubt_that_does_not_stand_makes_an_orphan():
    assert "已不存在" in refusal(corrected(sample(), ops.SettleDoubt("w:unit_form:30", "同意")))
