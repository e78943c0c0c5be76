"""What the tests of the form's pages do as a browser does."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from reporting.models import ProgressEntry


def page(client, user, name: str, *args: int, status: int = 200) -> str:
    client.force_login(user)
    response = client.get(reverse(f"reporting:{name}", args=args))
    assert response.status_code == status, response.status_code
    return str(response.content.decode())


def send(client, user, entry: ProgressEntry, *, script: bool = True, **fields: Any):
    """What the page sends by itself after typing."""
    client.force_login(user)
    headers = {"HX-Request": "true"} if script else {}
    address = reverse("reporting:save", args=[entry.report_id, entry.pk])
    return client.post(address, {"seen": entry.version, **fields}, headers=headers)
