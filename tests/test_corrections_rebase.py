"""Corrections carried over when the document is read anew."""

from __future__ import annotations

from hypothesis import given

from intake.corrections import operations as ops
from intake.corrections.draft import Correction, apply
from intake.corrections.rebase import rebase
from tests.corrected import PlanMaker, sample
from tests.test_corrections_invariants import EASY, corrected_plans


def longer_head(extra: str = "青禾厅发\n", *, broken: bool = False) -> PlanMaker:
    """The sample as another reading might have it: more before it, a line broken elsewhere."""
    old = sample()
    words = "加强巡\n查。" if broken else "加强巡查。"
    plan = PlanMaker()
    shift = len(extra)
    plan.text = extra + old.text.replace("加强巡查。", words)
    cut, grown = old.at("加强巡查。") + 3, len(words) - 5

    def moved(span):
        return [edge + shift + (grown if edge > cut else 0) for edge in span]

    def copy(value):
        if isinstance(value, dict):
            return {k: moved(v) if k == "span" else copy(v) for k, v in value.items()}
        return [copy(entry) for entry in value] if isinstance(value, list) else value

    plan.reading = copy(old.reading)
    plan.reading["pieces"][0]["span"][0] = 0
    return plan


def carried(new, *operations):
    """The operations after the sample became `new`, and the orphans' sentences."""
    old = sample()
    corrections = [Correction(n, operation) for n, operation in enumerate(operations, start=1)]
    kept, lost = rebase(corrections, old.reading, old.text, new.reading, new.text)
    return [correction.operation for correction in kept], [orphan.sentence for orphan in lost]


def test_the_same_reading_keeps_all():
    plan = sample()
    operations = [
        ops.SetMeasure(f"m{plan.at('秋季')}", {"due_on": "2026-08-31"}),
        ops.SplitMeasure(f"m{plan.at('秋季')}", plan.at("加强")),
        ops.RemoveMeasure(f"m{plan.at('加强')}"),
    ]
    assert carried(plan, *operations) == (operations, [])


def test_a_target_is_found_at_its_new_place():
    old, new = sample(), longer_head()
    kept, _ = carried(new, ops.RemoveIndicator(f"i{old.at('覆盖率')}"))
    assert kept == [ops.RemoveIndicator(f"i{new.at('覆盖率')}")]


def test_a_measure_is_found_though_its_lines_are_broken_elsewhere():
    old, new = sample(), longer_head("", broken=True)
    kept, _ = carried(new, ops.RemoveMeasure(f"m{old.at('周边')}"))
    assert kept == [ops.RemoveMeasure(f"m{new.at('周边')}")]


def test_the_place_of_a_cut_moves_with_its_words():
    old, new = sample(), longer_head()
    kept, _ = carried(new, ops.SplitMeasure(f"m{old.at('秋季')}", old.at("加强")))
    assert kept == [ops.SplitMeasure(f"m{new.at('秋季')}", new.at("加强"))]


def test_corrections_of_the_second_half_follow_the_cut():
    old, new = sample(), longer_head()
    cut = ops.SplitMeasure(f"m{old.at('秋季')}", old.at("加强"))
    kept, _ = carried(new, cut, ops.RemoveMeasure(f"m{old.at('加强')}"))
    draft = apply(new.reading, new.text, [Correction(n, op) for n, op in enumerate(kept, start=1)])
    assert draft.orphans == ()


def test_a_stretch_moves_with_its_words():
    old, new = sample(), longer_head(broken=True)
    kept, _ = carried(new, ops.MarkHead(old.span("加强巡查。")))
    assert kept == [ops.MarkHead(new.span("加强巡\n查。"))]


def test_the_same_name_in_another_measure_is_not_taken():
    old, new = sample(), longer_head()
    ids = [f"a{plan.reading['tasks'][1]['measures'][0]['assignments'][0]['span'][0]}" for plan in (old, new)]
    assert carried(new, ops.RemoveAssignment(ids[0]))[0] == [ops.RemoveAssignment(ids[1])]


def test_a_fact_that_the_new_reading_lacks_makes_an_orphan():
    old, new = sample(), longer_head()
    new.reading["indicators"].pop(0)
    kept, told = carried(new, ops.RemoveIndicator(f"i{old.at('覆盖率')}"))
    assert kept == []
    assert told == ["“删除指标”没有保留：新的识读结果里没有这一指标，请在新的识读结果上重做。"]


def test_words_that_the_new_text_lacks_make_an_orphan():
    old, new = sample(), longer_head()
    new.text = new.text.replace("加强巡查。", "□□□□□")
    _, told = carried(new, ops.MarkHead(old.span("加强巡查。")))
    assert "找不到所选的文字" in told[0]


def test_a_name_is_not_looked_for_where_its_sentence_is_gone():
    old = sample()
    new = PlanMaker()
    new.task("规范陪餐")
    new.measure("另有安排。", ("市教体局", "responsible"))
    first = f"a{old.at('市教体局')}"
    assert "没有这一分工" in carried(new, ops.RemoveAssignment(first))[1][0]


def test_an_answered_doubt_is_found_again():
    old, new = sample(), longer_head()
    kept, _ = carried(new, ops.SettleDoubt(f"f:implied:i{old.at('检查全覆盖')}", "同意"))
    assert kept == [ops.SettleDoubt(f"f:implied:i{new.at('检查全覆盖')}", "同意")]


def test_corrections_of_added_facts_stay():
    assert carried(longer_head(), ops.RemoveAssignment("c4"))[0] == [ops.RemoveAssignment("c4")]


def test_a_moved_target_keeps_its_new_measure():
    old, new = sample(), longer_head()
    kept, _ = carried(new, ops.SetIndicator(f"i{old.at('覆盖率')}", {"measure": f"m{old.at('周边')}"}))
    assert kept[0].changes["measure"] == f"m{new.at('周边')}"


@EASY
@given(corrected_plans())
def test_reading_the_same_again_changes_nothing(example):
    plan, corrections = example
    kept, lost = rebase(corrections, plan.reading, plan.text, plan.reading, plan.text)
    assert (list(kept), lost) == (corrections, ())
