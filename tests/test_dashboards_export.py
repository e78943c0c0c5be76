"""The ledger as an Excel file: what the filter leaves, merged, on paper, and never a formula."""

from __future__ import annotations

import io
import zipfile
from typing import Any
from urllib.parse import unquote

import pytest
from django.test import Client
from openpyxl import load_workbook
from openpyxl.cell import MergedCell
from openpyxl.worksheet.worksheet import Worksheet
from pytest_django import DjangoAssertNumQueries

from tasks.models import Assignment, Measure, Plan
from tests.factories import (
    AssignmentFactory,
    IndicatorFactory,
    JurisdictionFactory,
    MeasureFactory,
    leader,
    office_user,
    reporter,
)
from tests.ledgers import SmallPlan, small_plan

pytestmark = pytest.mark.django_db
FIRST = 4  # the row below the head
BUDGET = 28  # with the two queries for each thousand measures


@pytest.fixture
def made() -> SmallPlan:
    return small_plan()


@pytest.fixture
def office(made: SmallPlan, client: Client) -> Client:
    client.force_login(office_user(made.place, name="林晓"))
    return client


def packed(client: Client, made: SmallPlan, query: str = "") -> bytes:
    response = client.get(f"/plans/{made.plan.pk}/ledger/export/{query}")
    assert response.status_code == 200
    content: bytes = response.getvalue()
    return content


def sheet_of(client: Client, made: SmallPlan, query: str = "") -> Worksheet:
    sheet: Worksheet = load_workbook(io.BytesIO(packed(client, made, query))).worksheets[0]
    return sheet


def rows(sheet: Worksheet) -> list[tuple[Any, ...]]:
    return list(sheet.iter_rows(min_row=FIRST, values_only=True))


def numbers(sheet: Worksheet) -> list[str]:
    return [row[2] for row in rows(sheet)]


def test_a_line_has_all_that_a_clerk_needs(office: Client, made: SmallPlan) -> None:
    assert rows(sheet_of(office, made))[0] == (
        "一、校园食品安全", "（一）推进明厨亮灶", "1.1", "学校食堂明厨亮灶覆盖率达到100%。",
        "区教体局", None, "区市场监管局", "学校食堂明厨亮灶覆盖率", "≥100%", None, "年底",
        None, None, None, None, "（区教体局牵头，区市场监管局配合）",
    )  # fmt: skip


def test_a_group_names_its_members(office: Client, made: SmallPlan) -> None:
    assert rows(sheet_of(office, made))[1][4] == "各镇（青溪镇、禾丰镇）"


def test_lead_and_responsible_in_one_cell_say_which_is_which(office: Client, made: SmallPlan) -> None:
    AssignmentFactory.create(measure=made.first, department=made.towns.members.get(name="禾丰镇"), role="responsible")
    assert rows(sheet_of(office, made))[0][4] == "牵头：区教体局\n负责：禾丰镇"


def test_several_targets_are_numbered(office: Client, made: SmallPlan) -> None:
    IndicatorFactory.create(measure=made.first, position=30_000, subject="陪餐率", value=90)
    row = rows(sheet_of(office, made))[0]
    assert (row[7], row[8]) == ("1. 学校食堂明厨亮灶覆盖率\n2. 陪餐率", "1. ≥100%\n2. ≥90%")


def test_a_reworded_measure_shows_what_the_document_says(office: Client, made: SmallPlan) -> None:
    Measure.objects.filter(pk=made.first.pk).update(text="全部建成明厨亮灶。")
    row = rows(sheet_of(office, made))[0]
    assert row[3] == "全部建成明厨亮灶。"
    assert row[15].startswith("学校食堂明厨亮灶覆盖率达到100%。\n（区教体局牵头")


@pytest.mark.parametrize(
    "query", ["", "?q=检查", "?part=1", "?role=lead", "?kind=none&due=year_end", "?page=2", "?q=没有这样的字"]
)
def test_it_holds_exactly_what_the_ledger_counts(office: Client, made: SmallPlan, query: str) -> None:
    page = office.get(f"/plans/{made.plan.pk}/ledger/{query}")
    sheet = sheet_of(office, made, query)
    shown = [measure.number for measure in page.context["page"].object_list]
    assert (numbers(sheet), len(shown)) == (shown, page.context["count"])


def test_all_pages_of_the_ledger_are_in_it(office: Client, made: SmallPlan) -> None:
    MeasureFactory.create_batch(60, task=made.third.task)
    assert len(numbers(sheet_of(office, made, "?page=2"))) == 63


def test_the_note_says_document_filter_person_and_hour(office: Client, made: SmallPlan) -> None:
    note = sheet_of(office, made, "?part=1")["A2"].value
    assert note.startswith(f"{made.plan.document_number}，3月20日印发。筛选：部分：一；2项措施，共3项。状态和指标")
    assert note.endswith("导出。")
    assert "林晓（青禾区食安办）2026年" in note


def test_part_and_task_are_merged_over_their_measures(office: Client, made: SmallPlan) -> None:
    merged = {str(area) for area in sheet_of(office, made).merged_cells.ranges}
    assert merged == {"A1:P1", "A2:P2", "A4:A5", "B4:B5"}


def test_a_merged_text_stands_in_its_first_cell_alone(office: Client, made: SmallPlan) -> None:
    sheet = sheet_of(office, made)
    assert [sheet[cell].value for cell in ("A4", "A5", "A6")] == ["一、校园食品安全", None, "二、基层能力"]


def test_the_last_row_of_a_group_makes_room_for_a_long_heading(office: Client, made: SmallPlan) -> None:
    made.first.task.title = "推进明厨亮灶" * 20
    made.first.task.save()
    sheet = sheet_of(office, made)
    together = sheet.row_dimensions[4].height + sheet.row_dimensions[5].height
    assert together > 20 * 13.5 > sheet.row_dimensions[4].height * 5


def test_it_is_set_up_for_paper(office: Client, made: SmallPlan) -> None:
    sheet = sheet_of(office, made)
    setup = sheet.page_setup
    assert (setup.orientation, setup.paperSize, setup.fitToWidth, setup.fitToHeight) == ("landscape", 9, 1, 0)
    assert (sheet.print_title_rows, sheet.freeze_panes) == ("$3:$3", "A4")
    assert sheet.oddFooter.right.text == "第&P页，共&N页"


def test_text_is_wrapped_and_every_cell_has_its_lines(office: Client, made: SmallPlan) -> None:
    cells = [cell for row in sheet_of(office, made).iter_rows(min_row=FIRST) for cell in row]
    assert all(cell.border.left.style == "thin" for cell in cells)
    assert all(cell.alignment.wrap_text for cell in cells if not isinstance(cell, MergedCell))


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r=", "\x01="])
def test_no_cell_becomes_a_formula(office: Client, made: SmallPlan, start: str) -> None:
    Measure.objects.filter(pk=made.first.pk).update(text=f'{start}HYPERLINK("http://a.example","x")')
    cell = sheet_of(office, made)["D4"]
    assert (cell.data_type, cell.quotePrefix) == ("s", True)


def test_a_title_that_looks_like_a_formula_is_text(client: Client) -> None:
    made = small_plan(title='=cmd|" /C calc"!A0\x07')
    client.force_login(office_user(made.place))
    assert sheet_of(client, made)["A1"].data_type == "s"
    assert b"<f>" not in zipfile.ZipFile(io.BytesIO(packed(client, made))).read("xl/worksheets/sheet1.xml")


def test_control_characters_are_left_out_and_rare_ones_kept(office: Client, made: SmallPlan) -> None:
    Measure.objects.filter(pk=made.first.pk).update(text="开展\x01\x0b检查\ufffe<b>&龘🍚\n第二行")
    assert sheet_of(office, made)["D4"].value == "开展检查<b>&龘🍚\n第二行"


def test_a_text_longer_than_a_cell_is_cut(office: Client, made: SmallPlan) -> None:
    Measure.objects.filter(pk=made.first.pk).update(text="长" * 40_000)
    assert len(sheet_of(office, made)["D4"].value) == 32_767


def test_the_file_has_the_plans_name(office: Client, made: SmallPlan) -> None:
    Plan.objects.filter(pk=made.plan.pk).update(title='2026年要点/"征求"\n意见')
    response = office.get(f"/plans/{made.plan.pk}/ledger/export/")
    assert unquote(response["Content-Disposition"]) == "attachment; filename*=utf-8''2026年要点征求意见台账.xlsx"


def test_a_filter_that_is_not_understood_is_refused(office: Client, made: SmallPlan) -> None:
    response = office.get(f"/plans/{made.plan.pk}/ledger/export/?unit=99999")
    assert response.status_code == 400
    assert "没有这样的单位：99999" in response.content.decode()


@pytest.mark.parametrize("stage", [Plan.Stage.DRAFT, Plan.Stage.CONSULTATION])
def test_an_unissued_plan_is_the_offices_alone(client: Client, stage: str) -> None:
    made = small_plan(issued=False, stage=stage)
    people = {office_user(made.place): 200, leader(made.place): 404, reporter(made.education): 404}
    for person, status in people.items():
        client.force_login(person)
        assert client.get(f"/plans/{made.plan.pk}/ledger/export/").status_code == status


def test_another_jurisdictions_ledger_does_not_exist(client: Client, made: SmallPlan) -> None:
    client.force_login(office_user(JurisdictionFactory.create()))
    assert client.get(f"/plans/{made.plan.pk}/ledger/export/").status_code == 404


def test_the_ledger_offers_what_it_shows(office: Client) -> None:
    page = office.get("/ledger/?part=1&page=1").content.decode()
    assert 'ledger/export/?part=1&amp;">导出这2项（Excel）</a>' in page


def test_the_number_of_queries_grows_by_the_thousand(
    office: Client, made: SmallPlan, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    fields = {"task": made.third.task, "text": "开展检查。", "span_start": 0, "span_end": 5}
    measures = Measure.objects.bulk_create(Measure(position=10 + n, **fields) for n in range(2500))
    Assignment.objects.bulk_create(
        Assignment(measure=m, department=made.education, role="lead", position=1, surface="", span_start=0, span_end=0)
        for m in measures
    )
    with django_assert_max_num_queries(BUDGET):
        assert len(numbers(sheet_of(office, made))) == 2503
