"""Settings from the environment: what is refused, and that the refusal names variable, fault and mend."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from foodsafety.environment import LOG_LEVELS, Environment

ROOT = Path(__file__).resolve().parents[1]
Read = Callable[[Environment], Any]

READ: dict[str, Read] = {
    "SECRET_KEY": lambda env: env.secret("SECRET_KEY"),
    "DEBUG": lambda env: env.flag("DEBUG", default=False),
    "LOCKOUT_AFTER": lambda env: env.number("LOCKOUT_AFTER", 5, least=1),
    "CLOCK_DATE": lambda env: env.day("CLOCK_DATE"),
    "VAR_DIR": lambda env: env.folder("VAR_DIR", ROOT / "var"),
    "DATABASE_URL": lambda env: env.database_url("DATABASE_URL", "sqlite:////srv/x.sqlite3"),
    "BROKER_URL": lambda env: env.broker_url("BROKER_URL", "filesystem://"),
    "LOG_LEVEL": lambda env: env.choice("LOG_LEVEL", "INFO", LOG_LEVELS),
    "CSRF_TRUSTED_ORIGINS": lambda env: env.origins("CSRF_TRUSTED_ORIGINS"),
    "ALLOWED_HOSTS": lambda env: env.names("ALLOWED_HOSTS", "localhost"),
}
REFUSED = [
    ("SECRET_KEY", "", "没有设置或太短", "至少50个字符"),
    ("SECRET_KEY", "x" * 49, "没有设置或太短", "secrets.token_urlsafe"),
    ("DEBUG", "maybe", "“maybe”", "只能写1或0"),
    ("LOCKOUT_AFTER", "0", "“0”", "不小于1的整数"),
    ("LOCKOUT_AFTER", "five", "“five”", "不小于1的整数"),
    ("LOCKOUT_AFTER", "-3", "“-3”", "不小于1的整数"),
    ("CLOCK_DATE", "2026-13-01", "“2026-13-01”", "“2026-10-13”这样的日期"),
    ("VAR_DIR", "var", "“var”", "绝对路径"),
    ("VAR_DIR", "/proc/no/such", "“/proc/no/such”", "不能建立这个目录"),
    ("DATABASE_URL", "mysql://h/d", "“mysql://h/d”", "postgres://、postgresql://、sqlite://之一"),
    ("DATABASE_URL", "postgres://h:port/d", "“postgres://h:port/d”", "端口应为1到65535"),
    ("DATABASE_URL", "postgres://h:5432/", "“postgres://h:5432/”", "写明主机和库名"),
    ("DATABASE_URL", "sqlite:///x.sqlite3", "“sqlite:///x.sqlite3”", "绝对路径"),
    ("BROKER_URL", "amqp://h", "“amqp://h”", "redis://"),
    ("BROKER_URL", "redis://", "“redis://”", "写明主机"),
    ("LOG_LEVEL", "loud", "“loud”", "INFO"),
    ("CSRF_TRUSTED_ORIGINS", "shian.example", "“shian.example”", "https://shian.example.gov.cn"),
]
TAKEN = [
    ("SECRET_KEY", "x" * 50, "x" * 50),
    ("DEBUG", "YES", True),
    ("DEBUG", "", False),
    ("LOCKOUT_AFTER", "7", 7),
    ("LOCKOUT_AFTER", "", 5),
    ("CLOCK_DATE", "2026-10-13", date(2026, 10, 13)),
    ("CLOCK_DATE", "", None),
    ("DATABASE_URL", "", "sqlite:////srv/x.sqlite3"),
    ("DATABASE_URL", "postgres://u:p@h:5432/d", "postgres://u:p@h:5432/d"),
    ("BROKER_URL", "redis://h:6379/0", "redis://h:6379/0"),
    ("CSRF_TRUSTED_ORIGINS", "https://a.example, https://b.example", ["https://a.example", "https://b.example"]),
    ("ALLOWED_HOSTS", "a.example,,b.example ", ["a.example", "b.example"]),
]


@pytest.mark.parametrize(("name", "value", "fault", "mend"), REFUSED)
def test_a_wrong_value_is_refused_by_name_fault_and_mend(name, value, fault, mend):
    with pytest.raises(ImproperlyConfigured) as refusal:
        READ[name](Environment({name: value}))
    sentence = str(refusal.value)
    assert sentence.startswith(f"环境变量{name}")
    assert fault in sentence
    assert mend in sentence


@pytest.mark.parametrize(("name", "value", "result"), TAKEN)
def test_a_right_value_is_taken(name, value, result):
    assert READ[name](Environment({name: value})) == result


@pytest.mark.parametrize("url", ["mysql://u:hidden@h/d", "postgres://u:hid#hidden@h/d", "postgres://u:hid/hidden@h/d"])
def test_a_password_is_not_repeated(url):
    with pytest.raises(ImproperlyConfigured) as refusal:
        READ["DATABASE_URL"](Environment({"DATABASE_URL": url}))
    assert "hidden" not in str(refusal.value)


def test_a_folder_is_made(tmp_path):
    assert READ["VAR_DIR"](Environment({"VAR_DIR": str(tmp_path / "a" / "b")})).is_dir()


def manage(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if name not in READ and not name.startswith("DJANGO_")}
    return subprocess.run(
        [sys.executable, "manage.py", *words], cwd=ROOT, env=kept | environment, text=True, capture_output=True
    )


def test_manage_tells_a_wrong_setting_in_one_line(tmp_path):
    told = manage("check", VAR_DIR=str(tmp_path), SECRET_KEY="short")
    assert told.returncode == 1
    assert told.stdout == ""
    assert told.stderr.startswith("配置有误：环境变量SECRET_KEY")
    assert told.stderr.count("\n") == 1


def test_the_deploy_check_is_silent_behind_https(tmp_path):
    secret = "0123456789abcdefghijklmnopqrstuvwxyz" * 2
    told = manage(
        "check", "--deploy", "--fail-level", "WARNING", VAR_DIR=str(tmp_path), SECRET_KEY=secret, BEHIND_HTTPS="1"
    )
    assert told.returncode == 0, told.stderr


def test_the_deploy_check_warns_without_https(tmp_path):
    secret = "0123456789abcdefghijklmnopqrstuvwxyz" * 2
    told = manage("check", "--deploy", VAR_DIR=str(tmp_path), SECRET_KEY=secret)
    assert "security.W012" in told.stderr
