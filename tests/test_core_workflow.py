"""Life cycles as tables."""

from __future__ import annotations

import pytest

from core.access import Allowed, Denied
from core.errors import AccessDenied, WrongState
from core.workflow import Transition, Workflow

PLAN = Workflow(
    "工作要点",
    {"draft": "草稿", "issued": "已印发", "closed": "已办结"},
    (
        Transition("issue", "印发", frozenset({"draft"}), "issued"),
        Transition("close", "办结", frozenset({"issued"}), "closed"),
    ),
)


def test_a_verb_leads_to_its_state():
    assert PLAN.require("issue", "draft") == "issued"


def test_a_verb_in_the_wrong_state_is_refused_in_words():
    with pytest.raises(WrongState, match="工作要点现在是“已办结”，不能印发。请刷新页面后再看。"):
        PLAN.require("issue", "closed")


def test_the_verbs_of_a_state():
    assert PLAN.verbs("issued") == ("close",)
    assert PLAN.verbs("closed") == ()


def test_allows_answers_without_raising():
    assert PLAN.allows("issue", "draft")
    assert not PLAN.allows("issue", "closed")


def test_denied_is_false_and_raises_its_reason():
    answer = Denied("只有食安办可以印发。")
    assert not answer
    with pytest.raises(AccessDenied, match="只有食安办可以印发。"):
        answer.or_raise()


def test_allowed_is_true_and_raises_nothing():
    answer = Allowed()
    answer.or_raise()
    assert answer
