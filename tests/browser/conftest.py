"""A page of somebody who is logged in, which must end without errors in the console and without CSP violations."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from threading import Condition

import pytest
from django.conf import settings
from django.core.signals import request_finished, request_started
from django.test import Client
from playwright.sync_api import BrowserContext, ConsoleMessage, Page
from pytest_django.live_server_helper import LiveServer

from departments.models import User

TELL_VIOLATIONS = """document.addEventListener("securitypolicyviolation",
    (event) => console.error("CSP", event.violatedDirective, event.blockedURI));"""

Visit = Callable[[User, str], Page]
PATIENCE = 10  # seconds


class InFlight:
    """How many requests the portal is answering: a page that is left may still be saving, and the test's database is
    emptied only when nobody works in it any more."""

    def __init__(self) -> None:
        self.number, self.changed = 0, Condition()

    def begin(self, **kwargs: object) -> None:
        self._add(1)

    def end(self, **kwargs: object) -> None:
        self._add(-1)

    def _add(self, number: int) -> None:
        with self.changed:
            self.number += number
            self.changed.notify_all()

    def wait(self) -> None:
        with self.changed:
            assert self.changed.wait_for(lambda: self.number <= 0, PATIENCE), f"{self.number} requests hang"


@pytest.fixture
def in_flight() -> Iterator[InFlight]:
    counted = InFlight()
    request_started.connect(counted.begin)
    request_finished.connect(counted.end)
    yield counted
    request_started.disconnect(counted.begin)
    request_finished.disconnect(counted.end)


@pytest.fixture
def complaints() -> list[str]:
    """What the console complained of; a test that expects a refusal clears it."""
    return []


@pytest.fixture
def visit(
    live_server: LiveServer, context: BrowserContext, complaints: list[str], in_flight: InFlight
) -> Iterator[Visit]:
    """Opens an address of the portal as a person; at the end nothing may have been complained of."""

    def note(message: ConsoleMessage) -> None:
        if message.type == "error":
            complaints.append(message.text)

    def open_as(user: User, path: str) -> Page:
        client = Client()
        client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[-1])
        cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
        page = context.new_page()
        page.add_init_script(TELL_VIOLATIONS)
        page.on("console", note)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(live_server.url + path)
        return page

    yield open_as
    for page in context.pages:
        page.goto("about:blank")
    in_flight.wait()
    assert complaints == []


@pytest.fixture
def browser_context_args(browser_context_args: dict[str, object]) -> dict[str, object]:
    """The office machine's screen, in Chinese."""
    return browser_context_args | {"viewport": {"width": 1440, "height": 900}, "locale": "zh-CN"}
