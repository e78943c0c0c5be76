"""The ledger with lights: how each measure stands and why, its figures and progress, the numbers beside the lights."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest
from django.test import Client
from pytest_django import DjangoDbBlocker

from core import clock
from dashboards.actions.refresh import refresh
from dashboards.models import Snapshot
from indicators.models import Indicator
from reporting.models import Light, MeasureStanding
from tasks.models import Plan
from tasks.standing import mark_stale
from tests.factories import MeasureFactory, PlanFactory, TaskFactory, office_user
from tests.judged import Judged
from tests.ledgers import SmallPlan, small_plan
from tests.standing_scene import (
    as_person,
    counts_of,
    demo_world,
    heads_of,
    keys_of,
    numbers_of,
    page_of,
    row_of,
    rows_of,
    text_of,
    texts,
)

pytestmark = pytest.mark.django_db
RED = ["1.1", "10.2", "14.1", "14.2", "25.1"]
AMBER = ["1.3", "3.2", "4.1", "9.1", "10.3", "13.1", "17.1", "18.1"]
GREY = ["26.2", "26.3"]
VERIFIED = ["5.2", "8.1", "20.1", "21.1"]
PENDING = "有新的变动正在计算"


@pytest.fixture(scope="module")
def plan(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Plan]:
    with django_db_blocker.unblock(), demo_world() as plan:
        yield plan


@pytest.fixture
def office(plan: Plan, client: Client) -> Client:
    return as_person(client, "linxiao")


@pytest.fixture
def small(client: Client) -> SmallPlan:
    """In force and not judged yet, its office logged in."""
    made = small_plan()
    client.force_login(office_user(made.place))
    return made


def ledger(client: Client, query: str = "") -> str:
    return page_of(client, f"/ledger/{query}")


@pytest.mark.parametrize(
    ("number", "state"),
    [
        ("1.1", "滞后 期限已过27个工作日"),
        ("10.2", "滞后 为应达86.5%的76.3%"),
        ("14.1", "滞后 为应达4.5家的66.7%"),
        ("9.1", "预警 为应达90.9%的90.0%"),
        ("10.3", "预警 青溪镇三季度退回1个工作日未补"),
        ("13.1", "预警 三季度退回3个工作日未补"),
        ("18.1", "预警 市场监管部门食品抽检量为应达2.40批次/千人的86.6%"),
        ("5.1", "正常 应达99.3%，在进度"),
        ("26.1", "正常 三季度已报14／22家"),
        ("26.2", "未到期 全年报告11月16日截止"),
        ("6.2", "正常 自报完成 指标已达标"),
        ("6.1", "正常 审核通过 已达标，可申请销号"),
        ("5.2", "正常 核实销号 ✓ 7月3日核实销号"),
    ],
)
def test_a_row_says_light_state_of_done_and_reason(office: Client, number: str, state: str) -> None:
    assert row_of(ledger(office), number)["状态"] == state


@pytest.mark.parametrize(
    ("number", "figures"),
    [
        ("1.1", "学校食堂“互联网+明厨亮灶”覆盖率86.2%／≥100% 112÷130所，6月末"),
        ("14.1", "食品生产企业新增HACCP认证3家／≥6家 9月末"),
        ("11.1", "保健食品经营者日常检查覆盖率无数据／≥100% 9月末"),
        ("24.1", "包保干部督导完成率48.7%／≥100% 539÷1106人次，6月末"),
        (
            "18.1",
            "市场监管部门食品抽检量2.08批次/千人／≥3.2批次/千人 1010批次÷48.6万人，9月末 "
            "农业农村部门农产品监督抽检量0.75批次/千人／≥1.5批次/千人 363批次÷48.6万人，6月末",
        ),
        ("26.2", "无"),
    ],
)
def test_a_row_says_figure_target_formula_and_date(office: Client, number: str, figures: str) -> None:
    assert row_of(ledger(office), number)["指标"] == figures


@pytest.mark.parametrize(
    ("number", "progress"),
    [
        (
            "1.1",
            "二季度：新建成11所，累计112所，新增画面全部接入区级平台。其余18所为农村小规模学校，已列入暑期改造计划。",
        ),
        ("3.2", "三季度：新增规范化门店5家，禾丰镇进度偏慢。"),
        ("26.2", "–"),
    ],
)
def test_a_row_says_what_was_accepted_last_and_for_which_period(office: Client, number: str, progress: str) -> None:
    assert row_of(ledger(office), number)["进展"] == progress


def test_a_figure_leads_to_its_indicator(office: Client, plan: Plan) -> None:
    indicator = Indicator.objects.get(subject="餐厨废弃物签约收运率")
    assert f'href="/indicators/{indicator.pk}/">餐厨废弃物签约收运率</a>' in ledger(office)


def test_the_numbers_beside_the_lights_are_those_of_the_plan(office: Client) -> None:
    lights = {"滞后": 5, "预警": 8, "正常": 31, "未到期": 2}
    assert counts_of(ledger(office)) == lights | {"自报完成": 9, "审核通过": 7, "核实销号": 4}


@pytest.mark.parametrize(
    ("query", "left"),
    [
        ("light=red", RED),
        ("light=amber", AMBER),
        ("light=grey", GREY),
        ("light=fault", ["1.1", *AMBER[:4], "10.2", "10.3", "13.1", "14.1", "14.2", "17.1", "18.1", "25.1"]),
        ("done=verified", VERIFIED),
        ("done=reviewed", ["5.2", "6.1", "7.1", "8.1", "13.2", "20.1", "21.1"]),
        ("done=claimed", ["5.2", "6.1", "6.2", "7.1", "8.1", "13.2", "19.2", "20.1", "21.1"]),
        ("light=red&part=4", ["14.1", "14.2"]),
        ("light=fault&q=抽检", ["18.1"]),
        ("light=green&done=verified&role=lead", ["21.1"]),
        ("light=grey&done=claimed", []),
    ],
)
def test_a_filter_leaves(office: Client, query: str, left: list[str]) -> None:
    assert numbers_of(ledger(office, f"?{query}")) == left


def test_open_is_what_nobody_says_is_done(office: Client) -> None:
    every, said = numbers_of(ledger(office)), numbers_of(ledger(office, "?done=claimed"))
    assert numbers_of(ledger(office, "?done=open")) == [number for number in every if number not in said]


def test_what_is_not_judged_yet_is_open(small: SmallPlan, client: Client) -> None:
    assert numbers_of(ledger(client, "?done=open")) == ["1.1", "1.2", "2.1"]


def test_worse_lights_first_keep_the_documents_order_inside(office: Client) -> None:
    page = ledger(office, "?order=light")
    green = [number for number in numbers_of(ledger(office)) if number not in [*RED, *AMBER, *GREY]]
    assert numbers_of(page) == [*RED, *AMBER, *green, *GREY]


def test_worse_lights_first_stand_under_their_light(office: Client) -> None:
    assert heads_of(ledger(office, "?order=light")) == [
        "滞后 5项措施", "预警 8项措施", "正常 31项措施", "未到期 2项措施"
    ]  # fmt: skip


def test_the_order_is_kept_by_a_filter(office: Client) -> None:
    assert numbers_of(ledger(office, "?order=light&part=4")) == ["14.1", "14.2", "17.1", "15.1", "16.1"]


@pytest.mark.parametrize(
    "query",
    ["", "part=2", "unit={unit}", "q=抽检&order=light", "role=lead&kind=any", "light=red", "done=verified",
     "light=green&done=claimed&part=5"],
)  # fmt: skip
def test_each_number_is_that_of_the_rows_behind_its_link(office: Client, plan: Plan, query: str) -> None:
    unit = plan.jurisdiction.departments.get(name="区市场监管局")
    keys = keys_of(ledger(office, f"?{query.format(unit=unit.pk)}"))
    shown = {word: len(numbers_of(ledger(office, key.query))) for word, key in keys.items()}
    assert shown == {word: key.number for word, key in keys.items()}
    assert len(shown) == 7


def test_the_head_of_a_part_says_its_lights(office: Client) -> None:
    heads = heads_of(ledger(office))
    assert heads[3] == "四、优化发展环境，促进产业提升 5项措施，滞后2、预警1、正常2"


def test_the_head_of_a_part_says_what_the_filter_leaves(office: Client) -> None:
    assert heads_of(ledger(office, "?light=red"))[2] == "四、优化发展环境，促进产业提升 2项措施，滞后2"


def test_a_whole_plan_is_counted_by_its_snapshot_and_a_filter_live(office: Client, plan: Plan) -> None:
    Snapshot.objects.filter(plan=plan, scope="plan", date=clock.today()).update(red=99)
    assert counts_of(ledger(office))["滞后"] == 99
    assert counts_of(ledger(office, "?role=answers"))["滞后"] < 99


def test_snapshot_and_rows_agree_after_a_change_was_judged(office: Client, plan: Plan) -> None:
    MeasureStanding.objects.filter(measure__task__plan=plan).update(light=Light.RED)
    refresh([plan.pk])
    everything = "?part=" + "&part=".join(str(section.number) for section in plan.sections.all())
    assert counts_of(ledger(office)) == counts_of(ledger(office, everything))
    assert heads_of(ledger(office)) == heads_of(ledger(office, everything))


@pytest.mark.parametrize(("name", "label"), [("light", "状态"), ("done", "完成"), ("order", "排序")])
def test_a_value_that_does_not_exist_is_told_in_a_sentence(office: Client, name: str, label: str) -> None:
    page = ledger(office, f"?{name}=purple")
    assert f"没有这样的{label}：purple。它可能已经改动，请去掉这个条件。" in text_of(page)
    assert (numbers_of(page), counts_of(page)) == ([], {})


def test_a_plan_that_is_not_judged_yet_says_so(small: SmallPlan, client: Client) -> None:
    page = ledger(client)
    assert texts(rows_of(page), "状态") == ["正在汇总"] * 3
    assert "正在汇总，几秒后刷新即可看到" in text_of(page)


def test_the_page_says_when_it_was_judged(small: SmallPlan, client: Client) -> None:
    with clock.pinned(datetime(2026, 10, 13, 8, 5)):
        refresh([small.plan.pk])
    assert "10月13日8:05汇总，指标取最近一次审核通过的数，草稿不算" in text_of(ledger(client))


def test_a_change_that_waits_to_be_judged_is_told(office: Client, plan: Plan) -> None:
    before = PENDING in ledger(office)
    mark_stale([plan.pk])
    assert (before, PENDING in ledger(office)) == (False, True)


def test_a_change_of_another_plan_is_not(office: Client, plan: Plan) -> None:
    mark_stale([PlanFactory.create(jurisdiction=plan.jurisdiction, year=2025, issued=True).pk])
    assert PENDING not in ledger(office)


def test_a_draft_has_neither_lights_nor_progress(client: Client) -> None:
    client.force_login(office_user(small_plan(issued=False).place))
    page = ledger(client, "?order=light")
    assert set(rows_of(page)[0]) == {"编号", "措施", "单位", "指标", "期限"}
    assert (counts_of(page), "滞后在前" in page, "汇总" in text_of(page)) == ({}, False, False)


def test_a_closed_plan_keeps_its_lights(office: Client, plan: Plan) -> None:
    Plan.objects.filter(pk=plan.pk).update(stage=Plan.Stage.CLOSED)
    assert row_of(ledger(office), "1.1")["状态"] == "滞后 期限已过27个工作日"


def test_a_plan_without_parts_is_counted_whole(client: Client) -> None:
    plan = PlanFactory.create(issued=True)
    MeasureFactory.create_batch(2, task=TaskFactory.create(section=None, plan=plan, number=1))
    refresh([plan.pk])
    client.force_login(office_user(plan.jurisdiction))
    page = ledger(client)
    assert (heads_of(page), counts_of(page)["未到期"]) == ([], 2)


@pytest.mark.parametrize("query", ["", "?part=0&part=1", "?kind=none"])
def test_a_measure_outside_all_parts_is_counted_in_its_own_head(small: SmallPlan, client: Client, query: str) -> None:
    MeasureFactory.create(task=TaskFactory.create(section=None, plan=small.plan, number=9))
    refresh([small.plan.pk])
    assert heads_of(ledger(client, query))[-1] == "不分部分 1项措施，未到期1"


def test_numbers_are_those_of_all_pages(small: SmallPlan, client: Client) -> None:
    MeasureFactory.create_batch(60, task=small.third.task)
    refresh([small.plan.pk])
    page = ledger(client, "?page=2")
    assert (len(rows_of(page)), counts_of(page)["未到期"], counts_of(page)["滞后"]) == (13, 62, 1)
    assert heads_of(page) == ["二、基层能力 61项措施，滞后1、未到期60"]


def accepted_with(client: Client, text: str) -> str:
    """The progress cell of a measure of which the text was accepted."""
    scene = Judged()
    scene.report.entries.update(done_text=text)
    scene.send()
    scene.accept_all()
    refresh([scene.plan.pk])
    client.force_login(scene.office)
    return rows_of(ledger(client))[0]["进展"]


@pytest.mark.parametrize("text", ["龘字头单位已检查🍚3家。", "<b>检查</b>&amp;整改", "检查食堂3家。" * 700])
def test_progress_is_shown_as_it_was_written(client: Client, text: str) -> None:
    assert accepted_with(client, text) == f"三季度：{text}"
