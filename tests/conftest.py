"""Fixtures used by more than one test file."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.core.cache import cache

from core import outbox


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
