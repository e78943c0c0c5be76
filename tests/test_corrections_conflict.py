"""Two clerks correct the same import."""

from __future__ import annotations

from intake.corrections import history as past
from intake.corrections import operations as ops
from intake.corrections.conflict import conflicts
from tests.corrected import sample

ME, OTHER = 1, 2


def clash(new, *theirs, seen=0, author=OTHER):
    """What conflicts where `theirs` were made since I saw the page."""
    plan = sample()
    entries: list[past.Entry] = []
    for operation in theirs:
        entries = past.record(entries, operation(plan), author=author)
    return conflicts(plan.reading, plan.text, entries, seen=seen, new=new(plan), author=ME)


def measure(plan):
    return f"m{plan.at('秋季')}"


def set_due(day):
    return lambda plan: ops.SetMeasure(measure(plan), {"due_on": day})


def remove(plan):
    return ops.RemoveMeasure(measure(plan))


def add(name):
    return lambda plan: ops.AddAssignment(measure(plan), name, "support")


def set_unit(plan):
    return ops.SetAssignment(f"a{plan.at('市教体局')}", {"role": "shared"})


def test_the_same_fact_conflicts_with_both_values():
    (found,) = clash(set_due("2026-08-31"), set_due("2026-09-30"))
    assert (found.mine_values["due_on"], found.theirs_values["due_on"]) == ("2026-08-31", "2026-09-30")


def test_both_sides_are_said():
    (found,) = clash(set_due("2026-08-31"), remove)
    assert (found.mine_said, found.theirs_said) == ("修改措施：期限改为2026-08-31", "删除措施")


def test_other_facts_pass():
    other = lambda plan: ops.SetMeasure(f"m{plan.at('周边')}", {"due_on": "2026-09-30"})  # noqa: E731
    assert clash(set_due("2026-08-31"), other) == ()


def test_what_I_saw_passes():  # noqa: N802 (the clerk speaks)
    assert clash(set_due("2026-08-31"), set_due("2026-09-30"), seen=1) == ()


def test_my_own_correction_passes():
    assert clash(set_due("2026-08-31"), set_due("2026-09-30"), author=ME) == ()


def test_two_units_added_to_one_measure_pass():
    assert clash(add("市卫健委"), add("市民政局")) == ()


def test_a_unit_of_a_removed_measure_conflicts():
    assert len(clash(set_unit, remove)) == 1


def test_removing_a_measure_conflicts_with_a_unit_changed_in_it():
    assert len(clash(remove, set_unit)) == 1


def test_removing_a_measure_conflicts_with_a_unit_added_to_it():
    assert len(clash(remove, add("市卫健委"))) == 1


def test_merging_conflicts_with_a_change_of_the_next_measure():
    other = lambda plan: ops.SetMeasure(f"m{plan.at('周边')}", {"due_on": "2026-09-30"})  # noqa: E731
    assert len(clash(lambda plan: ops.MergeMeasures(measure(plan)), other)) == 1


def test_every_conflicting_correction_is_told():
    assert len(clash(set_due("2026-08-31"), set_due("2026-09-30"), set_due("2026-10-30"))) == 2


def test_an_undone_correction_passes():
    plan = sample()
    entries = past.undo(past.record([], set_due("2026-09-30")(plan), author=OTHER))
    assert conflicts(plan.reading, plan.text, entries, seen=0, new=set_due("2026-08-31")(plan), author=ME) == ()
