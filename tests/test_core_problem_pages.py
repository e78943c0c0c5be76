"""Refusals and failures reach a person as status, heading and sentence; scripts get the message alone."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from core import problem_pages
from core.middleware import LOGIN_RAN_OUT

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.problem_urls")]
HTMX = {"HX-Request": "true"}
TOLD = [
    ("bad", 400, "请求有误", "第3行的单位名称是空的，请补上后重新提交。"),
    ("denied", 403, "没有权限", "只有区食安办的工作人员可以印发。"),
    ("state", 409, "状态已变化", "工作要点现在是“已办结”，不能印发。"),
    ("permission", 403, "没有权限", problem_pages.SAY_FORBIDDEN),
    ("suspicious", 400, "请求有误", problem_pages.SAY_BAD_REQUEST),
    ("missing", 404, "没有找到页面", "这份计划已经作废。"),
    ("missing-row", 404, "没有找到页面", problem_pages.SAY_NOT_FOUND),
    ("bug", 500, "系统出错了", problem_pages.SAY_FAILURE),
]


@pytest.fixture
def visitor() -> Client:
    """A client that is shown the page of a failure instead of the exception."""
    return Client(raise_request_exception=False)


@pytest.mark.parametrize(("name", "status", "heading", "sentence"), TOLD, ids=[told[0] for told in TOLD])
def test_a_refusal_is_a_whole_page(visitor, name, status, heading, sentence):
    response = visitor.get(f"/fail/{name}/")
    page = response.content.decode()
    assert response.status_code == status
    assert "<html" in page
    assert heading in page
    assert sentence in page


@pytest.mark.parametrize(("name", "status", "heading", "sentence"), TOLD, ids=[told[0] for told in TOLD])
def test_a_script_gets_the_message_alone(visitor, name, status, heading, sentence):
    response = visitor.get(f"/fail/{name}/", headers=HTMX)
    message = response.content.decode()
    assert response.status_code == status
    assert "<html" not in message
    assert sentence in message


def test_a_boosted_link_gets_a_whole_page(visitor):
    response = visitor.get("/fail/denied/", headers=HTMX | {"HX-Boosted": "true"})
    assert "<html" in response.content.decode()


def test_an_unknown_address_is_told_in_our_words(visitor):
    response = visitor.get("/no/such/page/")
    assert response.status_code == 404
    assert problem_pages.SAY_NOT_FOUND in response.content.decode()


def test_a_form_that_is_too_large_is_refused_with_its_own_status(visitor, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10
    response = visitor.post("/take/", {"text": "x" * 100})
    assert response.status_code == 413
    assert problem_pages.SAY_TOO_LARGE in response.content.decode()


def test_too_many_fields_are_refused_with_their_own_status(visitor, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 2
    response = visitor.post("/take/", {"a": "1", "b": "2", "c": "3"})
    assert response.status_code == 413


def test_a_stale_form_is_told_to_refresh():
    response = Client(enforce_csrf_checks=True).post("/take/", {"text": "x"})
    assert response.status_code == 403
    assert problem_pages.SAY_EXPIRED in response.content.decode()


def test_a_wrong_host_is_refused_before_the_person_is_known(visitor):
    response = visitor.get("/take/", headers={"host": "elsewhere.example"})
    assert response.status_code == 400
    assert problem_pages.SAY_BAD_REQUEST in response.content.decode()


def test_the_page_of_a_failure_asks_no_database(visitor, django_assert_num_queries):
    with django_assert_num_queries(0):
        visitor.get("/fail/bug/")


def test_a_failure_is_shown_even_without_its_template(visitor, settings):
    settings.TEMPLATES = [settings.TEMPLATES[0] | {"DIRS": [], "APP_DIRS": False}]
    response = visitor.get("/fail/bug/")
    assert response.status_code == 500
    assert problem_pages.SAY_FAILURE in response.content.decode()


def test_a_failure_is_logged_with_its_traceback(visitor, caplog):
    visitor.get("/fail/bug/")
    assert "ZeroDivisionError" in caplog.text


def test_a_stranger_is_sent_to_log_in(client):
    response = client.get("/inside/")
    assert response.status_code == 302
    assert response.headers["Location"] == f"{reverse('departments:log_in')}?next=/inside/"


def test_a_script_whose_log_in_ran_out_is_told_so_in_place(client):
    response = client.get("/inside/", headers=HTMX)
    assert response.status_code == 403
    assert LOGIN_RAN_OUT in response.content.decode()


def test_the_api_answers_a_problem_as_json(client):
    response = client.get("/api/open/state/")
    assert response.status_code == 409
    assert response.json() == {"detail": "工作要点现在是“已办结”，不能印发。"}


def test_the_api_names_the_field_of_bad_input(client):
    response = client.get("/api/open/bad/")
    assert response.status_code == 400
    assert response.json()["field"] == "name"


def test_an_api_view_that_opens_nothing_is_shut(client, admin_client):
    assert client.get("/api/unopened/").status_code == 403
    response = admin_client.get("/api/unopened/")
    assert response.status_code == 403
    assert response.json() == {"detail": "此接口没有对您开放。"}
