"""Undo, redo and what a new correction does to what was undone."""

from __future__ import annotations

from intake.corrections import history as past
from intake.corrections import operations as ops
from intake.corrections.history import State


def three():
    entries: list[past.Entry] = []
    for number in (1, 2, 3):
        entries = past.record(entries, ops.SetTask("t1", {"number": number}), author=7)
    return entries


def ordinals(entries):
    return [correction.ordinal for correction in past.active(entries)]


def test_corrections_count_in_order():
    assert ordinals(three()) == [1, 2, 3]


def test_undo_takes_the_last_back():
    assert ordinals(past.undo(past.undo(three()))) == [1]


def test_redo_brings_back_what_was_undone_last():
    assert ordinals(past.redo(past.undo(past.undo(three())))) == [1, 2]


def test_undo_and_redo_are_the_same_again():
    assert past.redo(past.undo(three())) == three()


def test_nothing_is_left_to_undo():
    assert past.undo([]) == []


def test_nothing_is_left_to_redo():
    assert past.redo(three()) == three()


def test_a_new_correction_drops_what_was_undone():
    entries = past.record(past.undo(three()), ops.RemoveTask("t1"))
    assert [entry.state for entry in entries] == [State.ACTIVE, State.ACTIVE, State.DROPPED, State.ACTIVE]


def test_a_dropped_correction_keeps_its_ordinal():
    assert ordinals(past.record(past.undo(three()), ops.RemoveTask("t1"))) == [1, 2, 4]


def test_what_was_dropped_does_not_come_back():
    entries = past.undo(past.record(past.undo(three()), ops.RemoveTask("t1")))
    assert ordinals(past.redo(past.redo(entries))) == [1, 2, 4]
