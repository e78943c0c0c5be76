"""A throw-away site with its own database, and the processes that act on it."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2
import pytest

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 120  # seconds until a silent process is killed and its test fails


@dataclass
class Process:
    """A child whose stdout is read line by line; killed when it stays silent for too long."""

    popen: subprocess.Popen[str]

    def tell(self, command: str) -> None:
        assert self.popen.stdin
        self.popen.stdin.write(command + "\n")
        self.popen.stdin.flush()

    def hear(self) -> str:
        """The next line of stdout; fails at its end."""
        assert self.popen.stdout
        line = self._patiently(self.popen.stdout.readline)
        assert line, f"stdout ended, exit code {self.popen.poll()}"
        return line.strip()

    def hear_until(self, wanted: str) -> list[str]:
        """Lines up to and with the first that contains `wanted`."""
        heard = [self.hear()]
        while wanted not in heard[-1]:
            heard.append(self.hear())
        return heard

    def hear_to_end(self) -> str:
        """All that is still said."""
        assert self.popen.stdout
        return self._patiently(self.popen.stdout.read)

    def _patiently(self, read: Callable[[], str]) -> str:
        watchdog = threading.Timer(PATIENCE, self.kill)
        watchdog.start()
        try:
            return read()
        finally:
            watchdog.cancel()

    def ask(self, command: str) -> str:
        self.tell(command)
        return self.hear()

    def kill(self) -> None:
        """The whole group: a grandchild left over would keep the pipe open."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.popen.pid, signal.SIGKILL)
        self.popen.wait()


@dataclass
class Site:
    """Environment of a throw-away site and the children started in it."""

    environment: dict[str, str]
    children: list[Process] = field(default_factory=list)

    def start(self, *words: str, broker: str = "", error_to_output: bool = False) -> Process:
        """Starts Python with these words; `broker` takes the place of the site's own."""
        popen = subprocess.Popen(
            [sys.executable, *words],
            cwd=ROOT,
            env=self.environment | ({"BROKER_URL": broker} if broker else {}),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT if error_to_output else None,
            text=True,
            start_new_session=True,
        )
        self.children.append(Process(popen))
        return self.children[-1]

    def actor(self, broker: str = "") -> Process:
        return self.start("-m", "tests.process.actor", broker=broker)

    def manage(self, *words: str) -> str:
        return subprocess.run(
            [sys.executable, "manage.py", *words],
            cwd=ROOT,
            env=self.environment,
            check=True,
            text=True,
            stdout=subprocess.PIPE,
        ).stdout


@pytest.fixture
def var_dir(tmp_path: Path) -> Path:
    return tmp_path / "var"


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A fresh file SQLite, then a fresh PostgreSQL database where DATABASE_URL names such a server."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/site.sqlite3"
        return
    server = os.environ.get("DATABASE_URL", "")
    if not server.startswith("postgres"):
        pytest.skip("DATABASE_URL names no PostgreSQL server")
    name = f"foodsafety_process_{os.getpid()}"
    _command(server, f"DROP DATABASE IF EXISTS {name}")
    _command(server, f"CREATE DATABASE {name}")
    yield urlsplit(server)._replace(path="/" + name).geturl()
    _command(server, f"DROP DATABASE {name} WITH (FORCE)")


def _command(server: str, sql: str) -> None:
    connection = psycopg2.connect(server)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(sql)
    connection.close()


@pytest.fixture
def site(database_url: str, var_dir: Path) -> Iterator[Site]:
    environment = os.environ | {
        "DATABASE_URL": database_url,
        "VAR_DIR": str(var_dir),
        "BROKER_URL": "filesystem://",
        "DJANGO_SETTINGS_MODULE": "tests.process.settings",
        "PYTHONUNBUFFERED": "1",
    }
    made = Site(environment)
    made.manage("migrate", "--verbosity", "0", "--skip-checks")
    yield made
    for child in made.children:
        child.kill()
