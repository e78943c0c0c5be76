"""The search in the head: what it finds, marks, counts, and for whom."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from departments.models import User
from tasks.models import Assignment, Measure, Plan, Section, SourceDocument, Task
from tests.factories import (
    DepartmentAliasFactory,
    DepartmentFactory,
    JurisdictionFactory,
    MeasureFactory,
    PlanFactory,
    TaskFactory,
    UserFactory,
    leader,
    office_user,
    reporter,
)
from tests.ledgers import SmallPlan, small_plan

pytestmark = pytest.mark.django_db
BUDGET = 20
PLANS, MEASURES = 100, 60


@pytest.fixture
def made() -> SmallPlan:
    return small_plan()


@pytest.fixture
def office(made: SmallPlan, client: Client) -> Client:
    client.force_login(office_user(made.place))
    return client


def page_of(client: Client, words: str, **more: str) -> str:
    response = client.get("/search/", {"q": words, **more})
    assert response.status_code == 200
    return response.content.decode()


def counts(client: Client, words: str) -> dict[str, int]:
    """Number found of each kind that has any."""
    response = client.get("/search/", {"q": words})
    return {group.kind.name: group.count for group in response.context.get("groups", [])}


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("开学检查", {"measures": 1, "texts": 1}),
        ("配强队伍", {"tasks": 1, "texts": 1}),
        ("教体局", {"units": 1, "texts": 1}),
        ("青食安委", {"plans": 1}),
        ("明厨 100%", {"measures": 1, "texts": 1}),
        ("没有这样的字", {}),
        ("检", {"measures": 1, "texts": 1}),
        ("校园 没有这样的字", {}),
    ],
)
def test_each_kind_is_found(office: Client, words: str, found: dict[str, int]) -> None:
    assert counts(office, words) == found


@pytest.mark.parametrize("words", ["%", "_", "'", '"', "<", "\\", "龘", "🍚", "' OR 1=1 --", "%检%"])
def test_signs_are_taken_as_written(office: Client, made: SmallPlan, words: str) -> None:
    MeasureFactory.create(task=made.third.task, text=f"甲{words}乙")
    assert counts(office, words)["measures"] == (2 if words == "%" else 1)


def test_hits_are_marked_and_markup_is_text(office: Client, made: SmallPlan) -> None:
    MeasureFactory.create(task=made.third.task, text="<b>甲&乙</b>")
    page = page_of(office, "<b>")
    assert '<mark class="mark-hit">&lt;b&gt;</mark>甲&amp;乙' in page
    assert "<b>甲" not in page


def test_full_width_signs_are_marked_too(office: Client, made: SmallPlan) -> None:
    MeasureFactory.create(task=made.third.task, text="ＨＡＣＣＰ与haccp认证")
    assert '<mark class="mark-hit">haccp</mark>认证' in page_of(office, "HACCP")


def test_a_long_text_is_shown_around_its_first_hit(office: Client, made: SmallPlan) -> None:
    MeasureFactory.create(task=made.third.task, text="前" * 200 + "寻找" + "后" * 200)
    assert f'>…{"前" * 40}<mark class="mark-hit">寻找</mark>{"后" * 78}…<' in page_of(office, "寻找")


def test_a_unit_is_found_by_another_name_and_leads_to_its_page(office: Client, made: SmallPlan) -> None:
    DepartmentAliasFactory.create(department=made.education, name="区教育局")
    assert f'<a href="/departments/{made.education.pk}/duties/">区教体局</a>' in page_of(office, "教育局")


def test_a_unit_out_of_use_is_not_found(office: Client, made: SmallPlan) -> None:
    DepartmentFactory.create(jurisdiction=made.place, name="区撤并局", active=False)
    assert counts(office, "撤并局") == {}


def test_a_task_leads_to_its_heading(office: Client, made: SmallPlan) -> None:
    assert f'href="/plans/{made.plan.pk}/source/#t{made.third.task_id}"' in page_of(office, "配强队伍")


def test_a_text_leads_to_its_hits(office: Client, made: SmallPlan) -> None:
    assert f'href="/plans/{made.plan.pk}/source/?q=%E6%A0%A1%E5%9B%AD"' in page_of(office, "校园")


def test_a_few_are_shown_with_a_link_to_all(office: Client, made: SmallPlan) -> None:
    MeasureFactory.create_batch(40, task=made.third.task, text="开展巡查。")
    page = page_of(office, "巡查")
    assert page.count('<mark class="mark-hit">巡查</mark>') == 5
    assert '<a class="more" href="?q=%E5%B7%A1%E6%9F%A5&amp;in=measures">全部40项</a>' in page


def test_all_of_a_kind_stand_on_pages(office: Client, made: SmallPlan) -> None:
    MeasureFactory.create_batch(40, task=made.third.task, text="开展巡查。")
    page = page_of(office, "巡查", **{"in": "measures", "page": "2"})
    assert page.count('<mark class="mark-hit">巡查</mark>') == 10
    assert "?q=%E5%B7%A1%E6%9F%A5&amp;in=measures&amp;page=1" in page


def test_a_kind_that_does_not_exist_shows_all(office: Client) -> None:
    assert "措施1项" in page_of(office, "检查", **{"in": "nothing"})


@pytest.mark.parametrize("words", ["", "   ", "\x00\n"])
def test_without_words_nothing_is_searched(office: Client, words: str) -> None:
    page = page_of(office, words)
    assert "输入一个或几个词" in page
    assert "没有找到" not in page


def test_a_long_query_is_cut_and_says_so(office: Client) -> None:
    response = office.get("/search/", {"q": "长" * 200})
    assert response.context["asked"].text == "长" * 100
    assert "关键词太长，只按" in response.content.decode()


def test_many_words_are_cut_and_said(office: Client) -> None:
    response = office.get("/search/", {"q": "一 二 三 四 五 六 七 八 一"})
    assert (response.context["asked"].text, response.context["asked"].cut) == ("一 二 三 四 五 六", True)


def test_nothing_found_says_what_to_do(office: Client) -> None:
    assert "换个短一点的词再试" in page_of(office, "没有这样的字")


@pytest.mark.parametrize("words", ["1.2", " 1．2 "])
def test_a_number_leads_to_the_measure_of_the_current_plan(office: Client, made: SmallPlan, words: str) -> None:
    older = PlanFactory.create(jurisdiction=made.place, year=2025, issued=True)
    MeasureFactory.create(task=TaskFactory.create(section=None, plan=older, number=1), position=2)
    assert office.get("/search/", {"q": words})["Location"] == f"/measures/{made.second.pk}/"


def test_a_number_of_several_other_plans_lists_them(office: Client, made: SmallPlan) -> None:
    for year in (2024, 2025):
        older = PlanFactory.create(jurisdiction=made.place, year=year, issued=True)
        MeasureFactory.create(task=TaskFactory.create(section=None, plan=older, number=7), position=3, text="巡查。")
    assert counts(office, "7.3") == {"measures": 2}


def test_a_number_that_no_measure_has_is_searched_as_text(office: Client, made: SmallPlan) -> None:
    MeasureFactory.create(task=made.third.task, text="达到3.2批次/千人。")
    assert counts(office, "3.2") == {"measures": 1}


def test_a_replaced_text_is_not_found(office: Client, made: SmallPlan) -> None:
    Plan.objects.filter(pk=made.plan.pk).update(
        stage="consultation", document_number="", issued_on=None, superseded_at=datetime(2026, 3, 1, tzinfo=UTC)
    )
    assert counts(office, "检查") == {}


@pytest.mark.parametrize("stage", [Plan.Stage.DRAFT, Plan.Stage.CONSULTATION])
def test_an_unissued_plan_is_found_by_the_office_alone(client: Client, stage: str) -> None:
    made = small_plan(issued=False, stage=stage)
    for person, found in (
        (office_user(made.place), {"measures": 1, "texts": 1}),
        (leader(made.place), {}),
        (reporter(made.education), {}),
    ):
        client.force_login(person)
        assert counts(client, "开学检查") == found


def strangers() -> list[User]:
    elsewhere = JurisdictionFactory.create()
    own_unit = DepartmentFactory.create(jurisdiction=elsewhere, name="外区教体局")
    return [office_user(elsewhere), reporter(own_unit), leader(elsewhere), UserFactory.create()]


def test_other_places_are_not_found(client: Client, made: SmallPlan) -> None:
    for person in strangers():
        client.force_login(person)
        assert counts(client, "开学检查") == {}
        assert client.get("/search/", {"q": "1.2"}).status_code == 200


def test_the_office_above_finds_what_is_in_force_below(client: Client) -> None:
    city = JurisdictionFactory.create()
    small_plan(JurisdictionFactory.create(parent=city))
    client.force_login(office_user(city))
    assert counts(client, "开学检查") == {"measures": 1, "texts": 1}


def test_every_page_has_the_search_field_and_for_the_phone_a_link(office: Client) -> None:
    page = office.get("/ledger/").content.decode()
    assert 'action="/search/" aria-label="全站搜索"><input type="search" name="q"' in page
    assert '<a class="to-search" href="/search/">搜索</a>' in page


def many_plans(made: SmallPlan) -> None:
    """A hundred plans of sixty measures, each with its text."""
    text = "开展食品经营者检查，落实整改台账。" * 500
    at = datetime(2026, 3, 1, tzinfo=UTC)
    fields = {"span_start": 0, "span_end": 5}
    sources = SourceDocument.objects.bulk_create(
        SourceDocument(jurisdiction=made.place, sha256=f"x{n}", name="a", file="a", text=text, uploaded_at=at)
        for n in range(PLANS)
    )
    plans = Plan.objects.bulk_create(
        Plan(
            jurisdiction=made.place, year=1900 + n, kind="key_points", stage="closed", title=f"{n}年要点",
            source=source, document_number=f"{n}号", issued_on="2026-01-01",
        )
        for n, source in enumerate(sources)
    )  # fmt: skip
    sections = Section.objects.bulk_create(Section(plan=p, number=1, title="一", **fields) for p in plans)
    tasks = Task.objects.bulk_create(
        Task(plan=s.plan, section=s, number=n, title="推进工作", **fields) for s in sections for n in range(1, 21)
    )
    measures = Measure.objects.bulk_create(
        Measure(task=t, position=n, text=f"开展检查{n}，落实整改。", **fields)
        for t in tasks
        for n in range(1, MEASURES // 20 + 1)
    )
    Assignment.objects.bulk_create(
        Assignment(measure=m, department=made.market, role="lead", position=1, surface="", **fields) for m in measures
    )


@pytest.mark.parametrize("words", ["检查", "落实 整改", "没有这样的字"])
def test_a_hundred_plans_keep_the_budget(
    office: Client, made: SmallPlan, django_assert_max_num_queries: DjangoAssertNumQueries, words: str
) -> None:
    many_plans(made)
    with django_assert_max_num_queries(BUDGET):
        page_of(office, words)
