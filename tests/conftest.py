"""Fixtures used by more than one test file."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache

from core import outbox

CHROMIUM = Path("/usr/bin/chromium")
# Playwright's event loop runs in the test's own thread, where Django would refuse the database.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


@pytest.fixture(autouse=True)
def fresh_cache() -> Iterator[None]:
    """No test sees what another cached."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def drain(db: None) -> Callable[[], int]:
    """Runs the background work that is due, as the worker would; answers how many rows were handled."""
    return outbox.drain


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Without a browser its tests are skipped by hand, and fail where all must run."""
    if item.get_closest_marker("browser") and not CHROMIUM.exists():
        say = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        say(f"{CHROMIUM} is missing: apt-get install chromium fonts-wqy-zenhei")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Debian's Chromium, which does not call home."""
    quiet = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update")
    return browser_type_launch_args | {"executable_path": str(CHROMIUM), "args": [*quiet, "--disable-sync"]}
