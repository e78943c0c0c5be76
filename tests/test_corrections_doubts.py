"""The doubts of a draft: what is asked, what settles it, what blocks confirmation."""

from __future__ import annotations

import pytest

from intake.corrections import operations as ops
from intake.corrections.doubt_kinds import DoubtKind, kind_of
from intake.corrections.doubt_sources import doubts_of
from intake.corrections.doubts import Binding, by_kind, left_said, may_confirm
from tests.corrected import corrected, sample

ALL = ("市教体局", "市市场监管局", "市城管局", "市农业农村局", "相关部门")


def bound(*but):
    """Everything bound but these."""
    return {name: Binding(name not in but) for name in ALL}


def found(plan, *operations, bindings=None):
    return doubts_of(corrected(plan, *operations), bindings or bound())


def one(plan, kind, *operations, bindings=None):
    (doubt,) = [d for d in found(plan, *operations, bindings=bindings) if d.kind is kind]
    return doubt


def measure(plan):
    return f"m{plan.at('秋季')}"


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("numbering_gap", DoubtKind.NUMBERING),
        ("unit_form", DoubtKind.UNIT_FORM),
        ("open_unit", DoubtKind.UNIT_FORM),
        ("open-unit", DoubtKind.UNIT_FORM),
        ("unbalanced_bracket", DoubtKind.UNIT_FORM),
        ("and_others", DoubtKind.UNIT_FORM),
        ("default_units", DoubtKind.UNIT_FORM),
        ("no_unit", DoubtKind.UNIT_FORM),
        ("deadline_undated", DoubtKind.UNDATED),
        ("scope_number", DoubtKind.SCOPE),
        ("implied_target", DoubtKind.IMPLIED),
        ("report_recipient", DoubtKind.OTHER),
        ("no_title", DoubtKind.OTHER),
        ("never_heard_of", DoubtKind.OTHER),
    ],
)
def test_codes_have_kinds(code, kind):
    assert kind_of(code) is kind


def test_doubts_are_numbered_in_the_order_of_the_text():
    plan = sample()
    plan.warn("numbering_gap", "（3）")
    plan.warn("scope_number", "加强巡查")
    doubts = found(plan, bindings=bound("市城管局"))
    assert [doubt.number for doubt in doubts] == [1, 2, 3, 4, 5]
    assert [doubt.kind for doubt in doubts] == [
        DoubtKind.UNDATED,
        DoubtKind.SCOPE,
        DoubtKind.IMPLIED,
        DoubtKind.UNBOUND,
        DoubtKind.NUMBERING,
    ]


def test_numbers_stay_when_a_doubt_is_settled():
    plan = sample()
    implied = one(plan, DoubtKind.IMPLIED)
    again = one(plan, DoubtKind.IMPLIED, implied.suggestion.operation)
    assert (again.number, again.settled, again.answer) == (implied.number, True, "同意")


def test_a_deadline_in_words_suggests_its_day():
    doubt = one(sample(), DoubtKind.UNDATED)
    assert doubt.question == "期限没有写明日期。原文写“秋季开学前”。"
    assert (doubt.suggestion.label, doubt.suggestion.operation) == (
        "采用8月31日",
        ops.SetMeasure(measure(sample()), {"due_on": "2026-08-31"}),
    )


def test_taking_the_day_settles_the_doubt():
    plan = sample()
    assert one(plan, DoubtKind.UNDATED, ops.SetMeasure(measure(plan), {"due_on": "2026-09-01"})).settled


def test_no_deadline_settles_the_doubt():
    plan = sample()
    none = one(plan, DoubtKind.UNDATED).others[0]
    assert none.label == "不设期限"
    assert one(plan, DoubtKind.UNDATED, none.operation).settled


def test_another_change_of_the_measure_leaves_the_deadline_in_doubt():
    plan = sample()
    assert not one(plan, DoubtKind.UNDATED, ops.SetMeasure(measure(plan), {"text": "全部联网。"})).settled


def test_a_deadline_read_with_its_day_is_no_doubt():
    plan = sample()
    plan.reading["tasks"][0]["measures"][0]["due_on"] = "2026-08-31"
    assert DoubtKind.UNDATED not in by_kind(found(plan, ops.SetMeasure(measure(plan), {"due_on": None})))


def test_all_year_is_no_doubt():
    plan = sample()
    plan.reading["tasks"][0]["measures"][0]["due_text"] = "全年"
    assert DoubtKind.UNDATED not in by_kind(found(plan))


def test_a_target_without_a_number_is_asked_about():
    plan = sample()
    doubt = one(plan, DoubtKind.IMPLIED)
    assert doubt.question == "检查全覆盖：“检查全覆盖”没有数字，按≥100%读。"
    assert doubt.fact_id == f"i{plan.at('检查全覆盖')}"


def test_a_target_taken_out_stays_as_a_settled_doubt():
    plan = sample()
    none = one(plan, DoubtKind.IMPLIED).others[0]
    assert one(plan, DoubtKind.IMPLIED, none.operation).settled


def test_what_the_reader_warns_of_is_asked_once():
    plan = sample()
    plan.warn("implied_target", "检查全覆盖", "“全覆盖”没有数字。")
    assert one(plan, DoubtKind.IMPLIED).question == "“全覆盖”没有数字。"


def test_an_unbound_name_suggests_the_nearest():
    bindings = bound() | {"市城管局": Binding(False, ("市城市管理局", "市城投集团"))}
    doubt = one(sample(), DoubtKind.UNBOUND, bindings=bindings)
    assert doubt.question == "“市城管局”不在单位名录，最接近的是市城市管理局。"
    assert [answer.label for answer in (doubt.suggestion, *doubt.others)] == [
        "绑定市城市管理局并记为别名",
        "绑定市城投集团并记为别名",
        "另选",
        "新建单位",
    ]


def test_an_unbound_group_is_made_as_a_group():
    plan = sample()
    plan.reading["tasks"][0]["measures"][0]["assignments"][0]["group"] = True
    doubt = one(plan, DoubtKind.UNBOUND, bindings=bound("市教体局"))
    assert (doubt.suggestion.label, doubt.suggestion.form) == ("新建集合单位", "new_group")


def test_an_unbound_name_is_one_doubt_however_often_it_stands():
    assert one(sample(), DoubtKind.UNBOUND, bindings=bound("市教体局")).times == 2


def test_a_name_that_nobody_looked_up_is_unbound():
    plan = sample()
    doubt = one(plan, DoubtKind.UNBOUND, ops.AddAssignment(measure(plan), "市邮政局", "support"))
    assert (doubt.id, doubt.question) == ("n:市邮政局", "“市邮政局”不在单位名录，也没有相近的名称。")


def test_nobody_in_particular_may_be_left_open():
    doubt = one(sample(), DoubtKind.UNBOUND, bindings=bound("相关部门"))
    assert (doubt.question, doubt.suggestion.form) == ("“相关部门”没有写明是哪些单位。", "open")


def test_a_warning_about_an_unbound_name_is_part_of_its_doubt():
    plan = sample()
    plan.warn("open_unit", "相关部门")
    kinds = [doubt.kind for doubt in found(plan, bindings=bound("相关部门"))]
    assert DoubtKind.UNIT_FORM not in kinds


def test_a_warning_about_a_name_is_settled_by_binding_it():
    plan = sample()
    plan.warn("open_unit", "相关部门")
    assert one(plan, DoubtKind.UNIT_FORM).settled


def test_a_name_bound_by_the_clerk_stays_as_a_settled_doubt():
    bindings = bound() | {"市城管局": Binding(True, answered=True)}
    assert one(sample(), DoubtKind.UNBOUND, bindings=bindings).settled


def test_a_measure_without_units_is_settled_by_giving_it_one():
    plan = sample()
    plan.reading["tasks"][0]["measures"][0]["assignments"] = []
    plan.warn("no_unit", "秋季开学前学校食堂")
    add = ops.AddAssignment(measure(plan), "市教体局", "lead")
    assert [one(plan, DoubtKind.UNIT_FORM, *done).settled for done in ((), (add,))] == [False, True]


def test_a_number_that_looks_like_a_scope_is_settled_by_making_it_a_target():
    plan = sample()
    plan.warn("scope_number", "加强巡查")
    add = ops.AddIndicator(measure(plan), "巡查", ">=", "4", "次", "count", span=plan.span("加强巡查"))
    assert [one(plan, DoubtKind.SCOPE, *done).settled for done in ((), (add,))] == [False, True]


def test_a_number_out_of_order_is_settled_by_correcting_its_task():
    plan = sample()
    plan.warn("numbering_gap", "（3）")
    task = f"t{plan.at('（3）')}"
    assert one(plan, DoubtKind.NUMBERING).fact_id == task
    assert one(plan, DoubtKind.NUMBERING, ops.SetTask(task, {"number": 4})).settled


def test_a_missing_document_number_is_settled_by_filling_it_in():
    plan = sample()
    plan.reading["warnings"].append({"code": "no_document_number", "message": "没有找到文号。", "span": None})
    done = ops.SetPlan({"document_number": "临食安委〔2026〕1号"})
    assert one(plan, DoubtKind.OTHER, done).settled
    assert not one(plan, DoubtKind.OTHER, ops.SetPlan({"year": 2025})).settled


def test_what_the_plan_leaves_out_is_filled_in_at_confirmation():
    plan = sample()
    plan.reading["warnings"].append({"code": "no_issued_on", "message": "没有找到成文日期。", "span": None})
    doubt = one(plan, DoubtKind.OTHER)
    assert (doubt.suggestion.label, doubt.others) == ("入库时填写", ())


def test_every_answer_that_is_an_operation_fits_the_draft():
    plan = sample()
    plan.warn("numbering_gap", "（3）")
    plan.warn("report_recipient", "各单位每季度")
    answers = [a for d in found(plan) for a in (d.suggestion, *d.others) if a and a.operation]
    assert [corrected(plan, answer.operation).orphans for answer in answers] == [()] * len(answers)
    assert len(answers) == 6


def test_only_unbound_names_block():
    plan = sample()
    assert may_confirm(found(plan))
    assert not may_confirm(found(plan, bindings=bound("市城管局")))


def test_what_is_left_is_said():
    plan = sample()
    assert left_said(found(plan, bindings=bound("市城管局"))) == "还有3处疑点未定，其中1个单位未绑定"


def test_what_is_left_without_blocking_is_said():
    assert left_said(found(sample())) == "还有2处疑点未看"


def test_tabs_count_what_is_not_settled():
    plan = sample()
    settled = one(plan, DoubtKind.IMPLIED).suggestion.operation
    assert by_kind(found(plan, settled)) == {DoubtKind.UNDATED: 1}
