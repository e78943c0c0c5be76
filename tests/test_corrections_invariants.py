"""What holds of every draft, whatever plan and corrections."""

from __future__ import annotations

import copy
import json
import os
import time

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from intake.corrections import history as past
from intake.corrections import operations as ops
from intake.corrections.draft import Correction, apply
from intake.corrections.facts import Kind, every
from tests.corrected import PlanMaker

UNITS = ("市教体局", "市城管局", "市卫健委", "各镇")
ROLES = ("lead", "responsible", "shared", "support")
WORDS = ("开展检查。", "落实（含托育机构）责任；", " 建立台账，", "覆盖率达到100%。", "抽检全覆盖\n")
EXAMPLES = int(os.environ.get("CORRECTIONS_EXAMPLES", "60"))  # more for a thorough run by hand
EASY = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))


@st.composite
def plans(draw):
    """Plans with or without parts and labels, of one to five tasks."""
    plan = PlanMaker()
    plan.write("2026年临川湖市食品安全工作要点\n", "head")
    labelled = draw(st.booleans())
    for number in range(draw(st.integers(1, 5))):
        if draw(st.booleans()):
            plan.section(f"部分{number}")
        plan.task(f"任务{number}", label=None if labelled else "")
        for _ in range(draw(st.integers(0, 3))):
            words = "".join(draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=4)))
            units = draw(st.lists(st.sampled_from(UNITS), unique=True, max_size=3))
            quotes = tuple(quote for quote in ("达到100%", "全覆盖") if quote in words)
            plan.measure(f"抓{words}".rstrip("\n"), *((u, draw(st.sampled_from(ROLES))) for u in units), targets=quotes)
        if draw(st.booleans()):
            plan.duty("每季度报送进展。")
    plan.write("\n市食安办\n", "closing")
    return plan


def operations(draft, text):
    """Corrections of a draft, most of which fit."""
    ids = {kind: [fact["id"] for own, fact in every(draft.reading) if own is kind] or ["c99"] for kind in Kind}
    pick = {kind: st.sampled_from(found) for kind, found in ids.items()}
    places = st.integers(0, len(text))
    spans = st.tuples(places, st.integers(1, 40)).map(lambda pair: (pair[0], pair[0] + pair[1]))
    within = [(m["id"], sum(m["span"]) // 2) for t in draft.reading["tasks"] for m in t["measures"]]
    gone = [(t, tuple(f["span"])) for t in ids[Kind.TASK] for k, f in draft.removed.values() if k is Kind.MEASURE]
    return st.one_of(
        st.sampled_from(gone or [("t0", (0, 9))]).map(lambda pair: ops.AddMeasure(*pair)),
        st.builds(ops.SplitMeasure, pick[Kind.MEASURE], places),
        st.sampled_from(within or [("m0", 1)]).map(lambda pair: ops.SplitMeasure(*pair)),
        st.builds(ops.MergeMeasures, pick[Kind.MEASURE]),
        st.builds(ops.RemoveMeasure, pick[Kind.MEASURE]),
        st.builds(ops.AddMeasure, pick[Kind.TASK], spans),
        st.builds(ops.SetMeasure, pick[Kind.MEASURE], st.just({"text": "另写。", "due_on": "2026-08-31"})),
        st.builds(ops.MergeTask, pick[Kind.TASK]),
        st.builds(ops.SplitTask, pick[Kind.MEASURE], st.sampled_from(("开展检查", "抓开展检查", "新任务"))),
        st.builds(ops.RemoveTask, pick[Kind.TASK]),
        st.builds(ops.SetTask, pick[Kind.TASK], st.fixed_dictionaries({"number": st.integers(1, 12)})),
        st.builds(ops.AddSection, pick[Kind.TASK], st.just("新部分"), st.just(""), st.none() | spans),
        st.builds(ops.RemoveSection, pick[Kind.SECTION]),
        st.builds(ops.AddAssignment, pick[Kind.MEASURE], st.sampled_from(UNITS), st.sampled_from(ROLES)),
        st.builds(ops.RemoveAssignment, pick[Kind.ASSIGNMENT]),
        st.builds(
            ops.AddIndicator,
            pick[Kind.MEASURE],
            st.just("覆盖率"),
            st.just(">="),
            st.just("9"),
            st.just("%"),
            st.just("coverage"),
            st.booleans(),
            st.none() | spans,
        ),
        st.builds(ops.SetIndicator, pick[Kind.INDICATOR], pick[Kind.MEASURE].map(lambda id_: {"measure": id_})),
        st.builds(ops.RemoveIndicator, pick[Kind.INDICATOR]),
        st.builds(ops.AddDuty, st.none() | pick[Kind.TASK], st.just("annual"), st.just("upward")),
        st.builds(ops.MarkHead, spans),
    )


@st.composite
def corrected_plans(draw):
    """A plan and corrections of it, each chosen by the draft before it."""
    plan = draw(plans())
    corrections: list[Correction] = []
    for ordinal in range(1, draw(st.integers(1, 8)) + 1):
        draft = apply(plan.reading, plan.text, corrections)
        corrections.append(Correction(ordinal, draw(operations(draft, plan.text))))
    return plan, corrections


def pieces_partition(draft):
    ends = [0, *(piece["span"][1] for piece in draft.reading["pieces"])]
    return [piece["span"][0] for piece in draft.reading["pieces"]] == ends[:-1] and ends[-1] == len(draft.text)


def ids_are_unique(draft):
    ids = [fact["id"] for _, fact in every(draft.reading)]
    return len(ids) == len(set(ids))


def measures_are_in_order_inside_their_task(draft):
    for task in draft.reading["tasks"]:
        edges = [edge for measure in task["measures"] for edge in measure["span"]]
        if edges != sorted(edges) or not all(task["span"][0] <= edge <= task["span"][1] for edge in edges):
            return False
    return True


def tasks_are_in_order_and_apart(draft):
    edges = [edge for task in draft.reading["tasks"] for edge in task["span"]]
    return edges == sorted(edges)


def task_numbers_are_unique(draft):
    numbers = [task["number"] for task in draft.reading["tasks"]]
    return len(numbers) == len(set(numbers))


def targets_point_to_measures(draft):
    tasks = draft.reading["tasks"]
    measures = {(t["number"], n): m["id"] for t in tasks for n, m in enumerate(t["measures"], start=1)}
    return all(measures.get((i["task"], i["measure"])) == i["measure_id"] for i in draft.reading["indicators"])


def duties_point_to_tasks_or_none(draft):
    numbers = {task["number"] for task in draft.reading["tasks"]}
    return {duty["task"] for duty in draft.reading["reporting"]} <= {None, *numbers}


def parts_are_numbered_and_hold_their_tasks(draft):
    numbers = [section["number"] for section in draft.reading["sections"]]
    held = {task["section"] for task in draft.reading["tasks"]}
    return numbers == list(range(1, len(numbers) + 1)) and held <= {None, *numbers}


def units_stand_once_in_a_measure(draft):
    named = [[u["department"] for u in m["assignments"]] for t in draft.reading["tasks"] for m in t["measures"]]
    return all(len(names) == len(set(names)) for names in named)


def measures_have_words(draft):
    return all(m["text"] for t in draft.reading["tasks"] for m in t["measures"])


INVARIANTS = (
    pieces_partition,
    ids_are_unique,
    measures_are_in_order_inside_their_task,
    tasks_are_in_order_and_apart,
    task_numbers_are_unique,
    targets_point_to_measures,
    duties_point_to_tasks_or_none,
    parts_are_numbered_and_hold_their_tasks,
    units_stand_once_in_a_measure,
    measures_have_words,
)


@EASY
@given(corrected_plans())
def test_every_draft_keeps_its_order(example):
    plan, corrections = example
    draft = apply(plan.reading, plan.text, corrections)
    assert [holds.__name__ for holds in INVARIANTS if not holds(draft)] == []


@EASY
@given(corrected_plans())
def test_every_correction_is_carried_out_or_told_and_an_orphan_changes_nothing(example):
    plan, corrections = example
    before = copy.deepcopy(plan.reading)
    draft = apply(plan.reading, plan.text, corrections)
    told = {orphan.correction.ordinal for orphan in draft.orphans} | set(draft.effects)
    assert told == {correction.ordinal for correction in corrections}
    fitting = [correction for correction in corrections if correction.ordinal in draft.effects]
    assert apply(plan.reading, plan.text, fitting).reading == draft.reading
    assert plan.reading == before


@EASY
@given(corrected_plans())
def test_undoing_the_last_gives_the_draft_before(example):
    plan, corrections = example
    entries: list[past.Entry] = []
    for correction in corrections:
        stored = json.loads(json.dumps(ops.to_json(correction.operation)))
        entries = past.record(entries, ops.from_json(stored))
    undone = apply(plan.reading, plan.text, past.active(past.undo(entries)))
    assert undone == apply(plan.reading, plan.text, corrections[:-1])


def test_a_large_plan_with_many_corrections_takes_under_a_second():
    plan = PlanMaker()
    for number in range(200):
        plan.task(f"任务{number}")
        for _ in range(10):
            plan.measure("开展检查，建立台账。", ("市教体局", "lead"), ("市城管局", "support"), ("各镇", "shared"))
    measures = [m["span"][0] for t in plan.reading["tasks"] for m in t["measures"]]
    kinds = (
        lambda start: ops.SplitMeasure(f"m{start}", start + 5),
        lambda start: ops.MergeMeasures(f"m{start}"),
        lambda start: ops.SplitTask(f"m{start}", "新任务"),
        lambda start: ops.SetMeasure(f"m{start}", {"due_on": "2026-08-31"}),
        lambda start: ops.AddAssignment(f"m{start}", "市卫健委", "support"),
    )
    corrections = [Correction(n + 1, kinds[n % 5](measures[4 * n + 1])) for n in range(500)]
    begun = time.process_time()
    draft = apply(plan.reading, plan.text, corrections)
    assert time.process_time() - begun < 1
    assert len(draft.effects) > 400
