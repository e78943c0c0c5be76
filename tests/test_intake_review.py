"""The review page: every step is kept, undone, redone; a second clerk is told; nothing is lost."""

from datetime import date
from pathlib import Path

import pytest
from django.urls import reverse

from core import outbox
from intake.actions.upload import upload_plan
from intake.models import Correction, Import
from intake.review import review_of
from tests.factories import DepartmentFactory, JurisdictionFactory, leader, office_user, reporter

pytestmark = pytest.mark.django_db
TEXT = """青禾区食品安全委员会文件
青食安委〔2026〕5号
2026年青禾区食品安全工作要点
一、守护校园
（一）推进明厨亮灶。学校食堂明厨亮灶覆盖率达到100%。落实陪餐制度。（区教体局牵头，区市场监管局配合）开展周边检查。（区市场监管局、相关部门）
（二）强化抽检。食品抽检量达到4批次/千人。（区市场监管局）
二、健全机制
（三）每季度末向区食安办报送进展。（各成员单位）
"""
HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def place():
    place = JurisdictionFactory.create(name="青禾区")
    for name in ("区教体局", "区市场监管局"):
        DepartmentFactory.create(jurisdiction=place, name=name)
    return place


@pytest.fixture
def clerk(place):
    return office_user(place)


@pytest.fixture
def import_(place, clerk) -> Import:
    import_, _ = upload_plan(place, actor=clerk, name="要点.txt", data=TEXT.encode())
    outbox.drain()
    import_.refresh_from_db()
    assert import_.state == Import.State.READ
    return import_


@pytest.fixture
def page(client, clerk):
    client.force_login(clerk)
    return client


def ids(import_):
    """The ids of measures and of the first task, by number."""
    review = review_of(import_)
    return {m.number: m.id for s in review.sections for t in s.tasks for m in t.measures}


def editor_data(client, import_, fact):
    """What the row's form would send unchanged."""
    response = client.get(reverse("intake:measure", args=[import_.pk, fact]))
    editor = response.context["editor"]
    data = {"seen": response.context["seen"], "text": editor.measure["text"], "due_on": ""}
    for formset, initial in ((editor.units, editor.initial_units), (editor.targets, editor.initial_targets)):
        data |= {f"{formset.prefix}-TOTAL_FORMS": len(initial) + 1, f"{formset.prefix}-INITIAL_FORMS": len(initial)}
        for i, row in enumerate(initial):
            data |= {f"{formset.prefix}-{i}-{k}": v for k, v in row.items() if v is not False}
        last = f"{formset.prefix}-{len(initial)}"
        data |= (
            {f"{last}-role": "shared"}
            if formset is editor.units
            else {f"{last}-comparator": ">=", f"{last}-kind": "coverage"}
        )
    return data


def save(client, import_, fact, data, **extra):
    return client.post(reverse("intake:measure", args=[import_.pk, fact]), data, **HTMX, **extra)


def test_page_shows_source_and_ledger_with_doubts(page, import_):
    body = page.get(reverse("intake:import", args=[import_.pk])).content.decode()
    assert 'data-of="m' in body
    assert "“相关部门”没有写明是哪些单位" in body
    assert "aria-disabled" in body


def test_row_saved_is_one_step(page, import_):
    fact = ids(import_)["1.1"]
    data = editor_data(page, import_, fact) | {"due_on": "2026-08-31", "units-0-role": "responsible"}
    assert save(page, import_, fact, data).status_code == 200
    assert list(Correction.objects.values_list("step", flat=True)) == [1, 1]
    row = review_of(Import.objects.get()).sections[0].tasks[0].measures[0]
    assert (row.due_on, row.roles[0].label) == (date(2026, 8, 31), "负责")


def test_unchanged_row_records_nothing(page, import_):
    fact = ids(import_)["1.1"]
    save(page, import_, fact, editor_data(page, import_, fact))
    assert not Correction.objects.exists()


def test_undo_and_redo(page, import_):
    fact = ids(import_)["1.1"]
    save(page, import_, fact, editor_data(page, import_, fact) | {"text": "改过的措施。"})
    import_.refresh_from_db()
    page.post(reverse("intake:undo", args=[import_.pk]), {"version": import_.version}, **HTMX)
    assert review_of(import_).sections[0].tasks[0].measures[0].text.startswith("学校食堂")
    page.post(reverse("intake:redo", args=[import_.pk]), {"version": import_.version + 1}, **HTMX)
    assert review_of(import_).sections[0].tasks[0].measures[0].text == "改过的措施。"


def test_undo_of_a_stale_page_is_refused(page, import_):
    fact = ids(import_)["1.1"]
    save(page, import_, fact, editor_data(page, import_, fact) | {"text": "改过的措施。"})
    response = page.post(reverse("intake:undo", args=[import_.pk]), {"version": 1}, **HTMX)
    assert response.status_code == 409
    assert Correction.objects.get().state == Correction.State.ACTIVE


def test_two_clerks_at_one_fact_are_shown_both_values(page, client, import_, place):
    fact = ids(import_)["1.1"]
    stale = editor_data(page, import_, fact)
    save(page, import_, fact, stale | {"text": "第一位的改法。"})
    client.force_login(office_user(place))
    response = save(client, import_, fact, stale | {"text": "第二位的改法。"})
    assert response.status_code == 409
    body = response.content.decode()
    assert "第一位的改法" in body
    assert "第二位的改法" in body
    assert Correction.objects.count() == 1


def test_two_clerks_at_two_facts_both_succeed(page, client, import_, place):
    facts = ids(import_)
    first, second = (editor_data(page, import_, facts[n]) for n in ("1.1", "2.1"))
    save(page, import_, facts["1.1"], first | {"text": "第一位的改法。"})
    client.force_login(office_user(place))
    assert save(client, import_, facts["2.1"], second | {"text": "第二位的改法。"}).status_code == 200
    assert Correction.objects.count() == 2


def test_measure_is_split_at_a_place_of_the_source_and_merged_again(page, import_):
    fact = ids(import_)["1.1"]
    at = import_.source.text.index("落实陪餐")
    change = reverse("intake:change", args=[import_.pk, fact])
    page.post(change, {"verb": "split", "at": at, "seen": 0}, **HTMX)
    assert [m.text for m in review_of(import_).sections[0].tasks[0].measures][:2] == [
        "学校食堂明厨亮灶覆盖率达到100%。",
        "落实陪餐制度。",
    ]
    page.post(change, {"verb": "merge", "seen": 1}, **HTMX)
    assert len(review_of(import_).sections[0].tasks[0].measures) == 2


def test_place_outside_the_measure_is_refused_in_words(page, import_):
    fact = ids(import_)["1.1"]
    response = page.post(
        reverse("intake:change", args=[import_.pk, fact]), {"verb": "split", "at": 0, "seen": 0}, **HTMX
    )
    assert response.status_code == 400
    assert not Correction.objects.exists()


def test_selected_name_becomes_a_unit(page, import_):
    start = import_.source.text.index("周边检查")
    data = {"verb": "unit", "start": start, "end": start + 2, "role": "support", "seen": 0}
    page.post(reverse("intake:stretch", args=[import_.pk]), data, **HTMX)
    measure = review_of(import_).sections[0].tasks[0].measures[1]
    assert "周边" in [u.name for r in measure.roles if r.role == "support" for u in r.units]


def test_heading_is_changed(page, import_):
    task = review_of(import_).sections[0].tasks[0]
    page.post(
        reverse("intake:heading", args=[import_.pk, task.id]),
        {"label": "（一）", "title": "推进透明厨房", "seen": 0},
        **HTMX,
    )
    assert review_of(import_).sections[0].tasks[0].title == "推进透明厨房"


def test_doubt_is_settled_by_its_suggestion(page, import_):
    doubt = next(d for d in review_of(import_).doubts if d.id == "n:相关部门")
    page.post(reverse("intake:settle", args=[import_.pk]), {"doubt": doubt.id, "answer": 0, "seen": 0}, **HTMX)
    import_.refresh_from_db()
    assert import_.open_names == ["相关部门"]


def test_unbound_group_is_made_as_a_group_by_its_suggestion(page, import_, place):
    doubt = next(d for d in review_of(import_).doubts if d.id == "n:各成员单位")
    page.post(reverse("intake:settle", args=[import_.pk]), {"doubt": doubt.id, "answer": 0, "seen": 0}, **HTMX)
    assert place.groups.filter(name="各成员单位").exists()
    assert not place.departments.filter(name="各成员单位").exists()


def bind_data(page, import_):
    """What the page of names would send unchanged."""
    form = page.get(reverse("intake:names", args=[import_.pk])).context["bind_form"]
    return {field.html_name: field.initial or "" for field in form}


def test_choices_stay_with_their_names_when_the_directory_has_grown(page, import_, place):
    data = bind_data(page, import_)
    DepartmentFactory.create(jurisdiction=place, name="相关部门")
    page.post(reverse("intake:bind", args=[import_.pk]), data)
    assert place.groups.filter(name="各成员单位").exists()


def test_refused_binding_keeps_what_was_chosen(page, import_):
    data = bind_data(page, import_) | {"version": ""}
    response = page.post(reverse("intake:bind", args=[import_.pk]), data)
    assert response.status_code == 400
    assert "没有绑定" in response.content.decode()
    assert "新建集合单位" in response.content.decode()


def test_doubt_that_is_gone_is_told(page, import_):
    response = page.post(reverse("intake:settle", args=[import_.pk]), {"doubt": "n:没有", "answer": 0}, **HTMX)
    assert response.status_code == 400
    assert "已经不在了" in response.content.decode()


def test_without_script_a_step_leads_back_to_the_page(page, import_):
    fact = ids(import_)["1.1"]
    data = editor_data(page, import_, fact) | {"text": "改过的措施。"}
    response = page.post(reverse("intake:measure", args=[import_.pk, fact]), data)
    assert response.status_code == 302
    assert Correction.objects.count() == 1


def test_reading_again_keeps_the_corrections(page, import_):
    fact = ids(import_)["1.1"]
    save(page, import_, fact, editor_data(page, import_, fact) | {"text": "改过的措施。"})
    import_.refresh_from_db()
    page.post(reverse("intake:read_again", args=[import_.pk]), {"version": import_.version})
    outbox.drain()
    import_.refresh_from_db()
    assert import_.state == Import.State.READ
    assert review_of(import_).sections[0].tasks[0].measures[0].text == "改过的措施。"


def test_document_that_can_no_longer_be_read_keeps_its_reading(page, import_):
    page.post(reverse("intake:read_again", args=[import_.pk]), {"version": import_.version})
    Path(import_.source.file.path).write_bytes(b"%PDF-1.4 torn")
    outbox.drain()
    import_.refresh_from_db()
    assert import_.state == Import.State.READ
    assert import_.problem in page.get(reverse("intake:import", args=[import_.pk])).content.decode()
    assert len(import_.reading["tasks"]) == 3


@pytest.mark.parametrize("maker", [leader, lambda place: reporter(DepartmentFactory.create(jurisdiction=place))])
def test_others_do_not_see_an_import(client, import_, place, maker):
    client.force_login(maker(place))
    assert client.get(reverse("intake:import", args=[import_.pk])).status_code == 404


def test_another_office_does_not_see_it(client, import_):
    client.force_login(office_user(JurisdictionFactory.create()))
    fact = ids(import_)["1.1"]
    for name in ("measure", "change"):
        assert client.post(reverse(f"intake:{name}", args=[import_.pk, fact])).status_code == 404


def test_fact_that_does_not_exist_is_404(page, import_):
    assert page.get(reverse("intake:measure", args=[import_.pk, "m999999"])).status_code == 404
