"""The administrator's pages carry the portal's name and are entered by its own log-in."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.factories import UserFactory, administrator

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"


def test_a_stranger_comes_to_the_portals_log_in(client: Client) -> None:
    response = client.get("/admin/", follow=True)
    assert response.redirect_chain[-1][0].startswith("/log-in/")


def test_an_administrator_who_has_logged_in_goes_on_to_the_start(client: Client) -> None:
    client.force_login(administrator(), backend=BACKEND)
    response = client.get("/admin/login/?next=/admin/", follow=True)
    assert "食安督办后台" in response.content.decode()


def test_anybody_else_is_told_whose_pages_these_are(client: Client) -> None:
    client.force_login(UserFactory.create(), backend=BACKEND)
    response = client.get("/admin/", follow=True)
    assert response.status_code == 403
    assert "只给系统管理员用" in response.content.decode()
