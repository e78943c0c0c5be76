"""Which address a log-in is counted against."""

from __future__ import annotations

import pytest
from django.test import RequestFactory

from core.client_address import client_address

NEAR, FAR = "127.0.0.1", "10.1.2.3"


@pytest.mark.parametrize(
    ("behind_proxy", "forwarded", "counted"),
    [(False, FAR, NEAR), (True, FAR, FAR), (True, f"192.0.2.9, {FAR}", FAR), (True, "", NEAR)],
    ids=["no proxy: the header is not believed", "the proxy's word", "what the client claimed before", "no header"],
)
def test_the_proxy_is_believed_and_nobody_else(settings, behind_proxy, forwarded, counted):
    settings.BEHIND_HTTPS = behind_proxy
    request = RequestFactory().get("/", REMOTE_ADDR=NEAR, headers={"X-Forwarded-For": forwarded})
    assert client_address(request) == counted
