"""A ledger whose heads do not say what its columns are: asked, previewed, read, remembered."""

from __future__ import annotations

import pytest
from django.urls import reverse

from core import outbox
from intake.actions.upload import upload_plan
from intake.models import Correction, Import
from tests.factories import JurisdictionFactory, office_user
from tests.table_files import Rows, xlsx

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}
HEADS = ("重点任务", "怎么做", "谁来办", "何时办完", "所属科室")
ROWS: Rows = (
    ("管好食堂", "学校食堂明厨亮灶覆盖率达到100%", "区教体局", "6月底前", "餐饮科"),
    ("守住市场", "开展农贸市场快检", "区市场监管局", "八月中", "流通科"),
)
CHOSEN = {"column_0": "task", "column_1": "measure", "column_2": "lead", "column_3": "deadline", "column_4": "unused"}


@pytest.fixture
def place():
    return JurisdictionFactory.create(name="青禾区")


@pytest.fixture
def clerk(place):
    return office_user(place)


@pytest.fixture
def page(client, clerk):
    client.force_login(clerk)
    return client


def ledger(clerk, *rows, name="2026年台账.xlsx", **sheets) -> Import:
    """Uploaded and seen by the job."""
    data = xlsx({"台账": rows or (HEADS, *ROWS), **sheets})
    import_, _ = upload_plan(clerk.memberships.get().jurisdiction, actor=clerk, name=name, data=data)
    outbox.drain()
    import_.refresh_from_db()
    return import_


def send(page, import_, **fields):
    form = {"version": import_.version, "sheet": "台账", "head": 1} | CHOSEN | fields
    return page.post(reverse("intake:columns", args=[import_.pk]), form)


def test_known_heads_need_no_question(clerk):
    import_ = ledger(clerk, ("任务", "措施", "责任单位", "时限"), *[row[:4] for row in ROWS])
    assert import_.state == Import.State.READ
    assert len(import_.reading["tasks"]) == 2


def test_unknown_heads_are_asked_of_the_clerk(page, clerk):
    import_ = ledger(clerk)
    assert import_.state == Import.State.MAPPING
    response = page.get(reverse("intake:import", args=[import_.pk]), follow=True)
    body = response.content.decode()
    assert "B列、C列、D列、E列还没有选是什么" in body
    assert "学校食堂明厨亮灶覆盖率达到100%" in body


def test_page_that_waits_is_sent_on_to_the_columns(page, clerk):
    import_ = ledger(clerk)
    response = page.get(reverse("intake:import", args=[import_.pk]), **HTMX)
    assert response["HX-Redirect"] == reverse("intake:columns", args=[import_.pk])


def test_preview_shows_what_would_be_read_and_changes_nothing(page, clerk):
    import_ = ledger(clerk)
    response = send(page, import_, preview="1")
    body = response.content.decode()
    assert response.status_code == 200
    assert "会这样读出" in body
    assert "6月30日" in body
    assert "第3行D列</b>：不认识的日期“八月中”" in body
    assert Import.objects.get().version == import_.version


def test_chosen_columns_are_read_by_the_job(page, clerk):
    import_ = ledger(clerk)
    assert send(page, import_).status_code == 302
    outbox.drain()
    import_.refresh_from_db()
    assert import_.state == Import.State.READ
    units = [a["department"] for t in import_.reading["tasks"] for m in t["measures"] for a in m["assignments"]]
    assert units == ["区教体局", "区市场监管局"]


def test_column_left_open_is_refused(page, clerk):
    import_ = ledger(clerk)
    response = send(page, import_, column_2="")
    assert response.status_code == 400
    assert "C列还没有选是什么" in response.content.decode()
    assert Import.objects.get().state == Import.State.MAPPING


def test_same_meaning_twice_is_refused(page, clerk):
    response = send(page, ledger(clerk), column_4="task")
    assert response.status_code == 400
    assert "“任务”选了2列，只能选一列。" in response.content.decode()


def test_stale_page_is_refused(page, clerk):
    assert send(page, ledger(clerk), version=1).status_code == 409


def test_another_sheet_shows_its_own_columns(page, clerk):
    import_ = ledger(clerk, 附表=[("说明",), ("序号", "任务", "单位"), (1, "查市场", "区商务局")])
    body = page.get(reverse("intake:columns", args=[import_.pk]), {"sheet": "附表"}).content.decode()
    assert "查市场" in body
    assert '<option value="plain" selected>' in body


def test_another_row_of_heads_shows_its_columns(page, clerk):
    import_ = ledger(clerk, ("甲", "乙"), ("丙", "丁"), ("管好食堂", "区教体局"))
    response = page.get(reverse("intake:columns", args=[import_.pk]), {"head": 2})
    assert response.context["columns"].layout.head == 2


@pytest.mark.parametrize("query", [{"head": "x"}, {"head": 99}, {"sheet": "没有的表"}, {"head": -1}])
def test_place_that_does_not_exist_changes_nothing(page, clerk, query):
    response = page.get(reverse("intake:columns", args=[ledger(clerk).pk]), query)
    assert response.status_code == 200
    assert response.context["columns"].layout.sheet == "台账"


def test_last_mapping_is_proposed_for_the_same_heads(page, clerk):
    send(page, ledger(clerk))
    outbox.drain()
    again = ledger(clerk, HEADS, ("查农药", "抽检", "区农业农村局", "年底前", "种植科"))
    assert again.state == Import.State.MAPPING
    assert again.layout["columns"] == {key[-1]: value for key, value in CHOSEN.items()}


def test_mapping_of_another_place_is_not_proposed(page, clerk):
    send(page, ledger(clerk))
    outbox.drain()
    elsewhere = ledger(office_user(JurisdictionFactory.create()))
    assert elsewhere.layout["columns"] == {"0": "task"}


def test_columns_may_be_mapped_anew_after_reading(page, clerk):
    import_ = ledger(clerk, ("任务", "措施", "责任单位", "时限"), *[row[:4] for row in ROWS])
    assert page.get(reverse("intake:columns", args=[import_.pk])).status_code == 200
    send(page, import_, column_2="support")
    outbox.drain()
    import_.refresh_from_db()
    assert import_.reading["tasks"][0]["measures"][0]["assignments"][0]["role"] == "support"


def test_corrected_reading_keeps_its_columns(page, clerk):
    import_ = ledger(clerk, ("任务", "措施", "责任单位", "时限"), *[row[:4] for row in ROWS])
    Correction.objects.create(
        plan_import=import_, ordinal=1, step=1, operation={}, version=import_.version, actor=clerk,
        at=import_.uploaded_at,
    )  # fmt: skip
    response = page.post(
        reverse("intake:columns", args=[import_.pk]),
        {"version": import_.version, "sheet": "台账", "head": 1} | CHOSEN | {"column_4": "unused"},
    )
    assert response.status_code == 409
    assert "已经作过改动" in response.content.decode()


def test_plan_that_is_no_table_has_no_columns(page, clerk, place):
    text = "2026年青禾区食品安全工作要点\n一、守护校园\n（一）推进明厨亮灶。（区教体局牵头）"
    import_, _ = upload_plan(place, actor=clerk, name="要点.txt", data=text.encode())
    outbox.drain()
    url = reverse("intake:columns", args=[import_.pk])
    assert page.get(url).status_code == 302
    assert page.post(url, {"version": 2}).status_code == 409


def test_mapping_may_be_given_up(page, clerk):
    import_ = ledger(clerk)
    page.post(reverse("intake:abandon", args=[import_.pk]), {"version": import_.version})
    assert Import.objects.get().state == Import.State.ABANDONED
