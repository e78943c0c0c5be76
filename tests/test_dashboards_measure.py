"""One measure with its sentence in the source."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.factories import IndicatorFactory, JurisdictionFactory, leader, office_user, reporter
from tests.ledgers import SmallPlan, small_plan

pytestmark = pytest.mark.django_db


@pytest.fixture
def made() -> SmallPlan:
    return small_plan()


@pytest.fixture
def unit(made: SmallPlan, client: Client) -> Client:
    client.force_login(reporter(made.market))
    return client


def test_the_sentence_stands_in_its_line_with_units_and_target_marked(unit: Client, made: SmallPlan) -> None:
    page = unit.get(f"/measures/{made.first.pk}/").content.decode()
    assert '<mark class="mark-here mark-target">学校食堂明厨亮灶覆盖率达到100%</mark>' in page
    assert '<mark class="mark-here mark-unit">（区教体局牵头，区市场监管局配合）</mark>' in page
    assert "<p>（一）推进明厨亮灶。<" in page


def test_every_unit_of_a_group_is_named(unit: Client, made: SmallPlan) -> None:
    assert "青溪镇、禾丰镇" in unit.get(f"/measures/{made.second.pk}/").content.decode()


def test_a_unit_leads_to_what_it_owes(unit: Client, made: SmallPlan) -> None:
    page = unit.get(f"/measures/{made.first.pk}/").content.decode()
    assert f'<a href="/departments/{made.education.pk}/duties/">区教体局</a>' in page


def test_a_target_says_its_words_and_who_reports_it(unit: Client, made: SmallPlan) -> None:
    page = unit.get(f"/measures/{made.first.pk}/").content.decode()
    assert "“学校食堂明厨亮灶覆盖率达到100%”；覆盖率；由区教体局报数" in page


def test_a_target_that_nobody_reports_says_so(unit: Client, made: SmallPlan) -> None:
    IndicatorFactory.create(measure=made.second, implied=True)
    page = unit.get(f"/measures/{made.second.pk}/").content.decode()
    assert "原文没有写数字，按全部计；覆盖率；未定由哪家报数" in page


def test_the_deadline_says_the_documents_words(unit: Client, made: SmallPlan) -> None:
    page = unit.get(f"/measures/{made.third.pk}/").content.decode()
    assert "原文“6月底前”" in page


def test_by_script_only_a_row_is_sent(unit: Client, made: SmallPlan) -> None:
    response = unit.get(f"/measures/{made.first.pk}/", headers={"HX-Request": "true"})
    assert response.content.decode().lstrip().startswith(f'<tr class="more" id="more-{made.first.pk}">')
    assert "HX-Request" in response["Vary"]


def test_a_plan_without_its_source_says_so(unit: Client, made: SmallPlan) -> None:
    made.plan.source = None
    made.plan.save()
    assert "来源文件里没有找到这句话的位置" in unit.get(f"/measures/{made.first.pk}/").content.decode()


def test_a_drafts_measure_is_hidden_from_units_and_leaders(client: Client) -> None:
    made = small_plan(issued=False)
    for person in (reporter(made.education), leader(made.place)):
        client.force_login(person)
        assert client.get(f"/measures/{made.first.pk}/").status_code == 404


def test_another_jurisdictions_measure_does_not_exist(client: Client, made: SmallPlan) -> None:
    client.force_login(office_user(JurisdictionFactory.create()))
    assert client.get(f"/measures/{made.first.pk}/").status_code == 404


def test_a_number_beyond_the_database_does_not_exist(unit: Client) -> None:
    assert unit.get("/measures/99999999999999999999/").status_code == 404
