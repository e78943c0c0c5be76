"""Operations as JSON and what they may hold."""

from __future__ import annotations

import json

import pytest

from intake.corrections import operations as ops
from intake.corrections.problems import BadOperation
from intake.corrections.wording import FIELDS, said

ONE_EACH = (
    ops.SetPlan({"year": 2026, "issued_on": None}),
    ops.SetSection("s1", {"title": "守护校园"}),
    ops.AddSection("t9", "守护校园", "一、", (3, 9)),
    ops.RemoveSection("s1"),
    ops.SetTask("t5", {"number": 4}),
    ops.MergeTask("t5"),
    ops.SplitTask("m5.2", "整治周边"),
    ops.RemoveTask("t5"),
    ops.SetMeasure("m5", {"text": "开展检查。", "due_on": "2026-08-31"}),
    ops.SplitMeasure("m5", 12),
    ops.MergeMeasures("m5"),
    ops.RemoveMeasure("c7"),
    ops.AddMeasure("t5", (3, 9)),
    ops.AddAssignment("m5", "区教体局", "lead", (1, 4), group=False, open=False),
    ops.SetAssignment("a5", {"name": "各镇", "group": True}),
    ops.RemoveAssignment("a5"),
    ops.AddIndicator("m5", "合格率", ">=", "98.5", "%", "pass_rate"),
    ops.SetIndicator("i5", {"reporters": ["区教体局"], "family": "stock", "path": None, "measure": "m9"}),
    ops.RemoveIndicator("i5"),
    ops.AddDuty(None, "annual", "upward", due="11-15"),
    ops.SetDuty("d5", {"task": None, "due": "12-20"}),
    ops.RemoveDuty("d5"),
    ops.MarkHead((0, 40)),
    ops.SettleDoubt("w:unit_form:30.2", "同意"),
)


def test_every_verb_has_an_example():
    assert {operation.verb for operation in ONE_EACH} == set(ops.VERBS)


@pytest.mark.parametrize("operation", ONE_EACH, ids=lambda operation: operation.verb)
def test_json_and_back(operation):
    assert ops.from_json(json.loads(json.dumps(ops.to_json(operation)))) == operation


@pytest.mark.parametrize("operation", ONE_EACH, ids=lambda operation: operation.verb)
def test_every_verb_has_words(operation):
    assert operation.verb not in said(operation)


def test_words_say_the_new_value():
    operation = ops.SetMeasure("m5", {"due_on": "2026-08-31", "due_text": ""})
    assert said(operation) == "修改措施：期限改为2026-08-31；期限原文清空"


def test_every_column_has_a_name():
    sets = (operation for operation in ONE_EACH if hasattr(operation, "changes"))
    assert all(name in FIELDS for operation in sets for name in operation.changes)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (None, "格式不对"),
        ([], "格式不对"),
        ({"verb": "burn"}, "不认识的修改"),
        ({"verb": ["set_plan"]}, "不认识的修改"),
        ({"id": "m5"}, "不认识的修改"),
        ({"verb": "split_measure", "id": "m5"}, "缺少栏目"),
        ({"verb": "merge_task", "id": "t5", "at": 3}, "多出栏目"),
        ({"verb": "merge_task", "id": 5}, "不是条目编号"),
        ({"verb": "merge_task", "id": "x5"}, "不是条目编号"),
        ({"verb": "set_measure", "id": "m5", "changes": {}}, "至少修改一项"),
        ({"verb": "set_measure", "id": "m5", "changes": {"span": [1, 2]}}, "不是可以修改的栏目"),
        ({"verb": "set_measure", "id": "m5", "changes": {"text": "  "}}, "不能为空"),
        ({"verb": "set_measure", "id": "m5", "changes": {"due_on": "2026-02-30"}}, "不是有效日期"),
        ({"verb": "set_measure", "id": "m5", "changes": {"due_on": "0026-02-20"}}, "年份"),
        ({"verb": "set_task", "id": "t5", "changes": {"number": True}}, "整数"),
        ({"verb": "set_task", "id": "t5", "changes": {"number": 0}}, "整数"),
        ({"verb": "add_assignment", "measure": "m5", "name": "局" * 101, "role": "lead"}, "最多100个字"),
        ({"verb": "add_assignment", "measure": "m5", "name": "区教体局", "role": "boss"}, "不在可选范围内"),
        ({"verb": "set_assignment", "id": "a5", "changes": {"open": 1}}, "是或否"),
        ({"verb": "set_indicator", "id": "i5", "changes": {"value": "很多"}}, "不是数字"),
        ({"verb": "set_indicator", "id": "i5", "changes": {"value": "NaN"}}, "不是数字"),
        ({"verb": "set_indicator", "id": "i5", "changes": {"value": "123456789012"}}, "太长"),
        ({"verb": "set_indicator", "id": "i5", "changes": {"value": "0.12345"}}, "太长"),
        ({"verb": "set_indicator", "id": "i5", "changes": {"value": 95}}, "应是文字"),
        ({"verb": "set_indicator", "id": "i5", "changes": {"reporters": "区教体局"}}, "列表"),
        ({"verb": "set_duty", "id": "d5", "changes": {"due": "02-30"}}, "不是有效的月日"),
        ({"verb": "set_duty", "id": "d5", "changes": {"due": "年底"}}, "不是有效的月日"),
        ({"verb": "mark_head", "span": [5, 5]}, "空的"),
        ({"verb": "mark_head", "span": [5]}, "起止"),
        ({"verb": "split_measure", "id": "m5", "at": -1}, "整数"),
        ({"verb": "settle_doubt", "id": "n:区教育局", "answer": "同意"}, "不是疑点编号"),
    ],
)
def test_bad_json_is_refused_in_words(data, sentence):
    with pytest.raises(BadOperation, match=sentence):
        ops.from_json(data)


@pytest.mark.parametrize(("given", "kept"), [("95.0", "95.0"), ("1E+2", "100"), (" 0.5 ", "0.5"), ("-3", "-3")])
def test_values_are_plain_decimals(given, kept):
    assert ops.SetIndicator("i5", {"value": given}).changes["value"] == kept


def test_a_reporter_counts_once():
    assert ops.SetIndicator("i5", {"reporters": ["甲局", "甲局"]}).changes["reporters"] == ("甲局",)
