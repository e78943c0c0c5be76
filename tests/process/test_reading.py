"""A worker that dies while it reads, and two workers at one import: read once, never half."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.process.conftest import Process, Site

pytestmark = pytest.mark.process


@pytest.fixture
def reading_site(site: Site) -> Site:
    site.environment["DJANGO_SETTINGS_MODULE"] = "tests.process.reading_settings"
    return site


def clerk(site: Site) -> Process:
    return site.start("-m", "tests.process.reader", broker="memory://")


def worker(site: Site) -> Process:
    words = ("-m", "celery", "-A", "foodsafety", "worker", "-B", "--pool", "solo", "--loglevel", "info")
    return site.start(*words, error_to_output=True)


class Gate:
    """Takes the place of a stored file: who reads it waits until the content is let through."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.content = path.read_bytes()
        path.unlink()
        os.mkfifo(path)

    def wait_for_a_reader(self) -> int:
        """Returns once somebody has opened the file; the content is still held back."""
        return os.open(self.path, os.O_WRONLY)

    def give_way(self) -> None:
        """The real file again."""
        self.path.unlink()
        self.path.write_bytes(self.content)


def test_reading_of_a_killed_worker_is_taken_up_after_its_lease(reading_site: Site):
    office = clerk(reading_site)
    gate = Gate(Path(office.ask("upload")))
    victim = worker(reading_site)
    held = gate.wait_for_a_reader()
    assert office.ask("state") == "reading 0 0 1"
    victim.kill()
    os.close(held)
    gate.give_way()
    assert office.ask("state") == "reading 0 0 1"
    worker(reading_site).hear_until("import 1: done")
    assert office.ask("state").startswith("read 1 1")


def test_two_workers_read_one_import_once(reading_site: Site):
    office, first, second = (clerk(reading_site) for _ in range(3))
    gate = Gate(Path(office.ask("upload")))
    first.tell("drain")
    held = gate.wait_for_a_reader()
    assert second.ask("drain") == "drained 0"
    os.write(held, gate.content)
    os.close(held)
    assert first.hear() == "drained 1"
    assert office.ask("state") == "read 1 1 0"


def test_second_worker_after_the_lease_does_not_read_half(reading_site: Site):
    """The first was only slow: both read to the end, one outcome stands."""
    office, first, second = (clerk(reading_site) for _ in range(3))
    gate = Gate(Path(office.ask("upload")))
    first.tell("drain")
    held = gate.wait_for_a_reader()
    gate.give_way()
    assert second.ask("expire") == "expired 1"
    assert second.ask("drain") == "drained 1"
    os.write(held, gate.content)
    os.close(held)
    first.hear()
    assert office.ask("state") == "read 1 1 0"
