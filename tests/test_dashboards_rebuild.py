"""`manage.py rebuild_snapshots`: after a changed threshold everything that shows a light shows the new one."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from openpyxl import load_workbook

from dashboards.models import Snapshot
from departments.actions.office_settings import Numbers, change_office_settings, numbers_of
from departments.editions import edition
from departments.queries import office_settings
from indicators.models import Indicator
from reporting.models import AssignmentStanding, IndicatorStanding, Light, MeasureStanding
from tasks.models import Plan
from tests.factories import MeasureFactory, PlanFactory
from tests.judged import Judged, stored

pytestmark = pytest.mark.django_db
HEAD = 3  # row of the export's column titles
Drain = Callable[[], int]
Seen = Callable[[Client, Judged], set[str]]


@pytest.fixture(autouse=True)
def on_13_october(settings: Any) -> None:
    settings.CLOCK_DATE = date(2026, 10, 13)


@pytest.fixture
def scene() -> Judged:
    """Two rates to be held at 95 %, both at 86 %: 91 % of what was expected, which is amber by the defaults."""
    made = Judged()
    Indicator.objects.update(value=Decimal(95), path=Indicator.Path.HOLD)
    made.send()
    made.accept_all()
    rebuild()
    return made


def rebuild(*words: str) -> str:
    said = io.StringIO()
    call_command("rebuild_snapshots", *words, stdout=said)
    return said.getvalue().strip()


def set_far_behind(scene: Judged, percent: int) -> None:
    """Under so many percent of what was expected an indicator is red."""
    place = scene.plan.jurisdiction
    now = numbers_of(office_settings(place))
    numbers = Numbers(**asdict(now) | {"far_behind_percent": percent})
    change_office_settings(place, actor=scene.office, numbers=numbers, seen=edition(now.as_text()))


def on_measures(client: Client, scene: Judged) -> set[str]:
    return {row.get_light_display() for row in MeasureStanding.objects.all()}


def on_indicators(client: Client, scene: Judged) -> set[str]:
    return {row.get_light_display() for row in IndicatorStanding.objects.all()}


def on_units_parts(client: Client, scene: Judged) -> set[str]:
    return {row.get_counted_light_display() for row in AssignmentStanding.objects.all()}


def in_snapshots(client: Client, scene: Judged) -> set[str]:
    return {row.get_light_display() for row in Snapshot.objects.all()}


def on_the_page(client: Client, scene: Judged) -> set[str]:
    """The lights of the rows; the head counts them."""
    client.force_login(scene.office)
    page = client.get(f"/plans/{scene.plan.pk}/ledger/").content.decode()
    lights = set(re.findall(r'class="state">\s*<span class="light light-\w+">(\w+)', page))
    assert all(re.search(rf"{light}</span> 2<", page) for light in lights)
    return lights


def under_the_filter(client: Client, scene: Judged) -> set[str]:
    """The lights under which the ledger, filtered by them, finds both measures."""
    client.force_login(scene.office)
    pages = {light: client.get(f"/plans/{scene.plan.pk}/ledger/?light={light}") for light in Light}
    return {light.label for light, page in pages.items() if "<strong>2项措施" in page.content.decode()}


def in_the_export(client: Client, scene: Judged) -> set[str]:
    client.force_login(scene.office)
    content = client.get(f"/plans/{scene.plan.pk}/ledger/export/").getvalue()
    sheet = load_workbook(io.BytesIO(content)).worksheets[0]
    head, *rows = sheet.iter_rows(min_row=HEAD, values_only=True)
    return {str(row[head.index("状态")]) for row in rows}


PLACES = (on_measures, on_indicators, on_units_parts, in_snapshots, on_the_page, under_the_filter, in_the_export)
everywhere = pytest.mark.parametrize("seen", PLACES)


@everywhere
def test_a_changed_threshold_changes_lights_everywhere(client: Client, scene: Judged, seen: Seen) -> None:
    before = seen(client, scene)
    set_far_behind(scene, 92)
    rebuild()
    assert (before, seen(client, scene)) == ({"预警"}, {"滞后"})


@everywhere
def test_the_outbox_changes_them_without_the_command(client: Client, scene: Judged, seen: Seen, drain: Drain) -> None:
    set_far_behind(scene, 92)
    drain()
    assert seen(client, scene) == {"滞后"}


def test_a_threshold_put_back_leaves_the_rows_as_they_were(scene: Judged) -> None:
    before = stored()
    for percent in (92, 80):
        set_far_behind(scene, percent)
        rebuild()
    assert stored() == before


def test_it_says_how_many_plans_it_judged(scene: Judged) -> None:
    PlanFactory.create(issued=True)
    assert rebuild() == "已重新计算2份计划。"


def test_the_plans_named_are_judged_alone(scene: Judged) -> None:
    other, third = PlanFactory.create_batch(2, issued=True)
    assert rebuild("--plan", str(other.pk), "--plan", str(scene.plan.pk)) == "已重新计算2份计划。"
    assert Snapshot.objects.filter(plan=other).exists()
    assert not Snapshot.objects.filter(plan=third).exists()


def test_an_unknown_plan_is_refused(scene: Judged) -> None:
    with pytest.raises(CommandError, match="没有编号为9001、9002的已印发计划"):
        rebuild("--plan", "9002", "--plan", "9001", "--plan", str(scene.plan.pk))


@pytest.mark.parametrize("stage", ["draft", "consultation", "closed"])
def test_a_plan_that_is_not_in_force_is_refused(scene: Judged, stage: str) -> None:
    plan = PlanFactory.create(issued=True)
    Plan.objects.filter(pk=plan.pk).update(stage=stage)
    with pytest.raises(CommandError, match="草稿、征求意见稿和已办结的计划不计算"):
        rebuild("--plan", str(plan.pk))


@pytest.mark.parametrize("stage", ["draft", "consultation"])
def test_all_plans_are_those_in_force(scene: Judged, stage: str) -> None:
    draft = PlanFactory.create(stage=stage)
    MeasureFactory.create(task__section__plan=draft)
    assert rebuild() == "已重新计算1份计划。"
    assert not MeasureStanding.objects.filter(measure__task__plan=draft).exists()
    assert not Snapshot.objects.filter(plan=draft).exists()


def test_without_any_plan_it_says_so() -> None:
    assert rebuild() == "已重新计算0份计划。"
