"""The frame around every page, and what all templates keep to."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings as site
from django.template.loader import render_to_string
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from departments.models import User
from tests.factories import (
    DepartmentFactory,
    JurisdictionFactory,
    MembershipFactory,
    administrator,
    leader,
    office_user,
    reporter,
)

COMPONENTS = sorted((Path(site.BASE_DIR) / "templates" / "components").glob("*.html"))
TEMPLATES = sorted((Path(site.BASE_DIR) / "templates").rglob("*.html"))


def labels(client: Client, person: User) -> list[str]:
    client.force_login(person)
    return [entry.label for entry in client.get("/").context["frame"].entries]


@pytest.mark.django_db
def test_the_office_has_five_entries(client: Client) -> None:
    person = office_user(JurisdictionFactory.create())
    assert labels(client, person) == ["工作台", "台账", "报送", "指标", "单位"]


@pytest.mark.django_db
def test_a_reporter_has_the_own_unit(client: Client) -> None:
    assert labels(client, reporter(DepartmentFactory.create())) == ["首页", "台账", "填报", "本单位", "指标"]


@pytest.mark.django_db
def test_a_leader_has_ledger_rounds_and_units(client: Client) -> None:
    assert labels(client, leader(JurisdictionFactory.create())) == ["首页", "台账", "报送", "指标", "单位"]


@pytest.mark.django_db
def test_an_administrator_sets_up(client: Client) -> None:
    assert labels(client, administrator()) == ["首页", "台账", "指标", "单位", "用户"]
    assert 'href="/admin/">后台</a>' in client.get("/").content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "label"),
    [
        ("/", "工作台"),
        ("/ledger/", "台账"),
        ("/plans/", "台账"),
        ("/imports/", "台账"),
        ("/rules/", "指标"),
        ("/rounds/", "报送"),
        ("/users/", "单位"),
    ],
)
def test_the_entry_of_the_page_is_current(client: Client, path: str, label: str) -> None:
    client.force_login(office_user(JurisdictionFactory.create()))
    entries = client.get(path).context["frame"].entries
    assert [entry.label for entry in entries if entry.current] == [label]


@pytest.mark.django_db
def test_person_place_and_office_stand_in_the_bar(client: Client) -> None:
    place = JurisdictionFactory.create(office_name="云泽县食安办")
    client.force_login(reporter(DepartmentFactory.create(jurisdiction=place, name="县教育局"), name="赵一"))
    page = client.get("/").content.decode()
    assert "<span>云泽县食安办</span>" in page
    assert '赵一 <small class="muted">县教育局</small>' in page


@pytest.mark.django_db
def test_logging_out_is_a_form_with_its_token(client: Client) -> None:
    client.force_login(reporter(DepartmentFactory.create()))
    form = '<form method="post" action="/log-out/"><input type="hidden" name="csrfmiddlewaretoken"'
    assert form in client.get("/").content.decode()


@pytest.mark.django_db
def test_the_banner_stands_on_a_demo_alone(client: Client, settings: Settings) -> None:
    client.force_login(reporter(DepartmentFactory.create()))
    assert "演示数据" not in client.get("/").content.decode()
    settings.DEMO, settings.CLOCK_DATE = True, date(2026, 10, 13)
    assert "演示数据：虚构的青禾区，日期固定在2026年10月13日" in client.get("/").content.decode()


@pytest.mark.django_db
def test_a_refusal_keeps_the_frame(client: Client) -> None:
    client.force_login(office_user(JurisdictionFactory.create()))
    response = client.get("/measures/1/")
    assert response.status_code == 404
    assert "工作台" in response.content.decode()


def test_a_failure_is_drawn_without_the_database() -> None:
    page = render_to_string("problem.html", {"status": 500, "heading": "系统出错了", "sentence": "请稍后重试。"})
    assert "系统出错了 <small>500</small>" in page
    assert "main-nav" not in page


@pytest.mark.django_db
def test_somebody_with_many_posts_costs_no_more_queries(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    person = reporter(DepartmentFactory.create())
    for unit in DepartmentFactory.create_batch(10):
        MembershipFactory.create(user=person, department=unit)
    client.force_login(person)
    with django_assert_max_num_queries(12):
        client.get("/plans/")


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(site.BASE_DIR)))
def test_no_template_holds_inline_style_or_script(template: Path) -> None:
    text = template.read_text(encoding="utf-8")
    assert not re.search(r"""\sstyle=["']|<style|<script(?![^>]*\ssrc=)|\son[a-z]+=["']|javascript:""", text)


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(site.BASE_DIR)))
def test_every_form_that_posts_carries_its_token(template: Path) -> None:
    forms = re.findall(r"<form[^>]*method=\"post\".*?</form>", template.read_text(encoding="utf-8"), re.DOTALL)
    assert all("{% csrf_token %}" in form for form in forms)


@pytest.mark.parametrize("template", COMPONENTS, ids=lambda path: path.name)
def test_every_component_says_what_it_takes(template: Path) -> None:
    assert template.read_text(encoding="utf-8").startswith("{# ")
