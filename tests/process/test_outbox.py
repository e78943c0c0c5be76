"""The outbox between processes: nothing is lost to a race, a crash or a broker."""

from __future__ import annotations

import re

import pytest

from tests.process.actor import KEYS
from tests.process.conftest import Site

pytestmark = pytest.mark.process
CLOSED_PORT = "redis://127.0.0.1:1/0"


def test_two_processes_putting_and_draining_lose_none(site: Site):
    putters = [site.actor(), site.actor()]
    for putter in putters:
        putter.tell("puts 100")
    heard = [line for putter in putters for line in putter.hear_until("put")]
    putters[0].tell("drain")
    heard += putters[0].hear_until("drained")
    last_seen = dict.fromkeys(map(str, range(KEYS)), 0)
    for key, seen in re.findall(r"handled (\d+) (\d+)", "\n".join(heard)):
        last_seen[key] = max(last_seen[key], int(seen))
    assert last_seen == dict.fromkeys(map(str, range(KEYS)), 2 * 100 // KEYS)
    assert putters[0].ask("rows") == ""


def test_two_processes_putting_one_key_count_every_put(site: Site):
    putters = [site.actor(), site.actor()]
    for _ in range(20):
        for putter in putters:
            putter.tell("put block 7")
    for putter in putters:
        for _ in range(20):
            assert putter.hear() == "put"
    assert putters[0].ask("rows") == "block:7:40"


def test_a_worker_killed_while_handling_leaves_the_row_to_the_next_after_its_lease(site: Site):
    victim, heir = site.actor(), site.actor()
    victim.ask("put block 7")
    victim.tell("drain")
    assert victim.hear() == "handling 7"
    victim.kill()
    assert heir.ask("drain") == "drained 0"
    assert heir.ask("expire") == "expired 1"
    assert heir.ask("drain") == "handling 7"


@pytest.mark.smoke
def test_a_lost_broker_costs_one_tick(site: Site):
    worker = site.start("-m", "celery", "-A", "foodsafety", "worker", "-B", "--pool", "solo", "--loglevel", "warning")
    putter = site.actor(broker=CLOSED_PORT)
    assert putter.ask("put count 7") == "put"
    assert worker.hear_until("handled 7")
