"""Runs web server and background worker as one: started together, stopped together, no child left behind.

Called by `script/server`, which has made `.venv`. `--manage WORDS` runs one management command instead.
"""

from __future__ import annotations

import argparse
import contextlib
import fcntl
import http.client
import os
import queue
import secrets
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path
from typing import IO, NoReturn

ROOT = Path(__file__).resolve().parents[1]
DEMO_DATE = "2026-10-13"
STOP_PATIENCE = 20  # seconds for a child to end what it is doing
FIRST_ANSWER_PATIENCE = 60  # seconds


class Child:
    """One child in a process group of its own; its lines go to stdout with its name and to var/log."""

    def __init__(self, name: str, words: list[str], log_dir: Path, ended: queue.SimpleQueue[Child]) -> None:
        self.name, self.ended, self.listening = name, ended, threading.Event()
        self.log = (log_dir / f"{name}.log").open("a", encoding="utf-8")
        self.process = subprocess.Popen(
            words,
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            start_new_session=True,
        )
        threading.Thread(target=self._copy_lines, daemon=True).start()
        threading.Thread(target=self._await_end, daemon=True).start()

    def _copy_lines(self) -> None:
        lines: IO[str] | None = self.process.stdout
        for line in lines or ():
            print(f"[{self.name}] {line}", end="", flush=True)
            self.log.write(line)
            self.log.flush()
            if "Listening at" in line:
                self.listening.set()

    def _await_end(self) -> None:
        """Not told by the end of the lines: a grandchild may hold the pipe open."""
        self.process.wait()
        self.listening.set()
        self.ended.put(self)

    def ask_to_stop(self) -> None:
        self.process.terminate()

    def end(self) -> None:
        """Wait for a child that was asked to stop, then end whatever of its group is left."""
        try:
            self.process.wait(STOP_PATIENCE)
        except subprocess.TimeoutExpired:
            print(f"{self.name}没有在{STOP_PATIENCE}秒内停下，强制结束", flush=True)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def main() -> None:
    options, command = parse(sys.argv[1:])
    var = Path(os.environ.get("VAR_DIR") or ROOT / "var").resolve()
    set_environment(var, no_demo=options.no_demo)
    if options.manage:
        os.execv(sys.executable, [sys.executable, str(ROOT / "manage.py"), *command])
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _interrupt)
    with contextlib.suppress(KeyboardInterrupt), lock_site(var):
        require_free(options.port)
        if subprocess.run([sys.executable, "manage.py", "prepare"], cwd=ROOT).returncode:
            fail("启动中止，原因见上。")
        serve(options.port, var)


def parse(words: list[str]) -> tuple[argparse.Namespace, list[str]]:
    parser = argparse.ArgumentParser(prog="script/server", description="在本机启动食安督办门户")
    parser.add_argument("--port", type=int, default=8000, help="端口，默认8000")
    parser.add_argument("--no-demo", action="store_true", help="从空数据库开始，不装演示数据")
    parser.add_argument("--manage", action="store_true", help=argparse.SUPPRESS)
    options, command = parser.parse_known_args(words)
    if command and not options.manage:
        parser.error(f"不认识的参数：{' '.join(command)}")
    if not 1 <= options.port <= 65535:
        parser.error("--port应为1到65535的整数")
    return options, command


def set_environment(var: Path, *, no_demo: bool) -> None:
    """What the environment leaves open: folder, secret, and whether this folder holds the demo."""
    var.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "foodsafety.settings")
    os.environ["VAR_DIR"] = str(var)
    if not os.environ.get("SECRET_KEY"):
        os.environ["SECRET_KEY"] = kept_secret(var / "secret_key")
    if "DEMO" not in os.environ:
        os.environ["DEMO"] = "1" if holds_demo(var / "kind", no_demo=no_demo) else "0"
    if os.environ["DEMO"] == "1":
        os.environ.setdefault("CLOCK_DATE", DEMO_DATE)


def kept_secret(path: Path) -> str:
    if not path.exists():
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(48))
    return path.read_text().strip()


def holds_demo(kind: Path, *, no_demo: bool) -> bool:
    """The first start decides, so that a pinned date never falls on real work, nor real work among the demo's."""
    if not kind.exists():
        kind.write_text("empty" if no_demo else "demo")
    demo = kind.read_text() == "demo"
    if demo and no_demo:
        fail(f"{kind.parent}里已经是演示数据。要从空数据库开始，请用VAR_DIR=/另一个目录，或先删除{kind.parent}。")
    return demo


def lock_site(var: Path) -> IO[str]:
    lock = (var / "server.lock").open("w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        fail(f"{var}上已有一个门户在运行。请先停掉它，或用VAR_DIR指定另一个目录。")
    return lock


def require_free(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except PermissionError:
            fail(f"没有权限使用端口{port}，请用--port指定1024以上的端口。")
        except OSError:
            fail(f"端口{port}已被占用。请停掉占用它的程序，或另选一个，例如 script/server --port {port % 65535 + 1}。")


def serve(port: int, var: Path) -> None:
    """Until a signal comes, or a child ends by itself, which takes the other down and is a failure."""
    (var / "log").mkdir(exist_ok=True)
    ended: queue.SimpleQueue[Child] = queue.SimpleQueue()
    children: list[Child] = []
    guard: subprocess.Popen[bytes] | None = None
    gone: Child | None = None
    try:
        children.append(Child("web", web_words(port), var / "log", ended))
        children.append(Child("worker", worker_words(), var / "log", ended))
        guard = guard_of(children)
        announce(port, children[0])
        gone = ended.get()
    except KeyboardInterrupt:
        print("\n正在停止…", flush=True)
    stop(children)
    if guard:
        guard.kill()
    if gone:
        fail(f"{gone.name}意外结束（返回码{gone.process.returncode}），门户已停止。日志在{var}/log/{gone.name}.log。")


def guard_of(children: list[Child]) -> subprocess.Popen[bytes]:
    """Waits for the end of this process, however sudden, and then ends the children's groups."""
    groups = [f"-{child.process.pid}" for child in children]
    words = ["sh", "-c", 'read -r never; kill -s KILL -- "$@"', "guard", *groups]
    return subprocess.Popen(words, stdin=subprocess.PIPE, start_new_session=True)


def stop(children: list[Child]) -> None:
    """All at once; a second Ctrl-C does not leave half of them behind."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    for child in children:
        child.ask_to_stop()
    for child in children:
        child.end()


def web_words(port: int) -> list[str]:
    bind = ["--bind", f"127.0.0.1:{port}", "--workers", "2", "--threads", "4", "--timeout", "60"]
    return [sys.executable, "-m", "gunicorn", *bind, "--no-control-socket", "foodsafety.wsgi"]


def worker_words() -> list[str]:
    how = ["--beat", "--concurrency", "1", "--without-gossip", "--without-mingle"]
    return [sys.executable, "-m", "celery", "--quiet", "--app", "foodsafety", "worker", *how]


def announce(port: int, web: Child) -> None:
    """Tell the address once the first page has been answered."""
    web.listening.wait()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=FIRST_ANSWER_PATIENCE)
    with contextlib.suppress(OSError, http.client.HTTPException):
        connection.request("GET", "/healthz")
        connection.getresponse()
        print(f"\n门户已启动：http://127.0.0.1:{port}/　（Ctrl-C停止）\n", flush=True)
    connection.close()


def fail(sentence: str) -> NoReturn:
    sys.exit(sentence)


def _interrupt(number: int, frame: object) -> NoReturn:
    raise KeyboardInterrupt


if __name__ == "__main__":
    main()
