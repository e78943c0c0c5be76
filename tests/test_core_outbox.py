"""The outbox in one process: debounce, retries, what is due."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from celery import current_app
from django.db import transaction

from core import clock, outbox
from core.models import Outbox
from tests import outbox_handlers
from tests.outbox_handlers import handled

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def noting_handlers(settings) -> Iterator[None]:
    settings.OUTBOX_HANDLERS = "tests.outbox_handlers.HANDLERS"
    yield
    for noted in (handled, outbox_handlers.fails, outbox_handlers.puts_again):
        noted.clear()


def test_what_was_put_is_handled_once_and_gone():
    outbox.put("noted", 7)
    assert outbox.drain() == 1
    assert handled == ["7"]
    assert not Outbox.objects.exists()


def test_puts_of_one_key_before_handling_are_handled_as_one():
    outbox.put("noted", 7)
    outbox.put("noted", 7)
    assert Outbox.objects.get().version == 2
    outbox.drain()
    assert handled == ["7"]


def test_a_put_during_handling_runs_the_handler_again():
    outbox_handlers.puts_again.add("7")
    outbox.put("noted", 7)
    assert outbox.drain() == 2
    assert handled == ["7", "7"]
    assert not Outbox.objects.exists()


def test_nothing_is_put_by_a_transaction_that_fails():
    with transaction.atomic():
        outbox.put("noted", 7)
        transaction.set_rollback(True)
    assert not Outbox.objects.exists()


def test_a_put_of_a_known_key_does_not_break_the_transaction_around_it():
    outbox.put("noted", 7)
    with transaction.atomic():
        outbox.put("noted", 7)
        outbox.put("noted", 8)
    assert set(Outbox.objects.values_list("key", "version")) == {("7", 2), ("8", 1)}


def test_a_failure_keeps_the_row_with_its_error_for_later():
    outbox_handlers.fails.add("7")
    outbox.put("noted", 7)
    before = clock.machine_now()
    assert outbox.drain() == 0
    row = Outbox.objects.get()
    assert row.last_error == "RuntimeError('cannot note 7')"
    assert row.attempts == 1
    assert row.leased_until is None
    assert row.due_at >= before + outbox.FIRST_RETRY


@pytest.mark.parametrize(
    ("attempts", "wait"), [(1, timedelta(minutes=1)), (3, timedelta(minutes=4)), (60, timedelta(hours=1))]
)
def test_each_failure_doubles_the_wait_up_to_an_hour(attempts, wait):
    outbox_handlers.fails.add("7")
    outbox.put("noted", 7)
    Outbox.objects.update(attempts=attempts)
    outbox.drain()
    assert abs(Outbox.objects.get().due_at - clock.machine_now() - wait) < timedelta(seconds=20)


def test_a_failed_row_put_again_is_due_at_once():
    outbox_handlers.fails.add("7")
    outbox.put("noted", 7)
    outbox.drain()
    outbox_handlers.fails.clear()
    outbox.put("noted", 7)
    assert outbox.drain() == 1


def test_one_failing_row_does_not_hold_up_the_next():
    outbox_handlers.fails.add("7")
    outbox.put("noted", 7)
    outbox.put("noted", 8)
    assert outbox.drain() == 1
    assert handled == ["7", "8"]


def test_an_unknown_topic_is_kept_and_logged(caplog):
    outbox.put("unheard.of", 1)
    assert outbox.drain() == 0
    assert "unheard.of 1 failed" in caplog.text
    assert "no handler for topic" in Outbox.objects.get().last_error


def test_a_leased_row_is_left_to_its_holder():
    outbox.put("noted", 7)
    Outbox.objects.update(leased_until=clock.machine_now() + timedelta(minutes=1))
    assert outbox.drain() == 0


def test_a_lease_that_ran_out_is_taken_over():
    outbox.put("noted", 7)
    Outbox.objects.update(leased_until=clock.machine_now() - timedelta(seconds=1))
    assert outbox.drain() == 1


def test_leases_run_on_the_machine_clock_while_the_date_is_pinned(settings):
    settings.CLOCK_DATE = clock.today() - timedelta(days=30)
    outbox.put("noted", 7)
    assert outbox.drain() == 1


@pytest.mark.django_db(transaction=True)
def test_a_broker_that_fails_does_not_fail_the_change(monkeypatch, settings, caplog):
    """The queue folder of the embedded broker has vanished."""

    def lost(*args: object, **options: object) -> None:
        raise OSError("no such folder")

    monkeypatch.setattr(current_app, "send_task", lost)
    with transaction.atomic():
        outbox.put("noted", 7)
    assert "waits for the minute tick" in caplog.text
    assert Outbox.objects.count() == 1
