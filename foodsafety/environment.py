"""Settings from the environment: each value checked where it is read, refused with a sentence."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

TRUE, FALSE = {"1", "true", "yes", "on"}, {"0", "false", "no", "off", ""}
DATABASE_SCHEMES = {"sqlite", "postgres", "postgresql"}
BROKER_SCHEMES = {"filesystem", "redis", "rediss", "memory"}
LEAST_SECRET = 32


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
        path = Path(self.text(name, str(default)))
        if not path.is_absolute():
            raise refuse(name, str(path), "应为绝对路径")
        return path

    def url(self, name: str, default: str, schemes: set[str]) -> str:
        value = self.text(name, default)
        if urlsplit(value).scheme not in schemes:
            raise refuse(name, hide_password(value), f"应以{'、'.join(sorted(s + '://' for s in schemes))}之一开头")
        return value


def refuse(name: str, value: str, rule: str) -> ImproperlyConfigured:
    return ImproperlyConfigured(f"环境变量{name}的值“{value}”不能用：{rule}。请改正后重新启动。")


def hide_password(url: str) -> str:
    """The address without user and password, fit for a log."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.hostname or ''}{parts.path}" if parts.password else url
