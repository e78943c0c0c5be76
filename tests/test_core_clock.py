"""The clock stopped for a block."""

from __future__ import annotations

from datetime import date, datetime
from threading import Thread

import pytest

from core import clock

MOMENT = datetime(2026, 3, 24, 23, 30)  # noqa: DTZ001 (local by contract)


def test_a_pinned_moment_is_local() -> None:
    with clock.pinned(MOMENT):
        assert clock.now().isoformat() == "2026-03-24T23:30:00+08:00"


def test_a_pinned_moment_sets_today() -> None:
    with clock.pinned(MOMENT):
        assert clock.today() == date(2026, 3, 24)


def test_the_clock_runs_on_after_the_block_even_if_it_failed() -> None:
    with pytest.raises(LookupError), clock.pinned(MOMENT):
        raise LookupError
    assert clock.today() != date(2026, 3, 24)


def test_an_inner_block_gives_back_the_outer_moment() -> None:
    with clock.pinned(MOMENT):
        with clock.pinned(datetime(2026, 7, 9, 9, 0)):  # noqa: DTZ001
            pass
        assert clock.today() == date(2026, 3, 24)


def test_another_thread_is_not_stopped() -> None:
    seen: list[date] = []
    with clock.pinned(MOMENT):
        thread = Thread(target=lambda: seen.append(clock.today()))
        thread.start()
        thread.join()
    assert seen != [date(2026, 3, 24)]
