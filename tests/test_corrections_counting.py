"""How many facts were touched."""

from __future__ import annotations

from intake.corrections import operations as ops
from intake.corrections.counting import counts
from tests.corrected import corrected, sample


def touched(*operations):
    """Kinds with their counts, those without left out."""
    return {name: number for name, number in counts(corrected(sample(), *operations)).items() if number}


def measure():
    return f"m{sample().at('秋季')}"


def test_nothing_is_touched_without_corrections():
    assert touched() == {}


def test_a_fact_counts_once():
    set_due = [ops.SetMeasure(measure(), {"due_on": day}) for day in ("2026-08-30", "2026-08-31")]
    assert touched(*set_due) == {"measures": 1}


def test_a_removed_measure_counts_with_what_it_held():
    assert touched(ops.RemoveMeasure(measure())) == {"measures": 1, "assignments": 2, "indicators": 1}


def test_what_is_added_counts_as_its_kind():
    assert touched(ops.AddAssignment(measure(), "市卫健委", "support")) == {"assignments": 1}


def test_what_is_added_and_removed_again_does_not_count():
    assert touched(ops.AddAssignment(measure(), "市卫健委", "support"), ops.RemoveAssignment("c1")) == {}


def test_plan_facts_and_answers_count():
    answer = ops.SettleDoubt(f"f:undated:{measure()}", "不设期限")
    assert touched(ops.SetPlan({"year": 2025}), answer) == {"plan": 1, "doubts": 1}


def test_an_orphan_touches_nothing():
    assert touched(ops.RemoveMeasure("m999999")) == {}
