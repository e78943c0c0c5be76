"""`script/server`'s supervisor: starts with nothing prepared, stops without remains, refuses in words."""

from __future__ import annotations

import os
import select
import signal
import socket
import stat
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.process.conftest import Process, Site

pytestmark = pytest.mark.process
Start = Callable[..., Process]
OURS = {"SECRET_KEY", "DATABASE_URL", "BROKER_URL", "DJANGO_SETTINGS_MODULE", "DJANGO_ALLOW_ASYNC_UNSAFE"}


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def start(var_dir: Path, port: int) -> Iterator[Start]:
    """Starts a server on the test's own folder and port; all are killed at the end."""
    kept = {name: value for name, value in os.environ.items() if name not in OURS}
    site = Site(kept | {"VAR_DIR": str(var_dir), "PYTHONUNBUFFERED": "1"})
    yield lambda *words: site.start("script/serve.py", "--port", str(port), *words, error_to_output=True)
    for child in site.children:
        child.kill()


def children_of(pid: int) -> set[int]:
    tasks = Path(f"/proc/{pid}/task").glob("*/children")
    return {int(child) for task in tasks for child in task.read_text().split()}


def descendants(pid: int) -> set[int]:
    """The process's children, their children and so on, but for the guard, which outlives the rest by a moment."""
    found = {child for child in children_of(pid) if not command_of(child).startswith("sh")}
    return found.union(*map(descendants, found))


def command_of(pid: int) -> str:
    return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")


def ends(pid: int) -> bool:
    """Whether the process is gone, or goes within some seconds: a kill takes effect a moment after it was sent."""
    try:
        process = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    ended, _, _ = select.select([process], [], [], 10)
    os.close(process)
    return bool(ended)


def test_the_demo_is_served_and_stopped_without_remains(start, port, var_dir):
    server = start()
    said = "\n".join(server.hear_until("门户已启动"))
    assert "演示登录" in said
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz") as answer:
        assert answer.status == 200
    children = descendants(server.popen.pid)
    server.popen.send_signal(signal.SIGTERM)
    server.hear_to_end()
    assert server.popen.wait() == 0
    assert len(children) >= 4
    assert all(ends(pid) for pid in children)
    assert stat.S_IMODE((var_dir / "secret_key").stat().st_mode) == 0o600
    assert "Listening at" in (var_dir / "log" / "web.log").read_text()


def test_a_server_that_is_killed_outright_leaves_no_remains(start):
    server = start("--no-demo")
    server.hear_until("门户已启动")
    children = descendants(server.popen.pid)
    server.popen.kill()
    server.hear_to_end()
    assert all(ends(pid) for pid in children)


def test_a_worker_that_dies_takes_the_portal_down_with_a_word(start):
    server = start("--no-demo")
    said = "\n".join(server.hear_until("门户已启动"))
    assert "createsuperuser" in said
    worker = next(pid for pid in children_of(server.popen.pid) if "celery" in command_of(pid))
    os.kill(worker, signal.SIGKILL)
    assert "worker意外结束" in server.hear_to_end()
    assert server.popen.wait() == 1


def test_a_second_start_on_the_same_folder_is_refused(start):
    first = start("--no-demo")
    first.hear_until("管理员")
    second = start("--no-demo")
    assert "已有一个门户在运行" in second.hear_to_end()
    assert second.popen.wait() == 1


def test_a_port_that_is_taken_is_told(start, port):
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", port))
        holder.listen()
        server = start("--no-demo")
        assert f"端口{port}已被占用" in server.hear_to_end()
    assert server.popen.wait() == 1


def test_a_folder_with_the_demo_is_not_taken_for_real_work(start, var_dir):
    var_dir.mkdir()
    (var_dir / "kind").write_text("demo")
    server = start("--no-demo")
    assert "已经是演示数据" in server.hear_to_end()
    assert server.popen.wait() == 1


def test_a_wrong_port_is_told(start):
    server = start("--port", "70000")
    assert "--port应为1到65535的整数" in server.hear_to_end()
    assert server.popen.wait() == 2
