"""Settings from the environment: each value checked where it is read, refused with a sentence."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from django.core.exceptions import ImproperlyConfigured

TRUE, FALSE = {"1", "true", "yes", "on"}, {"0", "false", "no", "off", ""}
DATABASE_SCHEMES = {"sqlite", "postgres", "postgresql"}
BROKER_SCHEMES = {"filesystem", "redis", "rediss", "memory"}
LOG_LEVELS = {"DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"}
LEAST_SECRET = 50


class Environment:
    """Reads `source` (by default the process's environment). Every method raises `ImproperlyConfigured`
    with a Chinese sentence that names the variable, what is wrong with it and what it takes."""

    def __init__(self, source: Mapping[str, str] | None = None) -> None:
        self.source = os.environ if source is None else source

    def text(self, name: str, default: str) -> str:
        return self.source.get(name, default).strip() or default

    def flag(self, name: str, *, default: bool) -> bool:
        value = self.source.get(name)
        if value is None:
            return default
        if value.strip().lower() in TRUE:
            return True
        if value.strip().lower() in FALSE:
            return False
        raise refuse(name, value, "只能写1或0（true、false也可以）")

    def number(self, name: str, default: int, *, least: int = 0) -> int:
        value = self.text(name, str(default))
        if not value.isascii() or not value.isdigit() or int(value) < least:
            raise refuse(name, value, f"应为不小于{least}的整数")
        return int(value)

    def names(self, name: str, default: str) -> list[str]:
        return [item.strip() for item in self.text(name, default).split(",") if item.strip()]

    def day(self, name: str) -> date | None:
        value = self.source.get(name, "").strip()
        if not value:
            return None
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise refuse(name, value, "应为“2026-10-13”这样的日期，不固定日期就不要设置") from None

    def secret(self, name: str) -> str:
        value = self.source.get(name, "").strip()
        if len(value) < LEAST_SECRET:
            raise ImproperlyConfigured(
                f"环境变量{name}没有设置或太短：请设为至少{LEAST_SECRET}个字符的随机串，例如运行 "
                'python -c "import secrets; print(secrets.token_urlsafe(48))" 得到的一行。'
            )
        return value

    def folder(self, name: str, default: Path) -> Path:
        """An absolute path, made where it is missing."""
        path = Path(self.text(name, str(default)))
        if not path.is_absolute():
            raise refuse(name, str(path), "应为绝对路径")
        try:
            path.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise refuse(name, str(path), f"不能建立这个目录（{error.strerror}）") from None
        return path

    def choice(self, name: str, default: str, options: set[str]) -> str:
        value = self.text(name, default)
        if value not in options:
            raise refuse(name, value, f"只能是{'、'.join(sorted(options))}之一")
        return value

    def origins(self, name: str) -> list[str]:
        """Addresses of the site as browsers name them: scheme and host."""
        values = self.names(name, "")
        for value in values:
            if not re.fullmatch(r"https?://[^/\s]+", value):
                raise refuse(name, value, "每一项应为“https://shian.example.gov.cn”这样的地址，多项用逗号隔开")
        return values

    def database_url(self, name: str, default: str) -> str:
        value, parts = self._url(name, default, DATABASE_SCHEMES)
        if parts.scheme == "sqlite" and not parts.path.startswith("//"):
            raise refuse(name, value, "SQLite应写文件的绝对路径，形如“sqlite:////srv/shian/shian.sqlite3”（四个斜杠）")
        if parts.scheme != "sqlite" and not (parts.hostname and parts.path.strip("/")):
            raise refuse(name, hide_password(value), "应写明主机和库名，形如“postgres://用户:密码@主机:5432/库名”")
        return value

    def broker_url(self, name: str, default: str) -> str:
        value, parts = self._url(name, default, BROKER_SCHEMES)
        if parts.scheme.startswith("redis") and not parts.hostname:
            raise refuse(name, hide_password(value), "应写明主机，形如“redis://127.0.0.1:6379/0”")
        return value

    def _url(self, name: str, default: str, schemes: set[str]) -> tuple[str, SplitResult]:
        value = self.text(name, default)
        try:
            parts = urlsplit(value)
            _ = parts.port
        except ValueError:
            raise refuse(
                name,
                hide_password(value),
                "主机或端口写错了：端口应为1到65535的整数，密码里的“#”“/”“@”要写成%23、%2F、%40",
            ) from None
        if parts.scheme not in schemes:
            raise refuse(name, hide_password(value), f"应以{'、'.join(sorted(s + '://' for s in schemes))}之一开头")
        return value, parts


def refuse(name: str, value: str, rule: str) -> ImproperlyConfigured:
    return ImproperlyConfigured(f"环境变量{name}的值“{value}”不能用：{rule}。请改正后重新启动。")


def hide_password(url: str) -> str:
    """The address without user and password, fit for a log."""
    return re.sub(r"//.*@", "//***@", url)
