"""Real workers and how plans stand: stopped and started, killed half-way, two at one plan."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import redis

from tests.process.conftest import PATIENCE, Process, Site

pytestmark = pytest.mark.process
CLOSED_PORT = "redis://127.0.0.1:1/0"
SOON = 10  # seconds within which the pages are right, of a worker that is up
MANY = 12
WORKER = ("-m", "celery", "--quiet", "--app", "foodsafety", "worker", "--beat")  # as script/server starts it
MODEST = ("--concurrency", "1", "--without-gossip", "--without-mingle", "--loglevel", "info")


@pytest.fixture
def judging(site: Site, database_url: str, tmp_path: Path) -> Iterator[Site]:
    """SQLite with its files as broker; PostgreSQL with Redis, where BROKER_URL names one."""
    prefix = f"standings-{os.getpid()}-{time.monotonic_ns()}-"
    site.environment |= {"DJANGO_SETTINGS_MODULE": "tests.process.standing_settings", "BROKER_PREFIX": prefix}
    server = os.environ.get("BROKER_URL", "")
    if not (database_url.startswith("postgres") and server.startswith("redis")):
        yield site
        return
    site.environment["BROKER_URL"] = server
    yield site
    broker = redis.Redis.from_url(server)
    for key in broker.scan_iter(f"{prefix}*"):
        broker.delete(key)


@pytest.fixture
def quick(judging: Site) -> Site:
    judging.environment["DJANGO_SETTINGS_MODULE"] = "tests.process.standing_quick_settings"
    return judging


@pytest.fixture
def gate(tmp_path: Path) -> Path:
    """A pipe that holds a job between standings and snapshots until it is opened and closed."""
    path = tmp_path / "gate"
    os.mkfifo(path)
    return path


def let_through(gate: Path) -> None:
    os.close(os.open(gate, os.O_WRONLY))


def clerk(site: Site, **environment: str) -> Process:
    return Site(site.environment | environment, site.children).start("-m", "tests.process.judge")


def worker(site: Site, **environment: str) -> Process:
    """Up and listening."""
    started = Site(site.environment | environment, site.children).start(*WORKER, *MODEST, error_to_output=True)
    started.hear_until("ready")
    return started


def stop(process: Process) -> None:
    """As a server is shut down: what it is doing is ended first."""
    process.popen.send_signal(signal.SIGTERM)
    process.hear_to_end()
    process.popen.wait()


def await_answer(process: Process, question: str, wanted: str, seconds: float = PATIENCE) -> None:
    until = time.monotonic() + seconds
    while (said := process.ask(question)) != wanted:
        assert time.monotonic() < until, f"{question}: still {said}, not {wanted}"


@pytest.mark.smoke
def test_a_worker_that_comes_back_takes_up_what_waits(judging: Site) -> None:
    """Though no message of it is left: they expire in a minute."""
    office = clerk(judging, BROKER_URL=CLOSED_PORT)
    office.ask("make 3")
    stop(worker(judging))
    assert office.ask("accept 2") == "accepted"
    assert office.ask("figures") == "0 0 0"
    worker(judging)
    await_answer(office, "figures", "2 2 2", SOON)
    assert office.ask("wrong") == ""


def test_a_worker_that_was_away_over_midnight_judges_the_new_day(judging: Site) -> None:
    assert clerk(judging).ask("make 3") == "rebuilt 1"
    next_day = clerk(judging, CLOCK_DATE="2026-10-14")
    assert next_day.ask("figures") == "0 0 None"
    worker(judging, CLOCK_DATE="2026-10-14")
    await_answer(next_day, "figures", "0 0 0", SOON)


def test_a_running_worker_judges_what_was_just_accepted(judging: Site) -> None:
    office = clerk(judging)
    office.ask("make 3")
    worker(judging)
    office.ask("accept 1")
    await_answer(office, "figures", "1 1 1", SOON)
    office.ask("accept 2")
    await_answer(office, "figures", "3 3 3", SOON)
    assert office.ask("wrong") == ""


def test_a_worker_killed_half_way_leaves_the_old_figures_and_its_heir_the_right_ones(quick: Site, gate: Path) -> None:
    office = clerk(quick)
    office.ask("make 3")
    victim = worker(quick, GATE=str(gate))
    office.ask("accept 1")
    victim.hear_until("holding")
    assert office.ask("figures") == "0 0 0"
    victim.kill()
    assert office.ask("figures") == "0 0 0"
    office.ask("accept 1")
    worker(quick)
    await_answer(office, "figures", "2 2 2")
    assert office.ask("wrong") == ""


def test_of_two_jobs_at_one_plan_the_later_has_the_last_word(judging: Site, gate: Path) -> None:
    """Without the outbox's second look: who waited for the first job reads what was accepted beside it."""
    if judging.environment["DATABASE_URL"].startswith("sqlite"):
        pytest.skip("SQLite lets nobody write beside a job")
    office, second = clerk(judging), clerk(judging)
    office.ask("make 3")
    first = clerk(judging, GATE=str(gate))
    first.tell("rebuild")
    assert first.hear() == "holding"
    assert office.ask("accept 1") == "accepted"
    second.tell("rebuild")
    await_answer(office, "waiting", "1")
    let_through(gate)
    assert (first.hear(), second.hear()) == ("rebuilt 1", "rebuilt 1")
    assert office.ask("figures") == "1 1 1"


def test_two_jobs_at_one_plan_and_an_acceptance_leave_the_right_figures(judging: Site, gate: Path) -> None:
    office, second = clerk(judging), clerk(judging)
    office.ask("make 3")
    first = clerk(judging, GATE=str(gate))
    first.tell("rebuild")
    assert first.hear() == "holding"
    office.tell("accept 1")
    second.tell("rebuild")
    let_through(gate)
    assert (first.hear(), second.hear(), office.hear()) == ("rebuilt 1", "rebuilt 1", "accepted")
    office.ask("drain")
    assert office.ask("figures") == "1 1 1"
    assert office.ask("wrong") == ""


def test_two_jobs_in_a_race_with_acceptances_leave_what_a_rebuild_finds(judging: Site) -> None:
    office, *jobs = (clerk(judging) for _ in range(3))
    office.ask(f"make {MANY}")
    for job in jobs:
        job.tell(f"rebuilds {MANY}")
    assert office.ask(f"accept {MANY}") == "accepted"
    assert [job.hear() for job in jobs] == ["rebuilt", "rebuilt"]
    office.ask("drain")
    assert office.ask("figures") == " ".join([str(MANY)] * 3)
    assert office.ask("wrong") == ""
