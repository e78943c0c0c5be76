"""The page of a plan's source: every fact at its place, words found, the original file."""

from __future__ import annotations

import re
from urllib.parse import unquote

import pytest
from django.core.files.base import ContentFile
from django.db.models import QuerySet
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from dashboards.source_text import found
from tasks.models import Measure, Plan, SourceDocument
from tests.factories import (
    AssignmentFactory,
    DepartmentFactory,
    JurisdictionFactory,
    PlanFactory,
    ReportingRuleFactory,
    leader,
    office_user,
    reporter,
)
from tests.ledgers import TEXT, SmallPlan, small_plan, span

pytestmark = pytest.mark.django_db
BUDGET = 22
TAG = re.compile(r"<[^>]+>")


@pytest.fixture
def made() -> SmallPlan:
    return small_plan()


@pytest.fixture
def office(made: SmallPlan, client: Client) -> Client:
    client.force_login(office_user(made.place))
    return client


def source_of(made: SmallPlan) -> QuerySet[SourceDocument]:
    return SourceDocument.objects.filter(plans=made.plan)


def page_of(client: Client, made: SmallPlan, query: str = "") -> str:
    response = client.get(f"/plans/{made.plan.pk}/source/{query}")
    assert response.status_code == 200
    return response.content.decode()


def article(page: str) -> str:
    return page.partition("<article")[2].partition("</article>")[0]


def marked(page: str, anchor: str) -> str:
    """The text of all stretches of one fact."""
    stretches = re.findall(rf'data-of="(?:[^"]* )?{anchor}(?: [^"]*)?">([^<]*)<', article(page))
    return "".join(stretches)


def test_the_text_stands_there_as_imported(office: Client, made: SmallPlan) -> None:
    shown = re.sub(r'<a class="fact-number".*?</a>', "", article(page_of(office, made))).partition(">")[2]
    assert TAG.sub("", shown).split() == TEXT.split()


def test_a_measure_reaches_over_its_bracket(office: Client, made: SmallPlan) -> None:
    text = marked(page_of(office, made), f"m{made.first.pk}")
    assert text == "学校食堂明厨亮灶覆盖率达到100%。（区教体局牵头，区市场监管局配合）"


def test_every_kind_of_fact_has_its_anchor(office: Client, made: SmallPlan) -> None:
    ReportingRuleFactory.create(plan=made.plan, **span("6月底前"))
    page = page_of(office, made)
    assignments, target = made.first.assignments.all(), made.first.indicators.get()
    rule = made.plan.reporting_rules.get(span_start=span("6月底前")["span_start"])
    for anchor in (f"m{made.third.pk}", *(f"a{a.pk}" for a in assignments), f"i{target.pk}", f"d{rule.pk}"):
        assert f'id="{anchor}"' in page


def test_parts_and_tasks_have_theirs(office: Client, made: SmallPlan) -> None:
    page = page_of(office, made)
    assert f'id="s{made.first.task.section_id}"' in page
    assert f'id="t{made.first.task_id}"' in page


def test_an_anchor_stands_once(office: Client, made: SmallPlan) -> None:
    ids = re.findall(r'id="([a-z]\d+)"', article(page_of(office, made, "?q=学校")))
    assert len(ids) == len(set(ids))


def test_a_number_leads_to_its_measure(office: Client, made: SmallPlan) -> None:
    page = page_of(office, made)
    assert f'<a class="fact-number" href="/measures/{made.second.pk}/" aria-label="措施1.2">1.2</a>' in page


@pytest.mark.parametrize(("css", "words"), [("mark-target", "覆盖率达到100%"), ("mark-unit", "（各镇负责）")])
def test_a_mark_leads_to_its_measure(office: Client, made: SmallPlan, css: str, words: str) -> None:
    measure = made.first if css == "mark-target" else made.second
    links = re.findall(rf'<a class="{css}" href="(/measures/\d+/)"[^>]*>([^<]*)</a>', page_of(office, made))
    assert words in "".join(said for url, said in links if url == f"/measures/{measure.pk}/")


def test_an_ended_assignment_keeps_its_place(office: Client, made: SmallPlan) -> None:
    made.first.assignments.update(ended_on="2026-05-01")
    assert marked(page_of(office, made), f"a{made.first.assignments.earliest('pk').pk}") == "区教体局"


def test_an_assignment_that_the_source_does_not_name_has_no_place(office: Client, made: SmallPlan) -> None:
    added = AssignmentFactory.create(measure=made.third, span_start=70, span_end=70)
    assert f'id="a{added.pk}"' not in page_of(office, made)


def test_a_corrected_measure_keeps_its_place_and_says_so(office: Client, made: SmallPlan) -> None:
    Measure.objects.filter(pk=made.first.pk).update(text="全部建成明厨亮灶。")
    made.plan.amendments.create(
        kind="wording", measure=made.first, subject_type="measure", subject_id=made.first.pk, subject_label="1.1",
        before={}, after={}, reason="笔误", decided_on="2026-05-01", at="2026-05-01T00:00:00Z",
        actor=office_user(made.place),
    )  # fmt: skip
    page = page_of(office, made)
    assert 'aria-label="措施1.1，印发后更正过"' in page
    assert marked(page, f"m{made.first.pk}").startswith("学校食堂明厨亮灶覆盖率")


def test_two_measures_of_one_sentence_both_have_their_number(office: Client, made: SmallPlan) -> None:
    Measure.objects.filter(pk=made.second.pk).update(span_start=made.first.span_start, span_end=made.first.span_end)
    page = page_of(office, made)
    assert f'id="m{made.second.pk}"' in page
    assert page.index(">1.1</a>") < page.index(">1.2</a>") < page.index("覆盖率达到")


def test_the_list_beside_it_leads_to_the_parts(office: Client, made: SmallPlan) -> None:
    page = page_of(office, made)
    link = f'<a href="#s{made.first.task.section_id}">一、校园食品安全 <small class="muted keep">2项</small></a>'
    assert link in page


def test_without_parts_the_list_has_the_tasks(office: Client, made: SmallPlan) -> None:
    made.plan.tasks.update(section=None)
    made.plan.sections.all().delete()
    assert f'<a href="#t{made.first.task_id}">（一）推进明厨亮灶' in page_of(office, made)


def test_words_are_found_and_counted(office: Client, made: SmallPlan) -> None:
    page = page_of(office, made, "?q=各镇")
    assert "第<span data-at>1</span>处，共1处" in page
    assert marked(page, "h1") == "各镇"


def test_a_hit_over_the_edge_of_a_mark_is_marked_whole(office: Client, made: SmallPlan) -> None:
    assert marked(page_of(office, made, "?q=100%25。（区"), "h1") == "100%。（区"


@pytest.mark.parametrize(("at", "here"), [("2", "2"), ("99", "2"), ("0", "1"), ("x", "1"), ("²", "1"), ("9" * 30, "2")])
def test_the_address_says_which_hit_is_shown(office: Client, made: SmallPlan, at: str, here: str) -> None:
    assert f"第<span data-at>{here}</span>处，共2处" in page_of(office, made, f"?q=学&at={at}")


def test_next_and_previous_go_round(office: Client, made: SmallPlan) -> None:
    page = page_of(office, made, "?q=学&at=2")
    assert 'href="?q=%E5%AD%A6&amp;at=1#h1" data-hit="-1"' in page
    assert 'href="?q=%E5%AD%A6&amp;at=1#h1" data-hit="1"' in page


@pytest.mark.parametrize(
    ("text", "query", "count"),
    [("达到100％，ＡＢ", "100%", 1), ("达到100%", "１００％", 1), ("HACCP", "haccp", 1), ("a.c abc", "a.c", 1),
     ("啊啊啊", "啊啊", 1), ("龘🍚龘", "🍚", 1), ("甲", "", 0), ("甲\n乙", "甲乙", 0)],
)  # fmt: skip
def test_finding(text: str, query: str, count: int) -> None:
    assert len(found(text, query)) == count


def test_what_is_not_found_is_said(office: Client, made: SmallPlan) -> None:
    assert "没有找到“&lt;b&gt;%_”" in page_of(office, made, "?q=%3Cb%3E%25_")


def test_a_long_query_is_cut_and_control_characters_fall_out(office: Client, made: SmallPlan) -> None:
    response = office.get(f"/plans/{made.plan.pk}/source/", {"q": "\x00长" * 200})
    assert response.context["q"] == "长" * 100


def test_markup_in_the_document_is_text(office: Client, made: SmallPlan) -> None:
    source_of(made).update(text="<script>alert(1)</script>")
    assert "<script>alert" not in page_of(office, made)


def test_spans_beyond_the_text_do_no_harm(office: Client, made: SmallPlan) -> None:
    source_of(made).update(text="一、短")
    assert "一、短" in TAG.sub("", article(page_of(office, made)))


@pytest.mark.parametrize("text", ["", None])
def test_a_plan_without_text_says_so(office: Client, made: SmallPlan, text: str | None) -> None:
    if text is None:
        Plan.objects.filter(pk=made.plan.pk).update(source=None)
    else:
        source_of(made).update(text=text)
    assert "没有留下导入时的正文" in page_of(office, made)


@pytest.mark.parametrize("page", ["/ledger/", "/measures/{measure}/", "/departments/{unit}/duties/"])
def test_pages_lead_to_the_places(office: Client, made: SmallPlan, page: str) -> None:
    shown = office.get(page.format(measure=made.first.pk, unit=made.education.pk)).content.decode()
    lead = made.first.assignments.get(role="lead")
    for anchor in (f"a{lead.pk}", f"i{made.first.indicators.get().pk}"):
        assert f'href="/plans/{made.plan.pk}/source/#{anchor}"' in shown


def test_the_ledger_leads_to_its_parts_and_tasks(office: Client, made: SmallPlan) -> None:
    page = office.get("/ledger/").content.decode()
    for anchor in (f"s{made.first.task.section_id}", f"t{made.first.task_id}"):
        assert f'href="/plans/{made.plan.pk}/source/#{anchor}"' in page


def test_a_measure_leads_to_its_place(office: Client, made: SmallPlan) -> None:
    url, place = f"/measures/{made.first.pk}/", f'href="/plans/{made.plan.pk}/source/#m{made.first.pk}"'
    assert place in office.get(url).content.decode()
    assert place in office.get(url, headers={"HX-Request": "true"}).content.decode()


@pytest.mark.parametrize("path", ["source/", "source/file/"])
@pytest.mark.parametrize("stage", [Plan.Stage.DRAFT, Plan.Stage.CONSULTATION])
def test_an_unissued_text_is_the_offices_alone(client: Client, stage: str, path: str) -> None:
    made = small_plan(issued=False, stage=stage)
    keep_file(made)
    people = {office_user(made.place): 200, leader(made.place): 404, reporter(made.education): 404}
    for person, status in people.items():
        client.force_login(person)
        assert client.get(f"/plans/{made.plan.pk}/{path}").status_code == status


@pytest.mark.parametrize("path", ["source/", "source/file/"])
def test_another_jurisdictions_text_does_not_exist(client: Client, made: SmallPlan, path: str) -> None:
    keep_file(made)
    client.force_login(reporter(DepartmentFactory.create(jurisdiction=JurisdictionFactory.create())))
    assert client.get(f"/plans/{made.plan.pk}/{path}").status_code == 404


def keep_file(made: SmallPlan, name: str = "2026年工作要点.docx") -> None:
    document = source_of(made).get()
    document.name = name
    document.file.save("a.docx", ContentFile(b"PK original"))


def test_the_original_is_downloaded_under_its_name(office: Client, made: SmallPlan) -> None:
    keep_file(made)
    response = office.get(f"/plans/{made.plan.pk}/source/file/")
    assert response.getvalue() == b"PK original"
    assert unquote(response["Content-Disposition"]) == "attachment; filename*=utf-8''2026年工作要点.docx"
    assert (response["Content-Type"], response["X-Content-Type-Options"]) == ("application/octet-stream", "nosniff")


def test_a_page_of_markup_is_not_shown_in_place(office: Client, made: SmallPlan) -> None:
    keep_file(made, 'x"\r\n.html')
    response = office.get(f"/plans/{made.plan.pk}/source/file/")
    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Disposition"] == 'attachment; filename="x\\".html"'


def test_a_lost_file_is_told(office: Client, made: SmallPlan) -> None:
    response = office.get(f"/plans/{made.plan.pk}/source/file/")
    assert response.status_code == 404
    assert "原文件不在服务器上" in response.content.decode()


def test_a_plan_without_a_file_is_told(office: Client, made: SmallPlan) -> None:
    plan = PlanFactory.create(jurisdiction=made.place, issued=True, source=None)
    assert office.get(f"/plans/{plan.pk}/source/file/").status_code == 404


def test_the_page_keeps_its_budget(
    office: Client, made: SmallPlan, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(BUDGET):
        page_of(office, made, "?q=学校")
